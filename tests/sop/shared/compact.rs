//! The compact form: what is shared, what never is, and that nothing is lost on the way.

use allclear::domain::incident::{IncidentId, IncidentStatus};
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{Event, EventId, EventKind, Receipt, SendOutcome, SentMessage};
use allclear::sop::facts::{Fact, Facts};
use allclear::sop::run::{Refusal, Run, RunId, permitted};
use allclear::sop::severity::Severity;
use allclear::sop::shared::{Sheet, missing};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{run_of, say, take_in};
use crate::sop::properties::whats;
use crate::sop::support::at;
use crate::sop::support::log::{key, message, post};

const SECRET: &str = "SECRET";

fn secret() -> String {
    SECRET.to_owned()
}

fn declared() -> EventKind {
    let mut facts = Facts::default();
    facts.set(Fact::Symptom, secret());
    EventKind::Declared {
        impact_started: at("13:52"),
        severity: Severity::P0,
        kind: "outage".to_owned(),
        components: Vec::new(),
        became_aware: None,
        personal_data: None,
        facts,
        sop_version: "1.0".to_owned(),
        drill: false,
    }
}

fn written(message: SentMessage) -> SentMessage {
    SentMessage {
        title: Some(secret()),
        text: secret(),
        html: Some(secret()),
        ..message
    }
}

fn beside(run: &Run) -> Map<String, Value> {
    Sheet::of(run).beside(&Map::new())
}

