//! Folding: each event, in id order, moves the course on. Total: an event that makes no sense where it
//! stands is kept in the log and ignored here (`docs/duties.md` rule 15).

use chrono::{DateTime, Utc};

use crate::domain::ordered::{ShortMap, ShortSet};
use crate::sop::channel::Channel;
use crate::sop::duty::{DutyKind, Ended};
use crate::sop::event::{Event, Outcome, Receipt, SentMessage, TimeFact, What};
use crate::sop::playbook::Playbook;

use super::Run;
use super::course::{Course, Episode};
use super::messages::Way;
use super::sends::Sends;
use super::state::{LedgerRow, LedgerState, Phase, PostmortemRecord};

/// The course of a run at `now`; `None` while no declaration has happened.
pub(crate) fn course<'a>(sop: &'a Playbook, run: &Run, now: DateTime<Utc>) -> Option<Course<'a>> {
    let happened = || run.events().filter(|event| event.corrected() <= now);
    let sends = Sends::of(happened());
    let mut course: Option<Course<'a>> = None;
    for event in happened() {
        match &mut course {
            Some(course) => course.take(event),
            None => course = declared(sop, event, &sends),
        }
    }
    if let Some(course) = &mut course {
        course.pass(now);
    }
    course
}

/// The declaration, if the event is one: everything before it is ignored.
fn declared<'a>(sop: &'a Playbook, event: &Event, sends: &Sends) -> Option<Course<'a>> {
    let What::Declared {
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
    };
    let mut course = Course {
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
        told: ShortMap::default(),
        first_public_at: None,
        ledger: Vec::new(),
        ticked: ShortSet::default(),
        postmortem: None,
        error_reason: None,
    };
    course.first_duties(at);
    course.regulator(at, Ended::TypeChanged);
    Some(course)
}

impl Course<'_> {
    /// Takes one event in.
    fn take(&mut self, event: &Event) {
        let at = event.corrected();
        self.pass(at);
        match &event.what {
            // One declaration a run. Answers were read beforehand; notes and component changes move
            // nothing (rule 1).
            What::Declared { .. }
            | What::SendAnswered { .. }
            | What::ComponentsChanged { .. }
            | What::Claimed { .. }
            | What::Note { .. } => {}
            What::FactSet { fact, value } => self.facts.set(*fact, value.clone()),
            What::TimeSet { time, value } => self.time_set(*time, *value),
            What::ComponentsSet { components } => components.clone_into(&mut self.components),
            What::SeverityChanged { to, reason: _ } => self.severity_changed(at, *to),
            What::TypeChanged { to } => self.type_changed(at, to),
            What::PersonalDataSet { to } => self.personal_data_set(at, *to),
            What::SendStarted { op, message } => self.send(at, event, op, message),
            What::EmailFinished { op, failed } => self.email_finished(op, *failed),
            What::PostedByHand {
                message,
                posted_at,
                link,
            } => {
                self.posted_by_hand((*posted_at).min(at), event, message, link.as_deref());
            }
            What::AnsweredPost { duty } => self.answer_post(*duty),
            What::Skipped { duty, reason } => self.skip(at, *duty, reason),
            What::Approved { approver, alone } => self.approved(at, approver, *alone),
            What::ResolvedWithoutPage => {
                if self.phase == Phase::Open && self.resolvable_by_button().is_ok() {
                    self.resolved(at);
                }
            }
            What::Reopened => self.reopened(at),
            What::DeclaredInError { reason } => self.declared_in_error(at, reason),
            What::Ticked { item, on } => {
                if *on {
                    self.ticked.insert(item.clone());
                } else {
                    self.ticked.remove(item);
                }
            }
            What::PostmortemDone {
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
                self.meet_without_channel(DutyKind::Postmortem, at);
            }
            What::RegulatorNotified { reference: _ } => {
                self.meet_without_channel(DutyKind::Regulator, at);
            }
            What::PageIncident { id } => self.page_incident = Some(id.clone()),
        }
    }

    fn time_set(&mut self, time: TimeFact, value: DateTime<Utc>) {
        let episode = &mut self.current;
        match time {
            TimeFact::ImpactStarted => {
                if episode.impact_ended.is_none_or(|ended| value <= ended) {
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
        let answer = self.sends.answer(op);
        let (state, receipt) = match answer.map(|answer| (&answer.outcome, answer.at)) {
            None => (LedgerState::Queued, Receipt::default()),
            Some((Outcome::Accepted { receipt }, at)) => {
                (LedgerState::Sent { at }, receipt.clone())
            }
            Some((Outcome::Failed { reason }, _)) => (
                LedgerState::Failed {
                    reason: reason.clone(),
                },
                Receipt::default(),
            ),
            Some((Outcome::Unknown { reason }, _)) => (
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
            who: event.who.clone(),
            state,
            receipt,
            by_hand: false,
            not_reached: None,
        });
        if self.sends.accepted(op) {
            self.out(at, message, Way::Sent { op });
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
        self.ledger.push(LedgerRow {
            op: None,
            message: message.clone(),
            at,
            who: event.who.clone(),
            state: LedgerState::Sent { at },
            receipt: Receipt {
                vendor_id: None,
                link: link.map(str::to_owned),
            },
            by_hand: true,
            not_reached: None,
        });
        self.out(at, message, Way::ByHand);
    }

    /// A message is out since `at`.
    fn out(&mut self, at: DateTime<Utc>, message: &SentMessage, way: Way<'_>) {
        if message.channel.is_public() {
            self.first_public_at = Some(self.first_public_at.map_or(at, |first| first.min(at)));
        }
        if message.channel == Channel::Page {
            self.page_posted(at, message);
        } else {
            self.told_at(message.channel, message.kind, at, way);
        }
    }

    /// Whether the page still shows the incident as going on: its last post, of whatever episode and whenever it
    /// became known, is not Resolved (rule 6). Of two posts of one moment the one that was learned last counts.
    pub(super) fn page_is_open(&self) -> bool {
        let last = self.posts.iter().max_by_key(|post| post.at);
        last.is_some_and(|post| !post.status.is_over())
    }
}
