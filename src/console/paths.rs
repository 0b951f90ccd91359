//! Every address of the console, built in one place. They are relative to the console's base, the
//! folder that its `index.html` was served from.

use crate::sop::run::RunId;

/// A page of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The board of open and recent incidents.
    Board,
    /// Declaring an incident.
    Declare,
    /// An incident.
    Incident(RunId),
    /// Its 48-hour report.
    Report(RunId),
    /// Its post-mortem.
    Postmortem(RunId),
    /// What can be checked before an incident.
    Readiness,
    /// Preferences of this browser, and the embedded provider's switches.
    Settings,
    /// The SOP, rendered from the playbook.
    Sop,
    /// All messages with sample facts, for review.
    Messages,
    /// The mails of the embedded provider.
    Outbox,
}

impl Place {
    /// The address below the console's base, beginning with a slash.
    pub fn path(&self) -> String {
        match self {
            Self::Board => "/".to_owned(),
            Self::Declare => "/declare".to_owned(),
            Self::Incident(RunId(id)) => format!("/incidents/{id}"),
            Self::Report(RunId(id)) => format!("/incidents/{id}/report"),
            Self::Postmortem(RunId(id)) => format!("/incidents/{id}/postmortem"),
            Self::Readiness => "/readiness".to_owned(),
            Self::Settings => "/settings".to_owned(),
            Self::Sop => "/sop".to_owned(),
            Self::Messages => "/sop/messages".to_owned(),
            Self::Outbox => "/outbox".to_owned(),
        }
    }
}
