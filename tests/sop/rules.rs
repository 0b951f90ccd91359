//! The rules of `duties.md` that no worked example shows, one by one.

use allclear::domain::incident::IncidentStatus;
use allclear::domain::promise;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKey, DutyKind, DutyState, Mode, next_due};
use allclear::sop::event::{Event, EventId, Outcome, PersonalData, Receipt, TimeFact, What};
use allclear::sop::run::{LedgerState, Phase};
use allclear::sop::severity::Severity;
use chrono::{DateTime, TimeDelta, Utc};

use crate::support::at;
use crate::support::log::{Log, key, message, post};
use crate::support::table::{check, check_at};

fn update(seq: u32) -> DutyKey {
    DutyKey {
        seq,
        ..key(1, DutyKind::Update, Channel::Page)
    }
}

fn first(channel: Channel) -> DutyKey {
    key(1, DutyKind::First, channel)
}

fn post_by_hand(log: &mut Log, when: &str, posted: &str, status: IncidentStatus) {
    log.by_hand(when, posted, post(status, Severity::P0, None));
}

#[test]
fn next_due_goes_by_due_time_then_by_channel() {
    let log = Log::declared(Severity::P0, "14:00");
    let mut duties = log.duties("14:00");
    let mut order = Vec::new();
    while let Some(next) = next_due(&duties).map(|duty| duty.key) {
        order.push(next.channel);
        duties.retain(|duty| duty.key != next);
    }
    let expected = [
        Channel::Team,
        Channel::Page,
        Channel::Email,
        Channel::X,
        Channel::LinkedIn,
    ];
    assert_eq!(order, expected.map(Some));
    let mut breach = Log::declared_as("breach", Severity::P3, "14:00", "14:00", None);
    breach.resolved("14:10");
    assert_eq!(
        next_due(&breach.duties("14:11")).unwrap().key.kind,
        DutyKind::Regulator
    );
}

#[test]
fn rule_1_an_update_without_a_promise_is_counted_from_the_post() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page_without_promise("14:05:20");
    check_at(
        &log,
        "14:06",
        &[("page update", "W(14:20:20) opens=14:15:20")],
    );
    log.severity("14:10", Severity::P1);
    check_at(
        &log,
        "14:10",
        &[("page update", "W(15:05:20) opens=15:00:20")],
    );
    // Never earlier than it was.
    log.severity("14:11", Severity::P0);
    check_at(&log, "14:11", &[("page update", "D(14:26) opens=14:11")]);
    log.severity("14:30", Severity::P1);
    check_at(&log, "14:30", &[("page update", "W(15:05:20)")]);
    log.severity("14:31", Severity::P2);
    check_at(&log, "14:31", &[("page update", "L why=SeverityLowered")]);
}

#[test]
fn rule_4_the_raised_update_returns_to_the_promise_when_lowered_again() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:30")
        .severity("10:50", Severity::P0)
        .severity("10:55", Severity::P1);
    check(
        &log,
        &["10:49", "10:50", "10:55", "11:30:01"],
        &[(
            "page update",
            &[
                "W(11:30) opens=11:10",
                "D(11:05) opens=10:50",
                "W(11:30) opens=11:10",
                "O(11:30)",
            ],
        )],
    );
    // The one that a raise made where no promise stood is not put earlier, nor back.
    let mut log = Log::declared(Severity::P2, "10:00");
    log.page("10:20")
        .severity("12:00", Severity::P0)
        .severity("12:05", Severity::P1);
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
    log.skip("10:30", first(Channel::Page), "internal only")
        .severity("12:00", Severity::P0);
    check_at(&log, "12:00", &[("page first", "D(12:15)")]);
    let old = log
        .duties("12:00")
        .into_iter()
        .find(|duty| duty.key == first(Channel::Page));
    assert!(
        matches!(old.unwrap().state, DutyState::Skipped { .. }),
        "the skip stays to be read"
    );
    log.page("12:10");
    check_at(&log, "12:10", &[("page first", "✓ late=0")]);
    let old = log
        .duties("12:10")
        .into_iter()
        .find(|duty| duty.key == first(Channel::Page));
    assert!(
        matches!(old.unwrap().state, DutyState::Skipped { .. }),
        "only the newest is done"
    );
    // An optional one too, in the mode of the new severity.
    let mut log = Log::declared(Severity::P3, "10:00");
    log.skip("10:30", first(Channel::Page), "cosmetic")
        .severity("12:00", Severity::P2);
    check_at(&log, "12:00", &[("page first", "D(16:00)")]);
    assert_eq!(
        log.duties("12:00").last().unwrap().key.kind,
        DutyKind::Raised
    );
    let new = log
        .duties("12:00")
        .into_iter()
        .find(|duty| duty.key.seq == 2)
        .unwrap();
    assert_eq!(new.mode, Mode::Conditional);
    // Answered Post and skipped then is still the answer to an "if needed" duty.
    let mut log = Log::declared(Severity::P2, "10:00");
    log.answer("10:10", first(Channel::Page))
        .skip("10:30", first(Channel::Page), "not needed")
        .severity("12:00", Severity::P1);
    check_at(
        &log,
        "12:00",
        &[("page first", "D(13:00)"), ("email first", "D(13:00)")],
    );
    // Other skips stand.
    let mut log = Log::declared(Severity::P1, "10:00");
    log.skip("10:10", first(Channel::Page), "no page")
        .skip("10:10", first(Channel::Email), "no list")
        .skip("10:10", first(Channel::Team), "alone")
        .severity("10:30", Severity::P0);
    check_at(
        &log,
        "10:30",
        &[
            ("page, email, team first", "S"),
            ("team raised", "D(10:45)"),
            ("X first", "W(11:00)"),
        ],
    );
}

