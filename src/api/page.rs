//! What the apps ask of a status page.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::impact::Impact;
use crate::domain::incident::{Incident, IncidentId, IncidentStatus};
use crate::domain::page::Snapshot;

use super::error::ApiError;

/// What a provider keeps beside an incident for programs: top-level keys whose values are objects (the
/// Statuspage format takes nothing else). Ours are told apart by their names; all others are kept as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Metadata(pub Map<String, Value>);

/// An incident with what only programs see of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    pub incident: Incident,
    /// What is kept beside it.
    pub metadata: Metadata,
    /// How its components stand now, while it is open.
    pub standing: Vec<(ComponentId, ComponentState)>,
    /// Where readers see it.
    pub link: Option<String>,
}

/// A post to an incident's timeline: one request carries status, text and components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The operation's id: the same operation is never performed twice.
    pub op: String,
    /// The responders' own id of the incident: a page that knows it opens one incident for it, whatever was lost.
    pub run: String,
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
    /// The components that are attached to the incident, changed or not: its own, and what others attached before.
    pub attached: Vec<ComponentId>,
    /// When the impact began (kept by providers that can).
    pub started_at: Option<DateTime<Utc>>,
    /// Whether the provider mails its own subscribers.
    pub notify_subscribers: bool,
    /// What to keep beside the incident, whole: a provider may replace what was there. Empty leaves it.
    pub metadata: Metadata,
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

/// An incident's post-mortem as the page has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PostmortemThere {
    /// What readers have.
    pub published: Option<String>,
    /// What the page's own team keeps beside it.
    pub draft: Option<String>,
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
    /// Keeps a postmortem as a draft beside an incident: nobody but the page's own team sees it.
    async fn draft_postmortem(&self, incident: &IncidentId, body: &str) -> Result<(), ApiError>;
    /// Publishes a postmortem on an incident.
    async fn publish_postmortem(
        &self,
        incident: &IncidentId,
        body: &str,
        now: DateTime<Utc>,
    ) -> Result<(), ApiError>;
    /// The postmortem as it stands: for whoever means to replace it, and for a publication whose answer was lost.
    async fn postmortem(&self, incident: &IncidentId) -> Result<PostmortemThere, ApiError>;
}

/// Sharing an incident's state between consoles through what the page keeps beside it.
#[expect(async_fn_in_trait, reason = "used in one thread, never as an object")]
pub trait SharePage {
    /// The unresolved incidents and the newest others, with what is kept beside them; newest first.
    async fn live(&self) -> Result<Vec<Live>, ApiError>;
    /// One incident, read afresh; `None` where there is none of that id.
    async fn live_one(&self, id: &IncidentId) -> Result<Option<Live>, ApiError>;
    /// Replaces what is kept beside an incident. Notifies nobody and makes no update.
    async fn keep_beside(&self, id: &IncidentId, metadata: &Metadata) -> Result<Live, ApiError>;
}
