//! The worked examples V11 to V22 of `docs/duties.md`.

use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::duration;
use allclear::domain::incident::IncidentStatus;
use allclear::domain::promise;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, DutyState};
use allclear::sop::event::{ComponentChange, Event, EventId, EventKind};
use allclear::sop::run::{Phase, Refusal, Run, RunId, duties, permitted, state};
use allclear::sop::severity::Severity;

use crate::sop::support::at;
use crate::sop::support::log::{Log, key, message, post};
use crate::sop::support::table::{check, check_at};

#[test]
fn v11_breach_over_a_change_of_clocks() {
    let day = |clock: &str| format!("03-27 {clock}");
    let mut log = Log::declared_as(
        "breach",
        Severity::P0,
        &day("21:30"),
        &day("22:00"),
        Some(&day("21:30")),
    );
    log.approve(&day("22:20"), "Grace")
        .page(&day("22:22"))
        .resolved("03-28 20:00");
    let moments = ["22:00:00", "22:15:00", "22:15:01", "22:20:01", "22:22:01"].map(day);
    let moments: Vec<&str> = moments.iter().map(String::as_str).collect();
    check(
        &log,
        &moments,
        &[
            (
                "team first",
                &[
                    "D(03-27 22:15) open",
                    "D open",
                    "O open",
                    "O open",
                    "O open",
                ],
            ),
            (
                "page first",
                &[
                    "D(03-27 22:15) blocked",
                    "D blocked",
                    "O blocked",
                    "O open",
                    "✓ late=7m",
                ],
            ),
            (
                "email first",
                &[
                    "D(03-27 22:15) blocked",
                    "D blocked",
                    "O blocked",
                    "O open",
                    "O open",
                ],
            ),
            (
                "X, LinkedIn first",
                &["W blocked", "D blocked", "D blocked", "D open", "D open"],
            ),
            ("page update", &["–", "–", "–", "–", "W(03-27 22:37)"]),
            (
                "regulator",
                &[
                    "D(03-30 21:30) open",
                    "D open",
                    "D open",
                    "D open",
                    "D(03-30 21:30) open",
                ],
            ),
        ],
    );
    check_at(
        &log,
        "03-28 20:00:01",
        &[("report", "D(03-30 20:00)"), ("regulator", "D")],
    );
}

#[test]
fn v12_midnight_and_seconds() {
    let mut log = Log::declared(Severity::P0, "23:45");
    log.page("23:52:40");
    let printed = promise::print(promise::promised(
        at("23:52:40"),
        chrono::TimeDelta::minutes(15),
    ));
    assert_eq!(printed, "Next update by 00:07 UTC.");
    assert_eq!(
        promise::read(&printed, at("23:52:40")),
        Some(at("03-10 00:07"))
    );
    check(
        &log,
        &["23:52:41", "03-10 00:07:00", "03-10 00:07:01"],
        &[(
            "page update",
            &["W(03-10 00:07)", "D(03-10 00:07)", "O(03-10 00:07)"],
        )],
    );
    assert!(!promise::is_overdue(
        at("03-10 00:07"),
        at("03-10 00:07:00")
    ));
    assert!(promise::is_overdue(at("03-10 00:07"), at("03-10 00:07:01")));
    // A second post from another console.
    "b".clone_into(&mut log.device);
    log.page("23:52:50");
    check_at(&log, "23:53:00", &[("page update", "W(03-10 00:07)")]);
    let open = log
        .duties("23:53:00")
        .iter()
        .filter(|duty| duty.key.kind == DutyKind::Update && duty.is_open())
        .count();
    assert_eq!(open, 1, "still one duty");
}

#[test]
fn v13_merge() {
    let mut a = Log::declared(Severity::P0, "14:00");
    let declared = a.run.clone();
    a.page("14:05");
    let mut b = declared;
    let fast = EventId::next("b", at("14:04"), b.last_id());
    b.insert(Event {
        vouched: false,
        id: fast,
        at: at("14:04"),
        offset_ms: Some(180_000),
        who: "Bob".to_owned(),
        what: EventKind::SeverityChanged {
            to: Severity::P1,
            reason: String::new(),
        },
    });
    let mut ab = a.run.clone();
    ab.merge(&b);
    let mut ba = b.clone();
    ba.merge(&a.run);
    assert_eq!(ab, ba);
    for run in [ab, ba] {
        a.run = run;
        assert_eq!(a.state("14:00:59").severity, Severity::P0);
        assert_eq!(a.state("14:01:00").severity, Severity::P1, "P1 from 14:01");
        check_at(
            &a,
            "14:05:01",
            &[("page first", "✓"), ("page update", "W(14:20) opens=14:15")],
        );
        check_at(&a, "14:20:01", &[("page update", "O(14:20)")]);
    }
}

