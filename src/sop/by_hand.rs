//! The record of a message that a person posted elsewhere (`docs/duties.md` rule 11).

use chrono::{DateTime, Utc};

use crate::domain::incident::IncidentStatus;
use crate::domain::promise;

use super::channel::Channel;
use super::duty::DutyKind;
use super::event::{PagePost, SentMessage};
use super::severity::Severity;

/// What somebody says of a message that they posted elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    pub channel: Channel,
    /// What it was for.
    pub kind: DutyKind,
    /// The status that it set, on the page.
    pub status: IncidentStatus,
    /// Its title, where it has one that is known.
    pub title: Option<String>,
    /// Its words; empty where they are with whoever posted it.
    pub text: String,
}

impl ByHand {
    /// The record of it, posted at a moment under the severity of then: it promises what its words promise.
    pub fn record(self, severity: Option<Severity>, posted_at: DateTime<Utc>) -> SentMessage {
        let severity = severity.filter(|_| self.channel == Channel::Page);
        let over = self.status.is_over();
        let promise = promise::read(&self.text, posted_at).filter(|_| !over);
        SentMessage {
            page: severity.map(|severity| PagePost {
                status: self.status,
                severity,
                promise,
                impact: None,
                components: Vec::new(),
                notified_subscribers: false,
                ended: None,
            }),
            channel: self.channel,
            kind: self.kind,
            title: self.title,
            text: self.text,
            html: None,
            recipients: None,
        }
    }
}

/// The status that a post most likely set, of an incident whose last post set `last`.
pub fn likely_status(kind: DutyKind, last: Option<&IncidentStatus>) -> IncidentStatus {
    let goes_on = last.filter(|status| !status.is_over());
    if kind == DutyKind::Resolved {
        IncidentStatus::Resolved
    } else {
        goes_on.cloned().unwrap_or(IncidentStatus::Investigating)
    }
}
