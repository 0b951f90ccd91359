//! The status page that the console posts to: kept in this browser, or hosted.

use chrono::{DateTime, Utc};

use crate::api::embedded::{Reader, Writer};
use crate::api::error::ApiError;
use crate::api::http::Browser;
use crate::api::page::{
    Live, Metadata, Post, PostReceipt, PostmortemThere, ReadPage, SharePage, WritePage,
};
use crate::api::statuspage::Statuspage;
use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::incident::{Incident, IncidentId};
use crate::domain::page::Snapshot;

/// The page. Cloning shares its connection or its queue.
#[derive(Clone)]
pub enum Page {
    /// Kept in this browser.
    Embedded(Reader, Writer),
    /// On Atlassian Statuspage.
    Statuspage(Statuspage<Browser>),
}

impl Page {
    /// The page of this browser, for what only that one can do.
    pub fn kept_here(&self) -> Option<(&Reader, &Writer)> {
        match self {
            Self::Embedded(reader, writer) => Some((reader, writer)),
            Self::Statuspage(_) => None,
        }
    }

    /// Whether several consoles share it.
    pub fn is_shared(&self) -> bool {
        self.kept_here().is_none()
    }
}

impl ReadPage for Page {
    async fn snapshot(&self) -> Result<Snapshot, ApiError> {
        match self {
            Self::Embedded(reader, _) => reader.snapshot().await,
            Self::Statuspage(page) => page.snapshot().await,
        }
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, ApiError> {
        match self {
            Self::Embedded(reader, _) => reader.incident(id).await,
            Self::Statuspage(page) => page.incident(id).await,
        }
    }

    async fn history(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<Incident>, ApiError> {
        match self {
            Self::Embedded(reader, _) => reader.history(from, until).await,
            Self::Statuspage(page) => page.history(from, until).await,
        }
    }
}

impl WritePage for Page {
    async fn publish(&self, post: &Post) -> Result<PostReceipt, ApiError> {
        match self {
            Self::Embedded(_, writer) => writer.publish(post).await,
            Self::Statuspage(page) => page.publish(post).await,
        }
    }

    async fn set_components(
        &self,
        changes: &[(ComponentId, ComponentState)],
    ) -> Result<(), ApiError> {
        match self {
            Self::Embedded(_, writer) => writer.set_components(changes).await,
            Self::Statuspage(page) => page.set_components(changes).await,
        }
    }

    async fn draft_postmortem(&self, incident: &IncidentId, body: &str) -> Result<(), ApiError> {
        match self {
            Self::Embedded(_, writer) => writer.draft_postmortem(incident, body).await,
            Self::Statuspage(page) => page.draft_postmortem(incident, body).await,
        }
    }

    async fn publish_postmortem(
        &self,
        incident: &IncidentId,
        body: &str,
        now: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        match self {
            Self::Embedded(_, writer) => writer.publish_postmortem(incident, body, now).await,
            Self::Statuspage(page) => page.publish_postmortem(incident, body, now).await,
        }
    }

    async fn postmortem(&self, incident: &IncidentId) -> Result<PostmortemThere, ApiError> {
        match self {
            Self::Embedded(_, writer) => writer.postmortem(incident).await,
            Self::Statuspage(page) => page.postmortem(incident).await,
        }
    }
}

const ALONE: &str = "the page of this browser is shared with nobody";

impl SharePage for Page {
    async fn live(&self) -> Result<Vec<Live>, ApiError> {
        match self {
            Self::Embedded(..) => Ok(Vec::new()),
            Self::Statuspage(page) => page.live().await,
        }
    }

    async fn live_one(&self, id: &IncidentId) -> Result<Option<Live>, ApiError> {
        match self {
            Self::Embedded(..) => Ok(None),
            Self::Statuspage(page) => page.live_one(id).await,
        }
    }

    async fn keep_beside(&self, id: &IncidentId, metadata: &Metadata) -> Result<Live, ApiError> {
        match self {
            Self::Embedded(..) => Err(ApiError::Refused(ALONE.to_owned())),
            Self::Statuspage(page) => page.keep_beside(id, metadata).await,
        }
    }
}
