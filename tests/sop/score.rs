//! The score (`docs/duties.md` rule 18).

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, DutyState};
use allclear::sop::score::{Kept, LateFirst, Lateness, Score, Silence, score};
use allclear::sop::severity::Severity;
use allclear::words;
use chrono::TimeDelta;

use crate::sop::support::at;
use crate::sop::support::log::{Log, key, post};

fn scored(log: &Log, when: &str) -> Score {
    score(&log.sop, &log.run, at(when)).unwrap()
}

fn kept(score: &Score) -> Vec<Kept> {
    score.promises.iter().map(|promise| promise.kept).collect()
}

fn late_as(channel: Channel, how: Lateness) -> LateFirst {
    LateFirst {
        key: key(1, DutyKind::First, channel),
        how,
    }
}

fn late(channel: Channel, seconds: i64) -> LateFirst {
    late_as(channel, Lateness::By { seconds })
}

fn silence(episode: u32, from: &str, minutes: i64) -> Silence {
    Silence {
        episode,
        from: at(from),
        length: TimeDelta::minutes(minutes),
    }
}

#[test]
fn a_promise_is_kept_by_a_retraction_and_broken_where_none_comes() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").in_error("14:10");
    let silent = scored(&log, "14:30");
    assert_eq!(kept(&silent), [Kept::Late { seconds: 600 }]);
    assert_eq!(silent.silences, [silence(1, "14:05", 25)]);
    log.resolved("14:12");
    let told = scored(&log, "15:00");
    assert_eq!(kept(&told)[0], Kept::Kept, "{told:?}");
    assert_eq!(told.silences, [silence(1, "14:05", 7)]);
    // What is posted after it is no part of the incident.
    log.page("14:40");
    assert_eq!(scored(&log, "15:00").promises, told.promises);
}

#[test]
fn v2_the_post_promised_for_14_27_came_18_minutes_late_and_silence_lasted_33() {
    let mut log = Log::declared_since(Severity::P0, "13:50", "14:00");
    log.tell("14:01", Channel::Team, DutyKind::First)
        .page("14:12")
        .email("14:20", DutyKind::First)
        .tell("14:40", Channel::X, DutyKind::First)
        .skip(
            "14:41",
            key(1, DutyKind::First, Channel::LinkedIn),
            "no account",
        )
        .page("14:45")
        .page("15:00")
        .page("15:15")
        .page("15:30")
        .resolved("15:40");
    let score = scored(&log, "15:40:01");
    assert_eq!(score.promises[0].promised, at("14:27"));
    assert_eq!(score.promises[0].next, Some(at("14:45")));
    let all = [
        Kept::Late { seconds: 18 * 60 },
        Kept::Kept,
        Kept::Kept,
        Kept::Kept,
        Kept::Kept,
    ];
    assert_eq!(kept(&score), all);
    assert_eq!((score.kept(), score.broken()), (4, 1));
    assert_eq!(score.silences, [silence(1, "14:12", 33)]);
    let firsts = [late(Channel::Email, 300), late(Channel::X, 600)];
    assert_eq!(score.late_firsts, firsts);
    assert_eq!(
        score.first_public_after_declared,
        Some(TimeDelta::minutes(12))
    );
    assert_eq!(
        score.first_public_after_impact,
        Some(TimeDelta::minutes(22))
    );
    let json = serde_json::to_value(&score).unwrap();
    assert_eq!(json["first_public_after_declared"], 12 * 60);
    assert_eq!(json["silences"][0]["length"], 33 * 60);
    assert_eq!(json["promises"][0]["kept"]["late"]["seconds"], 18 * 60);
}

#[test]
fn a_promise_is_kept_to_the_second_and_open_until_then() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05:30");
    assert_eq!(kept(&scored(&log, "14:20:00")), [Kept::Open]);
    assert_eq!(kept(&scored(&log, "14:20:01")), [Kept::Late { seconds: 1 }]);
    log.page("14:20:00");
    assert_eq!(kept(&scored(&log, "14:20:00")), [Kept::Kept, Kept::Open]);
    // Resolved keeps a promise too, and makes none.
    log.resolved("14:36");
    assert_eq!(
        kept(&scored(&log, "15:00")),
        [Kept::Kept, Kept::Late { seconds: 60 }]
    );
}

#[test]
fn a_promise_and_its_duty_agree_within_the_second() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05");
    let now = at("14:20") + TimeDelta::milliseconds(400);
    let scored = score(&log.sop, &log.run, now).unwrap();
    assert_eq!(kept(&scored), [Kept::Late { seconds: 1 }]);
    let duties = allclear::sop::run::duties(&log.sop, &log.run, now);
    let update = duties.iter().find(|duty| duty.key.kind == DutyKind::Update);
    assert_eq!(update.unwrap().state, DutyState::Overdue);
}

#[test]
fn a_post_that_became_known_late_counts_where_it_belongs() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").page("14:45");
    let before = scored(&log, "14:46");
    assert_eq!(kept(&before), [Kept::Late { seconds: 25 * 60 }, Kept::Open]);
    assert_eq!(before.silences, [silence(1, "14:05", 40)]);
    log.by_hand(
        "14:47",
        "14:18",
        post(IncidentStatus::Identified, Severity::P0, None),
    );
    let after = scored(&log, "14:47");
    assert_eq!(kept(&after), [Kept::Kept, Kept::Open]);
    assert_eq!(after.silences, [silence(1, "14:18", 27)]);
}

