//! Updates, raising and lowering (rules 1, 4 and 5).

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, DutyState, Mode};
use allclear::sop::event::EventKind;
use allclear::sop::severity::Severity;

use super::{first, update};
use crate::sop::support::at;
use crate::sop::support::log::{Log, post};
use crate::sop::support::table::{check, check_at};

#[test]
fn rule_1_an_update_without_a_promise_is_counted_from_the_post() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page_without_promise("14:05:20");
    check_at(&log, "14:06", &[("page update", "W(14:20:20) opens=14:15:20")]);
    log.severity("14:10", Severity::P1);
    check_at(&log, "14:10", &[("page update", "W(15:05:20) opens=15:00:20")]);
    // Never earlier than it was.
    log.severity("14:11", Severity::P0);
    check_at(&log, "14:11", &[("page update", "D(14:26) opens=14:11")]);
    log.severity("14:30", Severity::P1);
    check_at(&log, "14:30", &[("page update", "W(15:05:20)")]);
    log.severity("14:31", Severity::P2);
    check_at(&log, "14:31", &[("page update", "L why=SeverityLowered")]);
}

#[test]
fn an_open_duty_names_the_clause_of_the_severity_that_asks_for_it_now() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:30");
    for (at, severity, words) in [
        ("10:31", Severity::P1, "Status page update (every hour)"),
        ("10:50", Severity::P0, "Status page update (every 15 minutes)"),
        ("10:55", Severity::P1, "Status page update (every hour)"),
        // It was promised; a severity without updates has no words for that.
        ("10:56", Severity::P2, "Status page update (every hour)"),
    ] {
        log.severity(at, severity);
        let duties = log.duties(at);
        let clause = &duties.iter().find(|duty| duty.key == update(1)).unwrap().clause;
        assert!(clause.ends_with(words), "{at}: {clause}");
    }
}

#[test]
fn rule_4_the_raised_update_returns_to_the_promise_when_lowered_again() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:30").severity("10:50", Severity::P0).severity("10:55", Severity::P1);
    check(
        &log,
        &["10:49", "10:50", "10:55", "11:30:01"],
        &[(
            "page update",
            &["W(11:30) opens=11:10", "D(11:05) opens=10:50", "W(11:30) opens=11:10", "O(11:30)"],
        )],
    );
    // The one that a raise made where no promise stood is not put earlier, nor back.
    let mut log = Log::declared(Severity::P2, "10:00");
    log.page("10:20").severity("12:00", Severity::P0).severity("12:05", Severity::P1);
    check_at(&log, "12:05", &[("page update", "D(12:15)")]);
    log.severity("12:16", Severity::P2);
    check_at(&log, "12:16", &[("page update", "M why=SeverityLowered")]);
    // A raise before the first post makes no update.
    let mut log = Log::declared(Severity::P1, "10:00");
    log.severity("10:50", Severity::P0);
    check_at(&log, "10:50", &[("page update", "–")]);
}

