//! What was learned after an incident, published on its page.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A published postmortem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postmortem {
    /// Its text (Markdown, see `domain::markdown`).
    pub body: String,
    /// When it was published.
    pub published_at: DateTime<Utc>,
}