#[test]
fn rule_4_what_lapsed_unanswered_or_by_lowering_is_asked_anew() {
    let mut log = Log::declared(Severity::P3, "08:00");
    log.severity("03-10 09:00", Severity::P0);
    check_at(
        &log,
        "03-10 09:00",
        &[
            ("page first", "D(03-10 09:15)"),
            ("email first", "D(03-10 09:15)"),
        ],
    );
    let mut log = Log::declared(Severity::P0, "14:00");
    log.severity("14:10", Severity::P2)
        .severity("14:20", Severity::P0);
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
        duties
            .iter()
            .find(|duty| duty.key == first(Channel::Page))
            .unwrap()
            .mode
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
    log.severity("10:10", Severity::P1)
        .severity("10:20", Severity::P0);
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
    assert_eq!(
        log.duties("10:30").iter().filter(open).count(),
        0,
        "one telling meets them all"
    );
}

#[test]
fn rule_5_first_duties_move_to_where_they_run_from_and_reopened_ones_stay() {
    // Made by a raise, it runs from the raise.
    let mut log = Log::declared(Severity::P2, "10:00");
    log.page("10:05")
        .severity("12:00", Severity::P0)
        .severity("12:20", Severity::P1);
    check_at(
        &log,
        "12:20",
        &[("email first", "D(13:00)"), ("X, LinkedIn first", "L")],
    );
    // It may so cease to be overdue, and counts as late in the score.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.severity("14:20", Severity::P1);
    check(
        &log,
        &["14:19", "14:20"],
        &[("page, email first", &["O(14:15)", "D(15:00)"])],
    );
    // Never earlier than it was: from the raise at 14:10, P1's hour ends before the declaration's four.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.resolved("14:10")
        .reopened("15:00")
        .severity("15:05", Severity::P1);
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
        &[
            ("page first", &["D(03-10 14:00)", "L why=Unanswered"]),
            ("email first", &["L", "L"]),
        ],
    );
}

#[test]
fn rule_6_the_button_is_for_incidents_with_nothing_on_the_page() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.button("10:10");
    assert_eq!(
        log.state("10:10").phase,
        Phase::Open,
        "the first post is neither done nor skipped"
    );
    log.skip("10:20", first(Channel::Page), "page is down")
        .button("10:30");
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
    log.severity("10:10", Severity::P1)
        .severity("10:20", Severity::P3)
        .page("10:30");
    log.resolved("11:00");
    check_at(
        &log,
        "11:00",
        &[
            ("report", "D(03-11 11:00)"),
            ("post-mortem", "D(03-16 11:00)"),
        ],
    );
    assert_eq!(log.state("11:00").worst_severity, Severity::P1);
    // Resolved on an "if needed" email that was never owed: none.
    check_at(&log, "11:00", &[("email resolved", "–")]);
}

