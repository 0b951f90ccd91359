//! Every address of the console, built in one place.

use crate::platform::page;
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
    /// The whole path, from the folder that the console's `index.html` was served from: the router adds
    /// no base to a path that begins with a slash.
    pub fn path(&self) -> String {
        format!(
            "{}{}",
            page::base_path().trim_end_matches('/'),
            self.below_base()
        )
    }

    fn below_base(&self) -> String {
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
