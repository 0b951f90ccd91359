//! Resolving, reopening and "declared in error" (rules 6, 7 and 10).

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, DutyState};
use allclear::sop::event::EventKind;
use allclear::sop::run::Phase;
use allclear::sop::severity::Severity;
use chrono::TimeDelta;

use super::first;
use crate::sop::support::at;
use crate::sop::support::log::{Log, key, message, post};
use crate::sop::support::table::check_at;

#[test]
fn rule_6_the_button_is_for_incidents_with_nothing_on_the_page() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.button("10:10");
    assert_eq!(log.state("10:10").phase, Phase::Open, "the first post is neither done nor skipped");
    log.skip("10:20", first(Channel::Page), "page is down").button("10:30");
    assert_eq!(log.state("10:30").phase, Phase::Resolved);
    check_at(
        &log,
        "10:30",
        &[
            ("page first", "S"),
            ("page resolved", "–"),
            ("email first", "L"),
            ("email resolved", "D(11:30)"),
            ("team first", "L why=Resolved"),
            ("report", "D(03-11 10:30)"),
        ],
    );
    // A change of severity after it is kept and ignored.
    log.severity("10:40", Severity::P0);
    assert_eq!(log.state("10:40").severity, Severity::P1);
    assert_eq!(log.duties("10:40"), log.duties("10:39"));
}

#[test]
fn rule_6_post_incident_duties_go_by_the_worst_severity() {
    let mut log = Log::declared(Severity::P3, "10:00");
    log.severity("10:10", Severity::P1).severity("10:20", Severity::P3).page("10:30");
    log.resolved("11:00");
    check_at(&log, "11:00", &[("report", "D(03-11 11:00)"), ("post-mortem", "D(03-16 11:00)")]);
    assert_eq!(log.state("11:00").worst_severity, Severity::P1);
    // Resolved on an "if needed" email that was never owed: none.
    check_at(&log, "11:00", &[("email resolved", "–")]);
}

#[test]
fn rule_6_a_message_sent_without_being_asked_is_closed_too() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.email("10:05", DutyKind::First).page("10:10").resolved("11:00");
    check_at(&log, "11:00", &[("email first", "–"), ("email resolved", "D(15:00)")]);
    // A resolved email before the resolution is too early to meet what is owed after it.
    let mut log = Log::declared(Severity::P1, "10:00");
    log.email("10:05", DutyKind::First)
        .page("10:10")
        .email("10:59", DutyKind::Resolved)
        .resolved("11:00");
    check_at(&log, "11:00", &[("email resolved", "D(12:00)")]);
    log.email("11:30", DutyKind::Resolved);
    check_at(&log, "11:30", &[("email resolved", "✓ late=0")]);
}

#[test]
fn rule_7_a_report_that_is_done_stays_done_and_a_new_one_is_owed() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").resolved("15:00").email("16:00", DutyKind::Report);
    let done = |text: &str| EventKind::PostmortemDone {
        text: text.to_owned(),
        held_on: at("14:00").date_naive(),
        participants: vec!["Ada".to_owned()],
    };
    log.say("16:30", done("first"));
    check_at(&log, "16:30", &[("report", "✓"), ("post-mortem", "✓")]);
    log.reopened("17:00").resolved("18:00");
    let report = |episode| {
        let duties = log.duties("18:00");
        let key = key(episode, DutyKind::Report, Channel::Email);
        duties.into_iter().find(|duty| duty.key == key).unwrap().state
    };
    assert_eq!(report(1), DutyState::Done { at: at("16:00"), late_seconds: 0 });
    assert_eq!(report(2), DutyState::Due);
    check_at(&log, "18:00", &[("report", "D(03-11 18:00)"), ("post-mortem", "D(03-16 18:00)")]);
}

#[test]
fn rule_7_an_offered_postmortem_is_replaced_too() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.page("10:05").resolved("11:00").reopened("12:00");
    check_at(&log, "12:00", &[("post-mortem", "L why=Replaced"), ("page reopened", "D(16:00)")]);
    log.resolved("13:00");
    check_at(&log, "13:00", &[("post-mortem", "offered")]);
}

