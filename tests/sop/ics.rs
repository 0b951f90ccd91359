//! The calendar file: whole, unfolded, and with words that would break it.

use allclear::domain::incident::IncidentStatus;
use allclear::sop::board::IncidentView;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::facts::Fact;
use allclear::sop::report::ics::{calendar, is_dated};
use allclear::sop::run::RunId;
use allclear::sop::severity::Severity;
use proptest::prelude::*;

use super::handover::{LINK, under_way, view};
use super::support::at;
use super::support::log::{Log, post};

fn over() -> Log {
    let mut log = under_way();
    log.send("14:44", post(IncidentStatus::Resolved, Severity::P0, None));
    log
}

/// The value of each property of a name, unfolded and read back; every line is checked on the way.
fn values(file: &str, name: &str) -> Vec<String> {
    assert!(file.ends_with("\r\n"));
    let lines: Vec<&str> = file.split_terminator("\r\n").collect();
    for line in &lines {
        assert!(line.len() <= 75, "{} octets: {line:?}", line.len());
        assert!(!line.contains(|c: char| c.is_control() && c != '\t'), "{line:?}");
    }
    let unfolded = file.replace("\r\n ", "");
    let prefix = format!("{name}:");
    unfolded.split("\r\n").filter_map(|line| line.strip_prefix(&prefix)).map(read).collect()
}

/// A value of the type TEXT as a calendar reads it.
fn read(value: &str) -> String {
    let mut text = String::new();
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        text.push(match sign {
            '\\' => match signs.next() {
                Some('n') => '\n',
                Some(other) => other,
                None => panic!("a backslash at the end"),
            },
            other => other,
        });
    }
    text
}

#[test]
fn the_report_and_the_post_mortem_lie_ahead() {
    let mut log = over();
    log.email("14:50", DutyKind::Resolved);
    let mut view = view(&log, "15:00");
    view.duties.retain(|duty| matches!(duty.key.kind, DutyKind::Report | DutyKind::Postmortem));
    let file = calendar(&view, at("15:00"), LINK).unwrap();
    assert_eq!(file.replace("\r\n", "\n"), include_str!("papers/resolved.ics"));
}

#[test]
fn each_duty_that_is_owed_by_a_time_has_one_entry_and_a_stable_id() {
    let log = over();
    let (early, late) = (view(&log, "15:00"), view(&log, "03-10 15:00"));
    let file = calendar(&early, at("15:00"), LINK).unwrap();
    let again = calendar(&late, at("03-10 15:00"), LINK).unwrap();
    let owed = early.duties.iter().filter(|duty| is_dated(duty)).count();
    let ids = values(&file, "UID");
    assert_eq!(ids.len(), owed);
    assert!(ids.iter().enumerate().all(|(at, id)| !ids[..at].contains(id)), "{ids:?}");
    assert_eq!(values(&again, "UID"), ids);
    let sequence = |file| values(file, "SEQUENCE")[0].parse::<i32>().unwrap();
    assert!(sequence(&again) > sequence(&file));
    assert!(early.duties.len() > owed, "what is done has none");
}

#[test]
fn a_calendar_without_an_entry_is_none() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.in_error("14:01");
    assert_eq!(calendar(&view(&log, "14:02"), at("14:02"), LINK), None);
}

#[test]
fn a_regulators_clock_is_in_it_and_a_time_beyond_the_calendar_is_not() {
    let log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
    let mut view = view(&log, "14:01");
    view.duties.retain(|duty| duty.key.kind == DutyKind::Regulator);
    let file = calendar(&view, at("14:01"), LINK).unwrap();
    assert_eq!(values(&file, "DTSTART"), ["20260312T140000Z"]);
    for duty in &mut view.duties {
        duty.due_at = Some(chrono::DateTime::<chrono::Utc>::MAX_UTC);
    }
    assert_eq!(calendar(&view, at("14:01"), LINK), None);
}

fn named(name: &str, id: &str) -> IncidentView {
    let mut log = over();
    for fact in [Fact::Service, Fact::Symptom] {
        log.say("14:50", EventKind::FactSet { fact, value: name.to_owned() });
    }
    IncidentView { id: RunId(id.to_owned()), ..view(&log, "15:00") }
}

/// What a calendar keeps of a text: no control characters, and one kind of line end.
fn kept(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn check(name: &str, id: &str) {
    let view = named(name, id);
    let file = calendar(&view, at("15:00"), LINK).unwrap();
    let events = file.split("\r\n").filter(|line| *line == "BEGIN:VEVENT").count();
    assert_eq!(events, view.duties.iter().filter(|duty| is_dated(duty)).count());
    let title = kept(&view.title());
    let summaries = values(&file, "SUMMARY");
    assert_eq!(summaries.len(), events);
    assert!(summaries.iter().all(|said| said.ends_with(&format!(": {title}"))), "{summaries:?}");
    assert!(values(&file, "DESCRIPTION").iter().filter(|said| said.ends_with(&format!("\n{LINK}"))).count() >= events);
    assert!(values(&file, "UID").iter().all(|uid| uid.starts_with(&kept(id))));
    assert_eq!(values(&file, "URL"), vec![LINK; events]);
}

#[test]
fn hostile_words_break_nothing() {
    let long = "é,".repeat(5_000);
    for name in [
        "a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "one, two; three\\n", "\u{202e}טקסט", "\0\u{7}\u{85}x", "\u{1f600}\u{200d}", &long,
    ] {
        check(name, "run");
        check("Checkout", name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_unfold_to_what_was_said(name in "(?s).{0,300}", id in "(?s).{0,90}") {
        check(&name, &id);
    }
}
