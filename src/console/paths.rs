//! Every address of the console, built in one place.

use crate::platform::page;
use crate::sop::run::RunId;

/// A page of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The board of open and recent incidents.
    Incidents,
    /// Declaring an incident.
    Declare,
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

impl Route {
    /// The whole path, from the folder that the console's `index.html` was served from.
    pub fn path(&self) -> String {
        format!(
            "{}{}",
            page::base_path().trim_end_matches('/'),
            self.below_base()
        )
    }

    /// The page at a whole path, as the browser shows it; `None` where there is none.
    pub fn at(path: &str) -> Option<Self> {
        let below = path.strip_prefix(page::base_path().trim_end_matches('/'))?;
        let mut parts = below.split('/').filter(|part| !part.is_empty());
        let route = match (parts.next(), parts.next(), parts.next()) {
            (None, _, _) => Self::Incidents,
            (Some("declare"), None, _) => Self::Declare,
            (Some("incidents"), Some(id), None) => Self::Incident(RunId(id.to_owned())),
            (Some("incidents"), Some(id), Some("report")) => Self::Report(RunId(id.to_owned())),
            (Some("incidents"), Some(id), Some("postmortem")) => {
                Self::Postmortem(RunId(id.to_owned()))
            }
            (Some("readiness"), None, _) => Self::Readiness,
            (Some("settings"), None, _) => Self::Settings,
            (Some("sop"), None, _) => Self::Sop,
            (Some("sop"), Some("messages"), None) => Self::Messages,
            (Some("outbox"), None, _) => Self::Outbox,
            _ => return None,
        };
        parts.next().is_none().then_some(route)
    }

    /// Whether this page is that one or lies below it. Everything lies below the board, so only the board
    /// itself counts as within it.
    pub fn is_within(&self, other: &Self) -> bool {
        self == other || (*self == Self::Messages && *other == Self::Sop)
    }

    fn below_base(&self) -> String {
        match self {
            Self::Incidents => "/".to_owned(),
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