#[test]
fn rule_7_told_but_not_told_resolved_is_owed_nothing_until_the_next_resolution() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:05").email("10:06", DutyKind::First).resolved("11:00").reopened("11:30");
    check_at(
        &log,
        "11:30",
        &[("email resolved", "L why=Replaced"), ("email reopened", "–"), ("email first", "✓")],
    );
    log.page("11:40").resolved("12:00");
    check_at(&log, "12:00", &[("email resolved", "D(13:00)"), ("page reopened", "✓")]);
}

#[test]
fn rule_7_the_social_reopened_window_falls_back_to_r() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:05")
        .tell("10:06", Channel::X, DutyKind::First)
        .resolved("11:00")
        .tell("11:05", Channel::X, DutyKind::Resolved)
        .reopened("12:00");
    check_at(&log, "12:00", &[("X reopened", "W(13:00) opens=12:45"), ("LinkedIn first", "–")]);
}

#[test]
fn rule_7_only_what_is_resolved_can_be_reopened_and_a_gap_does_not_count() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.reopened("14:10");
    assert_eq!(log.state("14:10").episode, 1);
    log.impact_ended("14:30", "14:20").resolved("15:00").reopened("16:00");
    let state = log.state("16:30");
    assert_eq!(state.earlier_episodes, TimeDelta::minutes(20));
    assert_eq!(state.duration, TimeDelta::minutes(50));
    assert_eq!((state.impact_started, state.first_impact_started), (at("16:00"), at("14:00")));
    assert_eq!(state.impact_ended, None);
}

#[test]
fn rule_10_declared_in_error() {
    // Nothing public yet: closed.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.tell("14:01", Channel::Team, DutyKind::First).in_error("14:20");
    check_at(
        &log,
        "14:20",
        &[
            ("page, email first", "M why=DeclaredInError"),
            ("X, LinkedIn first", "L why=DeclaredInError"),
            ("team first", "✓"),
            ("page, email, X, LinkedIn, team resolved", "–"),
            ("report", "–"),
            ("post-mortem", "–"),
        ],
    );
    assert_eq!(log.state("14:20").error_reason.as_deref(), Some("a test"));
    // Something public: a retraction on the page, and on every channel where something went out.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.email("14:05", DutyKind::First)
        .tell("14:06", Channel::X, DutyKind::First)
        .in_error("14:10");
    check_at(
        &log,
        "14:10",
        &[
            ("page, email, X resolved", "D(14:25)"),
            ("LinkedIn, team resolved", "–"),
            ("report", "–"),
        ],
    );
    log.resolved("14:15").email("14:20", DutyKind::Resolved);
    log.tell("14:30", Channel::X, DutyKind::Resolved);
    check_at(
        &log,
        "14:30",
        &[
            ("page, email resolved", "✓ late=0"),
            ("X resolved", "✓ late=5m"),
            ("report", "–"),
            ("post-mortem", "–"),
        ],
    );
    assert_eq!(log.state("14:30").phase, Phase::InError);
    // Said twice, or after the resolution, it changes nothing.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.resolved("14:05").in_error("14:10");
    assert_eq!(log.state("14:10").phase, Phase::Resolved);
}

#[test]
fn rule_7_the_page_gets_a_clock_where_it_was_told_after_the_end() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.button("11:00");
    super::post_by_hand(&mut log, "11:10", "11:05", IncidentStatus::Investigating);
    check_at(&log, "11:10", &[("page resolved", "–")]);
    log.reopened("11:20");
    check_at(&log, "11:20", &[("page reopened", "D(15:20)"), ("page first", "L why=Resolved")]);
}

#[test]
fn rule_7_a_skipped_reopened_message_is_done_by_one_sent_after_all() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let reopened = |channel| key(2, DutyKind::Reopened, channel);
    log.page("14:05")
        .email("14:06", DutyKind::First)
        .skip("14:07", first(Channel::LinkedIn), "no account")
        .resolved("15:00")
        .email("15:01", DutyKind::Resolved)
        .reopened("16:00")
        .skip("16:01", reopened(Channel::Page), "page is down")
        .skip("16:01", reopened(Channel::Email), "later");
    // What was posted before the reopening does not count as sent after all.
    log.by_hand("16:02", "15:30", message(Channel::Email, DutyKind::First));
    check_at(&log, "16:02", &[("page, email reopened", "S")]);
    // Nor is a duty of the first episode answered in the second.
    log.answer("16:03", first(Channel::LinkedIn));
    check_at(&log, "16:03", &[("LinkedIn first", "S")]);
    let mut silent = log.run.clone();
    log.page("16:10");
    check_at(&log, "16:10", &[("page reopened", "✓ late=0"), ("email reopened", "S")]);
    // Its readers still believe the first resolved message: no second one is owed.
    std::mem::swap(&mut log.run, &mut silent);
    log.resolved("16:20");
    check_at(&log, "16:20", &[("page reopened", "✓ late=5m")]);
    let second = |duty: &allclear::sop::duty::Duty| {
        duty.key == key(2, DutyKind::Resolved, Channel::Email)
    };
    assert!(!log.duties("16:20").iter().any(second));
}

