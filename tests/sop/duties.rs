//! The worked examples V1 to V10 of `docs/duties.md`: every cell of every table, every sentence.

use allclear::domain::duration;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, DutyState};
use allclear::sop::severity::Severity;

use crate::sop::support::at;
use crate::sop::support::log::{Log, key};
use crate::sop::support::table::{check, check_at};

#[test]
fn v1_p0_outage_on_time() {
    let mut log = Log::declared_since(Severity::P0, "13:52", "14:00");
    log.tell("14:01", Channel::Team, DutyKind::First)
        .page("14:05")
        .email("14:09", DutyKind::First)
        .page("14:18")
        .tell("14:28", Channel::X, DutyKind::First)
        .tell("14:29", Channel::LinkedIn, DutyKind::First)
        .page("14:31")
        .resolved("14:44")
        .email("14:50", DutyKind::Resolved)
        .tell("14:52", Channel::X, DutyKind::Resolved)
        .tell("14:53", Channel::LinkedIn, DutyKind::Resolved);
    check(
        &log,
        &["14:00:00", "14:05:01", "14:16:00", "14:29:01", "14:31:01", "14:44:01", "14:53:01"],
        &[
            ("team first", &["D(14:15)", "✓", "✓", "✓", "✓", "✓", "✓ late=0"]),
            ("page first", &["D(14:15)", "✓", "✓", "✓", "✓", "✓", "✓ late=0"]),
            ("email first", &["D(14:15)", "D(14:15)", "✓", "✓", "✓", "✓", "✓ late=0"]),
            (
                "page update",
                &["–", "W(14:20)", "D(14:20)", "D(14:33)", "W(14:46)", "✓ late=0", "✓ late=0"],
            ),
            (
                "X, LinkedIn first",
                &["W(14:30)", "W(14:30)", "D(14:30)", "✓", "✓", "✓", "✓ late=0"],
            ),
            ("page resolved", &["–", "–", "–", "–", "–", "✓", "✓ late=0"]),
            (
                "email, X, LinkedIn resolved",
                &["–", "–", "–", "–", "–", "D(14:59)", "✓ late=0"],
            ),
            ("report", &["–", "–", "–", "–", "–", "D(03-11 14:44)", "D(03-11 14:44)"]),
            ("post-mortem", &["–", "–", "–", "–", "–", "D(03-16 14:44)", "D(03-16 14:44)"]),
        ],
    );
    assert_eq!(duration::words(log.state("14:53:01").duration), "52 minutes");
}

#[test]
fn v2_p0_late_everywhere() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:12")
        .email("14:20", DutyKind::First)
        .tell("14:40", Channel::X, DutyKind::First)
        .skip("14:41", key(1, DutyKind::First, Channel::LinkedIn), "no account")
        .page("14:45")
        .page("15:00")
        .page("15:15")
        .page("15:30")
        .resolved("15:40");
    check(
        &log,
        &[
            "14:15:00", "14:15:01", "14:27:00", "14:27:01", "14:30:01", "14:41:01", "14:45:01",
            "15:40:01",
        ],
        &[
            ("email first", &["D(14:15)", "O", "✓ late=5m", "✓", "✓", "✓", "✓", "✓"]),
            ("page update", &["W(14:27)", "W", "D", "O", "O", "O", "W(15:00)", "✓"]),
            ("X first", &["D(14:30)", "D", "D", "D", "O", "✓ late=10m", "✓", "✓"]),
            ("LinkedIn first", &["D(14:30)", "D", "D", "D", "O", "S", "S", "S"]),
            ("email, X resolved", &["–", "–", "–", "–", "–", "–", "–", "D(15:55)"]),
            ("LinkedIn resolved", &["–", "–", "–", "–", "–", "–", "–", "–"]),
        ],
    );
}

