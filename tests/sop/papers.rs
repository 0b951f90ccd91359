//! What is read off a run on paper: the checklists, the timeline, the post-mortem's draft, the evidence
//! file, and the example program that reads it.

use std::collections::BTreeSet;
use std::process::{Command, Output};

use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::impact::Impact;
use allclear::domain::incident::{IncidentId, IncidentStatus};
use allclear::sop::channel::Channel;
use allclear::sop::checklist::{Tick, checklists, readiness};
use allclear::sop::duty::{Duty, DutyKind};
use allclear::sop::event::{
    ComponentChange, Event, EventId, Outcome, PersonalData, Receipt, TimeFact, What,
};
use allclear::sop::facts::Fact;
use allclear::sop::report::{postmortem_draft, timeline, timeline_markdown};
use allclear::sop::run::{Run, evidence};
use allclear::sop::severity::Severity;

use crate::support::at;
use crate::support::log::{Log, key, message, post};

fn tick(log: &Log, when: &str, id: &str) -> Tick {
    let marked = checklists(&log.sop, &log.run, at(when), &BTreeSet::new());
    let all = marked.before.into_iter().chain(marked.during).chain(marked.after);
    all.into_iter().find(|ticked| ticked.item.id == id).map(|ticked| ticked.tick).unwrap()
}

fn ticks<'i>(log: &Log, when: &str, ids: &[&'i str]) -> Vec<(&'i str, Tick)> {
    ids.iter().map(|id| (*id, tick(log, when, id))).collect()
}

const AFTER: [&str; 5] =
    ["page-resolved", "email-resolved", "social-resolved", "report", "postmortem"];

#[test]
fn the_ledger_ticks_what_it_can_know() {
    let mut log = Log::declared(Severity::P0, "14:00");
    assert_eq!(tick(&log, "14:00", "page-first"), Tick::Open);
    assert_eq!(tick(&log, "14:00", "page-updates"), Tick::NotAsked);
    log.tell("14:01", Channel::Team, DutyKind::First).page("14:05");
    assert_eq!(tick(&log, "14:05", "page-first"), Tick::ByLedger);
    assert_eq!(tick(&log, "14:05", "team-first"), Tick::ByLedger);
    assert_eq!(tick(&log, "14:05", "page-updates"), Tick::Open);
    log.page("14:18");
    // Regular updates: ticked from the first one done, unless one is overdue.
    assert_eq!(tick(&log, "14:33:00", "page-updates"), Tick::ByLedger);
    assert_eq!(tick(&log, "14:33:01", "page-updates"), Tick::Open);
    // Several channels: all that were asked for; a skip with a reason holds nothing back.
    log.tell("14:20", Channel::X, DutyKind::First);
    assert_eq!(tick(&log, "14:20", "social-first"), Tick::Open);
    log.skip("14:21", key(1, DutyKind::First, Channel::LinkedIn), "no account");
    assert_eq!(tick(&log, "14:21", "social-first"), Tick::ByLedger);
    // Skipped alone ticks nothing.
    log.skip("14:22", key(1, DutyKind::First, Channel::Email), "no list");
    assert_eq!(tick(&log, "14:22", "email-first"), Tick::Open);
    assert!(ticks(&log, "14:22", &AFTER).iter().all(|(_, tick)| *tick == Tick::NotAsked));
    log.resolved("14:30");
    assert_eq!(
        ticks(&log, "14:30", &AFTER),
        [
            ("page-resolved", Tick::ByLedger),
            ("email-resolved", Tick::NotAsked),
            ("social-resolved", Tick::Open),
            ("report", Tick::Open),
            ("postmortem", Tick::Open),
        ]
    );
    assert_eq!(tick(&log, "14:50", "page-updates"), Tick::ByLedger);
    // A reopening clears what comes after, and leaves what was said at first.
    log.reopened("15:00");
    assert!(ticks(&log, "15:00", &AFTER).iter().all(|(_, tick)| *tick == Tick::NotAsked));
    assert_eq!(tick(&log, "15:00", "page-first"), Tick::ByLedger);
}

