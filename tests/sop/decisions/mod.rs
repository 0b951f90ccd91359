//! `handle` and `permitted`: what follows from an event, and nothing else; what is refused, and why.

#[rustfmt::skip] // Steps, one a line.
mod clock_back;
mod commands;
mod locks;
mod refusals;
#[rustfmt::skip] // Steps, one a line.
mod undo_window;

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKey, DutyKind};
use allclear::sop::event::{Event, EventKind, Receipt, SendOutcome};
use allclear::sop::facts::{Fact, Facts};
use allclear::sop::message::{Filling, PageOptions, Sendable, promise_for, render};
use allclear::sop::playbook::{Playbook, Purpose, Variant};
use allclear::sop::run::{Author, Command, Refusal, Run, RunId, handle, permitted};
use allclear::sop::severity::Severity;
use chrono::TimeDelta;

use crate::sop::support::at;
use crate::sop::support::playbook::playbook;

/// A run that is decided upon, event by event.
pub(crate) struct Desk {
    pub(crate) sop: Playbook,
    pub(crate) run: Run,
}

pub(crate) fn stamp(who: &str, when: &str) -> Author {
    Author {
        vouched: false,
        who: who.to_owned(),
        device: "d".to_owned(),
        now: at(when),
        offset_ms: None,
    }
}

pub(crate) fn facts() -> Facts {
    let mut facts = Facts::default();
    for fact in Fact::ALL {
        facts.set(fact, format!("the {}", fact.word()));
    }
    facts
}

pub(crate) fn declaration(kind: &str, severity: Severity, impact: &str) -> EventKind {
    EventKind::Declared {
        impact_started: at(impact),
        severity,
        kind: kind.to_owned(),
        components: Vec::new(),
        became_aware: None,
        personal_data: None,
        facts: facts(),
        sop_version: "1.0".to_owned(),
        drill: false,
    }
}

impl Desk {
    pub(crate) fn declared(kind: &str, severity: Severity) -> Self {
        let mut desk = Self {
            sop: playbook(),
            run: Run::new(RunId("run".to_owned())),
        };
        desk.say("14:00", declaration(kind, severity, "13:52"))
            .unwrap();
        desk
    }

    pub(crate) fn say(&mut self, when: &str, what: EventKind) -> Result<Vec<Command>, Refusal> {
        handle(&self.sop, &mut self.run, what, None, &stamp("Ada", when))
    }

    pub(crate) fn message(&self, channel: Channel, kind: DutyKind, when: &str) -> Sendable {
        let status = match kind {
            DutyKind::Resolved => IncidentStatus::Resolved,
            _ => IncidentStatus::Investigating,
        };
        let filling = Filling {
            facts: facts(),
            severity: Severity::P0,
            status: status.clone(),
            started: at("13:52"),
            started_again: at("13:52"),
            ended: Some(at(when)),
            duration: TimeDelta::minutes(52),
            periods: 1,
            now: at(when),
            promise: promise_for(&self.sop, Severity::P0, &status, at(when)),
            bridge: None,
            first_title: None,
        };
        let purpose = Purpose {
            channel,
            kind,
            variant: Variant::Usual,
        };
        render(&self.sop, purpose, &filling, &PageOptions::default()).unwrap()
    }

    /// Sends a message that was frozen at `frozen`.
    pub(crate) fn send(
        &mut self,
        who: &str,
        when: &str,
        frozen: &str,
        channel: Channel,
        kind: DutyKind,
    ) -> Result<Vec<Command>, Refusal> {
        let message = self.message(channel, kind, frozen);
        let op = format!("op-{}", self.run.events().count());
        let what = EventKind::SendStarted {
            op,
            message: message.record().clone(),
        };
        handle(
            &self.sop,
            &mut self.run,
            what,
            Some(message),
            &stamp(who, when),
        )
    }

    /// Sends and has it accepted.
    pub(crate) fn sent(&mut self, when: &str, channel: Channel, kind: DutyKind) {
        let op = format!("op-{}", self.run.events().count());
        self.send("Ada", when, when, channel, kind).unwrap();
        let outcome = SendOutcome::Accepted {
            receipt: Receipt::default(),
        };
        self.say(when, EventKind::SendAnswered { op, outcome })
            .unwrap();
    }

    pub(crate) fn refused(&self, when: &str, what: &EventKind) -> Option<Refusal> {
        permitted(&self.sop, &self.run, what, "Ada", at(when)).err()
    }

    pub(crate) fn last(&self) -> Event {
        self.run.events().next_back().unwrap().clone()
    }
}

pub(crate) fn skip(duty: DutyKey, reason: &str) -> EventKind {
    EventKind::Skipped {
        duty,
        reason: reason.to_owned(),
    }
}