#[test]
fn v3_p0_over_before_anyone_posted() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.resolved("14:10");
    check_at(
        &log,
        "14:10:01",
        &[
            ("page first", "✓ late=0"),
            ("page resolved", "✓"),
            ("email first", "L"),
            ("X, LinkedIn first", "L"),
            ("email resolved", "D(14:25)"),
            ("X, LinkedIn resolved", "–"),
            ("report", "D(03-11 14:10)"),
        ],
    );
    let mut log = Log::declared(Severity::P0, "14:00");
    log.resolved("14:20");
    check_at(&log, "14:20:01", &[("page first", "✓ late=5m"), ("email first", "M")]);
}

#[test]
fn v4_p1_integration_failure_early_and_late() {
    let mut log = Log::declared_as("integration", Severity::P1, "08:50", "09:00", None);
    log.page("09:40")
        .email("09:55", DutyKind::First)
        .page("10:30")
        .page("11:45")
        .resolved("12:20");
    check(
        &log,
        &["09:00:00", "09:40:01", "10:30:01", "11:30:00", "11:30:01", "11:45:01", "12:20:01"],
        &[
            ("page first", &["D(10:00)", "✓", "✓", "✓", "✓", "✓", "✓"]),
            ("email first", &["D(10:00)", "D", "✓", "✓", "✓", "✓", "✓"]),
            (
                "page update",
                &["–", "W(10:40) opens=10:20", "W(11:30)", "D", "O", "W(12:45)", "✓"],
            ),
            ("X, LinkedIn first", &["–", "–", "–", "–", "–", "–", "–"]),
            ("email resolved", &["–", "–", "–", "–", "–", "–", "D(13:20)"]),
        ],
    );
    assert_eq!(duration::words(log.state("12:20:01").duration), "3 hours 30 minutes");
}

#[test]
fn v5_p2_is_conditional() {
    let first = key(1, DutyKind::First, Channel::Page);
    // (a) Answered Post.
    let mut log = Log::declared(Severity::P2, "08:00");
    log.answer("08:30", first).page("08:35").page("11:00").resolved("13:00");
    check(
        &log,
        &["08:00:00", "08:30:01", "08:35:01", "11:00:01", "13:00:01"],
        &[
            ("page first", &["D(12:00)", "D(12:00)", "✓", "✓", "✓"]),
            ("page update", &["–", "–", "–", "–", "–"]),
            ("page resolved", &["–", "–", "–", "–", "✓"]),
            ("email first", &["–", "–", "–", "–", "–"]),
            ("email resolved", &["–", "–", "–", "–", "–"]),
            ("X, LinkedIn first", &["–", "–", "–", "–", "–"]),
            ("X, LinkedIn resolved", &["–", "–", "–", "–", "–"]),
            ("report", &["–", "–", "–", "–", "–"]),
            ("post-mortem", &["–", "–", "–", "–", "offered"]),
        ],
    );
    // (b) Skipped.
    let mut log = Log::declared(Severity::P2, "08:00");
    log.skip("09:00", first, "internal only").button("10:00");
    check_at(
        &log,
        "10:00:01",
        &[("page first", "S"), ("page resolved", "–"), ("email resolved", "–")],
    );
    assert_eq!(log.state("10:00:01").resolved_at, Some(at("10:00")));
    // (c) No answer.
    let mut log = Log::declared(Severity::P2, "08:00");
    log.button("12:30");
    check(
        &log,
        &["12:00:00", "12:00:01", "12:30:00"],
        &[("page first", &["D(12:00)", "O(12:00)", "M"])],
    );
    // (d) Skipped, then answered Post after all.
    let mut log = Log::declared(Severity::P2, "08:00");
    log.skip("09:00", first, "internal only").answer("10:59", first).page("11:00").button("11:30");
    check_at(&log, "10:30", &[("page first", "S")]);
    check_at(&log, "11:00:01", &[("page first", "✓"), ("page resolved", "–")]);
    // What was opened publicly has to be closed publicly: the button does not resolve it.
    assert_eq!(log.state("11:30:01").resolved_at, None);
    log.resolved("12:00");
    check_at(&log, "12:00:01", &[("page resolved", "✓")]);
    let skips = log.run.events().filter(|event| format!("{:?}", event.what).contains("Skipped"));
    assert_eq!(skips.count(), 1, "the skip stays in the log");
}

