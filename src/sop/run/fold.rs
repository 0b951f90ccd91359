//! Folding: each event, in id order, moves the course on. Total: an event that makes no sense where it
//! stands is kept in the log and ignored here (`docs/duties.md` rule 15).

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::calendar::earlier;
use crate::domain::component::ComponentId;
use crate::domain::frozen::GREATEST_AGE;
use crate::domain::ordered::{ShortMap, ShortSet};
use crate::sop::channel::Channel;
use crate::sop::duty::{DutyKind, Ended};
use crate::sop::event::{Event, EventKind, Receipt, SendOutcome, SentMessage, TimeFact};
use crate::sop::playbook::Playbook;

use super::Run;
use super::messages::Via;
use super::projection::{Episode, Projection};
use super::sends::SendOutcomes;
use super::state::{LedgerRow, LedgerState, Phase, PostmortemRecord};

/// The course of a run at `now`, of what has happened by `read`; `None` while no declaration has.
pub(crate) fn course<'a>(
    sop: &'a Playbook,
    run: &Run,
    read: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<Projection<'a>> {
    let happened = || run.events().filter(|event| event.corrected() <= read);
    let sends = SendOutcomes::of(happened());
    let mut course: Option<Projection<'a>> = None;
    for event in happened() {
        match &mut course {
            Some(course) => course.apply(event),
            None => course = declared(sop, event, &sends),
        }
    }
    if let Some(course) = &mut course {
        course.advance_to(now);
    }
    course
}

/// The declaration, if the event is one: everything before it is ignored.
fn declared<'a>(sop: &'a Playbook, event: &Event, sends: &SendOutcomes) -> Option<Projection<'a>> {
    let EventKind::Declared {
        impact_started,
        severity,
        kind,
        components,
        became_aware,
        personal_data,
        facts,
        sop_version,
        drill,
    } = &event.what
    else {
        return None;
    };
    let at = event.corrected();
    let current = Episode {
        began_at: at,
        impact_started: *impact_started,
        impact_ended: None,
        over_at: None,
        told_over: None,
    };
    let mut course = Projection {
        sop,
        sends: sends.clone(),
        declared_at: at,
        declared_by: event.who.clone(),
        sop_version: sop_version.clone(),
        drill: *drill,
        phase: Phase::Open,
        severity: *severity,
        worst: *severity,
        kind: kind.clone(),
        components: components.clone(),
        added: Vec::new(),
        facts: facts.clone(),
        became_aware: *became_aware,
        personal_data: *personal_data,
        past: Vec::new(),
        current,
        approval: None,
        slots: Vec::new(),
        posts: Vec::new(),
        last_post: None,
        page: None,
        page_incident: None,
        last_heard: ShortMap::default(),
        first_public_at: None,
        frozen: Vec::new(),
        ledger: Vec::new(),
        ticked: ShortSet::default(),
        postmortem: None,
        error_reason: None,
    };
    course.first_duties(at);
    course.regulator(at, Ended::TypeChanged);
    Some(course)
}

