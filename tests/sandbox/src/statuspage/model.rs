//! What a page has, as the sandbox keeps it. Times are milliseconds since 1970, UTC; what a client sees is
//! made from these by `view` and `public`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its public address.
    pub url: String,
    /// Its zone's name.
    pub time_zone: String,
    /// How far its zone is ahead of UTC, minutes; fixed, without summer time.
    pub offset_minutes: i32,
    /// When anything on it changed last.
    pub updated_at: i64,
}

/// A component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Component {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Its status.
    pub status: String,
    /// Its place among its siblings; not unique on a page.
    pub position: i64,
    /// The group it is in.
    pub group_id: Option<String>,
    /// Whether its uptime is shown.
    pub showcase: bool,
    /// Whether it is shown only when something is wrong.
    pub only_show_if_degraded: bool,
    /// Since when its uptime counts: a date.
    pub start_date: Option<String>,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed.
    pub updated_at: i64,
}

/// A group of components.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its place.
    pub position: i64,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed.
    pub updated_at: i64,
}

/// A component's status before and after an update.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affected {
    /// The component's id.
    pub code: String,
    /// Its name, "Group - Child" where it has a group.
    pub name: String,
    /// Before.
    pub old_status: String,
    /// After.
    pub new_status: String,
}

/// An update of an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Update {
    /// Its id.
    pub id: String,
    /// The status it gave.
    pub status: String,
    /// Its text.
    pub body: String,
    /// The components, where there were any.
    pub affected: Option<Vec<Affected>>,
    /// Whether subscribers were told.
    pub deliver_notifications: bool,
    /// Whether a tweet was asked for.
    pub wants_twitter_update: bool,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed.
    pub updated_at: i64,
    /// When it is said to have been.
    pub display_at: i64,
}

/// A post-mortem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Postmortem {
    /// For looking at the draft.
    pub preview_key: String,
    /// What is published.
    pub body: Option<String>,
    /// When that changed.
    pub body_updated_at: Option<i64>,
    /// What is not published yet.
    pub body_draft: Option<String>,
    /// When that changed.
    pub body_draft_updated_at: Option<i64>,
    /// When it was published.
    pub published_at: Option<i64>,
    /// Whether subscribers were told.
    pub notify_subscribers: bool,
    /// Whether it was tweeted.
    pub notify_twitter: bool,
    /// The tweet.
    pub custom_tweet: Option<String>,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed.
    pub updated_at: i64,
}

/// An incident or a maintenance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Its id.
    pub id: String,
    /// The order of their making.
    pub number: i64,
    /// Its title.
    pub name: String,
    /// Its status.
    pub status: String,
    /// How bad it is: as set, or by its components.
    pub impact: String,
    /// As set.
    pub impact_override: Option<String>,
    /// The components that are attached, in the order of attaching.
    pub component_ids: Vec<String>,
    /// Newest first.
    pub updates: Vec<Update>,
    /// The client's own.
    pub metadata: Map<String, Value>,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed.
    pub updated_at: i64,
    /// When it was first monitored.
    pub monitoring_at: Option<i64>,
    /// When it was resolved.
    pub resolved_at: Option<i64>,
    /// When a maintenance begins.
    pub scheduled_for: Option<i64>,
    /// When a maintenance ends.
    pub scheduled_until: Option<i64>,
    /// The switches of maintenances and reminders, as they were set.
    pub settings: Map<String, Value>,
    /// Its post-mortem.
    pub postmortem: Option<Postmortem>,
}

impl Incident {
    /// Whether it was planned.
    pub fn is_maintenance(&self) -> bool {
        self.scheduled_for.is_some()
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        matches!(self.status.as_str(), "resolved" | "completed")
    }
}
