//! The evidence file, and the example program that reads it.

use std::process::{Command, Output};

use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::impact::Impact;
use allclear::domain::incident::{IncidentId, IncidentStatus};
use allclear::sop::channel::Channel;
use allclear::sop::duty::{Duty, DutyKind};
use allclear::sop::event::{
    ComponentChange, Event, EventId, EventKind, PersonalData, Receipt, SendOutcome, TimeFact,
};
use allclear::sop::facts::Fact;
use allclear::sop::report::timeline;
use allclear::sop::run::{Run, evidence};
use allclear::sop::severity::Severity;

use crate::sop::support::at;
use crate::sop::support::log::{Log, key, message, post};

/// One event of every kind.
fn everything() -> Log {
    let mut log = Log::declared_as("security", Severity::P0, "13:52", "14:00", Some("13:55"));
    let op = || "op".to_owned();
    let mut sent = post(
        IncidentStatus::Unknown("odd".to_owned()),
        Severity::P0,
        Some(at("14:20")),
    );
    sent.title = Some("Título \u{1F525} [Name] **b**".to_owned());
    "line\r\n\"quoted\" <b>\u{0}".clone_into(&mut sent.text);
    sent.html = Some("<p>".to_owned());
    let page = sent.page.as_mut().unwrap();
    page.impact = Some(Impact::Critical);
    let change = ComponentChange {
        id: ComponentId("c".to_owned()),
        state: ComponentState::MajorOutage,
    };
    page.components = vec![change.clone()];
    let receipt = Receipt {
        vendor_id: Some("v".to_owned()),
        link: Some("https://x".to_owned()),
    };
    let failed = SendOutcome::Failed {
        reason: "no".to_owned(),
    };
    let unknown = SendOutcome::Unknown {
        reason: "?".to_owned(),
    };
    let duty = key(1, DutyKind::First, Channel::LinkedIn);
    for what in [
        EventKind::FactSet {
            fact: Fact::WhatHappened,
            value: "it".to_owned(),
        },
        EventKind::TimeSet {
            time: TimeFact::ImpactEnded,
            value: at("14:30"),
        },
        EventKind::ComponentsSet {
            components: vec![ComponentId("c".to_owned())],
        },
        EventKind::SeverityChanged {
            to: Severity::P1,
            reason: "worse".to_owned(),
        },
        EventKind::TypeChanged {
            to: "breach".to_owned(),
        },
        EventKind::PersonalDataSet {
            to: PersonalData::NotAffected,
        },
        EventKind::SendStarted {
            op: op(),
            message: sent,
        },
        EventKind::SendAnswered {
            op: op(),
            outcome: failed,
        },
        EventKind::SendAnswered {
            op: op(),
            outcome: unknown,
        },
        EventKind::SendAnswered {
            op: op(),
            outcome: SendOutcome::Accepted { receipt },
        },
        EventKind::EmailFinished {
            op: op(),
            failed: 3,
            unknown: None,
        },
        EventKind::PostedByHand {
            message: message(Channel::X, DutyKind::First),
            posted_at: at("14:01"),
            link: Some("https://x/1".to_owned()),
        },
        EventKind::ComponentsChanged {
            components: vec![change],
        },
        EventKind::AnsweredPost { duty },
        EventKind::Skipped {
            duty,
            reason: "no account".to_owned(),
        },
        EventKind::Approved {
            approver: "Grace".to_owned(),
            alone: true,
        },
        EventKind::ResolvedWithoutPage,
        EventKind::Reopened,
        EventKind::DeclaredInError {
            reason: "test".to_owned(),
        },
        EventKind::Ticked {
            item: "team".to_owned(),
            on: true,
        },
        EventKind::PostmortemDone {
            text: "text".to_owned(),
            held_on: at("14:00").date_naive(),
            participants: vec!["Ada".to_owned()],
        },
        EventKind::RegulatorNotified {
            reference: Some("R-1".to_owned()),
            notified_at: None,
        },
        EventKind::PageIncident {
            id: IncidentId("i".to_owned()),
        },
        EventKind::Claimed {
            op: op(),
            kind: DutyKind::First,
            episode: 1,
        },
        EventKind::Note {
            text: "note".to_owned(),
        },
    ] {
        log.say("14:05", what);
    }
    log.offset_ms = Some(-1_500);
    log.say(
        "14:06",
        EventKind::Note {
            text: "corrected".to_owned(),
        },
    );
    log
}

#[test]
fn the_evidence_file_holds_everything_and_is_read_back_whole() {
    let log = everything();
    let text = evidence::export(&log.run).unwrap();
    let read = evidence::import(&text).unwrap();
    assert_eq!(read.bad, []);
    assert_eq!(read.run, log.run);
    assert_eq!(read.sop_version, "1.0");
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["format"], evidence::FORMAT);
    assert_eq!(json["id"], "run");
    assert_eq!(json["events"].as_array().unwrap().len(), 27);
    assert_eq!(json["events"][7]["event"], "send-started");
    assert_eq!(
        json["events"][7]["message"]["text"],
        "line\r\n\"quoted\" <b>\u{0}"
    );
    assert_eq!(json["events"][10]["receipt"]["vendor_id"], "v");
    // Every event has its sentence, but for the console's own.
    let lines = timeline(&log.sop, &log.run, at("14:10"));
    assert_eq!(lines.len(), 27 - 3 - 1 - 1 - 1);
    assert!(lines.iter().all(|line| !line.text.trim().is_empty()));
}