#[test]
fn a_missed_or_offered_duty_ticks_nothing_and_the_newest_counts() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.severity("14:20", Severity::P2).severity("14:30", Severity::P1);
    log.email("14:40", DutyKind::First);
    let states = log.duties("14:40");
    let mails: Vec<&Duty> =
        states.iter().filter(|duty| duty.key.channel == Some(Channel::Email)).collect();
    assert_eq!(mails.len(), 2, "one missed, one done");
    assert_eq!(tick(&log, "14:40", "email-first"), Tick::ByLedger);
    let mut log = Log::declared(Severity::P0, "14:00");
    log.resolved("14:20");
    assert_eq!(tick(&log, "14:20", "email-first"), Tick::Open);
    let mut log = Log::declared(Severity::P2, "14:00");
    log.page("14:01").resolved("14:20");
    assert_eq!(tick(&log, "14:20", "postmortem"), Tick::Open);
}

#[test]
fn people_tick_by_hand_what_nobody_can_know() {
    let mut log = Log::declared(Severity::P1, "14:00");
    let say = |log: &mut Log, when: &str, item: &str, on: bool| {
        log.say(when, What::Ticked { item: item.to_owned(), on });
    };
    say(&mut log, "14:01", "social-first", true);
    say(&mut log, "14:01", "page-first", true);
    assert_eq!(tick(&log, "14:00", "social-first"), Tick::NotAsked);
    assert_eq!(tick(&log, "14:01", "social-first"), Tick::ByHand);
    assert_eq!(tick(&log, "14:01", "page-first"), Tick::ByHand);
    say(&mut log, "14:02", "social-first", false);
    assert_eq!(tick(&log, "14:02", "social-first"), Tick::NotAsked);
    log.page("14:03");
    say(&mut log, "14:04", "page-first", false);
    assert_eq!(tick(&log, "14:04", "page-first"), Tick::ByLedger, "the ledger knows better");
    assert!(Tick::ByHand.is_ticked() && Tick::ByLedger.is_ticked());
    assert!(!Tick::Open.is_ticked() && !Tick::NotAsked.is_ticked());
}

#[test]
fn readiness_ticks_by_its_checks() {
    let log = Log::declared(Severity::P0, "14:00");
    let passed = BTreeSet::from(["templates".to_owned()]);
    let by_hand = BTreeSet::from(["team".to_owned()]);
    let states: Vec<_> = readiness(&log.sop, &passed, &by_hand)
        .into_iter()
        .map(|ticked| (ticked.item.id.as_str(), ticked.tick))
        .collect();
    let expected = [
        ("status-page", Tick::Open),
        ("templates", Tick::ByLedger),
        ("social", Tick::Open),
        ("team", Tick::ByHand),
    ];
    assert_eq!(states, expected);
    let marked = checklists(&log.sop, &log.run, at("14:00"), &passed);
    assert_eq!(marked.before[1].tick, Tick::ByLedger);
}

fn told() -> Log {
    let mut log = Log::declared_since(Severity::P0, "13:52", "14:00");
    log.say("14:01", What::FactSet { fact: Fact::Service, value: "Checkout".to_owned() });
    log.page("14:05").severity("14:10", Severity::P1);
    log.by_hand("14:12", "14:07", message(Channel::X, DutyKind::First));
    let lost = What::SendStarted {
        op: "lost".to_owned(),
        message: message(Channel::Email, DutyKind::First),
    };
    log.say("14:13", lost);
    let unknown = Outcome::Unknown { reason: "no answer".to_owned() };
    log.say("14:14", What::SendAnswered { op: "lost".to_owned(), outcome: unknown });
    log.resolved("14:44");
    log
}

#[test]
fn the_timeline_tells_when_who_and_what_in_order() {
    let log = told();
    assert_eq!(
        timeline_markdown(&log.sop, &log.run, at("14:44")),
        "- 2026-03-09 14:00 UTC, Ada: Declared: Service Outage, P0\n\
         - 2026-03-09 14:01 UTC, Ada: Service: Checkout\n\
         - 2026-03-09 14:05 UTC, Ada: Status page: status investigating\n\
         - 2026-03-09 14:07 UTC, Ada: X: first message, by hand\n\
         - 2026-03-09 14:10 UTC, Ada: Severity changed to P1\n\
         - 2026-03-09 14:13 UTC, Ada: Email: first message (may have been delivered: no answer)\n\
         - 2026-03-09 14:44 UTC, Ada: Status page: status resolved"
    );
    assert_eq!(timeline(&log.sop, &log.run, at("14:01")).len(), 2);
    assert!(timeline(&log.sop, &log.run, at("13:00")).is_empty());
}

