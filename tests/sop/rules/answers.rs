//! Skips, answers and approval (rules 8, 12 and 13).

use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKey, DutyKind, DutyState};
use allclear::sop::event::{PersonalData, TimeFact, EventKind};
use allclear::sop::report::timeline;
use allclear::sop::severity::Severity;

use super::{first, update};
use crate::sop::support::at;
use crate::sop::support::log::{Log, key};
use crate::sop::support::table::{check, check_at};

#[test]
fn rule_8_skipping_an_unpromised_update_sets_the_next() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page_without_promise("14:05").skip("14:18", update(1), "nothing new");
    check_at(&log, "14:18", &[("page update", "W(14:35) opens=14:30")]);
    log.answer("14:19", update(1));
    let skipped = log.duties("14:19").into_iter().find(|duty| duty.key == update(1)).unwrap();
    assert!(matches!(skipped.state, DutyState::Skipped { .. }), "a skipped update stays skipped");
    log.page("14:30");
    let duties = log.duties("14:30");
    let states: Vec<_> =
        duties.iter().filter(|duty| duty.key.kind == DutyKind::Update).map(|duty| &duty.state).collect();
    assert!(matches!(
        states.as_slice(),
        [DutyState::Skipped { .. }, DutyState::Done { .. }, DutyState::Waiting]
    ));
}

#[test]
fn rule_8_a_promise_that_a_raise_overtook_still_cannot_be_skipped() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:30").severity("10:50", Severity::P0).skip("10:55", update(1), "busy");
    check_at(&log, "10:55", &[("page update", "D(11:05)")]);
}

#[test]
fn rule_8_skipped_duties_are_done_by_a_message_sent_after_all() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.skip("14:05", first(Channel::Page), "page is down")
        .skip("14:06", first(Channel::Email), "no list")
        .skip("14:06", first(Channel::X), "no account")
        .skip("14:06", first(Channel::Team), "alone");
    check_at(&log, "14:06", &[("page, email, X, team first", "S")]);
    log.page("14:20")
        .email("14:25", DutyKind::First)
        .tell("14:31", Channel::X, DutyKind::First)
        .tell("14:10", Channel::Team, DutyKind::First)
        .resolved("15:00");
    check_at(
        &log,
        "15:00",
        &[
            ("page first", "✓ late=5m"),
            ("email first", "✓ late=10m"),
            ("X first", "✓ late=1m"),
            ("team first", "✓ late=0"),
            ("email, X resolved", "D(15:15)"),
        ],
    );
    log.skip("15:01", key(1, DutyKind::Resolved, Channel::Email), "no list");
    log.email("15:05", DutyKind::Resolved);
    check_at(&log, "15:05", &[("email resolved", "✓")]);
}

#[test]
fn rule_8_an_answer_post_reopens_the_newest_skipped_duty_only() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.skip("14:05", first(Channel::Email), "no list").answer("14:06", first(Channel::Email));
    check_at(&log, "14:06", &[("email first", "D(14:15)")]);
    log.skip("14:07", first(Channel::Email), "no list").resolved("14:10");
    log.answer("14:11", first(Channel::Email));
    check_at(&log, "14:11", &[("email first", "S"), ("email resolved", "–")]);
}

#[test]
fn rule_12_post_makes_it_required() {
    let mut log = Log::declared(Severity::P3, "08:00");
    log.answer("09:00", first(Channel::Page));
    check(&log, &["03-10 08:00:00", "03-10 08:00:01"], &[("page first", &["D", "O"])]);
    // Answered, it stays required under a lower severity.
    let mut log = Log::declared(Severity::P2, "08:00");
    log.answer("09:00", first(Channel::Page)).severity("09:10", Severity::P3);
    check_at(&log, "03-10 08:00:01", &[("page first", "O(03-10 08:00)")]);
    // Once it lapsed it is over.
    let mut log = Log::declared(Severity::P3, "08:00");
    log.answer("03-10 09:00", first(Channel::Page)).page("03-10 09:10");
    check_at(&log, "03-10 09:10", &[("page first", "L")]);
    log.resolved("03-10 10:00");
    check_at(&log, "03-10 10:00", &[("page resolved", "✓")]);
}