#[test]
fn rule_6_a_message_sent_without_being_asked_is_closed_too() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.email("10:05", DutyKind::First)
        .page("10:10")
        .resolved("11:00");
    check_at(
        &log,
        "11:00",
        &[("email first", "–"), ("email resolved", "D(15:00)")],
    );
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
    log.page("14:05")
        .resolved("15:00")
        .email("16:00", DutyKind::Report);
    let done = |text: &str| What::PostmortemDone {
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
        duties
            .into_iter()
            .find(|duty| duty.key == key)
            .unwrap()
            .state
    };
    assert_eq!(
        report(1),
        DutyState::Done {
            at: at("16:00"),
            late_seconds: 0
        }
    );
    assert_eq!(report(2), DutyState::Due);
    check_at(
        &log,
        "18:00",
        &[
            ("report", "D(03-11 18:00)"),
            ("post-mortem", "D(03-16 18:00)"),
        ],
    );
}

#[test]
fn rule_7_an_offered_postmortem_is_replaced_too() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.page("10:05").resolved("11:00").reopened("12:00");
    check_at(
        &log,
        "12:00",
        &[
            ("post-mortem", "L why=Replaced"),
            ("page reopened", "D(16:00)"),
        ],
    );
    log.resolved("13:00");
    check_at(&log, "13:00", &[("post-mortem", "offered")]);
}

#[test]
fn rule_7_told_but_not_told_resolved_is_owed_nothing_until_the_next_resolution() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:05")
        .email("10:06", DutyKind::First)
        .resolved("11:00")
        .reopened("11:30");
    check_at(
        &log,
        "11:30",
        &[
            ("email resolved", "L why=Replaced"),
            ("email reopened", "–"),
            ("email first", "✓"),
        ],
    );
    log.page("11:40").resolved("12:00");
    check_at(
        &log,
        "12:00",
        &[("email resolved", "D(13:00)"), ("page reopened", "✓")],
    );
}

#[test]
fn rule_7_the_social_reopened_window_falls_back_to_r() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:05")
        .tell("10:06", Channel::X, DutyKind::First)
        .resolved("11:00")
        .tell("11:05", Channel::X, DutyKind::Resolved)
        .reopened("12:00");
    check_at(
        &log,
        "12:00",
        &[
            ("X reopened", "W(13:00) opens=12:45"),
            ("LinkedIn first", "–"),
        ],
    );
}

#[test]
fn rule_7_only_what_is_resolved_can_be_reopened_and_a_gap_does_not_count() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.reopened("14:10");
    assert_eq!(log.state("14:10").episode, 1);
    log.impact_ended("14:30", "14:20")
        .resolved("15:00")
        .reopened("16:00");
    let state = log.state("16:30");
    assert_eq!(state.earlier_episodes, TimeDelta::minutes(20));
    assert_eq!(state.duration, TimeDelta::minutes(50));
    assert_eq!(
        (state.impact_started, state.first_impact_started),
        (at("16:00"), at("14:00"))
    );
    assert_eq!(state.impact_ended, None);
}

#[test]
fn rule_8_skipping_an_unpromised_update_sets_the_next() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page_without_promise("14:05")
        .skip("14:18", update(1), "nothing new");
    check_at(&log, "14:18", &[("page update", "W(14:35) opens=14:30")]);
    log.answer("14:19", update(1));
    let skipped = log
        .duties("14:19")
        .into_iter()
        .find(|duty| duty.key == update(1))
        .unwrap();
    assert!(
        matches!(skipped.state, DutyState::Skipped { .. }),
        "a skipped update stays skipped"
    );
    log.page("14:30");
    let duties = log.duties("14:30");
    let states: Vec<_> = duties
        .iter()
        .filter(|duty| duty.key.kind == DutyKind::Update)
        .map(|duty| &duty.state)
        .collect();
    assert!(matches!(
        states.as_slice(),
        [
            DutyState::Skipped { .. },
            DutyState::Done { .. },
            DutyState::Waiting
        ]
    ));
}

#[test]
fn rule_8_a_promise_that_a_raise_overtook_still_cannot_be_skipped() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:30")
        .severity("10:50", Severity::P0)
        .skip("10:55", update(1), "busy");
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
    log.skip(
        "15:01",
        key(1, DutyKind::Resolved, Channel::Email),
        "no list",
    );
    log.email("15:05", DutyKind::Resolved);
    check_at(&log, "15:05", &[("email resolved", "✓")]);
}