#[test]
fn v6_p3_is_optional() {
    let log = Log::declared(Severity::P3, "08:00");
    check(
        &log,
        &["08:00:00", "03-10 08:00:00", "03-10 08:00:01", "03-12 08:00:00"],
        &[("page first", &["D(03-10 08:00)", "D(03-10 08:00)", "L why=Unanswered", "L"])],
    );
    let mut log = Log::declared(Severity::P3, "08:00");
    log.page("10:00").button("11:00");
    check_at(&log, "11:00:01", &[("page first", "✓"), ("page update", "–")]);
    assert_eq!(log.state("11:00:01").resolved_at, None, "it has to be resolved on the page");
    log.resolved("12:00");
    check_at(&log, "12:00:01", &[("page resolved", "✓"), ("post-mortem", "offered")]);
}

#[test]
fn v7a_raise_from_p2_to_p0() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.page("10:20")
        .severity("12:00", Severity::P0)
        .page("12:10")
        .email("12:12", DutyKind::First)
        .page("12:24")
        .tell("12:33", Channel::X, DutyKind::First)
        .tell("12:34", Channel::LinkedIn, DutyKind::First)
        .page("12:38")
        .page("12:52")
        .resolved("13:00");
    check(
        &log,
        &["12:00:00", "12:10:01", "12:24:01", "12:31:00", "12:38:01", "12:52:01", "13:00:01"],
        &[
            (
                "page update",
                &[
                    "D(12:15) opens=12:00",
                    "W(12:25)",
                    "W(12:39)",
                    "W(12:39) opens=12:34",
                    "W(12:53)",
                    "W(13:07)",
                    "✓",
                ],
            ),
            ("email first", &["D(12:15)", "D(12:15)", "✓", "✓", "✓", "✓", "✓"]),
            ("team raised", &["D(12:15)", "D", "O", "O", "O", "O", "M"]),
            (
                "X, LinkedIn first",
                &["W(12:30) opens=12:15", "W", "D", "O", "✓", "✓", "✓"],
            ),
            ("email, X, LinkedIn resolved", &["–", "–", "–", "–", "–", "–", "D(13:15)"]),
            ("report", &["–", "–", "–", "–", "–", "–", "D(03-11 13:00)"]),
        ],
    );
    check_at(&log, "12:34:01", &[("X first", "✓ late=3m"), ("LinkedIn first", "✓ late=4m")]);
}

#[test]
fn v7b_raise_from_p1_to_p0() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:30")
        .email("10:40", DutyKind::First)
        .severity("10:50", Severity::P0)
        .page("11:03");
    check(
        &log,
        &["10:49:59", "10:50:00", "11:03:01"],
        &[
            ("page update", &["W(11:30)", "D(11:05)", "W(11:18)"]),
            ("email first", &["✓", "✓", "✓"]),
            ("X, LinkedIn first", &["–", "W(11:20) opens=11:05", "W(11:20)"]),
        ],
    );
    let mails = log
        .duties("11:03:01")
        .iter()
        .filter(|duty| duty.key.channel == Some(Channel::Email))
        .count();
    assert_eq!(mails, 1, "no second mail");
}

#[test]
fn v8a_lower_from_p0_to_p1() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05")
        .email("14:06", DutyKind::First)
        .severity("14:12", Severity::P1)
        .page("14:19")
        .resolved("15:00");
    check(
        &log,
        &["14:12:00", "14:19:01", "15:00:01"],
        &[
            ("page update", &["W(14:20)", "W(15:19)", "✓"]),
            ("X, LinkedIn first", &["L why=SeverityLowered", "L", "L"]),
            ("email resolved", &["–", "–", "D(16:00)"]),
            ("X, LinkedIn resolved", &["–", "–", "–"]),
        ],
    );
}

