//! The checklists: what the ledger ticks, and what people tick.

use allclear::domain::ordered::ShortSet;
use allclear::sop::channel::Channel;
use allclear::sop::checklist::{Tick, checklists, readiness};
use allclear::sop::duty::{Duty, DutyKind};
use allclear::sop::event::EventKind;
use allclear::sop::severity::Severity;

use crate::sop::support::at;
use crate::sop::support::log::{Log, key};

fn tick(log: &Log, when: &str, id: &str) -> Tick {
    let marked = checklists(&log.sop, &log.run, at(when), &ShortSet::default());
    let all = marked
        .before
        .into_iter()
        .chain(marked.during)
        .chain(marked.after);
    all.into_iter()
        .find(|ticked| ticked.item.id == id)
        .map(|ticked| ticked.tick)
        .unwrap()
}

fn ticks<'i>(log: &Log, when: &str, ids: &[&'i str]) -> Vec<(&'i str, Tick)> {
    ids.iter().map(|id| (*id, tick(log, when, id))).collect()
}

const AFTER: [&str; 5] = [
    "page-resolved",
    "email-resolved",
    "social-resolved",
    "report",
    "postmortem",
];

#[test]
fn the_playbook_and_the_logs_have_one_word_for_a_duty() {
    for kind in DutyKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
    }
}

#[test]
fn the_ledger_ticks_what_it_can_know() {
    let mut log = Log::declared(Severity::P0, "14:00");
    assert_eq!(tick(&log, "14:00", "page-first"), Tick::Open);
    assert_eq!(tick(&log, "14:00", "page-updates"), Tick::NotAsked);
    log.tell("14:01", Channel::Team, DutyKind::First)
        .page("14:05");
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
    log.skip(
        "14:21",
        key(1, DutyKind::First, Channel::LinkedIn),
        "no account",
    );
    assert_eq!(tick(&log, "14:21", "social-first"), Tick::ByLedger);
    // Skipped alone ticks nothing.
    log.skip("14:22", key(1, DutyKind::First, Channel::Email), "no list");
    assert_eq!(tick(&log, "14:22", "email-first"), Tick::Open);
    assert!(
        ticks(&log, "14:22", &AFTER)
            .iter()
            .all(|(_, tick)| *tick == Tick::NotAsked)
    );
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
    assert!(
        ticks(&log, "15:00", &AFTER)
            .iter()
            .all(|(_, tick)| *tick == Tick::NotAsked)
    );
    assert_eq!(tick(&log, "15:00", "page-first"), Tick::ByLedger);
}

#[test]
fn a_missed_or_offered_duty_ticks_nothing_and_the_newest_counts() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.severity("14:20", Severity::P2)
        .severity("14:30", Severity::P1);
    log.email("14:40", DutyKind::First);
    let states = log.duties("14:40");
    let mails: Vec<&Duty> = states
        .iter()
        .filter(|duty| duty.key.channel == Some(Channel::Email))
        .collect();
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
        log.say(
            when,
            EventKind::Ticked {
                item: item.to_owned(),
                on,
            },
        );
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
    assert_eq!(
        tick(&log, "14:04", "page-first"),
        Tick::ByLedger,
        "the ledger knows better"
    );
    assert!(Tick::ByHand.is_ticked() && Tick::ByLedger.is_ticked());
    assert!(!Tick::Open.is_ticked() && !Tick::NotAsked.is_ticked());
}

#[test]
fn readiness_ticks_by_its_checks() {
    let log = Log::declared(Severity::P0, "14:00");
    let passed = ShortSet::from(["templates".to_owned()]);
    let by_hand = ShortSet::from(["team".to_owned()]);
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