#[test]
fn the_postmortem_begins_with_what_the_log_knows() {
    let mut log = told();
    for (fact, value) in [
        (Fact::Summary, "Checkout was down."),
        (Fact::Impact, "All buyers."),
        (Fact::Resolution, "Rolled back."),
    ] {
        log.say("15:00", What::FactSet { fact, value: value.to_owned() });
    }
    let draft = postmortem_draft(&log.sop, &log.run, at("15:00")).unwrap();
    let head = "# Post-mortem: Checkout\n\n## Summary\n\nCheckout was down.\n\n\
                - Severity: P1 (worst: P0)\n\
                - Impact started: 2026-03-09 13:52 UTC\n\
                - Declared: 2026-03-09 14:00 UTC\n\
                - First public update: 2026-03-09 14:05 UTC\n\
                - Resolved: 2026-03-09 14:44 UTC\n\
                - Duration: 52 minutes\n\n## Impact\n\nAll buyers.\n\n## Timeline\n\n- 2026";
    assert!(draft.starts_with(head), "{draft}");
    let tail = "\n\n## Root cause\n\nThe root cause is still under review.\n\n\
                ## Resolution\n\nRolled back.\n\n## Prevention\n\nTo be written.\n";
    assert!(draft.ends_with(tail), "{draft}");
    assert_eq!(postmortem_draft(&log.sop, &log.run, at("13:00")), None);
}

#[test]
fn a_value_cannot_forge_structure() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let hostile = "# Heading\n  ## Heading\nTitle\n===\n---\n> quote\n```\nfence\n- item\n* item\n\
                   + item\n1. one\n12) two\n<h1>html</h1>\n| a | b |\n[ref]: x\n    code\n_r_\n1 plain";
    for fact in Fact::ALL {
        log.say("14:01", What::FactSet { fact, value: hostile.to_owned() });
    }
    log.say("14:02", What::Note { text: "one\n# two\r\n- three <b>".to_owned() });
    let draft = postmortem_draft(&log.sop, &log.run, at("14:02")).unwrap();
    let ours = ["# Post-mortem", "## ", "- Severity: ", "- Impact started: ", "- Declared: ", "- 2026-"];
    for line in draft.lines().filter(|line| !ours.iter().any(|our| line.starts_with(our))) {
        let first = line.chars().next().unwrap_or('a');
        assert!(!"#=-+*>`~|_[: \t<".contains(first), "{line:?}");
        let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
        assert!(digits == line || !digits.starts_with(['.', ')']), "{line:?}");
    }
    let headings = draft.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(headings, 7, "{draft}");
    assert!(!draft.replace("\\<", "").contains('<'), "no HTML");
    assert!(draft.contains("Note: one # two - three \\<b>"), "one line in the timeline");
    assert!(draft.contains("\n1\\. one\n12\\) two\n"));
    assert!(draft.contains("\n1 plain"), "what begins nothing stays as it is");
}