#[test]
fn v8b_lower_from_p0_to_p2() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05")
        .email("14:06", DutyKind::First)
        .page("14:19")
        .tell("14:25", Channel::X, DutyKind::First)
        .page("14:33")
        .severity("14:40", Severity::P2)
        .page("14:46")
        .resolved("16:00");
    check(
        &log,
        &["14:40:00", "14:46:01", "16:00:01"],
        &[
            ("page update", &["W(14:48)", "✓ late=0", "✓"]),
            ("LinkedIn first", &["M why=SeverityLowered", "M", "M"]),
            ("email, X resolved", &["–", "–", "D(20:00)"]),
            ("LinkedIn resolved", &["–", "–", "–"]),
            ("report", &["–", "–", "D(03-11 16:00)"]),
            ("post-mortem", &["–", "–", "D(03-16 16:00)"]),
        ],
    );
}

#[test]
fn v8c_lower_before_any_post() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.severity("14:08", Severity::P1);
    check_at(
        &log,
        "14:08:00",
        &[
            ("page first", "D(15:00)"),
            ("email first", "D(15:00)"),
            ("X, LinkedIn first", "L"),
            ("page update", "–"),
        ],
    );
}

#[test]
fn v9_reopen() {
    let mut log = Log::declared_since(Severity::P0, "13:52", "14:00");
    log.tell("14:01", Channel::Team, DutyKind::First)
        .page("14:05")
        .email("14:06", DutyKind::First)
        .page("14:20")
        .tell("14:25", Channel::X, DutyKind::First)
        .skip("14:26", key(1, DutyKind::First, Channel::LinkedIn), "no account")
        .page("14:35")
        .page("14:50")
        .page("15:05")
        .page("15:20")
        .page("15:35")
        .resolved("15:40")
        .email("15:45", DutyKind::Resolved)
        .tell("15:50", Channel::X, DutyKind::Resolved)
        .reopened("16:10")
        .page("16:15")
        .resolved("16:30");
    check(
        &log,
        &["16:10:00", "16:15:01", "16:30:01"],
        &[
            ("team reopened", &["D(16:25)", "D", "M"]),
            ("page reopened", &["D(16:25)", "✓", "✓"]),
            ("email reopened", &["D(16:25)", "D", "M"]),
            ("X reopened", &["W(16:40) opens=16:25", "W", "L"]),
            ("LinkedIn reopened", &["–", "–", "–"]),
            ("LinkedIn first", &["S", "S", "S"]),
            ("page resolved", &["✓", "✓", "✓"]),
            ("report", &["L why=Replaced", "L", "D(03-11 16:30)"]),
            ("post-mortem", &["L why=Replaced", "L", "D(03-16 16:30)"]),
        ],
    );
    check_at(&log, "16:15:01", &[("page update", "W(16:30)")]);
    let second = log
        .duties("16:30:01")
        .into_iter()
        .filter(|duty| duty.key.episode == 2 && duty.key.kind == DutyKind::Resolved)
        .map(|duty| duty.key.channel)
        .collect::<Vec<_>>();
    assert_eq!(second, [Some(Channel::Page)], "no second resolved email or X");
    assert_eq!(duration::words(log.state("16:30:01").duration), "2 hours 8 minutes");
    assert_eq!(log.state("16:10:00").episode, 2);
    assert_eq!(log.state("16:10:00").impact_started, at("16:10"));
}

#[test]
fn v10_skips() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let update = key(1, DutyKind::Update, Channel::Page);
    log.page("14:05")
        .skip("14:10", key(1, DutyKind::First, Channel::Email), "no list")
        .skip("14:18", update, "nothing new")
        .skip("14:19", key(1, DutyKind::First, Channel::X), " ")
        .resolved("14:50");
    check_at(
        &log,
        "14:19:01",
        &[("email first", "S"), ("page update", "D(14:20)"), ("X first", "D(14:30)")],
    );
    check_at(&log, "14:50:01", &[("email resolved", "–")]);
    let email = log.duties("14:50:01").into_iter().find(|duty| {
        duty.key == key(1, DutyKind::First, Channel::Email)
    });
    assert_eq!(
        email.map(|duty| duty.state),
        Some(DutyState::Skipped { at: at("14:10"), reason: "no list".to_owned() })
    );
}