#[test]
fn rule_8_an_answer_post_reopens_the_newest_skipped_duty_only() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.skip("14:05", first(Channel::Email), "no list")
        .answer("14:06", first(Channel::Email));
    check_at(&log, "14:06", &[("email first", "D(14:15)")]);
    log.skip("14:07", first(Channel::Email), "no list")
        .resolved("14:10");
    log.answer("14:11", first(Channel::Email));
    check_at(
        &log,
        "14:11",
        &[("email first", "S"), ("email resolved", "–")],
    );
}

#[test]
fn rule_9_email_is_met_by_its_first_batch_and_done_when_finished() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let op = "mail".to_owned();
    log.say(
        "14:20",
        What::SendStarted {
            op: op.clone(),
            message: message(Channel::Email, DutyKind::First),
        },
    );
    let accepted = Outcome::Accepted {
        receipt: Receipt::default(),
    };
    log.say(
        "14:21",
        What::SendAnswered {
            op: op.clone(),
            outcome: accepted,
        },
    );
    check_at(&log, "14:20:30", &[("email first", "O(14:15)")]);
    let mail = |log: &Log, when: &str| {
        log.duties(when)
            .into_iter()
            .find(|duty| duty.key == first(Channel::Email))
            .unwrap()
    };
    assert_eq!(
        (mail(&log, "14:21").state, mail(&log, "14:21").met),
        (DutyState::Due, true)
    );
    // Its due time no longer moves, and it neither lapses nor is missed.
    log.severity("14:22", Severity::P1).resolved("14:30");
    assert_eq!(mail(&log, "14:30").due_at, Some(at("14:15")));
    assert_eq!(mail(&log, "14:30").state, DutyState::Due);
    check_at(&log, "14:30", &[("email resolved", "D(15:30)")]);
    log.skip("14:31", first(Channel::Email), "enough");
    assert_eq!(mail(&log, "14:31").state, DutyState::Due);
    log.reopened("14:40").in_error("14:45");
    assert_eq!(mail(&log, "14:45").state, DutyState::Due);
    log.say(
        "14:50",
        What::EmailFinished {
            op: "other".to_owned(),
            failed: 0,
        },
    );
    assert_eq!(mail(&log, "14:50").state, DutyState::Due);
    log.say("14:51", What::EmailFinished { op, failed: 2 });
    let done = mail(&log, "14:51");
    assert_eq!(
        done.state,
        DutyState::Done {
            at: at("14:20"),
            late_seconds: 300
        }
    );
    assert!(!done.met);
    assert_eq!(log.state("14:51").ledger[0].not_reached, Some(2));
}

#[test]
fn rule_10_declared_in_error() {
    // Nothing public yet: closed.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.tell("14:01", Channel::Team, DutyKind::First)
        .in_error("14:20");
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
fn rule_11_by_hand_closes_what_is_open_at_the_time_it_was_posted() {
    let mut log = Log::declared(Severity::P0, "14:00");
    post_by_hand(&mut log, "14:20", "14:10", IncidentStatus::Identified);
    log.by_hand("14:25", "14:22", message(Channel::Email, DutyKind::First));
    check_at(
        &log,
        "14:25",
        &[
            ("page first", "✓ late=0"),
            ("page update", "D(14:25) opens=14:20"),
            ("email first", "✓ late=7m"),
        ],
    );
    // Nothing was posted after it was said to be.
    log.by_hand("14:26", "14:40", message(Channel::X, DutyKind::First));
    let x = log.state("14:26").ledger.last().unwrap().at;
    assert_eq!(x, at("14:26"));
}

#[test]
fn rule_11_an_older_post_counts_only_in_the_score_but_resolved_resolves() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:10");
    let before = log.duties("14:15");
    post_by_hand(&mut log, "14:15", "14:05", IncidentStatus::Monitoring);
    assert_eq!(log.duties("14:15"), before);
    assert_eq!(log.state("14:15").page.unwrap().at, at("14:10"));
    post_by_hand(&mut log, "14:16", "14:08", IncidentStatus::Resolved);
    assert_eq!(log.state("14:16").resolved_at, Some(at("14:08")));
    check_at(
        &log,
        "14:16",
        &[("page resolved", "✓"), ("report", "D(03-11 14:08)")],
    );
}