#[test]
fn rule_4_skips_at_a_raise() {
    // The answer to an "if needed" duty ends; the first duty of the new severity runs from the raise.
    let mut log = Log::declared(Severity::P2, "10:00");
    log.skip("10:30", first(Channel::Page), "internal only").severity("12:00", Severity::P0);
    check_at(&log, "12:00", &[("page first", "D(12:15)")]);
    let old = log.duties("12:00").into_iter().find(|duty| duty.key == first(Channel::Page));
    assert!(matches!(old.unwrap().state, DutyState::Skipped { .. }), "the skip stays to be read");
    log.page("12:10");
    check_at(&log, "12:10", &[("page first", "✓ late=0")]);
    let old = log.duties("12:10").into_iter().find(|duty| duty.key == first(Channel::Page));
    assert!(matches!(old.unwrap().state, DutyState::Skipped { .. }), "only the newest is done");
    // An optional one too, in the mode of the new severity.
    let mut log = Log::declared(Severity::P3, "10:00");
    log.skip("10:30", first(Channel::Page), "cosmetic").severity("12:00", Severity::P2);
    check_at(&log, "12:00", &[("page first", "D(16:00)")]);
    assert_eq!(log.duties("12:00").last().unwrap().key.kind, DutyKind::Raised);
    let new = log.duties("12:00").into_iter().find(|duty| duty.key.seq == 2).unwrap();
    assert_eq!(new.mode, Mode::Conditional);
    // Answered Post and skipped then is still the answer to an "if needed" duty.
    let mut log = Log::declared(Severity::P2, "10:00");
    log.answer("10:10", first(Channel::Page))
        .skip("10:30", first(Channel::Page), "not needed")
        .severity("12:00", Severity::P1);
    check_at(&log, "12:00", &[("page first", "D(13:00)"), ("email first", "D(13:00)")]);
    // Other skips stand.
    let mut log = Log::declared(Severity::P1, "10:00");
    log.skip("10:10", first(Channel::Page), "no page")
        .skip("10:10", first(Channel::Email), "no list")
        .skip("10:10", first(Channel::Team), "alone")
        .severity("10:30", Severity::P0);
    check_at(
        &log,
        "10:30",
        &[("page, email, team first", "S"), ("team raised", "D(10:45)"), ("X first", "W(11:00)")],
    );
}

#[test]
fn rule_4_what_lapsed_unanswered_or_by_lowering_is_asked_anew() {
    let mut log = Log::declared(Severity::P3, "08:00");
    log.severity("03-10 09:00", Severity::P0);
    check_at(
        &log,
        "03-10 09:00",
        &[("page first", "D(03-10 09:15)"), ("email first", "D(03-10 09:15)")],
    );
    let mut log = Log::declared(Severity::P0, "14:00");
    log.severity("14:10", Severity::P2).severity("14:20", Severity::P0);
    check_at(
        &log,
        "14:20",
        &[
            ("email first", "D(14:35)"),
            ("X, LinkedIn first", "W(14:50) opens=14:35"),
            ("page first", "D(14:35)"),
        ],
    );
    let modes = |log: &Log, when: &str| {
        let duties = log.duties(when);
        duties.iter().find(|duty| duty.key == first(Channel::Page)).unwrap().mode
    };
    assert_eq!(modes(&log, "14:00"), Mode::Required);
    assert_eq!(modes(&log, "14:10"), Mode::Conditional);
    assert_eq!(modes(&log, "14:20"), Mode::Required);
}

#[test]
fn rule_4_a_second_raise_brings_reopened_and_raised_duties_forward() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:10")
        .email("10:10", DutyKind::First)
        .resolved("11:00")
        .email("11:01", DutyKind::Resolved)
        .reopened("12:00")
        .severity("12:10", Severity::P0);
    check_at(
        &log,
        "12:10",
        &[
            ("page, email, team reopened", "D(12:25)"),
            ("team raised", "D(12:25)"),
            ("X, LinkedIn first", "W(12:40) opens=12:25"),
            ("page update", "✓"),
        ],
    );
    let mut log = Log::declared(Severity::P2, "10:00");
    log.severity("10:10", Severity::P1).severity("10:20", Severity::P0);
    let raised: Vec<_> = log
        .duties("10:20")
        .into_iter()
        .filter(|duty| duty.key.kind == DutyKind::Raised)
        .map(|duty| (duty.key.seq, duty.due_at))
        .collect();
    assert_eq!(raised, [(1, Some(at("10:35"))), (2, Some(at("10:35")))]);
    log.tell("10:30", Channel::Team, DutyKind::Raised);
    let open = |duty: &&allclear::sop::duty::Duty| {
        duty.key.channel == Some(Channel::Team) && duty.is_open()
    };
    assert_eq!(log.duties("10:30").iter().filter(open).count(), 0, "one telling meets them all");
}

