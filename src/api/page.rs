//! What the apps ask of a status page.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::impact::Impact;
use crate::domain::incident::{Incident, IncidentId, IncidentStatus};
use crate::domain::page::Snapshot;

use super::error::ApiError;

/// A post to an incident's timeline: one request carries status, text and components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The operation's id: the same operation is never performed twice.
    pub op: String,
    /// The incident to update; `None` opens a new one.
    pub incident: Option<IncidentId>,
    /// The title that the incident gets.
    pub name: String,
    /// The status that the incident gets.
    pub status: IncidentStatus,
    /// The update's text.
    pub body: String,
    /// The impact to set; `None` leaves it.
    pub impact: Option<Impact>,
    /// The components to change.
    pub components: Vec<(ComponentId, ComponentState)>,
    /// When the impact began (kept by providers that can).
    pub started_at: Option<DateTime<Utc>>,
    /// Whether the provider mails its own subscribers.
    pub notify_subscribers: bool,
    /// The moment of sending, UTC.
    pub now: DateTime<Utc>,
}

/// The proof that a post is on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostReceipt {
    /// The incident there.
    pub incident: IncidentId,
    /// The update's id.
    pub update: String,
    /// When it appeared, by the provider's clock.
    pub at: DateTime<Utc>,
    /// Where readers see it.
    pub link: Option<String>,
}

/// Reading a page: what the status page and the console need to see.
#[expect(async_fn_in_trait, reason = "used in one thread, never as an object")]
pub trait ReadPage {
    /// Components, unresolved incidents, the newest fifty others, and planned work.
    async fn snapshot(&self) -> Result<Snapshot, ApiError>;
    /// One incident; `None` where there is none of that id.
    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, ApiError>;
    /// The incidents that began in `[from, until)`, newest first.
    async fn history(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<Incident>, ApiError>;
}

/// Writing to a page: what the console's runner needs.
#[expect(async_fn_in_trait, reason = "used in one thread, never as an object")]
pub trait WritePage {
    /// Publishes a post. The same `op` again answers with the first receipt and changes nothing.
    async fn publish(&self, post: &Post) -> Result<PostReceipt, ApiError>;
    /// Changes components without a post.
    async fn set_components(
        &self,
        changes: &[(ComponentId, ComponentState)],
    ) -> Result<(), ApiError>;
    /// Publishes a postmortem on an incident.
    async fn publish_postmortem(
        &self,
        incident: &IncidentId,
        body: &str,
        now: DateTime<Utc>,
    ) -> Result<(), ApiError>;
}