#[test]
fn rule_11_what_ended_stays_and_what_was_made_later_is_not_met() {
    // Lapsed by lowering, then said to have been posted before: stays.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.severity("14:10", Severity::P1);
    log.by_hand("14:12", "14:05", message(Channel::X, DutyKind::First));
    check_at(&log, "14:12", &[("X first", "L")]);
    // A raised duty made after the telling is not met by it.
    let mut log = Log::declared(Severity::P1, "14:00");
    log.severity("14:10", Severity::P0);
    log.by_hand("14:12", "14:05", message(Channel::Team, DutyKind::First));
    check_at(
        &log,
        "14:12",
        &[("team first", "✓"), ("team raised", "D(14:25)")],
    );
    // Nor a reopened one, nor a resolved one.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05")
        .email("14:06", DutyKind::First)
        .resolved("15:00");
    log.by_hand(
        "15:05",
        "14:55",
        message(Channel::Email, DutyKind::Resolved),
    );
    check_at(&log, "15:05", &[("email resolved", "D(15:15)")]);
    log.email("15:06", DutyKind::Resolved).reopened("16:00");
    log.by_hand(
        "16:05",
        "15:55",
        message(Channel::Email, DutyKind::Reopened),
    );
    post_by_hand(&mut log, "16:06", "15:56", IncidentStatus::Investigating);
    check_at(
        &log,
        "16:06",
        &[
            ("email reopened", "D(16:15)"),
            ("page reopened", "D(16:15)"),
        ],
    );
    // At the very second it is met.
    log.by_hand(
        "16:07",
        "16:00",
        message(Channel::Email, DutyKind::Reopened),
    );
    check_at(&log, "16:07", &[("email reopened", "✓")]);
}

#[test]
fn rule_11_what_became_known_late_is_closed_publicly_too() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").resolved("15:00");
    log.by_hand("15:10", "14:20", message(Channel::X, DutyKind::First));
    check_at(
        &log,
        "15:10",
        &[("X first", "M why=Resolved"), ("X resolved", "D(15:15)")],
    );
    log.by_hand(
        "15:11",
        "15:05",
        message(Channel::LinkedIn, DutyKind::First),
    );
    check_at(&log, "15:11", &[("LinkedIn resolved", "–")]);
    // The resolved message of the first episode, said in the second, is false by then.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05")
        .email("14:06", DutyKind::First)
        .resolved("15:00")
        .reopened("16:00");
    check_at(&log, "16:00", &[("email reopened", "–")]);
    log.by_hand(
        "16:05",
        "15:30",
        message(Channel::Email, DutyKind::Resolved),
    );
    check_at(&log, "16:05", &[("email reopened", "D(16:15)")]);
    // In error, likewise.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.in_error("14:10");
    log.by_hand("14:12", "14:05", message(Channel::X, DutyKind::First));
    check_at(
        &log,
        "14:12",
        &[("X, page resolved", "D(14:25)"), ("email resolved", "–")],
    );
    // On the page after the button: it has to be closed there.
    let mut log = Log::declared(Severity::P2, "10:00");
    log.skip("10:05", first(Channel::Page), "internal")
        .button("11:00");
    post_by_hand(&mut log, "11:10", "10:30", IncidentStatus::Investigating);
    check_at(
        &log,
        "11:10",
        &[("page first", "S"), ("page resolved", "D(15:00)")],
    );
    log.resolved("11:20");
    check_at(&log, "11:20", &[("page resolved", "✓")]);
}

#[test]
fn rule_3_a_post_after_the_resolution_changes_no_duty() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").resolved("15:00");
    let before = log.duties("15:10");
    post_by_hand(&mut log, "15:10", "15:05", IncidentStatus::Investigating);
    assert_eq!(log.duties("15:10"), before);
    let state = log.state("15:10");
    assert_eq!(state.phase, Phase::Resolved);
    assert_eq!(
        state.page.unwrap().status,
        IncidentStatus::Investigating,
        "the console asks"
    );
    log.reopened("15:20");
    check_at(&log, "15:20", &[("page reopened", "D(15:35)")]);
}

