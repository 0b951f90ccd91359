//! The times that a message prints of its incident agree with each other, also after a reopening (rules 7 and 17).

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::compose::filling;
use allclear::sop::duty::DutyKind;
use allclear::sop::message::{PageOptions, render};
use allclear::sop::playbook::{Purpose, Variant};
use allclear::sop::event::SentMessage;
use allclear::sop::run::Run;
use allclear::sop::severity::Severity;
use allclear::sop::shared::Sheet;
use serde_json::Map;

use super::decisions::facts;
use super::shared::take_in;
use super::support::at;
use super::support::log::{Log, post};

/// The text of a message at a moment.
fn text(log: &Log, channel: Channel, kind: DutyKind, when: &str) -> String {
    let purpose = Purpose { channel, kind, variant: Variant::Usual };
    let status = match kind {
        DutyKind::Resolved | DutyKind::Report => IncidentStatus::Resolved,
        DutyKind::First | DutyKind::Update | DutyKind::Raised | DutyKind::Reopened | DutyKind::Postmortem | DutyKind::Regulator => {
            IncidentStatus::Investigating
        }
    };
    let filling = filling(&log.sop, &log.state(when), facts(), purpose, status, true, at(when));
    render(&log.sop, purpose, &filling, &PageOptions::default()).unwrap().record().text.clone()
}

/// V9 to its end.
fn reopened() -> Log {
    let mut log = Log::declared_since(Severity::P0, "13:52", "14:00");
    log.page("14:05").email("14:06", DutyKind::First).resolved("15:40").email("15:45", DutyKind::Resolved);
    log.reopened("16:10").page("16:15");
    log
}

#[test]
fn an_update_after_a_reopening_keeps_the_first_start() {
    let log = reopened();
    let text = text(&log, Channel::Page, DutyKind::Update, "16:20");
    assert!(text.contains("13:52 UTC") && !text.contains("16:10 UTC"), "{text}");
}

#[test]
fn the_team_is_told_when_it_started_again() {
    let text = text(&reopened(), Channel::Team, DutyKind::Reopened, "16:20");
    assert!(text.contains("Started again: 2026-03-09 16:10 UTC"), "{text}");
}

#[test]
fn start_end_and_length_of_one_text_agree_and_say_how_many_periods_there_were() {
    let mut log = reopened();
    let post = text(&log, Channel::Page, DutyKind::Resolved, "16:30");
    for printed in ["2026-03-09 13:52 UTC", "2026-03-09 16:30 UTC", "2 hours 8 minutes, in 2 periods"] {
        assert!(post.contains(printed), "{printed}: {post}");
    }
    log.resolved("16:30");
    for (channel, kind) in [(Channel::Email, DutyKind::Resolved), (Channel::Email, DutyKind::Report)] {
        let text = text(&log, channel, kind, "16:35");
        assert!(text.contains("2 hours 8 minutes, in 2 periods"), "{kind:?}: {text}");
        assert!(!text.contains("16:10 UTC"), "{kind:?}: {text}");
    }
}

#[test]
fn an_email_and_a_report_end_with_the_minute_that_the_page_told() {
    let mut log = Log::declared_since(Severity::P0, "14:00", "14:00");
    log.page("14:02");
    // Frozen at 14:27:50, out at 14:28:05.
    let mut told = post(IncidentStatus::Resolved, Severity::P0, None);
    told.text = "It is over.\n\nStarted: 2026-03-09 14:00 UTC\nResolved: 2026-03-09 14:27 UTC\nDuration: 27 minutes".to_owned();
    log.send("14:28:05", told);
    let state = log.state("14:30");
    assert_eq!((state.resolved_at, state.ended_at), (Some(at("14:28:05")), Some(at("14:27"))));
    for (channel, kind) in [(Channel::Email, DutyKind::Resolved), (Channel::Email, DutyKind::Report)] {
        let text = text(&log, channel, kind, "14:35");
        assert!(text.contains("Duration: 27 minutes"), "{kind:?}: {text}");
    }
    // What was said since counts, and a text that cannot be right does not.
    log.impact_ended("14:40", "14:20");
    assert!(text(&log, Channel::Email, DutyKind::Resolved, "14:45").contains("Duration: 20 minutes"));
    for wrong in ["Resolved: 2026-03-09 13:58 UTC", "Resolved: 2026-03-09 14:29 UTC", "Resolved: soon"] {
        let mut log = Log::declared_since(Severity::P0, "14:00", "14:00");
        let mut told = post(IncidentStatus::Resolved, Severity::P0, None);
        told.text = wrong.to_owned();
        log.page("14:02").send("14:28", told);
        assert_eq!(log.state("14:30").ended_at, Some(at("14:28")), "{wrong}");
    }
}

#[test]
fn a_length_ends_where_the_impact_did() {
    let mut log = Log::declared_since(Severity::P1, "08:50", "09:00");
    log.page("09:40").impact_ended("12:19", "12:00");
    let text = text(&log, Channel::Page, DutyKind::Resolved, "12:20");
    assert!(text.contains("2026-03-09 12:00 UTC") && text.contains("3 hours 10 minutes"), "{text}");
}

#[test]
fn the_end_and_the_length_of_a_text_are_of_one_moment() {
    let mut log = Log::declared_since(Severity::P0, "14:00", "14:00");
    log.page("14:05");
    let purpose = Purpose { channel: Channel::Page, kind: DutyKind::Resolved, variant: Variant::Usual };
    // The view was last read a second before, in the minute before.
    let state = log.state("14:26:59");
    let filling = filling(&log.sop, &state, facts(), purpose, IncidentStatus::Resolved, false, at("14:27:00"));
    let sent = render(&log.sop, purpose, &filling, &PageOptions::default()).unwrap();
    let text = &sent.record().text;
    assert!(text.contains("2026-03-09 14:27 UTC") && text.contains("Duration: 27 minutes"), "{text}");
}

#[test]
fn another_console_ends_with_the_minute_that_the_page_told() {
    let told = |text: &str| SentMessage { text: text.to_owned(), ..post(IncidentStatus::Resolved, Severity::P0, None) };
    let end = "It is over.\n\nResolved: 2026-03-09 14:27 UTC";
    for by_hand in [false, true] {
        let mut log = Log::declared_since(Severity::P0, "14:00", "14:00");
        log.page("14:02");
        if by_hand {
            log.by_hand("14:29", "14:28:05", told(end));
        } else {
            log.send("14:28:05", told(end));
        }
        // Passed on once more by a console that has no text.
        for passed_on in 0..3 {
            let state = log.state("14:30");
            assert_eq!((state.resolved_at, state.ended_at), (Some(at("14:28:05")), Some(at("14:27"))), "{by_hand} {passed_on}");
            let mut theirs = Run::new(log.run.id.clone());
            take_in(&mut theirs, &Sheet::of(&log.run).beside(&Map::new()));
            log.run = theirs;
        }
    }
    // What cannot be right is no more right there.
    let mut log = Log::declared_since(Severity::P0, "14:00", "14:00");
    log.page("14:02").send("14:28:05", told("Resolved: 2026-03-09 14:29 UTC"));
    let mut theirs = Run::new(log.run.id.clone());
    take_in(&mut theirs, &Sheet::of(&log.run).beside(&Map::new()));
    log.run = theirs;
    assert_eq!(log.state("14:30").ended_at, Some(at("14:28:05")));
}