#[test]
fn silence_lasts_until_now_while_the_incident_goes_on_and_ends_with_resolved() {
    let mut log = Log::declared(Severity::P0, "14:00");
    assert_eq!(scored(&log, "15:00").silences, []);
    log.page("14:05").page("14:10");
    assert_eq!(scored(&log, "14:40").silences, [silence(1, "14:10", 30)]);
    log.resolved("14:50")
        .reopened("18:00")
        .page("18:10")
        .resolved("18:30");
    let gaps = scored(&log, "23:00").silences;
    assert_eq!(
        gaps,
        [silence(1, "14:10", 40), silence(2, "18:10", 20)],
        "the gap does not count"
    );
    // What was said after the end is no part of it.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").resolved("14:10");
    log.by_hand(
        "20:00",
        "19:00",
        post(IncidentStatus::Monitoring, Severity::P0, None),
    );
    assert_eq!(scored(&log, "20:00").silences, [silence(1, "14:05", 5)]);
}

#[test]
fn first_duties_count_as_late_when_done_late_missed_overdue_or_lowered_while_overdue() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:16");
    let now = scored(&log, "14:18").late_firsts;
    let team = late(Channel::Team, 180);
    assert_eq!(
        now,
        [team, late(Channel::Page, 60), late(Channel::Email, 180)]
    );
    // Overdue when the severity was lowered, it counts as late even where it came in the new time.
    log.severity("14:20", Severity::P1)
        .email("14:30", DutyKind::First);
    log.tell("14:31", Channel::Team, DutyKind::First);
    let lowered = scored(&log, "14:32").late_firsts;
    let expected = [
        late_as(Channel::Team, Lateness::WhenLowered),
        late(Channel::Page, 60),
        late_as(Channel::Email, Lateness::WhenLowered),
    ];
    assert_eq!(lowered, expected);
    // Not overdue when lowered: not late. Missed: late.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.severity("14:10", Severity::P1).resolved("15:00:01");
    let missed = scored(&log, "15:01").late_firsts;
    let expected = [
        late_as(Channel::Team, Lateness::NeverCame),
        late(Channel::Page, 1),
        late_as(Channel::Email, Lateness::NeverCame),
    ];
    assert_eq!(missed, expected);
}

#[test]
fn the_first_public_update_is_on_any_channel_but_the_teams() {
    let mut log = Log::declared_since(Severity::P0, "13:50", "14:00");
    log.tell("14:01", Channel::Team, DutyKind::First);
    assert_eq!(scored(&log, "14:02").first_public_after_declared, None);
    log.email("14:20", DutyKind::First).page("14:21");
    log.by_hand(
        "14:22",
        "14:10",
        post(IncidentStatus::Identified, Severity::P0, None),
    );
    let score = scored(&log, "14:22");
    assert_eq!(
        score.first_public_after_declared,
        Some(TimeDelta::minutes(10))
    );
    assert_eq!(
        score.first_public_after_impact,
        Some(TimeDelta::minutes(20))
    );
    log.resolved("15:00").reopened("16:00");
    assert_eq!(
        scored(&log, "16:00").first_public_after_impact,
        Some(TimeDelta::minutes(20))
    );
    // Nor is it the report.
    let mut log = Log::declared(Severity::P1, "10:00");
    log.skip("10:05", key(1, DutyKind::First, Channel::Page), "internal")
        .skip("10:05", key(1, DutyKind::First, Channel::Email), "no list")
        .button("10:30")
        .email("03-10 09:00", DutyKind::Report);
    assert_eq!(
        scored(&log, "03-10 09:01").first_public_after_declared,
        None
    );
    assert_eq!(log.state("03-10 09:01").first_public_at, None);
}

#[test]
fn a_message_that_came_or_is_still_due_is_not_said_to_have_never_come() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").severity("14:20", Severity::P1);
    let said = |log: &Log, when: &str| -> Vec<String> {
        let firsts = scored(log, when).late_firsts;
        let said = firsts.iter().map(|late| words::late_first(late.how));
        said.collect()
    };
    let lowered = "late when the severity was lowered";
    assert_eq!(said(&log, "14:25"), [lowered, lowered], "still due");
    log.email("14:30", DutyKind::First);
    assert_eq!(said(&log, "14:31"), [lowered, lowered]);
    assert_eq!(said(&log, "15:01"), ["1 min late", lowered]);
    log.resolved("15:02");
    assert_eq!(said(&log, "15:03"), ["never came", lowered]);
}

#[test]
fn readers_who_knew_before_the_declaration_are_not_said_to_have_learned_after_it() {
    let said = |declared: i64, impact: Option<i64>| {
        words::first_public(TimeDelta::minutes(declared), impact.map(TimeDelta::minutes))
    };
    assert_eq!(
        said(5, Some(13)),
        "5 minutes after the declaration, 13 minutes after the impact began"
    );
    assert_eq!(said(0, None), "less than a minute after the declaration");
    assert_eq!(
        said(-60, Some(2)),
        "1 hour before it was declared here, 2 minutes after the impact began"
    );
    assert_eq!(
        said(-60, Some(-3)),
        "1 hour before it was declared here, 3 minutes before the impact began"
    );
    // As it comes of an incident that was opened elsewhere an hour before.
    let mut log = Log::declared_since(Severity::P0, "14:00", "15:00");
    log.by_hand(
        "15:00",
        "14:00",
        post(IncidentStatus::Investigating, Severity::P0, None),
    );
    let score = scored(&log, "15:01");
    let told = score
        .first_public_after_declared
        .map(|after| words::first_public(after, score.first_public_after_impact));
    assert_eq!(
        told.as_deref(),
        Some("1 hour before it was declared here, less than a minute after the impact began")
    );
}