#[test]
fn rule_12_post_makes_it_required() {
    let mut log = Log::declared(Severity::P3, "08:00");
    log.answer("09:00", first(Channel::Page));
    check(
        &log,
        &["03-10 08:00:00", "03-10 08:00:01"],
        &[("page first", &["D", "O"])],
    );
    // Answered, it stays required under a lower severity.
    let mut log = Log::declared(Severity::P2, "08:00");
    log.answer("09:00", first(Channel::Page))
        .severity("09:10", Severity::P3);
    check_at(&log, "03-10 08:00:01", &[("page first", "O(03-10 08:00)")]);
    // Once it lapsed it is over.
    let mut log = Log::declared(Severity::P3, "08:00");
    log.answer("03-10 09:00", first(Channel::Page))
        .page("03-10 09:10");
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
    log.say(
        "14:25",
        What::TimeSet {
            time: TimeFact::BecameAware,
            value: at("13:00"),
        },
    );
    check_at(&log, "14:25", &[("regulator", "D(03-12 13:00)")]);
    log.change_type("14:30", "outage");
    check_at(&log, "14:30", &[("regulator", "L why=TypeChanged")]);
    log.change_type("14:40", "breach");
    check_at(&log, "14:40", &[("regulator", "D(03-12 13:00)")]);
    log.say("15:00", What::RegulatorNotified { reference: None })
        .change_type("15:10", "outage");
    log.change_type("15:20", "breach");
    check_at(&log, "15:20", &[("regulator", "✓")]);
    let made = log
        .duties("15:20")
        .iter()
        .filter(|duty| duty.key.kind == DutyKind::Regulator)
        .count();
    assert_eq!(made, 3, "once done it is not made again");
    // Overdue, it is missed.
    let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
    log.change_type("03-12 14:00:01", "outage");
    check_at(
        &log,
        "03-12 14:00:01",
        &[("regulator", "M why=TypeChanged")],
    );
    // It outlives resolution and reopening.
    let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
    log.resolved("15:00").reopened("16:00");
    check_at(&log, "16:00", &[("regulator", "D(03-12 14:00)")]);
    log.skip(
        "16:01",
        DutyKey {
            episode: 1,
            kind: DutyKind::Regulator,
            channel: None,
            seq: 1,
        },
        "no",
    );
    log.say("16:10", What::RegulatorNotified { reference: None });
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
    check_at(
        &log,
        "15:20",
        &[("page reopened", "D blocked"), ("team reopened", "D open")],
    );
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
    log.approve("15:40", "Grace")
        .change_type("15:41", "security");
    assert!(!log.state("15:41").needs_approval);
    log.change_type("15:50", "outage");
    assert!(!log.state("15:50").needs_approval);
    assert_eq!(log.state("15:50").approval, None);
}

#[test]
fn rule_15_corrected_times_decide_what_has_happened() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.offset_ms = Some(-120_000);
    "b".clone_into(&mut log.device);
    // A device two minutes slow says 14:03: it is 14:05.
    log.page_without_promise("14:03");
    check(
        &log,
        &["14:04:59", "14:05:00"],
        &[("page first", &["D", "✓"])],
    );
    check_at(&log, "14:05", &[("page update", "W(14:20)")]);
}