#[test]
fn an_evidence_file_is_read_leniently_event_by_event() {
    let log = everything();
    let mut json: serde_json::Value =
        serde_json::from_str(&evidence::export(&log.run).unwrap()).unwrap();
    let events = json["events"].as_array_mut().unwrap();
    events[1]["event"] = "no-such-event".into();
    events[2]["at"] = "yesterday".into();
    events[3] = 7.into();
    events[4]["to"] = serde_json::Value::Null;
    events[5]["id"] = events[0]["id"].clone();
    let read = evidence::import(&json.to_string()).unwrap();
    let bad: Vec<usize> = read.bad.iter().map(|bad| bad.index).collect();
    assert_eq!(bad, [1, 2, 3, 4, 5]);
    assert!(
        read.bad[0].reason.contains("no-such-event"),
        "{:?}",
        read.bad[0]
    );
    assert!(read.bad.iter().all(|bad| !bad.reason.is_empty()));
    assert_eq!(read.run.events().count(), 22);
    for (text, says) in [
        ("", "not an evidence file"),
        ("[]", "not an evidence file"),
        (r#"{"format":"allclear-evidence-1","id":"r"}"#, "events"),
        (r#"{"format":"other-9","id":"r","events":[]}"#, "other-9"),
    ] {
        let error = evidence::import(text).unwrap_err().to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
    let empty =
        evidence::import(r#"{"format":"allclear-evidence-1","id":"r","events":[]}"#).unwrap();
    assert_eq!(empty.run.events().count(), 0);
}

fn example(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", "--quiet", "--example", "duties", "--"])
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn the_example_prints_the_duties_of_an_exported_log_at_a_time() {
    let folder = std::env::temp_dir().join(format!("allclear-duties-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (log_path, sop) = (path("log.json"), "public/console/sop.toml");
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05");
    let mut json: serde_json::Value =
        serde_json::from_str(&evidence::export(&log.run).unwrap()).unwrap();
    json["events"]
        .as_array_mut()
        .unwrap()
        .push("damaged".into());
    std::fs::write(&log_path, json.to_string()).unwrap();
    std::fs::write(path("bad.toml"), "nothing = [").unwrap();

    let output = example(&[sop, &log_path, "2026-03-09T14:16:00Z"]);
    assert!(output.status.success(), "{output:?}");
    let printed: Vec<Duty> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed, log.duties("14:16"));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("event 3 was left out"), "{said}");

    for (arguments, says) in [
        (vec![sop, log_path.as_str()], "usage"),
        (vec![sop, log_path.as_str(), "noon"], "no time"),
        (
            vec![sop, "no-such-file", "2026-03-09T14:16:00Z"],
            "no-such-file",
        ),
        (
            vec![sop, sop, "2026-03-09T14:16:00Z"],
            "not an evidence file",
        ),
        (
            vec![&path("bad.toml"), log_path.as_str(), "2026-03-09T14:16:00Z"],
            "bad.toml:1",
        ),
    ] {
        let output = example(&arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(says) && output.stdout.is_empty(), "{said}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn an_imported_log_is_a_run_like_any_other() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.resolved("14:44");
    let mut read: Run = evidence::import(&evidence::export(&log.run).unwrap())
        .unwrap()
        .run;
    let id = EventId::next("b", at("14:50"), read.last_id());
    let event = Event {
        vouched: false,
        id,
        at: at("14:50"),
        offset_ms: None,
        who: "Bob".to_owned(),
        what: EventKind::Reopened,
    };
    assert!(read.insert(event));
    assert_eq!(
        allclear::sop::run::state(&log.sop, &read, at("14:50"))
            .unwrap()
            .episode,
        2
    );
}

#[test]
fn addresses_are_left_out_of_raw_entries() {
    use allclear::sop::run::evidence::without_addresses;
    for (raw, shown) in [
        (
            r#"{"to":"ada@example.com","who":"Ada"}"#,
            r#"{"to":"(address left out)","who":"Ada"}"#,
        ),
        (
            r"Ada <ada+x@ex.example>,\nbob@b.example; @team",
            r"Ada <(address left out)>,\(address left out); @team",
        ),
        ("jörg@müller.example is here", "(address left out) is here"),
        ("see mailto:ada@b.example", "see mailto:(address left out)"),
        ("a @ b, 5@, [1, 2]", "a @ b, 5@, [1, 2]"),
        ("", ""),
    ] {
        assert_eq!(without_addresses(raw), shown);
    }
}
