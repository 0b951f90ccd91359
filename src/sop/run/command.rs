//! Deciding: what a responder or the runner reports becomes an event and the commands that follow from
//! it, or a refusal with its reason. Nothing is performed here.

use chrono::{DateTime, Utc};

use crate::domain::incident::IncidentId;
use crate::sop::channel::Channel;
use crate::sop::event::{ComponentChange, Event, EventId, EventKind};
use crate::sop::message::Sendable;
use crate::sop::playbook::Playbook;

use super::{Run, permitted, state};

/// Who says it, on which device, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
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
    /// Let this message leave, and report the outcome as `EventKind::SendAnswered` with the same operation.
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
    /// A name is missing: who says it, or who approved.
    #[error("a name is needed")]
    NoName,
    /// A time that has not come yet.
    #[error("that time is in the future")]
    InFuture,
    /// The text was frozen more than 60 seconds ago (rule 14).
    #[error("this text is more than a minute old: look at it again before it leaves")]
    Stale,
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
    sop: &Playbook,
    run: &mut Run,
    what: EventKind,
    message: Option<Sendable>,
    stamp: &Author,
) -> Result<Vec<Command>, Refusal> {
    let id = EventId::next(&stamp.device, stamp.now, run.last_id());
    let who = stamp.who.trim().to_owned();
    let event = Event {
        id,
        at: stamp.now,
        offset_ms: stamp.offset_ms,
        who,
        what,
    };
    let now = event.corrected();
    permitted(sop, run, &event.what, &event.who, now)?;
    let page_incident = state(sop, run, now).and_then(|state| state.page_incident);
    if message
        .as_ref()
        .is_some_and(|message| message.is_stale(now))
    {
        return Err(Refusal::Stale);
    }
    let then = follows(&event.what, message, page_incident)?;
    if !run.insert(event.clone()) {
        // Only a log whose ids were forged gets here; nothing may be dropped in silence.
        return Err(Refusal::NotNow("this log can take no further entries"));
    }
    Ok(std::iter::once(Command::Save(event)).chain(then).collect())
}

/// What is to be done after the event was saved.
fn follows(
    what: &EventKind,
    message: Option<Sendable>,
    page_incident: Option<IncidentId>,
) -> Result<Option<Command>, Refusal> {
    match what {
        EventKind::SendStarted {
            op,
            message: record,
        } => match message {
            Some(message) if message.record() == record => {
                let page_incident = page_incident.filter(|_| record.channel == Channel::Page);
                Ok(Some(Command::Send {
                    op: op.clone(),
                    page_incident,
                    message,
                }))
            }
            Some(_) => Err(Refusal::NotNow(
                "the message is not the one that is written down",
            )),
            None => Err(Refusal::NotNow("there is no message to send")),
        },
        EventKind::ComponentsChanged { components } => {
            Ok(Some(Command::ChangeComponents(components.clone())))
        }
        EventKind::PostmortemDone {
            text,
            held_on: _,
            participants: _,
        } => Ok(
            page_incident.map(|page_incident| Command::PublishPostmortem {
                page_incident,
                text: text.clone(),
            }),
        ),
        EventKind::Declared { .. }
        | EventKind::FactSet { .. }
        | EventKind::TimeSet { .. }
        | EventKind::ComponentsSet { .. }
        | EventKind::SeverityChanged { .. }
        | EventKind::TypeChanged { .. }
        | EventKind::PersonalDataSet { .. }
        | EventKind::SendAnswered { .. }
        | EventKind::EmailFinished { .. }
        | EventKind::PostedByHand { .. }
        | EventKind::AnsweredPost { .. }
        | EventKind::Skipped { .. }
        | EventKind::Approved { .. }
        | EventKind::ResolvedWithoutPage
        | EventKind::Reopened
        | EventKind::DeclaredInError { .. }
        | EventKind::Ticked { .. }
        | EventKind::RegulatorNotified { .. }
        | EventKind::PageIncident { .. }
        | EventKind::Claimed { .. }
        | EventKind::Note { .. } => Ok(None),
    }
}