#[test]
fn rule_13_the_regulators_clock_starts_and_stops() {
    let mut log = Log::declared_as("security", Severity::P0, "14:00", "14:00", None);
    check_at(&log, "14:00", &[("regulator", "D(03-12 14:00)")]);
    log.personal_data("14:10", PersonalData::NotAffected);
    check_at(&log, "14:10", &[("regulator", "L why=NoPersonalData")]);
    log.personal_data("14:20", PersonalData::Unknown);
    check_at(&log, "14:20", &[("regulator", "D(03-12 14:00)")]);
    log.say("14:25", EventKind::TimeSet { time: TimeFact::BecameAware, value: at("13:00") });
    check_at(&log, "14:25", &[("regulator", "D(03-12 13:00)")]);
    log.change_type("14:30", "outage");
    check_at(&log, "14:30", &[("regulator", "L why=TypeChanged")]);
    log.change_type("14:40", "breach");
    check_at(&log, "14:40", &[("regulator", "D(03-12 13:00)")]);
    log.say("15:00", EventKind::RegulatorNotified { reference: None, notified_at: None }).change_type("15:10", "outage");
    log.change_type("15:20", "breach");
    check_at(&log, "15:20", &[("regulator", "✓")]);
    let made = log.duties("15:20").iter().filter(|duty| duty.key.kind == DutyKind::Regulator).count();
    assert_eq!(made, 3, "once done it is not made again");
    // Overdue, it is missed.
    let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
    log.change_type("03-12 14:00:01", "outage");
    check_at(&log, "03-12 14:00:01", &[("regulator", "M why=TypeChanged")]);
    // It outlives resolution and reopening.
    let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
    log.resolved("15:00").reopened("16:00");
    check_at(&log, "16:00", &[("regulator", "D(03-12 14:00)")]);
    log.skip("16:01", DutyKey { episode: 1, kind: DutyKind::Regulator, channel: None, seq: 1 }, "no");
    log.say("16:10", EventKind::RegulatorNotified { reference: None, notified_at: None });
    check_at(&log, "16:10", &[("regulator", "✓")]);
}

#[test]
fn rule_13_the_report_is_locked_and_team_postmortem_and_regulator_never_are() {
    let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
    log.approve("14:01", "Grace")
        .email("14:02", DutyKind::First)
        .page("14:05")
        .resolved("15:00")
        .change_type("15:10", "security")
        .reopened("15:20");
    check_at(&log, "15:20", &[("page reopened", "D blocked"), ("team reopened", "D open")]);
    log.resolved("15:30");
    check_at(
        &log,
        "15:30",
        &[
            ("report", "D blocked"),
            ("email resolved", "D blocked"),
            ("post-mortem", "D open"),
            ("regulator", "D open"),
        ],
    );
    assert!(log.state("15:30").needs_approval);
    // The same type again is no change; an outage needs none.
    log.approve("15:40", "Grace").change_type("15:41", "security");
    assert!(!log.state("15:41").needs_approval);
    log.change_type("15:50", "outage");
    assert!(!log.state("15:50").needs_approval);
    assert_eq!(log.state("15:50").approval, None);
}

#[test]
fn rule_8_an_older_skip_is_not_answered_where_a_newer_duty_took_its_place() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.skip("10:30", first(Channel::Page), "internal")
        .severity("12:00", Severity::P0)
        .page("12:10")
        .answer("12:11", first(Channel::Page));
    let old = log.duties("12:11").into_iter().find(|duty| duty.key == first(Channel::Page));
    assert!(matches!(old.unwrap().state, DutyState::Skipped { .. }));
}

#[test]
fn rule_13_once_skipped_or_done_the_regulators_clock_stands() {
    let regulator = DutyKey { episode: 1, kind: DutyKind::Regulator, channel: None, seq: 1 };
    let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
    log.skip("14:10", regulator, "no risk to people")
        .change_type("14:20", "outage")
        .change_type("14:30", "breach");
    check_at(&log, "14:30", &[("regulator", "S")]);
    log.say("03-12 14:00:30", EventKind::RegulatorNotified { reference: None, notified_at: None });
    log.say("03-12 15:00", EventKind::TimeSet { time: TimeFact::BecameAware, value: at("13:00") });
    check_at(&log, "03-12 15:00", &[("regulator", "✓ late=30s")]);
}

#[test]
fn rule_13_what_the_regulator_was_told_in_time_is_in_time_however_late_it_is_recorded() {
    let told = |recorded: &str, notified_at: &str| {
        let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
        log.say(recorded, EventKind::RegulatorNotified { reference: None, notified_at: Some(at(notified_at)) });
        log
    };
    check_at(&told("03-12 16:00", "19:00"), "03-12 16:00", &[("regulator", "✓")]);
    check_at(&told("03-12 16:00", "03-12 14:00:30"), "03-12 16:00", &[("regulator", "✓ late=30s")]);
    // No later than it was said, as of a post by hand (rule 11).
    check_at(&told("03-12 14:00:30", "03-12 16:00"), "03-12 16:00", &[("regulator", "✓ late=30s")]);
    let log = told("03-12 16:00", "19:00");
    let done = log.duties("03-12 16:00").into_iter().find(|duty| duty.key.kind == DutyKind::Regulator);
    assert!(matches!(done.unwrap().state, DutyState::Done { at: done, .. } if done == at("19:00")));
    let lines = timeline(&log.sop, &log.run, at("03-12 16:00"));
    assert!(lines.iter().any(|line| line.text == "Regulator notified" && line.at == at("19:00")));
}
