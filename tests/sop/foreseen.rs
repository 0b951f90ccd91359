//! What a change of severity does, as it is shown before it is done (V7, V8).

use allclear::sop::channel::Channel;
use allclear::sop::duty::{Duty, DutyKind};
use allclear::sop::foreseen::Foreseen;
use allclear::sop::severity::Severity;

use super::support::at;
use super::support::log::Log;

fn named(duties: &[Duty]) -> Vec<(DutyKind, Option<Channel>)> {
    duties.iter().map(|duty| (duty.key.kind, duty.key.channel)).collect()
}

fn foreseen(mut log: Log, when: &str, to: Severity) -> Foreseen {
    let before = log.duties(when);
    log.severity(when, to);
    Foreseen::of(&before, &log.duties(when))
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
    let seen = Foreseen::of(&duties, &duties);
    assert_eq!((seen.starts.len(), seen.moves.len(), seen.stops.len()), (0, 0, 0));
}