fn log(metadata: &Map<String, Value>, device: &str) -> Vec<Value> {
    metadata[&format!("allclear_{device}")]["log"]
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn the_key_of_a_device_holds_its_run_its_ring_and_its_log() {
    let run = run_of(
        "a",
        &[
            declared(),
            EventKind::SendStarted {
                op: "op-1".to_owned(),
                message: post(IncidentStatus::Investigating, Severity::P0, Some(at("14:15"))),
            },
            EventKind::SendAnswered {
                op: "op-1".to_owned(),
                outcome: SendOutcome::Accepted {
                    receipt: Receipt {
                        vendor_id: Some("u1".to_owned()),
                        link: Some("https://stspg.io/x".to_owned()),
                    },
                },
            },
        ],
    );
    let millis = at("14:00").timestamp_millis();
    let expected = json!({"allclear_a": {"v": 1, "run": "run", "ops": ["op-1"], "log": [
        [format!("{millis:012x}-0000"), 0, null, "Ada Lovelac~a4ad", "declared",
            at("13:52").timestamp_millis(), "P0", "outage", [], null, null, "1.0", false],
        [format!("{:012x}-0000", millis + 1000), 0, null, "Ada Lovelac~a4ad", "sent", "op-1",
            "page", "update", "investigating", "P0", at("14:15").timestamp_millis(), null],
        [format!("{:012x}-0000", millis + 2000), 0, null, "Ada Lovelac~a4ad", "answer", "op-1",
            "accepted", "u1"],
    ]}});
    assert_eq!(Value::Object(beside(&run)), expected);
}

#[test]
fn a_resolving_post_shares_the_end_that_it_prints_and_an_older_entry_has_none() {
    let told = |status| SentMessage { text: "SECRET\nResolved: 2026-03-09 14:27 UTC".to_owned(), ..post(status, Severity::P0, None) };
    let sent = |status| EventKind::SendStarted { op: "op-1".to_owned(), message: told(status) };
    let by_hand = EventKind::PostedByHand { message: told(IncidentStatus::Resolved), posted_at: at("14:28"), link: None };
    let run = run_of("a", &[declared(), sent(IncidentStatus::Resolved), by_hand, sent(IncidentStatus::Monitoring)]);
    let all = beside(&run);
    let entries = log(&all, "a");
    let end = json!(at("14:27").timestamp_millis());
    let sizes: Vec<usize> = entries.iter().map(|entry| entry.as_array().unwrap().len()).collect();
    assert_eq!(sizes, [13, 13, 13, 12]);
    assert_eq!((&entries[1][12], &entries[2][12]), (&end, &end));
    let ends = |run: &Run| -> Vec<_> {
        let messages = run.events().filter_map(|event| match &event.what {
            EventKind::SendStarted { message, .. } | EventKind::PostedByHand { message, .. } => Some(message),
            _ => None,
        });
        messages.map(SentMessage::printed_end).collect()
    };
    assert_eq!(ends(&elsewhere(&run)), [Some(at("14:27")), Some(at("14:27")), None]);
    // As a console shares it that knows nothing of the end.
    let mut older = all;
    for entry in older["allclear_a"]["log"].as_array_mut().unwrap() {
        if entry[4] != "declared" {
            entry.as_array_mut().unwrap().truncate(12);
        }
    }
    let mut theirs = Run::new(RunId("run".to_owned()));
    take_in(&mut theirs, &older);
    assert_eq!(ends(&theirs), [None, None, None]);
}

#[test]
fn no_text_title_note_fact_or_reason_is_shared() {
    let page = post(IncidentStatus::Investigating, Severity::P0, None);
    let mail = message(Channel::Email, DutyKind::First);
    let reason = secret();
    let whats = [
        declared(),
        EventKind::FactSet { fact: Fact::Cause, value: secret() },
        EventKind::Note { text: secret() },
        EventKind::SeverityChanged { to: Severity::P1, reason: secret() },
        EventKind::Skipped { duty: key(1, DutyKind::First, Channel::X), reason: secret() },
        EventKind::Approved { approver: "SECRET Hopper".to_owned(), alone: false },
        EventKind::SendStarted { op: "1".to_owned(), message: written(page.clone()) },
        EventKind::SendAnswered { op: "1".to_owned(), outcome: SendOutcome::Unknown { reason } },
        EventKind::SendAnswered { op: "1".to_owned(), outcome: SendOutcome::Failed { reason: secret() } },
        EventKind::SendStarted { op: "2".to_owned(), message: written(mail) },
        EventKind::PostedByHand { message: written(page), posted_at: at("14:00"), link: Some(secret()) },
        EventKind::RegulatorNotified { reference: Some(secret()), notified_at: Some(at("14:00")) },
        EventKind::DeclaredInError { reason: secret() },
        EventKind::PostmortemDone {
            text: secret(),
            held_on: at("14:00").date_naive(),
            participants: vec![secret()],
        },
        EventKind::Ticked { item: secret(), on: true },
    ];
    let all = beside(&run_of("a", &whats));
    assert!(!Value::Object(all.clone()).to_string().contains(SECRET));
    assert_eq!(log(&all, "a").len(), 11, "{all:#?}");
    assert!(Value::Object(all).to_string().contains("S. H."));
}

/// What another console knows of this log.
fn elsewhere(ours: &Run) -> Run {
    let mut theirs = Run::new(RunId("run".to_owned()));
    take_in(&mut theirs, &beside(ours));
    theirs
}

#[test]
fn an_approver_is_told_from_others_with_the_same_initials_on_every_console() {
    let sop = crate::sop::support::playbook::playbook();
    let EventKind::Declared { facts, impact_started, severity, components, became_aware, personal_data, sop_version, drill, .. } = declared() else {
        unreachable!()
    };
    let kind = "breach".to_owned();
    let breach = EventKind::Declared { kind, facts, impact_started, severity, components, became_aware, personal_data, sop_version, drill };
    let ours = run_of("a", &[breach, EventKind::Approved { approver: "Anna".to_owned(), alone: false }]);
    let second = elsewhere(&ours);
    let third = elsewhere(&second);
    let leaves = EventKind::SendStarted { op: "op-9".to_owned(), message: post(IncidentStatus::Investigating, Severity::P0, None) };
    for (console, run) in [("hers", &ours), ("another", &second), ("a third, from that one", &third)] {
        for (who, refused) in [("ada", false), ("Anna", true), ("anna ", true), ("Alan Turing", false)] {
            let answer = permitted(&sop, run, &leaves, who, at("14:05"));
            assert_eq!(answer.err(), refused.then_some(Refusal::ApproverIsSender), "{who} on {console}");
        }
    }
}

#[test]
fn two_responders_whose_names_begin_alike_are_two() {
    let names = |who: &str| {
        let mut ours = Run::new(RunId("run".to_owned()));
        let id = EventId::next("a", at("14:00"), None);
        ours.insert(Event { id, at: at("14:00"), offset_ms: None, vouched: false, who: who.to_owned(), what: declared() });
        let second = elsewhere(&ours);
        let third = elsewhere(&second);
        [second, third].map(|run| run.events().next().unwrap().who.clone())
    };
    assert_eq!(names("grace.hopper"), ["grace.hopper", "grace.hopper"]);
    let [one, again] = names("incident-response-berlin@example.com");
    let [other, _] = names("incident-response-bergen@example.com");
    assert_eq!(one, again, "shared again, it stays as it is");
    assert_ne!(one, other);
    assert!(one.starts_with("incident-re") && one.chars().count() == 16, "{one}");
}

#[test]
fn an_approval_by_login_is_one_on_every_console_and_a_typed_name_stays_initials() {
    let login = "ada.lovelace.of.the.analytical.engine@example.com";
    let approved = |vouched| Event {
        vouched,
        id: EventId::try_from("019cd2e61140-0000-a".to_owned()).unwrap(),
        at: at("14:05"),
        offset_ms: None,
        who: login.to_owned(),
        what: EventKind::Approved { approver: login.to_owned(), alone: false },
    };
    let read = |vouched| {
        let mut ours = run_of("a", &[declared()]);
        ours.insert(approved(vouched));
        let mut theirs = Run::new(RunId("run".to_owned()));
        take_in(&mut theirs, &beside(&ours));
        theirs.events().find(|event| matches!(event.what, EventKind::Approved { .. })).cloned().unwrap()
    };
    let (by_login, typed) = (read(true), read(false));
    assert!(by_login.vouched && !typed.vouched);
    assert_eq!(by_login.what, approved(true).what);
    assert!(matches!(&typed.what, EventKind::Approved { approver, alone: false } if approver.starts_with("a. #")));
}

#[test]
fn what_another_device_reads_moves_its_duties_the_same_way() {
    let mut ours = run_of("a", &[declared()]);
    say(&mut ours, "a", at("14:05"), EventKind::SeverityChanged { to: Severity::P1, reason: secret() });
    say(&mut ours, "a", at("14:06"), EventKind::PageIncident { id: IncidentId("inc".to_owned()) });
    let mut theirs = Run::new(RunId("run".to_owned()));
    take_in(&mut theirs, &beside(&ours));
    let sop = crate::sop::support::playbook::playbook();
    let duties = |run: &Run| allclear::sop::run::duties(&sop, run, at("14:10"));
    assert!(!duties(&ours).is_empty());
    assert_eq!(duties(&ours), duties(&theirs));
}

#[test]
fn what_a_newer_console_shares_is_kept_as_it_is() {
    let place = format!("{:012x}-0000", at("14:30").timestamp_millis());
    let newer = json!({"allclear_b": {"v": 2, "run": "run", "ops": ["x"], "mood": {"calm": true}, "log": [
        [place, 0, null, "Bob", "mood-changed", "calm"],
        [format!("{:012x}-0001", at("14:30").timestamp_millis()), 0, null, "Bob", "severity", "P2", "and why"],
        ["no id", 1], 7
    ]}, "other": {"kept": 1}, "allclear_c": {"not": "ours"}, "allclear_": {"run": "run", "log": []}});
    let Value::Object(newer) = newer else { unreachable!() };
    let mut run = run_of("a", &[declared()]);
    take_in(&mut run, &newer);
    assert!(run.events().any(|event| matches!(event.what, EventKind::SeverityChanged { to: Severity::P2, .. })));
    let mut known = Sheet::of(&run);
    for sheet in Sheet::read(&newer) {
        known.join(&sheet);
    }
    // Somebody wipes everything out; what is written back is what was there, and ours.
    let back = missing(&Map::new(), &known).unwrap();
    let entries = |all: &Map<String, Value>| {
        let mut entries: Vec<String> = log(all, "b").iter().map(Value::to_string).collect();
        entries.sort();
        entries
    };
    assert_eq!(entries(&back), entries(&newer));
    assert_eq!(back["allclear_b"]["mood"], json!({"calm": true}));
    assert_eq!(back["allclear_b"]["v"], json!(2));
    // Keys of others stay where they are.
    let with = missing(&newer, &known).unwrap();
    for key in ["other", "allclear_c", "allclear_"] {
        assert_eq!(with[key], newer[key]);
    }
    assert_eq!(missing(&with, &known), None);
}

#[test]
fn a_key_that_belongs_to_another_run_is_left_alone() {
    let Value::Object(there) = json!({"allclear_a": {"v": 1, "run": "other", "ops": [], "log": []}}) else {
        unreachable!()
    };
    assert_eq!(missing(&there, &Sheet::of(&run_of("a", &[declared()]))), None);
}

#[test]
fn a_run_whose_id_could_be_no_part_of_an_address_is_none_of_ours() {
    let with = |run: &str| {
        let Value::Object(there) = json!({"allclear_x": {"v": 1, "run": run, "ops": [], "log": []}}) else {
            unreachable!()
        };
        Sheet::read(&there).len()
    };
    for good in ["a", "run", "7c9e6679-7425-40de-944b-e07fc1f90ae7", &"a".repeat(64)] {
        assert_eq!(with(good), 1, "{good}");
    }
    for odd in ["", "a/b", "a b", "..", "a?b", "a#b", "a%2Fb", "a\nb", "a|b", "ä", &"a".repeat(65)] {
        assert_eq!(with(odd), 0, "{odd}");
    }
}

proptest! {
    #[test]
    fn an_entry_reads_back_as_the_event_that_writes_it(whats in prop::collection::vec(whats(), 1..30)) {
        let ours = run_of("a", &whats);
        let all = beside(&ours);
        let mut theirs = Run::new(RunId("run".to_owned()));
        take_in(&mut theirs, &all);
        prop_assert_eq!(&beside(&theirs), &all);
        for event in theirs.events() {
            let same = ours.events().find(|known| known.id == event.id).unwrap();
            prop_assert_eq!((same.at, same.offset_ms), (event.at, event.offset_ms));
        }
        prop_assert_eq!(missing(&all, &Sheet::of(&theirs)), None);
    }
}
