//! Where the page is read: what `config.json` says, and the reader that follows from it.

use chrono::{DateTime, Utc};

use crate::api::embedded::Reader;
use crate::api::error::ApiError;
use crate::api::http;
use crate::api::page::ReadPage;
use crate::config::{PageSource, PublicConfig};
use crate::domain::incident::{Incident, IncidentId};
use crate::domain::page::Snapshot;

const CONFIG: &str = "config.json";

/// What the pages say about the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its name.
    pub organisation: String,
    /// Where readers write to.
    pub support: String,
}

/// Why there is no page to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSource {
    /// The configuration could not be fetched; it may work in a while.
    #[error("its configuration could not be loaded: {0}")]
    NotLoaded(#[from] ApiError),
    /// The configuration is broken: every problem, in words.
    #[error("its configuration is broken")]
    Broken(Vec<String>),
}

/// The source of the page.
#[derive(Clone)]
pub enum Source {
    /// Kept in this browser.
    Embedded(Reader),
}

/// Reads the configuration. There is no other source to fall back to: a page that is not configured
/// knows nothing, and says so.
pub async fn configured() -> Result<(Site, Source), NoSource> {
    let text = http::get_text(CONFIG).await?;
    let config = PublicConfig::parse(&text)
        .map_err(|problems| NoSource::Broken(problems.iter().map(ToString::to_string).collect()))?;
    let site = Site {
        organisation: config.organisation,
        support: config.support,
    };
    let source = match config.source {
        PageSource::Embedded => Source::Embedded(Reader::new()),
    };
    Ok((site, source))
}

impl Source {
    /// Everything that the home page shows.
    pub async fn snapshot(&self) -> Result<Snapshot, ApiError> {
        match self {
            Self::Embedded(reader) => reader.snapshot().await,
        }
    }

    /// One incident.
    pub async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, ApiError> {
        match self {
            Self::Embedded(reader) => reader.incident(id).await,
        }
    }

    /// The incidents that began in a span.
    pub async fn history(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<Incident>, ApiError> {
        match self {
            Self::Embedded(reader) => reader.history(from, until).await,
        }
    }
}
