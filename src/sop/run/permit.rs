//! Permission is a value with a reason: whether something may be said of a run now, and why not. The same
//! check stands before every event that `handle` appends, so that a button and its lock cannot disagree.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::calendar::later;
use crate::domain::order::by_key;
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::event::{EventKind, SentMessage, TimeFact};
use crate::sop::patience::UNFINISHED;
use crate::sop::playbook::Playbook;

use super::Run;
use super::answers::NotAnswered;
use super::approval::Actor;
use super::command::Refusal;
use super::projection::Projection;
use super::resolve::NotByButton;
use super::state::{LedgerRow, LedgerState, Phase};

/// Whether `what` may be said by `who` at `now` (by the server's clock, where its difference is known).
///
/// # Errors
/// Why not.
pub fn permitted<'n>(
    sop: &Playbook,
    run: &Run,
    what: &EventKind,
    who: impl Into<Actor<'n>>,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    permitted_on(sop, run, "", what, who, now)
}

/// The same on a device that has entered some of the log itself: all of that has happened, also where its clock went back
/// since (rule 16).
///
/// # Errors
/// Why not.
pub fn permitted_on<'n>(
    sop: &Playbook,
    run: &Run,
    device: &str,
    what: &EventKind,
    who: impl Into<Actor<'n>>,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let who = who.into();
    named(who.name)?;
    let declared = run
        .events()
        .any(|event| matches!(event.what, EventKind::Declared { .. }));
    if let EventKind::Declared {
        impact_started,
        kind,
        became_aware,
        ..
    } = what
    {
        if declared {
            return Err(Refusal::AlreadyDeclared);
        }
        if sop.incident_type(kind).is_none() {
            return Err(Refusal::NoSuchType);
        }
        past(*impact_started, now)?;
        return became_aware.map_or(Ok(()), |aware| past(aware, now));
    }
    match run.read_by(sop, device, now) {
        Some(folded) => folded.course.permits(what, who, now),
        None => Err(Refusal::NotDeclared),
    }
}