#[test]
fn rule_5_first_duties_move_to_where_they_run_from_and_reopened_ones_stay() {
    // Made by a raise, it runs from the raise.
    let mut log = Log::declared(Severity::P2, "10:00");
    log.page("10:05").severity("12:00", Severity::P0).severity("12:20", Severity::P1);
    check_at(&log, "12:20", &[("email first", "D(13:00)"), ("X, LinkedIn first", "L")]);
    // It may so cease to be overdue, and counts as late in the score.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.severity("14:20", Severity::P1);
    check(&log, &["14:19", "14:20"], &[("page, email first", &["O(14:15)", "D(15:00)"])]);
    // Never earlier than it was: from the raise at 14:10, P1's hour ends before the declaration's four.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.resolved("14:10").reopened("15:00").severity("15:05", Severity::P1);
    check_at(
        &log,
        "15:05",
        &[
            ("page reopened", "D(15:15)"),
            ("team reopened", "D(15:15)"),
            ("email first", "D(16:00)"),
            ("X, LinkedIn first", "L why=SeverityLowered"),
        ],
    );
    // To an optional severity: it lapses unanswered at the end of the new window.
    let mut log = Log::declared(Severity::P1, "14:00");
    log.severity("14:20", Severity::P3);
    check(
        &log,
        &["14:20", "03-10 14:00:01"],
        &[("page first", &["D(03-10 14:00)", "L why=Unanswered"]), ("email first", &["L", "L"])],
    );
}

#[test]
fn rule_4_a_channel_that_was_told_unasked_gets_no_first_duty() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.email("10:05", DutyKind::First).severity("10:30", Severity::P0);
    check_at(&log, "10:30", &[("email first", "–"), ("X first", "W(11:00)")]);
}

#[test]
fn rule_5_a_first_duty_is_never_due_earlier_than_it_was() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.sop.severities.p1.response = chrono::TimeDelta::minutes(5);
    log.severity("14:02", Severity::P1);
    check_at(&log, "14:02", &[("page, email, team first", "D(14:15)")]);
}

#[test]
fn rule_1_a_promise_is_kept_even_where_the_severity_had_lost_its_cadence_when_it_was_printed() {
    // Two consoles: the severity was lowered while the post was being written under the old one.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.say("14:04", EventKind::SeverityChanged { to: Severity::P2, reason: String::new() });
    log.page("14:05");
    check_at(&log, "14:05", &[("page update", "W(14:20) opens=14:15")]);
    // Of two posts in one second the later entry counts.
    log.send("14:05", post(IncidentStatus::Identified, Severity::P0, Some(at("14:19"))));
    check_at(&log, "14:05", &[("page update", "W(14:19) opens=14:14")]);
}

#[test]
fn rule_4_a_post_under_the_severity_of_before_the_raise_does_not_take_the_new_pace_away() {
    let hourly = || post(IncidentStatus::Investigating, Severity::P1, Some(at("15:05")));
    let raised = EventKind::SeverityChanged { to: Severity::P0, reason: String::new() };
    let mut log = Log::declared(Severity::P1, "14:00");
    // Frozen before the raise, or by a console that had not read of it; the first post, and one after it.
    log.say("14:05:06", raised.clone()).send("14:05:15", hourly());
    check_at(&log, "14:05:15", &[("page update", "D(14:20:15)")]);
    log.send("14:05:40", hourly());
    check_at(&log, "14:05:40", &[("page update", "D(14:20:40)")]);
    let update = log.duties("14:06").into_iter().rfind(|duty| duty.key.kind == DutyKind::Update).unwrap();
    assert!(update.promised, "it was promised, and cannot be skipped");
    // Lowered again, the promise is what counts; and one that comes sooner counts at once.
    log.severity("14:10", Severity::P1);
    check_at(&log, "14:10", &[("page update", "W(15:05)")]);
    let mut log = Log::declared(Severity::P1, "14:00");
    log.say("14:55", raised.clone()).send("14:56", hourly());
    check_at(&log, "14:56", &[("page update", "D(15:05)")]);
    // Known only after the raise, it is as if it had been known before: from the raise.
    for promise in [Some(at("15:05")), None] {
        let mut log = Log::declared(Severity::P1, "14:00");
        let post = post(IncidentStatus::Investigating, Severity::P1, promise);
        log.say("14:20", raised.clone()).by_hand("14:25", "14:06", post);
        check_at(&log, "14:25", &[("page update", "D(14:35)")]);
    }
}
