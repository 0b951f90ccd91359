//! What a change of severity does, as it is shown before it is done (V7, V8).

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::compose::{bridge_to, filling};
use allclear::sop::duty::{Duty, DutyKind};
use allclear::sop::foreseen::Foreseen;
use allclear::sop::playbook::{Purpose, Variant};
use allclear::sop::severity::Severity;

use super::decisions::facts;
use super::support::at;
use super::support::log::Log;

fn named(duties: &[Duty]) -> Vec<(DutyKind, Option<Channel>)> {
    duties.iter().map(|duty| (duty.key.kind, duty.key.channel)).collect()
}

fn foreseen(mut log: Log, when: &str, to: Severity) -> Foreseen {
    let before = log.duties(when);
    let printed = log.state(when).page.and_then(|last| last.promise);
    log.severity(when, to);
    Foreseen::of(&before, &log.duties(when), printed)
}

#[test]
fn a_lower_severity_stops_what_it_does_not_ask_for_and_keeps_its_promise() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").email("14:06", DutyKind::First);
    let seen = foreseen(log, "14:12", Severity::P1);
    let first = |channel| (DutyKind::First, Some(channel));
    assert_eq!(named(&seen.stops), [first(Channel::X), first(Channel::LinkedIn)]);
    assert_eq!((named(&seen.starts), seen.promised), (vec![], Some(at("14:20"))));
}

#[test]
fn a_higher_one_starts_what_it_asks_for_and_moves_what_is_owed_already() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:30").email("10:40", DutyKind::First);
    let seen = foreseen(log, "10:50", Severity::P0);
    assert_eq!(named(&seen.moves), [(DutyKind::Update, Some(Channel::Page))]);
    assert_eq!(seen.moves[0].due_at, Some(at("11:05")));
    for channel in [Channel::X, Channel::LinkedIn] {
        assert!(named(&seen.starts).contains(&(DutyKind::First, Some(channel))), "{channel:?}");
    }
    assert!(named(&seen.starts).contains(&(DutyKind::Raised, Some(Channel::Team))));
    assert_eq!(seen.stops, []);
}

#[test]
fn what_changes_nothing_shows_nothing() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05");
    let duties = log.duties("14:06");
    let seen = Foreseen::of(&duties, &duties, None);
    assert_eq!((seen.starts.len(), seen.moves.len(), seen.stops.len()), (0, 0, 0));
}

#[test]
fn readers_were_promised_what_was_printed_also_once_a_raise_has_made_the_update_due_before_it() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:30").severity("10:50", Severity::P0);
    assert_eq!(log.duties("10:52").iter().find(|duty| duty.promised).unwrap().due_at, Some(at("11:05")));
    assert_eq!(foreseen(log, "10:52", Severity::P1).promised, Some(at("11:30")));
    // What was kept is not promised any more.
    let mut log = Log::declared(Severity::P1, "10:00");
    log.page("10:30").page_without_promise("10:40");
    assert_eq!(foreseen(log, "10:52", Severity::P0).promised, None);
}

#[test]
fn the_next_post_is_said_to_tell_of_the_change_only_where_it_does() {
    let told = |log: &Log, when: &str, to: Severity| bridge_to(&log.sop, &log.state(when), &log.duties(when), to);
    let mut log = Log::declared(Severity::P1, "10:00");
    assert_eq!(told(&log, "10:10", Severity::P0), None, "nothing was reported yet");
    log.page("10:30");
    let says = told(&log, "10:40", Severity::P0).unwrap();
    log.severity("10:50", Severity::P0);
    let update = Purpose { channel: Channel::Page, kind: DutyKind::Update, variant: Variant::Usual };
    let filled = filling(&log.sop, &log.state("10:51"), facts(), update, IncidentStatus::Identified, true, at("10:51"));
    assert_eq!(filled.bridge, Some(says), "as it then says it");
    assert_eq!(told(&log, "10:51", Severity::P1), None, "readers know that severity");
    log.resolved("11:00").reopened("11:10");
    assert_eq!(told(&log, "11:11", Severity::P1), None, "it reopens first");
}