#[test]
fn v14_the_due_second() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.resolved("14:15:00");
    check_at(
        &log,
        "14:16",
        &[("email first", "L"), ("page first", "✓ late=0")],
    );
    let mut log = Log::declared(Severity::P0, "14:00");
    log.resolved("14:15:01");
    check_at(
        &log,
        "14:16",
        &[("email first", "M"), ("page first", "✓ late=1s")],
    );
}

#[test]
fn v15_raise_with_first_duties_open() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.severity("10:30", Severity::P0)
        .tell("10:35", Channel::Team, DutyKind::First);
    check(
        &log,
        &["10:29:59", "10:30:00", "10:35:01"],
        &[
            ("page, email first", &["D(11:00)", "D(10:45)", "D(10:45)"]),
            ("X, LinkedIn first", &["–", "W(11:00) opens=10:45", "W"]),
            ("team first", &["D(11:00)", "D(10:45)", "✓ late=0"]),
            ("team raised", &["–", "D(10:45)", "✓ late=0"]),
        ],
    );
    let mut log = Log::declared(Severity::P1, "10:00");
    log.severity("10:55", Severity::P0);
    check_at(
        &log,
        "10:55",
        &[
            ("page, email first", "D(11:00)"),
            ("team first", "D(11:00)"),
        ],
    );
}

#[test]
fn v16_impact_ended_before_the_post() {
    let mut log = Log::declared_since(Severity::P1, "08:50", "09:00");
    log.impact_ended("12:19", "12:00").resolved("12:20");
    assert_eq!(
        duration::words(log.state("12:20:01").duration),
        "3 hours 10 minutes"
    );
    check_at(&log, "12:20:01", &[("report", "D(03-11 12:20)")]);
    assert_eq!(log.state("12:20:01").resolved_at, Some(at("12:20")));
}

#[test]
fn v17_approval_again() {
    let mut log = Log::declared_as("breach", Severity::P0, "22:00", "22:00", None);
    log.approve("22:20", "Grace")
        .page("22:22")
        .change_type("22:40", "security");
    check_at(
        &log,
        "22:39:59",
        &[
            ("page update", "O open"),
            ("email first", "O open"),
            ("X first", "O open"),
        ],
    );
    check_at(
        &log,
        "22:40:00",
        &[
            ("page update", "O blocked"),
            ("email first", "O blocked"),
            ("X, LinkedIn first", "O blocked"),
            ("team first", "O open"),
            ("regulator", "D open"),
        ],
    );
    log.approve("22:45", "Grace");
    check_at(
        &log,
        "22:45",
        &[("page update", "O open"), ("email first", "O open")],
    );
}

#[test]
fn v18_component_only() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05");
    let components = vec![ComponentChange {
        id: ComponentId("checkout".to_owned()),
        state: ComponentState::MajorOutage,
    }];
    log.say("14:10", EventKind::ComponentsChanged { components });
    check_at(&log, "14:10:01", &[("page update", "W(14:20)")]);
    assert_eq!(log.duties("14:10:01"), log.duties("14:09:59"));
}

#[test]
fn v19_never_told() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.resolved("14:10").reopened("14:40");
    check_at(
        &log,
        "14:40:00",
        &[
            ("page reopened", "D(14:55)"),
            ("email first", "D(14:55)"),
            ("X, LinkedIn first", "W(15:10) opens=14:55"),
            ("email resolved", "M why=Replaced"),
            ("email reopened", "–"),
            ("team reopened", "D(14:55)"),
        ],
    );
    let team = |duty: &&allclear::sop::duty::Duty| {
        duty.key.episode == 2 && duty.key.channel == Some(Channel::Team)
    };
    assert_eq!(
        log.duties("14:40").iter().filter(team).count(),
        1,
        "only the reopened one"
    );
}

