//! Deciding: what a responder or the runner reports becomes an event and the commands that follow from
//! it, or a refusal with its reason. Nothing is performed here.

use chrono::{DateTime, Utc};

use crate::domain::incident::IncidentId;
use crate::sop::channel::Channel;
use crate::sop::event::{ComponentChange, Event, EventId, EventKind};
use crate::sop::message::Sendable;
use crate::sop::playbook::Playbook;

use super::{Actor, Run, permitted_on};

/// Who says it, on which device, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Who ("You are", or the login at the edge).
    pub who: String,
    /// Whether it is a login, for which the edge vouches.
    pub vouched: bool,
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
}

/// Why something may not be done now: shown beside the button that is disabled because of it. The sentence for each is
/// in `words::refusal`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A reason is missing.
    NoReason,
    /// A publicly promised update cannot be skipped (rule 8).
    Promised,
    /// The last page post is not Resolved (rule 6).
    PageStillOpen,
    /// P0 and P1: the page's first duty is neither done nor skipped (rule 6).
    PageNeverTold,
    /// Approval is missing (rule 13).
    NeedsApproval,
    /// Whoever is logged in approves as that login, and not in the name of another (rule 13).
    ApproveAsYourself,
    /// The approval was typed, and a login asks for a login.
    ApprovalWasTyped,
    /// The approver is the sender and did not say that they are alone on duty (rule 13).
    ApproverIsSender,
    /// A name is missing: who says it, or who approved.
    NoName,
    /// A time that has not come yet.
    InFuture,
    /// The text was frozen more than 60 seconds ago (rule 14).
    Stale,
    /// The severity was changed after the text was frozen (rule 14).
    SeverityChanged,
    /// The incident was declared before.
    AlreadyDeclared,
    /// The playbook does not know the incident type.
    NoSuchType,
    /// No declaration is in the log.
    NotDeclared,
    /// No id can follow the last one: a log whose ids were forged.
    LogIsFull,
    /// The message that is to leave is not the one that the event records.
    OtherMessage,
    /// A send without a message.
    NoMessage,
    /// A change of severity after the end (rule 6).
    SeverityStands,
    /// The severity is that already.
    SameSeverity,
    /// The incident was declared in error.
    InError,
    /// The type is that already.
    SameType,
    /// An email cannot be finished of which nothing was accepted (rule 9).
    NoBatchAccepted,
    /// A page post without a status.
    NoStatus,
    /// A change of no component.
    NoComponents,
    /// The type asks for no approval (rule 13).
    NoApprovalNeeded,
    /// The incident is resolved.
    AlreadyResolved,
    /// Only what is resolved can be reopened (rule 7).
    NothingToReopen,
    /// A resolved message or a report before the resolution.
    NotResolvedYet,
    /// The incident is over.
    AlreadyOver,
    /// No post-mortem is owed or offered yet.
    PostmortemTooEarly,
    /// None is owed of what was declared in error.
    NoPostmortemOwed,
    /// An empty post-mortem.
    NoPostmortemText,
    /// A post-mortem that nobody took part in.
    NoParticipants,
    /// A post-mortem for readers, of an incident that is not on the page.
    NotOnPage,
    /// The regulator is not owed anything.
    NoRegulatorOwed,
    /// A remark without words.
    EmptyNote,
    /// The impact's start would stand behind its end.
    StartsAfterEnd,
    /// The impact's start would stand in an earlier period, whose time would count twice (rule 7).
    StartsInEarlierPeriod,
    /// The impact's end would stand before its start.
    EndsBeforeStart,
    /// A message waits in its undo window on this channel.
    AboutToLeaveHere,
    /// The message has left, or was taken back.
    NotWaiting,
    /// An operation is performed once.
    AlreadySent,
    /// A message of this channel and kind is on its way, here or on another console.
    SameUnderWay,
    /// A message that says that the incident goes on, after its end.
    Over,
    /// A second Resolved post.
    PageSaysResolved,
    /// An answer to a send that is not in the log.
    NoSuchSend,
    /// An answer after a proof of delivery.
    AlreadyAnswered,
    /// No duty has that key.
    NoSuchDuty,
    /// The duty is done, lapsed or missed.
    DutyClosed,
    /// The duty is met: its first mails are out (rule 9).
    FirstMailsOut,
    /// A skipped update cannot be posted after all.
    SkippedUpdate,
    /// A newer duty stands in its place, or its episode is over.
    DutyReplaced,
    /// An answer to a duty that is required.
    RequiredAnyway,
    /// No id can be made.
    NoRandomNumbers,
    /// The run is not in this browser.
    NotHere,
    /// The playbook has problems that stop the console.
    NoPlaybook,
    /// Nobody said who is at this device.
    SayWhoYouAre,
    /// The edge knows nobody.
    LogInFirst,
    /// The incident that was to be adopted is gone.
    NoLongerOnPage,
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
        vouched: stamp.vouched,
        what,
    };
    let now = event.corrected();
    let who = Actor {
        name: &event.who,
        vouched: event.vouched,
    };
    permitted_on(sop, run, &stamp.device, &event.what, who, now)?;
    let folded = run.read_by(sop, &stamp.device, now);
    let page_incident = folded.and_then(|folded| folded.into_state().page_incident);
    if message
        .as_ref()
        .is_some_and(|message| message.is_stale(now))
    {
        return Err(Refusal::Stale);
    }
    let then = follows(&event.what, message, page_incident)?;
    if !run.insert(event.clone()) {
        // Only a log whose ids were forged gets here; nothing may be dropped in silence.
        return Err(Refusal::LogIsFull);
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
            Some(_) => Err(Refusal::OtherMessage),
            None => Err(Refusal::NoMessage),
        },
        EventKind::ComponentsChanged { components } => {
            Ok(Some(Command::ChangeComponents(components.clone())))
        }
        EventKind::Declared { .. }
        | EventKind::AboutToLeave { .. }
        | EventKind::Withdrawn { .. }
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
        // The internal record stays inside.
        | EventKind::PostmortemDone { .. }
        | EventKind::RegulatorNotified { .. }
        | EventKind::PageIncident { .. }
        | EventKind::PageLeft
        | EventKind::Claimed { .. }
        | EventKind::Note { .. } => Ok(None),
    }
}
