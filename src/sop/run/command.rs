//! Deciding: what a responder or the runner reports becomes an event and the commands that follow from
//! it, or a refusal with its reason. Nothing is performed here.

use chrono::{DateTime, Utc};

use crate::domain::incident::IncidentId;
use crate::sop::event::{ComponentChange, Event, What};
use crate::sop::message::Sendable;
use crate::sop::playbook::Playbook;

use super::Run;

/// Who says it, on which device, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Who ("You are").
    pub who: String,
    /// The device's id.
    pub device: String,
    /// The device's time, UTC.
    pub now: DateTime<Utc>,
    /// How far the device's clock is ahead of the server's, in milliseconds, where known.
    pub offset_ms: Option<i64>,
}

/// What is to be done about it, outside the core.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Store this event.
    Save(Event),
    /// Let this message leave, and report the outcome as `What::SendAnswered` with the same operation.
    Send {
        /// The operation's id.
        op: String,
        /// The incident's id on the page, once it is there.
        page_incident: Option<IncidentId>,
        /// The message: complete by construction.
        message: Sendable,
    },
    /// Change components on the page without a post.
    ChangeComponents(Vec<ComponentChange>),
    /// Publish the post-mortem on the page.
    PublishPostmortem {
        /// The incident there.
        page_incident: IncidentId,
        /// The text.
        text: String,
    },
}

/// Why something may not be done now: shown beside the button that is disabled because of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A reason is missing.
    #[error("a reason is needed")]
    NoReason,
    /// A publicly promised update cannot be skipped (rule 8).
    #[error("this update was promised in public: post it, or post “No change”")]
    Promised,
    /// The last page post is not Resolved (rule 6).
    #[error("the status page still shows it as open: publish Resolved there")]
    PageStillOpen,
    /// P0 and P1: the page's first duty is neither done nor skipped (rule 6).
    #[error("nothing was posted to the status page: post it or skip it with a reason first")]
    PageNeverTold,
    /// Approval is missing (rule 13).
    #[error("an approver has to be recorded first")]
    NeedsApproval,
    /// The approver is the sender and did not say that they are alone on duty (rule 13).
    #[error("approver and sender are the same person: say that you are alone on duty")]
    ApproverIsSender,
    /// It makes no sense in this state.
    #[error("{0}")]
    NotNow(&'static str),
}

/// Takes an event in: checks it against the run's state, appends it, and says what is to be done.
///
/// `message` is the message that leaves when `what` is `SendStarted`; it must be the one that `what`
/// records.
///
/// # Errors
/// A refusal with its reason; the run is then unchanged.
pub fn handle(
    _sop: &Playbook,
    _run: &mut Run,
    _what: What,
    _message: Option<Sendable>,
    _stamp: &Stamp,
) -> Result<Vec<Command>, Refusal> {
    Err(Refusal::NotNow("not built yet"))
}