/// Corrections of an incident's times on a device, in an order in which each may be said: the end first where the start moves behind
/// the present end.
///
/// # Errors
/// Why one of them may not be: then none is said.
pub fn corrections(
    sop: &Playbook,
    run: &Run,
    device: &str,
    wished: &[(TimeFact, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> Result<Vec<EventKind>, Refusal> {
    let folded = run.read_by(sop, device, now);
    let mut course = folded.ok_or(Refusal::NotDeclared)?.course;
    let ended = course.current.ended();
    let end_first = wished.iter().any(|(time, value)| {
        *time == TimeFact::ImpactStarted && ended.is_some_and(|ended| *value > ended)
    });
    let order = by_key(wished.to_vec(), |(time, _)| match time {
        TimeFact::ImpactStarted => end_first,
        TimeFact::ImpactEnded => !end_first,
        TimeFact::BecameAware => false,
    });
    for (time, value) in &order {
        course.permits_time(*time, *value, now)?;
        course.time_set(*time, *value);
    }
    let said = order.into_iter();
    Ok(said
        .map(|(time, value)| EventKind::TimeSet { time, value })
        .collect())
}

fn named(name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() {
        Err(Refusal::NoName)
    } else {
        Ok(())
    }
}

fn reasoned(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        Err(Refusal::NoReason)
    } else {
        Ok(())
    }
}

fn past(at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Refusal> {
    if at > now {
        Err(Refusal::InFuture)
    } else {
        Ok(())
    }
}

impl Projection<'_> {
    fn permits(&self, what: &EventKind, who: Actor<'_>, now: DateTime<Utc>) -> Result<(), Refusal> {
        match what {
            EventKind::Declared { .. } => Err(Refusal::AlreadyDeclared),
            EventKind::FactSet { .. }
            | EventKind::Ticked { .. }
            | EventKind::PageIncident { .. }
            | EventKind::PageLeft
            | EventKind::Claimed { .. } => Ok(()),
            EventKind::ComponentsSet { components: _ } => self.still_open(Refusal::AlreadyOver),
            EventKind::TimeSet { time, value } => self.permits_time(*time, *value, now),
            EventKind::SeverityChanged { to, reason: _ } => {
                self.still_open(Refusal::SeverityStands)?;
                not_if(*to == self.severity, Refusal::SameSeverity)
            }
            EventKind::TypeChanged { to } => {
                not_if(self.phase == Phase::InError, Refusal::InError)?;
                not_if(self.sop.incident_type(to).is_none(), Refusal::NoSuchType)?;
                not_if(*to == self.kind, Refusal::SameType)
            }
            EventKind::PersonalDataSet { .. } => {
                not_if(self.phase == Phase::InError, Refusal::InError)
            }
            EventKind::AboutToLeave {
                op,
                message,
                leaves_at: _,
            } => {
                let waits = self
                    .waiting(now)
                    .any(|frozen| frozen.message.channel == message.channel);
                not_if(waits, Refusal::AboutToLeaveHere)?;
                self.permits_send(op, message, who, now)
            }
            EventKind::Withdrawn { op, why: _ } => not_if(
                !self.frozen.iter().any(|frozen| frozen.op == *op),
                Refusal::NotWaiting,
            ),
            EventKind::SendStarted { op, message } => self.permits_send(op, message, who, now),
            EventKind::SendAnswered { op, outcome: _ } => self.permits_answer(op),
            EventKind::EmailFinished { op, .. } => {
                not_if(!self.sends.accepted(op), Refusal::NoBatchAccepted)
            }
            EventKind::PostedByHand {
                message,
                posted_at,
                link: _,
            } => {
                past(*posted_at, now)?;
                let unsaid = message.channel == Channel::Page && message.page.is_none();
                not_if(unsaid, Refusal::NoStatus)
            }
            EventKind::ComponentsChanged { components } => {
                not_if(components.is_empty(), Refusal::NoComponents)
            }
            EventKind::AnsweredPost { duty } => self.answerable(*duty).map_err(refusal),
            EventKind::Skipped { duty, reason } => {
                self.skippable(*duty).map_err(refusal)?;
                reasoned(reason)
            }
            EventKind::Approved { approver, alone: _ } => {
                not_if(!self.asks_approval(), Refusal::NoApprovalNeeded)?;
                let by_login = who.asks_for_login(self.page_incident.is_some());
                let in_anothers_name = by_login && approver.trim() != who.name.trim();
                not_if(in_anothers_name, Refusal::ApproveAsYourself)?;
                named(approver)
            }
            EventKind::ResolvedWithoutPage => {
                self.still_open(Refusal::AlreadyResolved)?;
                self.resolvable_by_button().map_err(|why| match why {
                    NotByButton::PageStillOpen => Refusal::PageStillOpen,
                    NotByButton::PageNeverTold => Refusal::PageNeverTold,
                })
            }
            EventKind::Reopened => not_if(self.phase != Phase::Resolved, Refusal::NothingToReopen),
            EventKind::DeclaredInError { reason } => {
                self.still_open(Refusal::AlreadyOver)?;
                reasoned(reason)
            }
            EventKind::PostmortemDone {
                text,
                held_on,
                participants,
            } => {
                let due = self.meetable(DutyKind::Postmortem) || self.postmortem.is_some();
                not_if(!due, self.no_postmortem())?;
                not_if(text.trim().is_empty(), Refusal::NoPostmortemText)?;
                // Its day is that of whoever was there, and may have begun before that of UTC.
                let latest = later(now, TimeDelta::days(1)).date_naive();
                not_if(*held_on > latest, Refusal::InFuture)?;
                not_if(participants.is_empty(), Refusal::NoParticipants)
            }
            EventKind::RegulatorNotified {
                reference: _,
                notified_at,
            } => {
                past(notified_at.unwrap_or(now), now)?;
                not_if(
                    !self.meetable(DutyKind::Regulator),
                    Refusal::NoRegulatorOwed,
                )
            }
            EventKind::Note { text } => not_if(text.trim().is_empty(), Refusal::EmptyNote),
        }
    }

    fn still_open(&self, otherwise: Refusal) -> Result<(), Refusal> {
        not_if(self.phase != Phase::Open, otherwise)
    }

    fn permits_time(
        &self,
        time: TimeFact,
        value: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        past(value, now)?;
        let episode = &self.current;
        match time {
            TimeFact::ImpactStarted => {
                not_if(
                    !self.begins_after_the_past(value),
                    Refusal::StartsInEarlierPeriod,
                )?;
                not_if(
                    episode.ended().is_some_and(|ended| value > ended),
                    Refusal::StartsAfterEnd,
                )
            }
            TimeFact::ImpactEnded => {
                not_if(value < episode.impact_started, Refusal::EndsBeforeStart)
            }
            TimeFact::BecameAware => Ok(()),
        }
    }

    /// A send: once an operation, unlocked (rule 13), true now, and of the severity of now (rule 14).
    fn permits_send(
        &self,
        op: &str,
        message: &SentMessage,
        who: Actor<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let known = self.ledger.iter().any(|row| row.op.as_deref() == Some(op));
        not_if(known, Refusal::AlreadySent)?;
        not_if(
            self.ledger
                .iter()
                .any(|row| is_under_way(row, message, now)),
            Refusal::SameUnderWay,
        )?;
        if message.channel.is_public() && self.asks_approval() {
            let approval = self.approval.as_ref().ok_or(Refusal::NeedsApproval)?;
            approval.lets(who, self.page_incident.is_some())?;
        }
        let frozen = self.frozen.iter().find(|frozen| frozen.op == op);
        let is_other = frozen.is_some_and(|frozen| frozen.severity != self.severity);
        not_if(is_other, Refusal::SeverityChanged)?;
        self.fits_the_phase(message)
    }

    /// Whether a message is true at this stage of the incident.
    pub(super) fn fits_the_phase(&self, message: &SentMessage) -> Result<(), Refusal> {
        if message.channel == Channel::Page {
            return self.permits_post(message);
        }
        self.phase.lets(message.channel, message.kind)
    }

    fn permits_post(&self, message: &SentMessage) -> Result<(), Refusal> {
        if message.is_postmortem() {
            not_if(self.phase != Phase::Resolved, self.no_postmortem())?;
            not_if(self.page_incident.is_none(), Refusal::NotOnPage)?;
            return not_if(message.text.trim().is_empty(), Refusal::NoPostmortemText);
        }
        let Some(page) = &message.page else {
            return Err(Refusal::NoStatus);
        };
        match self.phase {
            Phase::Resolved | Phase::InError if !page.status.is_over() => Err(Refusal::Over),
            Phase::Resolved => not_if(!self.page_is_open(), Refusal::PageSaysResolved),
            // In error, Resolved is the retraction.
            Phase::Open | Phase::InError => Ok(()),
        }
    }

    /// Why there is no post-mortem now.
    fn no_postmortem(&self) -> Refusal {
        match self.phase {
            Phase::Open | Phase::Resolved => Refusal::PostmortemTooEarly,
            Phase::InError => Refusal::NoPostmortemOwed,
        }
    }

    /// An answer to a send that was started and whose end is not proved yet.
    fn permits_answer(&self, op: &str) -> Result<(), Refusal> {
        let row = self.ledger.iter().find(|row| row.op.as_deref() == Some(op));
        match row.map(|row| &row.state) {
            None => Err(Refusal::NoSuchSend),
            Some(LedgerState::Sent { .. }) => Err(Refusal::AlreadyAnswered),
            Some(
                LedgerState::Queued | LedgerState::Failed { .. } | LedgerState::Unknown { .. },
            ) => Ok(()),
        }
    }
}

/// Whether a message of this channel and kind is on its way: not answered yet, or an email of which not every
/// recipient has a final state. A sender that died is waited for no longer than its claim lives.
fn is_under_way(row: &LedgerRow, message: &SentMessage, now: DateTime<Utc>) -> bool {
    let alike = row.message.channel == message.channel && row.message.kind == message.kind;
    let open = match row.state {
        LedgerState::Queued => true,
        LedgerState::Sent { .. } => row.is_partly_sent(),
        LedgerState::Failed { .. } | LedgerState::Unknown { .. } => false,
    };
    alike && open && now - row.at <= UNFINISHED
}

fn not_if(wrong: bool, why: Refusal) -> Result<(), Refusal> {
    if wrong { Err(why) } else { Ok(()) }
}

/// Why a duty can be neither skipped nor answered, for the person who tried.
fn refusal(why: NotAnswered) -> Refusal {
    match why {
        NotAnswered::Promised => Refusal::Promised,
        NotAnswered::NoSuchDuty => Refusal::NoSuchDuty,
        NotAnswered::Closed => Refusal::DutyClosed,
        NotAnswered::Met => Refusal::FirstMailsOut,
        NotAnswered::SkippedUpdate => Refusal::SkippedUpdate,
        NotAnswered::Replaced => Refusal::DutyReplaced,
        NotAnswered::Required => Refusal::RequiredAnyway,
    }
}
