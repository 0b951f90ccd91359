//! `handle` and `permitted`: what follows from an event, and nothing else; what is refused, and why.

use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::{IncidentId, IncidentStatus};
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKey, DutyKind};
use allclear::sop::event::{ComponentChange, Event, EventId, Outcome, Receipt, TimeFact, What};
use allclear::sop::facts::{Fact, Facts};
use allclear::sop::message::{Filling, PageOptions, Sendable, promise_for, render};
use allclear::sop::playbook::{Playbook, Purpose, Variant};
use allclear::sop::run::{Command, Refusal, Run, RunId, Stamp, handle, permitted};
use allclear::sop::severity::Severity;
use chrono::{TimeDelta, Utc};

use crate::support::at;
use crate::support::log::{key, message, post};
use crate::support::playbook::playbook;

/// A run that is decided upon, event by event.
struct Desk {
    sop: Playbook,
    run: Run,
}

fn stamp(who: &str, when: &str) -> Stamp {
    Stamp {
        who: who.to_owned(),
        device: "d".to_owned(),
        now: at(when),
        offset_ms: None,
    }
}

fn facts() -> Facts {
    let mut facts = Facts::default();
    for fact in Fact::ALL {
        facts.set(fact, format!("the {}", fact.word()));
    }
    facts
}

