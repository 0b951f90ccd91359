//! A log, written like the worked examples tell it.

use allclear::domain::incident::IncidentStatus;
use allclear::domain::promise;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{Duty, DutyKey, DutyKind};
use allclear::sop::event::{
    Event, EventId, EventKind, PagePost, PersonalData, Receipt, SendOutcome, SentMessage, TimeFact,
};
use allclear::sop::facts::Facts;
use allclear::sop::playbook::Playbook;
use allclear::sop::run::{Run, RunId, State, duties, state};
use allclear::sop::severity::Severity;
use chrono::{DateTime, Utc};

use super::at;
use super::playbook::playbook;

/// A log in the making, under one playbook.
#[derive(Clone)]
pub struct Log {
    pub sop: Playbook,
    pub run: Run,
    pub device: String,
    /// How far the device's clock is ahead, in milliseconds.
    pub offset_ms: Option<i64>,
    severity: Severity,
    ops: u32,
}

/// A message without anything special.
pub fn message(channel: Channel, kind: DutyKind) -> SentMessage {
    SentMessage {
        channel,
        kind,
        title: None,
        text: "Text.".to_owned(),
        html: None,
        page: None,
        recipients: (channel == Channel::Email).then_some(3),
    }
}

/// A page post.
pub fn post(
    status: IncidentStatus,
    severity: Severity,
    promise: Option<DateTime<Utc>>,
) -> SentMessage {
    let page = PagePost {
        status,
        severity,
        promise,
        impact: None,
        components: Vec::new(),
        notified_subscribers: false,
        ended: None,
    };
    SentMessage {
        page: Some(page),
        ..message(Channel::Page, DutyKind::Update)
    }
}

pub fn key(episode: u32, kind: DutyKind, channel: Channel) -> DutyKey {
    DutyKey {
        episode,
        kind,
        channel: Some(channel),
        seq: 1,
    }
}

impl Log {
    /// Declared at a time; the impact began then too.
    pub fn declared(severity: Severity, when: &str) -> Self {
        Self::declared_as("outage", severity, when, when, None)
    }

    /// Declared, with the impact's own start.
    pub fn declared_since(severity: Severity, impact: &str, when: &str) -> Self {
        Self::declared_as("outage", severity, impact, when, None)
    }

    pub fn declared_as(
        kind: &str,
        severity: Severity,
        impact: &str,
        when: &str,
        aware: Option<&str>,
    ) -> Self {
        let mut log = Self {
            sop: playbook(),
            run: Run::new(RunId("run".to_owned())),
            device: "a".to_owned(),
            offset_ms: None,
            severity,
            ops: 0,
        };
        log.say(
            when,
            EventKind::Declared {
                impact_started: at(impact),
                severity,
                kind: kind.to_owned(),
                components: Vec::new(),
                became_aware: aware.map(at),
                personal_data: None,
                facts: Facts::default(),
                sop_version: "1.0".to_owned(),
                drill: false,
            },
        );
        log
    }

    /// Says these facts.
    pub fn facts(&mut self, when: &str, facts: &Facts) -> &mut Self {
        for (fact, value) in facts.iter() {
            let value = value.to_owned();
            self.say(when, EventKind::FactSet { fact, value });
        }
        self
    }

    /// Appends an event at a time of the device's clock.
    pub fn say(&mut self, when: &str, what: EventKind) -> &mut Self {
        let now = at(when);
        let id = EventId::next(&self.device, now, self.run.last_id());
        let who = "Ada".to_owned();
        assert!(self.run.insert(Event {
            vouched: false,
            id,
            at: now,
            offset_ms: self.offset_ms,
            who,
            what
        }));
        self
    }

    /// A send that was started and accepted within the second.
    pub fn send(&mut self, when: &str, message: SentMessage) -> &mut Self {
        self.ops += 1;
        let op = format!("op-{}-{}", self.device, self.ops);
        let email = message.channel == Channel::Email;
        self.say(
            when,
            EventKind::SendStarted {
                op: op.clone(),
                message,
            },
        );
        let outcome = SendOutcome::Accepted {
            receipt: Receipt::default(),
        };
        self.say(
            when,
            EventKind::SendAnswered {
                op: op.clone(),
                outcome,
            },
        );
        if email {
            self.say(
                when,
                EventKind::EmailFinished {
                    op,
                    failed: 0,
                    unknown: None,
                },
            );
        }
        self
    }