impl Projection<'_> {
    /// Takes one event in.
    fn apply(&mut self, event: &Event) {
        let at = event.corrected();
        self.advance_to(at);
        match &event.what {
            // One declaration a run. Answers were read beforehand; notes and component changes move
            // nothing (rule 1).
            EventKind::Declared { .. }
            | EventKind::SendAnswered { .. }
            | EventKind::ComponentsChanged { .. }
            | EventKind::Claimed { .. }
            | EventKind::Note { .. } => {}
            EventKind::FactSet { fact, value } => self.facts.set(*fact, value.clone()),
            EventKind::TimeSet { time, value } => self.time_set(*time, *value),
            EventKind::ComponentsSet { components } => self.components_set(at, components),
            EventKind::SeverityChanged { to, reason: _ } => self.severity_changed(at, *to),
            EventKind::TypeChanged { to } => self.type_changed(at, to),
            EventKind::PersonalDataSet { to } => self.personal_data_set(at, *to),
            EventKind::AboutToLeave {
                op,
                message,
                leaves_at,
            } => self.frozen(at, event, op, message, *leaves_at),
            EventKind::Withdrawn { op, why } => self.withdrawn(op, *why),
            EventKind::SendStarted { op, message } => self.send(at, event, op, message),
            EventKind::EmailFinished {
                op,
                failed,
                unknown,
            } => self.email_finished(op, *failed, *unknown),
            EventKind::PostedByHand {
                message,
                posted_at,
                link,
            } => {
                self.posted_by_hand((*posted_at).min(at), event, message, link.as_deref());
            }
            EventKind::AnsweredPost { duty } => self.answer_post(*duty),
            EventKind::Skipped { duty, reason } => self.skip(at, *duty, reason),
            EventKind::Approved { approver, alone } => {
                self.approved(at, approver, *alone, event.approves_as_itself(approver));
            }
            EventKind::ResolvedWithoutPage => {
                if self.phase == Phase::Open && self.resolvable_by_button().is_ok() {
                    self.resolved(at);
                }
            }
            EventKind::Reopened => self.reopened(at),
            EventKind::DeclaredInError { reason } => self.declared_in_error(at, reason),
            EventKind::Ticked { item, on } => {
                if *on {
                    self.ticked.insert(item.clone());
                } else {
                    self.ticked.remove(item);
                }
            }
            EventKind::PostmortemDone {
                text,
                held_on,
                participants,
            } => {
                let again = self.postmortem.is_some();
                if again || self.meetable(DutyKind::Postmortem) {
                    self.postmortem = Some(PostmortemRecord {
                        text: text.clone(),
                        held_on: *held_on,
                        participants: participants.clone(),
                    });
                }
                self.postmortem_held(at, *held_on);
            }
            EventKind::RegulatorNotified {
                reference: _,
                notified_at,
            } => {
                let notified_at = notified_at.unwrap_or(at).min(at);
                self.meet_without_channel(DutyKind::Regulator, notified_at);
            }
            EventKind::PageIncident { id } => self.page_incident = Some(id.clone()),
            EventKind::PageLeft => self.page_incident = None,
        }
    }

    fn components_set(&mut self, at: DateTime<Utc>, components: &[ComponentId]) {
        let new = components.iter().filter(|id| !self.components.contains(id));
        let new: Vec<_> = new.map(|id| (id.clone(), at)).collect();
        self.added.retain(|(id, _)| components.contains(id));
        self.added.extend(new);
        components.clone_into(&mut self.components);
    }

    /// Whether no earlier period of the impact reaches behind a moment: what both held would count twice (rule 7).
    pub(super) fn begins_after_the_past(&self, at: DateTime<Utc>) -> bool {
        let last = self.past.last().and_then(Episode::ended);
        last.is_none_or(|ended| at >= ended)
    }

    pub(super) fn time_set(&mut self, time: TimeFact, value: DateTime<Utc>) {
        let is_later = self.begins_after_the_past(value);
        let episode = &mut self.current;
        match time {
            TimeFact::ImpactStarted => {
                if is_later && episode.ended().is_none_or(|ended| value <= ended) {
                    episode.impact_started = value;
                }
            }
            TimeFact::ImpactEnded => {
                if value >= episode.impact_started {
                    episode.impact_ended = Some(value);
                }
            }
            TimeFact::BecameAware => self.became_aware(value),
        }
    }

    /// A send left at `at`. It counts once it was accepted; until then it only stands in the ledger.
    fn send(&mut self, at: DateTime<Utc>, event: &Event, op: &str, message: &SentMessage) {
        if self.ledger.iter().any(|row| row.op.as_deref() == Some(op)) {
            return;
        }
        let frozen = self.frozen.iter().find(|frozen| frozen.op == op);
        // When another console froze it is not told; a text of a greater age does not leave.
        let frozen_at = frozen.map_or_else(|| earlier(at, GREATEST_AGE), |frozen| frozen.frozen_at);
        self.frozen.retain(|frozen| frozen.op != op);
        let answer = self.sends.answer(op);
        let (state, receipt) = match answer.map(|answer| (&answer.outcome, answer.at)) {
            None => (LedgerState::Queued, Receipt::default()),
            Some((SendOutcome::Accepted { receipt }, at)) => {
                (LedgerState::Sent { at }, receipt.clone())
            }
            Some((SendOutcome::Failed { reason }, _)) => (
                LedgerState::Failed {
                    reason: reason.clone(),
                },
                Receipt::default(),
            ),
            Some((SendOutcome::Unknown { reason }, _)) => (
                LedgerState::Unknown {
                    reason: reason.clone(),
                },
                Receipt::default(),
            ),
        };
        self.ledger.push(LedgerRow {
            op: Some(op.to_owned()),
            message: message.clone(),
            at,
            frozen_at,
            who: event.who.clone(),
            state,
            receipt,
            by_hand: false,
            not_reached: None,
            unknown: None,
        });
        if self.sends.accepted(op) {
            let device = event.id.device.as_str();
            self.out(at, message, Via::Sent { op, device });
        }
    }

    /// Somebody did it by hand, at a time that is not after it was said.
    fn posted_by_hand(
        &mut self,
        at: DateTime<Utc>,
        event: &Event,
        message: &SentMessage,
        link: Option<&str>,
    ) {
        let adopted = event.id.page_update();
        if adopted.is_some_and(|update| self.sends.made(update)) {
            return;
        }
        let message = &self.with_its_own_promise(at, message);
        self.ledger.push(LedgerRow {
            op: None,
            message: message.clone(),
            at,
            frozen_at: at,
            who: event.who.clone(),
            state: LedgerState::Sent { at },
            receipt: Receipt {
                vendor_id: None,
                link: link.map(str::to_owned),
            },
            by_hand: true,
            not_reached: None,
            unknown: None,
        });
        // A chosen time is a minute of its own; that of the record is some seconds old at most.
        let dated = link.is_some() || event.at - at >= TimeDelta::minutes(1);
        self.out(at, message, Via::ByHand { dated });
    }

    /// A message is out since `at`.
    fn out(&mut self, at: DateTime<Utc>, message: &SentMessage, way: Via<'_>) {
        // It stands beside the updates, and its duty is met by the internal record.
        if message.is_postmortem() {
            return;
        }
        // The report does not count (rule 18).
        if message.channel.is_public() && message.kind != DutyKind::Report {
            self.first_public_at = Some(self.first_public_at.map_or(at, |first| first.min(at)));
        }
        if message.channel == Channel::Page {
            self.page_posted(at, message, way);
        } else {
            self.told_at(message.channel, message.kind, at, way);
        }
    }

    /// Whether the page still shows the incident as going on: its last post, of whatever episode and whenever it
    /// became known, is not Resolved (rule 6). Of two posts of one moment the one that was learned last counts.
    pub(super) fn page_is_open(&self) -> bool {
        let last = self.posts.iter().max_by_key(|post| post.place);
        last.is_some_and(|post| !post.status.is_over())
    }
}