fn declaration(kind: &str, severity: Severity, impact: &str) -> What {
    What::Declared {
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
    fn declared(kind: &str, severity: Severity) -> Self {
        let mut desk = Self {
            sop: playbook(),
            run: Run::new(RunId("run".to_owned())),
        };
        desk.say("14:00", declaration(kind, severity, "13:52"))
            .unwrap();
        desk
    }

    fn say(&mut self, when: &str, what: What) -> Result<Vec<Command>, Refusal> {
        handle(&self.sop, &mut self.run, what, None, &stamp("Ada", when))
    }

    fn message(&self, channel: Channel, kind: DutyKind, when: &str) -> Sendable {
        let status = match kind {
            DutyKind::Resolved => IncidentStatus::Resolved,
            _ => IncidentStatus::Investigating,
        };
        let filling = Filling {
            facts: facts(),
            severity: Severity::P0,
            status: status.clone(),
            started: at("13:52"),
            first_started: at("13:52"),
            ended: Some(at(when)),
            duration: TimeDelta::minutes(52),
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
    fn send(
        &mut self,
        who: &str,
        when: &str,
        frozen: &str,
        channel: Channel,
        kind: DutyKind,
    ) -> Result<Vec<Command>, Refusal> {
        let message = self.message(channel, kind, frozen);
        let op = format!("op-{}", self.run.events().count());
        let what = What::SendStarted {
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
    fn sent(&mut self, when: &str, channel: Channel, kind: DutyKind) {
        let op = format!("op-{}", self.run.events().count());
        self.send("Ada", when, when, channel, kind).unwrap();
        let outcome = Outcome::Accepted {
            receipt: Receipt::default(),
        };
        self.say(when, What::SendAnswered { op, outcome }).unwrap();
    }

    fn refused(&self, when: &str, what: &What) -> Option<Refusal> {
        permitted(&self.sop, &self.run, what, "Ada", at(when)).err()
    }

    fn last(&self) -> Event {
        self.run.events().next_back().unwrap().clone()
    }
}

fn skip(duty: DutyKey, reason: &str) -> What {
    What::Skipped {
        duty,
        reason: reason.to_owned(),
    }
}

fn said(why: &'static str) -> Option<Refusal> {
    Some(Refusal::NotNow(why))
}

#[test]
fn an_event_is_saved_first_and_nothing_else_follows_from_most() {
    let mut desk = Desk {
        sop: playbook(),
        run: Run::new(RunId("run".to_owned())),
    };
    let commands = desk
        .say("14:00", declaration("outage", Severity::P0, "13:52"))
        .unwrap();
    assert_eq!(commands, [Command::Save(desk.last())]);
    assert_eq!(desk.last().who, "Ada");
    assert_eq!(desk.last().id, EventId::next("d", at("14:00"), None));
    let quiet = [
        What::FactSet {
            fact: Fact::Symptom,
            value: "errors".to_owned(),
        },
        What::TimeSet {
            time: TimeFact::ImpactStarted,
            value: at("13:50"),
        },
        What::SeverityChanged {
            to: Severity::P1,
            reason: String::new(),
        },
        What::Ticked {
            item: "team".to_owned(),
            on: true,
        },
        skip(key(1, DutyKind::First, Channel::Email), "no list"),
        What::PageIncident {
            id: IncidentId("i1".to_owned()),
        },
        What::Note {
            text: "a note".to_owned(),
        },
        What::PostedByHand {
            message: post(IncidentStatus::Resolved, Severity::P0, None),
            posted_at: at("14:01"),
            link: None,
        },
        What::Reopened,
    ];
    for what in quiet {
        let commands = desk.say("14:01", what).unwrap();
        assert_eq!(commands, [Command::Save(desk.last())]);
    }
    // Ids go on where the clock stands still.
    let ids: Vec<_> = desk.run.events().map(|event| event.id.counter).collect();
    assert_eq!(ids, [0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn a_send_leaves_with_its_operation_and_the_incident_it_belongs_to() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let commands = desk
        .send("Ada", "14:05", "14:05", Channel::Page, DutyKind::First)
        .unwrap();
    let message = desk.message(Channel::Page, DutyKind::First, "14:05");
    let op = "op-1".to_owned();
    assert_eq!(
        commands,
        [
            Command::Save(desk.last()),
            Command::Send {
                op: op.clone(),
                page_incident: None,
                message: message.clone()
            }
        ]
    );
    assert_eq!(
        message.record().page.as_ref().unwrap().promise,
        Some(at("14:20"))
    );
    let outcome = Outcome::Accepted {
        receipt: Receipt::default(),
    };
    desk.say(
        "14:05",
        What::SendAnswered {
            op: op.clone(),
            outcome: outcome.clone(),
        },
    )
    .unwrap();
    let incident = IncidentId("i1".to_owned());
    desk.say(
        "14:05",
        What::PageIncident {
            id: incident.clone(),
        },
    )
    .unwrap();
    let commands = desk
        .send("Ada", "14:15", "14:15", Channel::Page, DutyKind::Update)
        .unwrap();
    assert!(
        matches!(&commands[1], Command::Send { page_incident: Some(id), .. } if *id == incident)
    );
    // The page's incident is the page's alone.
    let commands = desk
        .send("Ada", "14:16", "14:16", Channel::Email, DutyKind::First)
        .unwrap();
    assert!(matches!(
        &commands[1],
        Command::Send {
            page_incident: None,
            ..
        }
    ));
    // The same operation is neither started nor answered twice.
    let again = What::SendStarted {
        op: op.clone(),
        message: message.record().clone(),
    };
    assert_eq!(
        desk.refused("14:17", &again),
        said("this message was sent already")
    );
    let answer = What::SendAnswered {
        op,
        outcome: outcome.clone(),
    };
    assert_eq!(
        desk.refused("14:17", &answer),
        said("this message was answered already")
    );
    let answer = What::SendAnswered {
        op: "none".to_owned(),
        outcome,
    };
    assert_eq!(
        desk.refused("14:17", &answer),
        said("no such message was sent")
    );
    let finished = What::EmailFinished {
        op: "none".to_owned(),
        failed: 0,
    };
    assert_eq!(
        desk.refused("14:17", &finished),
        said("no batch of this email was accepted")
    );
}

#[test]
fn what_leaves_is_what_is_written_down() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let record = desk
        .message(Channel::Page, DutyKind::First, "14:05")
        .record()
        .clone();
    let other = desk.message(Channel::Page, DutyKind::Update, "14:05");
    let what = What::SendStarted {
        op: "op".to_owned(),
        message: record,
    };
    let before = desk.run.clone();
    for message in [None, Some(other)] {
        let stamp = stamp("Ada", "14:05");
        let refused = handle(&desk.sop, &mut desk.run, what.clone(), message, &stamp);
        assert!(matches!(refused, Err(Refusal::NotNow(_))), "{refused:?}");
        assert_eq!(desk.run, before, "the run is unchanged");
    }
}

#[test]
fn rule_14_a_text_that_is_more_than_a_minute_old_goes_back() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let late = desk.send(
        "Ada",
        "14:06:01",
        "14:05:00",
        Channel::Page,
        DutyKind::First,
    );
    assert_eq!(late, Err(Refusal::Stale));
    assert_eq!(desk.run.events().count(), 1);
    desk.send(
        "Ada",
        "14:06:00",
        "14:05:00",
        Channel::Page,
        DutyKind::First,
    )
    .unwrap();
    // By the server's clock: a device that is two minutes fast says 14:08.
    let message = desk.message(Channel::Email, DutyKind::First, "14:06:00");
    let what = What::SendStarted {
        op: "mail".to_owned(),
        message: message.record().clone(),
    };
    let fast = Stamp {
        offset_ms: Some(120_000),
        ..stamp("Ada", "14:08:30")
    };
    assert!(handle(&desk.sop, &mut desk.run, what, Some(message), &fast).is_ok());
    assert_eq!(desk.last().corrected(), at("14:06:30"));
}

#[test]
fn rule_13_approval_stands_before_every_public_message() {
    let mut desk = Desk::declared("breach", Severity::P0);
    for (channel, kind) in [
        (Channel::Page, DutyKind::First),
        (Channel::Email, DutyKind::First),
        (Channel::X, DutyKind::First),
    ] {
        let refused = desk.send("Ada", "14:05", "14:05", channel, kind);
        assert_eq!(refused, Err(Refusal::NeedsApproval), "{channel:?}");
    }
    assert!(
        desk.send("Ada", "14:05", "14:05", Channel::Team, DutyKind::First)
            .is_ok()
    );
    let approve = |approver: &str, alone| What::Approved {
        approver: approver.to_owned(),
        alone,
    };
    assert_eq!(
        desk.refused("14:06", &approve(" ", false)),
        Some(Refusal::NoName)
    );
    // The approver is not the sender, however the name is typed.
    desk.say("14:06", approve("ada ", false)).unwrap();
    let refused = desk.send("Ada", "14:07", "14:07", Channel::Page, DutyKind::First);
    assert_eq!(refused, Err(Refusal::ApproverIsSender));
    assert!(
        desk.send("Bob", "14:07", "14:07", Channel::Page, DutyKind::First)
            .is_ok()
    );
    // Unless alone on duty.
    desk.say("14:08", approve("Ada", true)).unwrap();
    assert!(
        desk.send("Ada", "14:09", "14:09", Channel::Email, DutyKind::First)
            .is_ok()
    );
    // Again after a change of type.
    desk.say(
        "14:10",
        What::TypeChanged {
            to: "security".to_owned(),
        },
    )
    .unwrap();
    let refused = desk.send("Ada", "14:11", "14:11", Channel::Page, DutyKind::Update);
    assert_eq!(refused, Err(Refusal::NeedsApproval));
    desk.say("14:12", approve("Grace", false)).unwrap();
    assert!(
        desk.send("Ada", "14:13", "14:13", Channel::Page, DutyKind::Update)
            .is_ok()
    );
    // An outage needs none.
    let outage = Desk::declared("outage", Severity::P0);
    let needless = outage.refused("14:01", &approve("Grace", false));
    assert_eq!(needless, said("this type of incident needs no approval"));
}

#[test]
fn rule_13_a_type_that_the_playbook_does_not_know_is_locked() {
    let mut desk = Desk::declared("breach", Severity::P0);
    desk.sop.types.retain(|kind| kind.id != "breach");
    let refused = desk.send("Ada", "14:05", "14:05", Channel::Page, DutyKind::First);
    assert_eq!(refused, Err(Refusal::NeedsApproval));
    let unknown = What::TypeChanged {
        to: "breach".to_owned(),
    };
    assert_eq!(
        desk.refused("14:05", &unknown),
        said("the playbook has no such type")
    );
}

#[test]
fn rule_8_skips() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let first = |channel| key(1, DutyKind::First, channel);
    let update = key(1, DutyKind::Update, Channel::Page);
    assert_eq!(
        desk.refused("14:01", &skip(first(Channel::X), "  ")),
        Some(Refusal::NoReason)
    );
    assert_eq!(
        desk.refused("14:01", &skip(update, "why")),
        said("there is no such duty")
    );
    desk.sent("14:05", Channel::Page, DutyKind::First);
    assert_eq!(
        desk.refused("14:06", &skip(update, "nothing new")),
        Some(Refusal::Promised)
    );
    let closed = said("this duty is closed");
    assert_eq!(
        desk.refused("14:06", &skip(first(Channel::Page), "why")),
        closed
    );
    desk.sent("14:07", Channel::Email, DutyKind::First);
    let met = said("its first mails are out already");
    assert_eq!(
        desk.refused("14:08", &skip(first(Channel::Email), "why")),
        met
    );
    let answer = |duty| What::AnsweredPost { duty };
    let required = said("it is required anyway");
    assert_eq!(desk.refused("14:08", &answer(first(Channel::X))), required);
    assert_eq!(desk.refused("14:08", &answer(first(Channel::Page))), closed);
    desk.say("14:09", skip(first(Channel::X), "no account"))
        .unwrap();
    assert_eq!(desk.refused("14:10", &answer(first(Channel::X))), None);
    desk.sent("14:11", Channel::Page, DutyKind::Resolved);
    assert_eq!(
        desk.refused("14:12", &answer(first(Channel::X))),
        said("this duty is over")
    );
}

#[test]
fn rule_8_a_skipped_update_stays_skipped() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let by_hand = What::PostedByHand {
        message: post(IncidentStatus::Identified, Severity::P0, None),
        posted_at: at("14:05"),
        link: None,
    };
    desk.say("14:05", by_hand).unwrap();
    let update = key(1, DutyKind::Update, Channel::Page);
    desk.say("14:10", skip(update, "nothing new")).unwrap();
    let answer = What::AnsweredPost { duty: update };
    assert_eq!(
        desk.refused("14:11", &answer),
        said("a skipped update stays skipped")
    );
}

#[test]
fn rule_6_resolve_and_rule_7_reopen() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let button = What::ResolvedWithoutPage;
    assert_eq!(desk.refused("14:01", &button), Some(Refusal::PageNeverTold));
    assert_eq!(
        desk.refused("14:01", &What::Reopened),
        said("only a resolved incident can be reopened")
    );
    desk.sent("14:05", Channel::Page, DutyKind::First);
    assert_eq!(desk.refused("14:06", &button), Some(Refusal::PageStillOpen));
    let early = message(Channel::Email, DutyKind::Resolved);
    let early = What::SendStarted {
        op: "e".to_owned(),
        message: early,
    };
    assert_eq!(
        desk.refused("14:06", &early),
        said("the incident is not resolved yet")
    );
    desk.sent("14:10", Channel::Page, DutyKind::Resolved);
    assert_eq!(desk.refused("14:11", &early), None);
    assert_eq!(
        desk.refused("14:11", &button),
        said("it is resolved already")
    );
    let raise = What::SeverityChanged {
        to: Severity::P1,
        reason: String::new(),
    };
    assert_eq!(
        desk.refused("14:11", &raise),
        said("the incident is over: its severity stands")
    );
    let over = said("the incident is over: reopen it first");
    let post = |status| What::SendStarted {
        op: "p".to_owned(),
        message: post(status, Severity::P0, None),
    };
    assert_eq!(
        desk.refused("14:11", &post(IncidentStatus::Monitoring)),
        over
    );
    let again = said("the page says Resolved already");
    assert_eq!(
        desk.refused("14:11", &post(IncidentStatus::Resolved)),
        again
    );
    let opening = message(Channel::Email, DutyKind::First);
    let opening = What::SendStarted {
        op: "f".to_owned(),
        message: opening,
    };
    assert_eq!(desk.refused("14:11", &opening), over);
    let error = |reason: &str| What::DeclaredInError {
        reason: reason.to_owned(),
    };
    assert_eq!(
        desk.refused("14:11", &error("why")),
        said("it is over already")
    );
    desk.say("14:12", What::Reopened).unwrap();
    assert_eq!(
        desk.refused("14:13", &post(IncidentStatus::Monitoring)),
        None
    );
    // The last page post is Resolved: what nobody was told of the second episode may end by the button.
    assert_eq!(desk.refused("14:13", &button), None);
    assert_eq!(desk.refused("14:13", &error(" ")), Some(Refusal::NoReason));
    desk.say("14:14", error("a false alarm")).unwrap();
    assert_eq!(
        desk.refused("14:15", &post(IncidentStatus::Monitoring)),
        over
    );
    assert_eq!(
        desk.refused("14:15", &post(IncidentStatus::Resolved)),
        None,
        "the retraction"
    );
    let kind = What::TypeChanged {
        to: "breach".to_owned(),
    };
    assert_eq!(
        desk.refused("14:15", &kind),
        said("it was declared in error")
    );
}

#[test]
fn components_and_the_postmortem_have_their_commands() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let components = vec![ComponentChange {
        id: ComponentId("checkout".to_owned()),
        state: ComponentState::PartialOutage,
    }];
    let none = What::ComponentsChanged {
        components: Vec::new(),
    };
    assert_eq!(
        desk.refused("14:01", &none),
        said("no component was changed")
    );
    let what = What::ComponentsChanged {
        components: components.clone(),
    };
    let commands = desk.say("14:01", what).unwrap();
    assert_eq!(
        commands,
        [
            Command::Save(desk.last()),
            Command::ChangeComponents(components)
        ]
    );

    let done = |text: &str| What::PostmortemDone {
        text: text.to_owned(),
        held_on: at("14:00").date_naive(),
        participants: Vec::new(),
    };
    let early = said("the post-mortem comes after the resolution");
    assert_eq!(desk.refused("14:02", &done("text")), early);
    desk.sent("14:10", Channel::Page, DutyKind::Resolved);
    assert_eq!(
        desk.refused("14:11", &done(" ")),
        said("the post-mortem has no text")
    );
    // Not on the page: nothing to publish there.
    let commands = desk.say("14:11", done("first")).unwrap();
    assert_eq!(commands, [Command::Save(desk.last())]);
    let page_incident = IncidentId("i1".to_owned());
    desk.say(
        "14:12",
        What::PageIncident {
            id: page_incident.clone(),
        },
    )
    .unwrap();
    let commands = desk.say("14:13", done("second")).unwrap();
    let text = "second".to_owned();
    assert_eq!(
        commands,
        [
            Command::Save(desk.last()),
            Command::PublishPostmortem {
                page_incident,
                text
            }
        ]
    );
    let state = allclear::sop::run::state(&desk.sop, &desk.run, at("14:14")).unwrap();
    assert_eq!(
        state.postmortem.unwrap().text,
        "second",
        "a later text replaces the record"
    );
}

#[test]
fn bad_input_is_refused_by_name() {
    let mut desk = Desk {
        sop: playbook(),
        run: Run::new(RunId("run".to_owned())),
    };
    let note = What::Note {
        text: "a note".to_owned(),
    };
    assert_eq!(
        desk.refused("14:00", &note),
        said("declare the incident first")
    );
    let future = declaration("outage", Severity::P0, "14:00:01");
    assert_eq!(desk.refused("14:00", &future), Some(Refusal::InFuture));
    let odd = declaration("flood", Severity::P0, "13:00");
    assert_eq!(
        desk.refused("14:00", &odd),
        said("the playbook has no such incident type")
    );
    let good = declaration("outage", Severity::P0, "14:00");
    let nameless = permitted(&desk.sop, &desk.run, &good, " ", at("14:00"));
    assert_eq!(nameless, Err(Refusal::NoName));
    desk.say("14:00", good.clone()).unwrap();
    assert_eq!(desk.refused("14:01", &good), said("it is declared already"));
    let time = |time, value: &str| What::TimeSet {
        time,
        value: at(value),
    };
    for fact in [
        TimeFact::ImpactStarted,
        TimeFact::ImpactEnded,
        TimeFact::BecameAware,
    ] {
        assert_eq!(
            desk.refused("14:01", &time(fact, "14:01:01")),
            Some(Refusal::InFuture)
        );
    }
    let end = time(TimeFact::ImpactEnded, "13:59");
    assert_eq!(
        desk.refused("14:01", &end),
        said("the impact cannot end before it started")
    );
    desk.say("14:10", time(TimeFact::ImpactEnded, "14:05"))
        .unwrap();
    let start = time(TimeFact::ImpactStarted, "14:06");
    assert_eq!(
        desk.refused("14:10", &start),
        said("the impact cannot start after it ended")
    );
    let by_hand = |message, when: &str| What::PostedByHand {
        message,
        posted_at: at(when),
        link: None,
    };
    let x = message(Channel::X, DutyKind::First);
    assert_eq!(
        desk.refused("14:10", &by_hand(x, "14:11")),
        Some(Refusal::InFuture)
    );
    let page = message(Channel::Page, DutyKind::First);
    let unsaid = said("say which status the post set");
    assert_eq!(desk.refused("14:10", &by_hand(page, "14:10")), unsaid);
    let same = What::SeverityChanged {
        to: Severity::P0,
        reason: String::new(),
    };
    assert_eq!(
        desk.refused("14:10", &same),
        said("it has that severity already")
    );
    let same = What::TypeChanged {
        to: "outage".to_owned(),
    };
    assert_eq!(
        desk.refused("14:10", &same),
        said("it is of that type already")
    );
    let regulator = What::RegulatorNotified { reference: None };
    let none = said("no notification of the regulator is owed");
    assert_eq!(desk.refused("14:10", &regulator), none);
    let empty = What::Note {
        text: " ".to_owned(),
    };
    assert_eq!(desk.refused("14:10", &empty), said("the note is empty"));
}

#[test]
fn ids_keep_their_order_as_text_and_a_forged_one_loses_nothing_in_silence() {
    let id = |text: &str| EventId::try_from(text.to_owned());
    let last = id("ffffffffffff-ffff-z").unwrap();
    let next = EventId::next("d", at("14:00"), Some(&last));
    assert_eq!(next, last);
    let full = id("019cd2f0e600-ffff-z").unwrap();
    let next = EventId::next(
        "d",
        at("14:00").min(chrono::DateTime::<Utc>::MIN_UTC),
        Some(&full),
    );
    assert_eq!(next.to_string(), "019cd2f0e601-0000-d");
    assert!(next.to_string() > full.to_string());
    for bad in [
        "",
        "-",
        "019cd2f0e600-0000-",
        "19cd2f0e600-0000-a",
        "0019cd2f0e600-0000-a",
        "019cd2f0e600-00000-a",
        "+19cd2f0e600-0000-a",
        "019CD2F0E600-0000-a",
        "019cd2f0e600-0000",
    ] {
        assert!(id(bad).is_err(), "{bad:?}");
    }
    let mut desk = Desk::declared("outage", Severity::P0);
    let mut forged = desk.last();
    forged.id = last;
    forged.what = What::Note {
        text: "forged".to_owned(),
    };
    desk.run.insert(forged);
    let full = desk.say(
        "14:10",
        What::Note {
            text: "lost?".to_owned(),
        },
    );
    assert_eq!(
        full,
        Err(Refusal::NotNow("this log can take no further entries"))
    );
}