/// One event of every kind.
fn everything() -> Log {
    let mut log = Log::declared_as("security", Severity::P0, "13:52", "14:00", Some("13:55"));
    let op = || "op".to_owned();
    let mut sent = post(IncidentStatus::Unknown("odd".to_owned()), Severity::P0, Some(at("14:20")));
    sent.title = Some("Título \u{1F525} [Name] **b**".to_owned());
    sent.text = "line\r\n\"quoted\" <b>\u{0}".to_owned();
    sent.html = Some("<p>".to_owned());
    let page = sent.page.as_mut().unwrap();
    page.impact = Some(Impact::Critical);
    let change = ComponentChange { id: ComponentId("c".to_owned()), state: ComponentState::MajorOutage };
    page.components = vec![change.clone()];
    let receipt = Receipt { vendor_id: Some("v".to_owned()), link: Some("https://x".to_owned()) };
    let failed = Outcome::Failed { reason: "no".to_owned() };
    let unknown = Outcome::Unknown { reason: "?".to_owned() };
    let duty = key(1, DutyKind::First, Channel::LinkedIn);
    for what in [
        What::FactSet { fact: Fact::WhatHappened, value: "it".to_owned() },
        What::TimeSet { time: TimeFact::ImpactEnded, value: at("14:30") },
        What::ComponentsSet { components: vec![ComponentId("c".to_owned())] },
        What::SeverityChanged { to: Severity::P1, reason: "worse".to_owned() },
        What::TypeChanged { to: "breach".to_owned() },
        What::PersonalDataSet { to: PersonalData::NotAffected },
        What::SendStarted { op: op(), message: sent },
        What::SendAnswered { op: op(), outcome: failed },
        What::SendAnswered { op: op(), outcome: unknown },
        What::SendAnswered { op: op(), outcome: Outcome::Accepted { receipt } },
        What::EmailFinished { op: op(), failed: 3 },
        What::PostedByHand {
            message: message(Channel::X, DutyKind::First),
            posted_at: at("14:01"),
            link: Some("https://x/1".to_owned()),
        },
        What::ComponentsChanged { components: vec![change] },
        What::AnsweredPost { duty },
        What::Skipped { duty, reason: "no account".to_owned() },
        What::Approved { approver: "Grace".to_owned(), alone: true },
        What::ResolvedWithoutPage,
        What::Reopened,
        What::DeclaredInError { reason: "test".to_owned() },
        What::Ticked { item: "team".to_owned(), on: true },
        What::PostmortemDone {
            text: "text".to_owned(),
            held_on: at("14:00").date_naive(),
            participants: vec!["Ada".to_owned()],
        },
        What::RegulatorNotified { reference: Some("R-1".to_owned()) },
        What::PageIncident { id: IncidentId("i".to_owned()) },
        What::Note { text: "note".to_owned() },
    ] {
        log.say("14:05", what);
    }
    log.offset_ms = Some(-1_500);
    log.say("14:06", What::Note { text: "corrected".to_owned() });
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
    assert_eq!(json["events"].as_array().unwrap().len(), 26);
    assert_eq!(json["events"][7]["event"], "send-started");
    assert_eq!(json["events"][7]["message"]["text"], "line\r\n\"quoted\" <b>\u{0}");
    assert_eq!(json["events"][10]["receipt"]["vendor_id"], "v");
    // Every event has its sentence, but for the console's own.
    let lines = timeline(&log.sop, &log.run, at("14:10"));
    assert_eq!(lines.len(), 26 - 3 - 1 - 1);
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
    assert!(read.bad[0].reason.contains("no-such-event"), "{:?}", read.bad[0]);
    assert!(read.bad.iter().all(|bad| !bad.reason.is_empty()));
    assert_eq!(read.run.events().count(), 21);
    for (text, says) in [
        ("", "not an evidence file"),
        ("[]", "not an evidence file"),
        (r#"{"format":"allclear-evidence-1","id":"r"}"#, "events"),
        (r#"{"format":"other-9","id":"r","events":[]}"#, "other-9"),
    ] {
        let error = evidence::import(text).unwrap_err().to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
    let empty = evidence::import(r#"{"format":"allclear-evidence-1","id":"r","events":[]}"#).unwrap();
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
    json["events"].as_array_mut().unwrap().push("damaged".into());
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
        (vec![sop, "no-such-file", "2026-03-09T14:16:00Z"], "no-such-file"),
        (vec![sop, sop, "2026-03-09T14:16:00Z"], "not an evidence file"),
        (vec![&path("bad.toml"), log_path.as_str(), "2026-03-09T14:16:00Z"], "bad.toml:1"),
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
    let log = told();
    let mut read: Run = evidence::import(&evidence::export(&log.run).unwrap()).unwrap().run;
    let id = EventId::next("b", at("14:50"), read.last_id());
    let event = Event {
        id,
        at: at("14:50"),
        offset_ms: None,
        who: "Bob".to_owned(),
        what: What::Reopened,
    };
    assert!(read.insert(event));
    assert_eq!(allclear::sop::run::state(&log.sop, &read, at("14:50")).unwrap().episode, 2);
}
