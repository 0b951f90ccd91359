//! Planned work: announced, running or over.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::component::ComponentId;
use super::incident::{IncidentId, IncidentUpdate, is_given};

/// How far planned work has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum MaintenanceStatus {
    /// Announced.
    Scheduled,
    /// Going on.
    InProgress,
    /// Done, and being checked.
    Verifying,
    /// Over.
    Completed,
    /// A word that this version does not know, kept as it came.
    Unknown(String),
}

impl MaintenanceStatus {
    /// The status's word in the Statuspage format.
    pub fn word(&self) -> &str {
        match self {
            Self::Scheduled => "scheduled",
            Self::InProgress => "in_progress",
            Self::Verifying => "verifying",
            Self::Completed => "completed",
            Self::Unknown(raw) => raw,
        }
    }
}

impl From<String> for MaintenanceStatus {
    fn from(word: String) -> Self {
        match word.as_str() {
            "scheduled" => Self::Scheduled,
            "in_progress" => Self::InProgress,
            "verifying" => Self::Verifying,
            "completed" => Self::Completed,
            _ => Self::Unknown(word),
        }
    }
}

impl From<MaintenanceStatus> for String {
    fn from(status: MaintenanceStatus) -> Self {
        status.word().to_owned()
    }
}

/// What planned work should have done by now, and has not as far as its page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// It should have begun.
    Begin,
    /// It should have ended.
    End,
}

/// Planned work on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maintenance {
    /// Opaque id.
    pub id: IncidentId,
    /// The title.
    pub name: String,
    /// How far it has come.
    pub status: MaintenanceStatus,
    /// What readers were told, newest first.
    #[serde(default)]
    pub updates: Vec<IncidentUpdate>,
    /// When it is to begin; the beginning of the count of time where the page does not say ([`is_given`]).
    pub from: DateTime<Utc>,
    /// When it is to end, where the page says.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
    /// The components it touches.
    #[serde(default)]
    pub components: Vec<ComponentId>,
    /// Whether it was made up for a demonstration.
    #[serde(default)]
    pub demo: bool,
}

impl Maintenance {
    /// What tells of it in short: what was said last, and what announced it. Pages add a text of their own when work
    /// begins, which says nothing of what is done.
    pub fn texts(&self) -> Vec<String> {
        let mut said = self.updates.iter().map(|update| &update.body);
        let newest = said.find(|body| !body.is_empty());
        let first = said.rfind(|body| !body.is_empty());
        newest.into_iter().chain(first).cloned().collect()
    }

    /// Whether it has begun, and is not over.
    pub fn is_running(&self) -> bool {
        match self.status {
            MaintenanceStatus::InProgress | MaintenanceStatus::Verifying => true,
            MaintenanceStatus::Scheduled
            | MaintenanceStatus::Completed
            | MaintenanceStatus::Unknown(_) => false,
        }
    }

    /// What it should have done before `now`: a moment that its page was read at.
    pub fn late(&self, now: DateTime<Utc>) -> Option<Late> {
        if self.status == MaintenanceStatus::Scheduled {
            return (is_given(self.from) && now > self.from).then_some(Late::Begin);
        }
        let has_ended = self.until.is_some_and(|until| now > until);
        (self.is_running() && has_ended).then_some(Late::End)
    }
}