    /// A page post with the promise of the severity's cadence, as the composer prints it.
    pub fn page(&mut self, when: &str) -> &mut Self {
        let cadence = self.sop.severities.of(self.severity).cadence;
        let promise = cadence.map(|cadence| promise::promised(at(when), cadence));
        self.send(
            when,
            post(IncidentStatus::Investigating, self.severity, promise),
        )
    }

    /// A page post that says these facts and promises nothing.
    pub fn page_saying(&mut self, when: &str, facts: &Facts) -> &mut Self {
        let mut said = post(IncidentStatus::Investigating, self.severity, None);
        let words: Vec<&str> = facts.iter().map(|(_, value)| value).collect();
        said.text = words.join("\n");
        self.facts(when, facts).send(when, said)
    }

    /// A page post that prints no promise.
    pub fn page_without_promise(&mut self, when: &str) -> &mut Self {
        self.send(when, post(IncidentStatus::Identified, self.severity, None))
    }

    pub fn resolved(&mut self, when: &str) -> &mut Self {
        self.send(when, post(IncidentStatus::Resolved, self.severity, None))
    }

    pub fn email(&mut self, when: &str, kind: DutyKind) -> &mut Self {
        self.send(when, message(Channel::Email, kind))
    }

    /// The first batch of the opening email is accepted, and nothing more is heard of it.
    pub fn mail_begun(&mut self, when: &str) -> &mut Self {
        let op = || "mail".to_owned();
        let message = message(Channel::Email, DutyKind::First);
        self.say(when, EventKind::SendStarted { op: op(), message });
        let outcome = SendOutcome::Accepted {
            receipt: Receipt::default(),
        };
        self.say(when, EventKind::SendAnswered { op: op(), outcome });
        self
    }

    /// Told by hand, then and there: team, X, LinkedIn.
    pub fn tell(&mut self, when: &str, channel: Channel, kind: DutyKind) -> &mut Self {
        self.by_hand(when, when, message(channel, kind))
    }

    /// Said at `when` that it was told at `told`.
    pub fn tell_of(
        &mut self,
        when: &str,
        told: &str,
        channel: Channel,
        kind: DutyKind,
    ) -> &mut Self {
        self.by_hand(when, told, message(channel, kind))
    }

    /// Said at `when` that it was posted at `posted`.
    pub fn by_hand(&mut self, when: &str, posted: &str, message: SentMessage) -> &mut Self {
        self.say(
            when,
            EventKind::PostedByHand {
                message,
                posted_at: at(posted),
                link: None,
            },
        )
    }

    pub fn severity(&mut self, when: &str, to: Severity) -> &mut Self {
        self.severity = to;
        self.say(
            when,
            EventKind::SeverityChanged {
                to,
                reason: String::new(),
            },
        )
    }

    pub fn skip(&mut self, when: &str, duty: DutyKey, reason: &str) -> &mut Self {
        self.say(
            when,
            EventKind::Skipped {
                duty,
                reason: reason.to_owned(),
            },
        )
    }

    pub fn answer(&mut self, when: &str, duty: DutyKey) -> &mut Self {
        self.say(when, EventKind::AnsweredPost { duty })
    }

    pub fn approve(&mut self, when: &str, approver: &str) -> &mut Self {
        self.say(
            when,
            EventKind::Approved {
                approver: approver.to_owned(),
                alone: false,
            },
        )
    }

    pub fn change_type(&mut self, when: &str, to: &str) -> &mut Self {
        self.say(when, EventKind::TypeChanged { to: to.to_owned() })
    }

    pub fn personal_data(&mut self, when: &str, to: PersonalData) -> &mut Self {
        self.say(when, EventKind::PersonalDataSet { to })
    }

    pub fn impact_ended(&mut self, when: &str, ended: &str) -> &mut Self {
        self.say(
            when,
            EventKind::TimeSet {
                time: TimeFact::ImpactEnded,
                value: at(ended),
            },
        )
    }

    /// The button Resolve.
    pub fn button(&mut self, when: &str) -> &mut Self {
        self.say(when, EventKind::ResolvedWithoutPage)
    }

    pub fn reopened(&mut self, when: &str) -> &mut Self {
        self.say(when, EventKind::Reopened)
    }

    pub fn in_error(&mut self, when: &str) -> &mut Self {
        self.say(
            when,
            EventKind::DeclaredInError {
                reason: "a test".to_owned(),
            },
        )
    }

    pub fn duties(&self, when: &str) -> Vec<Duty> {
        duties(&self.sop, &self.run, at(when))
    }

    pub fn state(&self, when: &str) -> State {
        state(&self.sop, &self.run, at(when)).expect("declared")
    }
}