#[test]
fn rule_10_nothing_is_retracted_where_the_last_word_was_resolved() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05")
        .email("14:06", DutyKind::First)
        .resolved("15:00")
        .email("15:01", DutyKind::Resolved)
        .reopened("16:00")
        .in_error("16:05");
    let owed = log.duties("16:05").into_iter().filter(allclear::sop::duty::Duty::is_open);
    assert_eq!(owed.count(), 0);
    // It cannot be reopened, nor does a change of its type start a clock.
    log.reopened("16:10").change_type("16:11", "breach");
    assert_eq!((log.state("16:11").phase, log.state("16:11").episode), (Phase::InError, 2));
    check_at(&log, "16:11", &[("regulator", "–")]);
    log.personal_data("16:12", allclear::sop::event::PersonalData::Affected);
    check_at(&log, "16:12", &[("regulator", "–")]);
}

#[test]
fn rule_6_at_the_second_of_the_resolution() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").email("14:06", DutyKind::First).resolved("15:00");
    log.email("15:00", DutyKind::Resolved);
    check_at(&log, "15:00", &[("email resolved", "✓")]);
    // Out in that very second, it was out before the end.
    log.by_hand("15:10", "15:00", message(Channel::X, DutyKind::First));
    check_at(&log, "15:10", &[("X resolved", "D(15:15)")]);
    // "Resolved" said too early to people who had heard nothing: they are told again when it is true.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.tell("14:10", Channel::X, DutyKind::Resolved).resolved("14:20");
    check_at(&log, "14:20", &[("X resolved", "D(14:35)")]);
    // A telling after the end is not the one that was skipped before it.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.skip("14:01", first(Channel::Team), "alone").resolved("14:20");
    log.tell("14:30", Channel::Team, DutyKind::First);
    check_at(&log, "14:30", &[("team first", "S")]);
}

#[test]
fn rule_2_a_resolved_post_makes_no_promise() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.send("14:20", post(IncidentStatus::Resolved, Severity::P0, Some(at("14:35"))));
    assert_eq!(log.state("14:20").page.unwrap().promise, None);
    let score = allclear::sop::score::score(&log.sop, &log.run, at("15:00")).unwrap();
    assert_eq!(score.promises, []);
}

#[test]
fn rule_11_a_page_post_of_an_earlier_episode_that_becomes_known_late_is_closed_there() {
    let goes_on = || post(IncidentStatus::Identified, Severity::P2, None);
    let again = || {
        let mut log = Log::declared(Severity::P2, "10:00");
        log.button("10:30").reopened("11:00");
        log
    };
    // Known in the next episode: the page has a clock as if it had been known in time.
    let mut log = again();
    log.by_hand("11:02", "10:20", goes_on());
    check_at(&log, "11:02", &[("page reopened", "D(15:00)")]);
    log.in_error("11:05");
    check_at(&log, "11:05", &[("page resolved", "D(15:05)"), ("page reopened", "L")]);
    log.resolved("11:10");
    check_at(&log, "11:10", &[("page resolved", "✓")]);
    // Known after the next one was over, or was none.
    let mut log = again();
    log.button("11:10").by_hand("11:15", "10:20", goes_on());
    check_at(&log, "11:15", &[("page resolved", "D(15:10)")]);
    let mut log = again();
    log.in_error("11:10").by_hand("11:15", "10:20", goes_on());
    check_at(&log, "11:15", &[("page resolved", "D(15:10)")]);
    // One that is older than the newest counts only in the score.
    let mut log = again();
    log.send("11:05", post(IncidentStatus::Resolved, Severity::P2, None)).by_hand("11:15", "10:20", goes_on());
    check_at(&log, "11:15", &[("page resolved", "✓"), ("page reopened", "–")]);
}