#[test]
fn v20_told_after_a_reopening() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.resolved("10:05").reopened("10:20").tell("10:22", Channel::Team, DutyKind::Reopened);
    log.severity("10:30", Severity::P0);
    check_at(&log, "10:30", &[("team raised", "D(10:45)"), ("team reopened", "✓")]);
    let second = log.duties("10:30").into_iter().filter(|duty| {
        duty.key.episode == 2 && duty.key.kind == DutyKind::First && duty.key.channel == Some(Channel::Team)
    });
    assert_eq!(second.count(), 0, "no second first duty");
}

#[test]
fn v21_known_late() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.button("10:30").reopened("11:00");
    log.by_hand("11:02", "10:20", post(IncidentStatus::Identified, Severity::P2, None));
    let button = |log: &Log, when: &str| permitted(&log.sop, &log.run, &EventKind::ResolvedWithoutPage, "Ada", at(when));
    assert_eq!(button(&log, "11:10"), Err(Refusal::PageStillOpen));
    log.by_hand("11:11", "10:25", post(IncidentStatus::Resolved, Severity::P2, None));
    assert_eq!(button(&log, "11:12"), Ok(()), "the page's last post is Resolved");
}

#[test]
fn v22_skipped_and_done() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.skip("10:02", key(1, DutyKind::First, Channel::Team), "nobody is awake").resolved("10:30");
    log.tell_of("10:40", "10:10", Channel::Team, DutyKind::First);
    check_at(&log, "10:40:01", &[("team first", "✓")]);
}

#[test]
fn what_was_skipped_and_had_gone_out_before_the_end_is_done_on_every_channel() {
    for channel in [Channel::Email, Channel::Page] {
        let mut log = Log::declared(Severity::P1, "10:00");
        for skipped in [Channel::Email, Channel::Page] {
            log.skip("10:02", key(1, DutyKind::First, skipped), "later");
        }
        log.button("10:30");
        let sent = match channel {
            Channel::Page => post(IncidentStatus::Investigating, Severity::P1, None),
            Channel::Team | Channel::Email | Channel::X | Channel::LinkedIn => message(channel, DutyKind::First),
        };
        log.by_hand("10:40", "10:10", sent);
        let (done, still) = match channel {
            Channel::Page => ("page first", "email first"),
            Channel::Team | Channel::Email | Channel::X | Channel::LinkedIn => ("email first", "page first"),
        };
        check_at(&log, "10:40:01", &[(done, "✓"), (still, "S")]);
    }
}

#[test]
fn a_resolved_post_of_the_episode_before_that_is_learned_of_late_ends_nothing_and_has_to_be_put_right() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.button("10:30").reopened("11:00");
    log.by_hand("11:02", "10:20", post(IncidentStatus::Resolved, Severity::P2, None));
    check_at(&log, "11:02:01", &[("page reopened", "D(15:00)")]);
    let state = log.state("11:02:01");
    assert_eq!((state.episode, state.phase), (2, Phase::Open));
}

#[test]
fn nothing_is_owed_before_the_declaration() {
    let log = Log::declared(Severity::P0, "14:00");
    assert!(log.duties("13:59:59").is_empty());
    assert_eq!(state(&log.sop, &log.run, at("13:59:59")), None);
    let empty = Run::new(RunId("none".to_owned()));
    assert!(duties(&log.sop, &empty, at("14:00")).is_empty());
}

#[test]
fn a_retraction_is_met_only_by_resolved() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").in_error("14:10");
    log.send(
        "14:12",
        post(IncidentStatus::Monitoring, Severity::P0, None),
    );
    check_at(
        &log,
        "14:12:01",
        &[("page resolved", "D(14:25)"), ("page update", "L")],
    );
    log.resolved("14:20");
    check_at(
        &log,
        "14:20:01",
        &[
            ("page resolved", "✓"),
            ("report", "–"),
            ("post-mortem", "–"),
        ],
    );
    let open = log.duties("14:20:01").into_iter().filter(|duty| {
        !matches!(
            duty.state,
            DutyState::Done { .. } | DutyState::Lapsed { .. } | DutyState::Missed { .. }
        )
    });
    assert_eq!(open.count(), 0);
}