#[test]
fn a_send_counts_from_when_it_left_and_only_once_it_is_accepted() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let promise = Some(promise::promised(at("14:14"), TimeDelta::minutes(15)));
    let message = post(IncidentStatus::Investigating, Severity::P0, promise);
    let op = || "op".to_owned();
    let receipt = Receipt {
        vendor_id: Some("v1".to_owned()),
        link: None,
    };
    log.say(
        "14:14",
        What::SendStarted {
            op: op(),
            message: message.clone(),
        },
    );
    let unknown = Outcome::Unknown {
        reason: "no answer".to_owned(),
    };
    log.say(
        "14:14:30",
        What::SendAnswered {
            op: op(),
            outcome: unknown.clone(),
        },
    );
    // Raised, resolved or not meanwhile: the post was out before.
    log.severity("14:20", Severity::P1);
    log.say(
        "14:40",
        What::SendAnswered {
            op: op(),
            outcome: Outcome::Accepted {
                receipt: receipt.clone(),
            },
        },
    );
    let late = Outcome::Failed {
        reason: "late news".to_owned(),
    };
    log.say(
        "14:41",
        What::SendAnswered {
            op: op(),
            outcome: late,
        },
    );
    let state = |when: &str| log.state(when).ledger[0].state.clone();
    assert_eq!(state("14:14"), LedgerState::Queued);
    assert_eq!(
        state("14:30"),
        LedgerState::Unknown {
            reason: "no answer".to_owned()
        }
    );
    assert_eq!(state("14:41"), LedgerState::Sent { at: at("14:40") });
    assert_eq!(log.state("14:41").ledger[0].receipt, receipt);
    check(
        &log,
        &["14:15:01", "14:39", "14:40"],
        &[
            ("page first", &["O(14:15)", "D(15:00)", "✓ late=0"]),
            ("page update", &["–", "–", "O(14:29)"]),
        ],
    );
    // Failed closes nothing, and the same operation is started once.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.say(
        "14:05",
        What::SendStarted {
            op: op(),
            message: message.clone(),
        },
    );
    let failed = Outcome::Failed {
        reason: "refused".to_owned(),
    };
    log.say(
        "14:06",
        What::SendAnswered {
            op: op(),
            outcome: failed,
        },
    );
    log.say(
        "14:07",
        What::SendAnswered {
            op: op(),
            outcome: unknown,
        },
    );
    log.say("14:08", What::SendStarted { op: op(), message });
    check_at(&log, "14:08", &[("page first", "D"), ("page update", "–")]);
    let failed = LedgerState::Failed {
        reason: "refused".to_owned(),
    };
    assert_eq!(log.state("14:08").ledger.len(), 1);
    assert_eq!(log.state("14:08").ledger[0].state, failed);
    assert_eq!(log.state("14:08").first_public_at, None);
}

#[test]
fn events_that_make_no_sense_are_kept_and_ignored() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let before = (log.duties("14:30"), log.state("14:30"));
    let nothing = DutyKey {
        episode: 7,
        ..first(Channel::X)
    };
    log.skip("14:01", nothing, "why not")
        .answer("14:02", nothing)
        .answer("14:02", first(Channel::Email))
        .approve("14:03", "Grace")
        .impact_ended("14:04", "13:00")
        .severity("14:05", Severity::P0)
        .say(
            "14:06",
            What::EmailFinished {
                op: "none".to_owned(),
                failed: 0,
            },
        )
        .say(
            "14:06",
            What::DeclaredInError {
                reason: " ".to_owned(),
            },
        )
        .say("14:07", What::RegulatorNotified { reference: None })
        .say(
            "14:08",
            What::Note {
                text: "a note".to_owned(),
            },
        );
    assert_eq!((log.duties("14:30"), log.state("14:30")), before);
    assert_eq!(log.run.events().count(), 11, "kept");
}

#[test]
fn a_hostile_calendar_does_not_panic() {
    for extreme in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
        for (step, what) in [
            What::TimeSet {
                time: TimeFact::ImpactStarted,
                value: extreme,
            },
            What::TimeSet {
                time: TimeFact::BecameAware,
                value: extreme,
            },
            What::PostedByHand {
                message: post(IncidentStatus::Identified, Severity::P0, Some(extreme)),
                posted_at: extreme,
                link: None,
            },
            What::SeverityChanged {
                to: Severity::P1,
                reason: String::new(),
            },
            What::PostedByHand {
                message: post(IncidentStatus::Resolved, Severity::P0, None),
                posted_at: extreme,
                link: None,
            },
            What::Reopened,
        ]
        .into_iter()
        .enumerate()
        {
            let id = EventId {
                millis: u64::MAX,
                counter: step as u32,
                device: "x".to_owned(),
            };
            let offset_ms = [None, Some(i64::MIN), Some(i64::MAX)][step % 3];
            let event = Event {
                id,
                at: extreme,
                offset_ms,
                who: String::new(),
                what,
            };
            log.run.insert(event);
        }
        for now in [
            DateTime::<Utc>::MIN_UTC,
            at("14:00"),
            DateTime::<Utc>::MAX_UTC,
        ] {
            let _ = allclear::sop::run::duties(&log.sop, &log.run, now);
            let _ = allclear::sop::run::state(&log.sop, &log.run, now);
            let _ = allclear::sop::score::score(&log.sop, &log.run, now);
            let _ = allclear::sop::report::postmortem_draft(&log.sop, &log.run, now);
        }
    }
}
