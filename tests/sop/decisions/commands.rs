//! The commands that follow from an event, and nothing else.

use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::{IncidentId, IncidentStatus};
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{ComponentChange, EventId, EventKind, Receipt, SendOutcome, TimeFact};
use allclear::sop::facts::Fact;
use allclear::sop::run::{Command, Refusal, Run, RunId, handle};
use allclear::sop::severity::Severity;
use chrono::Utc;

use super::{Desk, declaration, skip, stamp};
use crate::sop::support::at;
use crate::sop::support::log::{key, post};
use crate::sop::support::playbook::playbook;

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
        EventKind::FactSet {
            fact: Fact::Symptom,
            value: "errors".to_owned(),
        },
        EventKind::TimeSet {
            time: TimeFact::ImpactStarted,
            value: at("13:50"),
        },
        EventKind::SeverityChanged {
            to: Severity::P1,
            reason: String::new(),
        },
        EventKind::Ticked {
            item: "team".to_owned(),
            on: true,
        },
        skip(key(1, DutyKind::First, Channel::Email), "no list"),
        EventKind::PageIncident {
            id: IncidentId("i1".to_owned()),
        },
        EventKind::Note {
            text: "a note".to_owned(),
        },
        EventKind::PostedByHand {
            message: post(IncidentStatus::Resolved, Severity::P0, None),
            posted_at: at("14:01"),
            link: None,
        },
        EventKind::Reopened,
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
    let outcome = SendOutcome::Accepted {
        receipt: Receipt::default(),
    };
    desk.say(
        "14:05",
        EventKind::SendAnswered {
            op: op.clone(),
            outcome: outcome.clone(),
        },
    )
    .unwrap();
    let incident = IncidentId("i1".to_owned());
    desk.say(
        "14:05",
        EventKind::PageIncident {
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
    let again = EventKind::SendStarted {
        op: op.clone(),
        message: message.record().clone(),
    };
    assert_eq!(desk.refused("14:17", &again), Some(Refusal::AlreadySent));
    let answer = EventKind::SendAnswered {
        op,
        outcome: outcome.clone(),
    };
    assert_eq!(
        desk.refused("14:17", &answer),
        Some(Refusal::AlreadyAnswered)
    );
    let answer = EventKind::SendAnswered {
        op: "none".to_owned(),
        outcome,
    };
    assert_eq!(desk.refused("14:17", &answer), Some(Refusal::NoSuchSend));
    let finished = EventKind::EmailFinished {
        op: "none".to_owned(),
        failed: 0,
        unknown: None,
    };
    assert_eq!(
        desk.refused("14:17", &finished),
        Some(Refusal::NoBatchAccepted)
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
    let what = EventKind::SendStarted {
        op: "op".to_owned(),
        message: record,
    };
    let before = desk.run.clone();
    for (message, refusal) in [
        (None, Refusal::NoMessage),
        (Some(other), Refusal::OtherMessage),
    ] {
        let stamp = stamp("Ada", "14:05");
        let refused = handle(&desk.sop, &mut desk.run, what.clone(), message, &stamp);
        assert_eq!(refused, Err(refusal));
        assert_eq!(desk.run, before, "the run is unchanged");
    }
}

#[test]
fn components_and_the_postmortem_have_their_commands() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let components = vec![ComponentChange {
        id: ComponentId("checkout".to_owned()),
        state: ComponentState::PartialOutage,
    }];
    let none = EventKind::ComponentsChanged {
        components: Vec::new(),
    };
    assert_eq!(desk.refused("14:01", &none), Some(Refusal::NoComponents));
    let what = EventKind::ComponentsChanged {
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

    let done = |text: &str| EventKind::PostmortemDone {
        text: text.to_owned(),
        held_on: at("14:00").date_naive(),
        participants: vec!["Ada".to_owned()],
    };
    let early = Some(Refusal::PostmortemTooEarly);
    assert_eq!(desk.refused("14:02", &done("text")), early);
    desk.sent("14:10", Channel::Page, DutyKind::Resolved);
    assert_eq!(
        desk.refused("14:11", &done(" ")),
        Some(Refusal::NoPostmortemText)
    );
    let alone = EventKind::PostmortemDone {
        text: "text".to_owned(),
        held_on: at("14:00").date_naive(),
        participants: Vec::new(),
    };
    assert_eq!(desk.refused("14:11", &alone), Some(Refusal::NoParticipants));
    // Not on the page: nothing to publish there.
    let commands = desk.say("14:11", done("first")).unwrap();
    assert_eq!(commands, [Command::Save(desk.last())]);
    desk.say(
        "14:12",
        EventKind::PageIncident {
            id: IncidentId("i1".to_owned()),
        },
    )
    .unwrap();
    let commands = desk.say("14:13", done("second")).unwrap();
    assert_eq!(
        commands,
        [Command::Save(desk.last())],
        "the internal record stays inside"
    );
    let state = allclear::sop::run::state(&desk.sop, &desk.run, at("14:14")).unwrap();
    assert_eq!(
        state.postmortem.unwrap().text,
        "second",
        "a later text replaces the record"
    );
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
    forged.what = EventKind::Note {
        text: "forged".to_owned(),
    };
    desk.run.insert(forged);
    let full = desk.say(
        "14:10",
        EventKind::Note {
            text: "lost?".to_owned(),
        },
    );
    assert_eq!(full, Err(Refusal::LogIsFull));
}
