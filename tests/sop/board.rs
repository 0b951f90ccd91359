//! All incidents at a moment: the order in which they ask for somebody, what a look costs, and what a tab shows of it.

use std::sync::Arc;

use allclear::sop::board::{Board, Incidents};
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::playbook::Playbook;
use allclear::sop::run::{Run, RunId};
use allclear::sop::severity::Severity;
use allclear::words;

use super::support::at;
use super::support::log::Log;

/// The log as a run of that name.
fn named(log: &Log, id: &str) -> Arc<Run> {
    Arc::new(Run::from_events(RunId(id.to_owned()), log.run.events().cloned()))
}

/// Declared and found to be none: nothing is left to do.
fn over() -> Log {
    let mut log = Log::declared(Severity::P2, "09:00");
    log.in_error("09:01");
    log
}

fn look(board: &mut Board, sop: &Playbook, logs: &[Arc<Run>], when: &str) -> Incidents {
    board.look(logs.iter(), |log| log.at(sop, at(when)))
}

fn ids(incidents: &Incidents) -> Vec<&str> {
    incidents.iter().map(|view| view.id.0.as_str()).collect()
}

#[test]
fn with_a_thousand_finished_incidents_a_look_folds_what_it_folds_with_none() {
    let over = over();
    let going = Log::declared(Severity::P1, "09:00");
    let mut logs: Vec<Arc<Run>> = (0..1000).map(|n| named(&over, &format!("a{n:04}"))).collect();
    logs.push(named(&going, "b"));
    let mut board = Board::default();
    let first = look(&mut board, &over.sop, &logs, "09:05");
    assert_eq!((board.folded(), first.len()), (1001, 1001));
    let second = look(&mut board, &over.sop, &logs, "09:06");
    assert_eq!(board.folded(), 1);
    assert_eq!(ids(&second)[0], "b");
    assert_eq!(second.first_finished(), 1);
}

#[test]
fn a_drill_comes_after_all_that_is_real_and_is_called_one() {
    let drill = Log::declared(Severity::P0, "07:00");
    let events = drill.run.events().cloned().map(|mut event| {
        if let EventKind::Declared { drill, .. } = &mut event.what {
            *drill = true;
        }
        event
    });
    let drill = Arc::new(Run::from_events(RunId("a".to_owned()), events));
    let real = Log::declared(Severity::P1, "09:00");
    let mut board = Board::default();
    let alone = look(&mut board, &real.sop, &[Arc::clone(&drill)], "09:05");
    let (practised, alone_asks) = (alone.next().unwrap().0, alone.asking());
    assert!(practised.title().starts_with("Drill: ") && alone_asks > 0, "{}", practised.title());
    let both = look(&mut board, &real.sop, &[drill, named(&real, "b")], "09:05");
    assert_eq!(ids(&both), ["b", "a"]);
    let (next, duty) = both.next().unwrap();
    assert_eq!((next.id.0.as_str(), duty.is_overdue()), ("b", false), "though duties of the drill are overdue");
    assert!(!both[1].is_worse_than(&both[0]) && !both[0].is_worse_than(&both[1]));
    let of_real = both[0].duties.iter().filter(|duty| duty.asks()).count();
    assert_eq!(both.asking(), if of_real == 0 { alone_asks } else { of_real });
}

#[test]
fn a_look_at_which_nothing_has_happened_gives_the_very_same_list() {
    let going = Log::declared(Severity::P1, "09:00");
    let logs = [named(&going, "a"), named(&over(), "b")];
    let mut board = Board::default();
    let before = look(&mut board, &going.sop, &logs, "09:01:05");
    // The length of the impact is counted in printed minutes.
    assert!(before == look(&mut board, &going.sop, &logs, "09:01:59"), "nothing was due in between");
    let overdue = look(&mut board, &going.sop, &logs, "11:00");
    assert!(before != overdue, "time alone makes a duty overdue");
    assert!(Arc::ptr_eq(&before[1], &overdue[1]), "the other incident is the same");
}

#[test]
fn a_finished_incident_is_folded_again_when_its_log_has_grown() {
    let mut log = over();
    let mut board = Board::default();
    let logs = [named(&log, "a")];
    assert!(look(&mut board, &log.sop, &logs, "09:05")[0].state.ledger.is_empty());
    log.page("09:06");
    let grown = [named(&log, "a")];
    assert_eq!(look(&mut board, &log.sop, &grown, "09:07")[0].state.ledger.len(), 1);
    assert_eq!(board.folded(), 1);
}

#[test]
fn what_came_and_what_went_are_seen_in_their_places() {
    let going = Log::declared(Severity::P1, "09:00");
    let worse = Log::declared(Severity::P0, "09:02");
    let (a, b, c) = (named(&going, "a"), named(&worse, "b"), named(&over(), "c"));
    let mut board = Board::default();
    assert_eq!(ids(&look(&mut board, &going.sop, &[a.clone(), c.clone()], "09:05")), ["a", "c"]);
    assert_eq!(ids(&look(&mut board, &going.sop, &[a.clone(), b.clone(), c.clone()], "09:05")), ["b", "a", "c"]);
    assert_eq!(ids(&look(&mut board, &going.sop, &[b, c.clone()], "09:05")), ["b", "c"]);
    assert_eq!(ids(&look(&mut board, &going.sop, &[c], "09:05")), ["c"]);
    assert!(look(&mut board, &going.sop, &[], "09:05").is_empty());
    let undeclared = [Arc::new(Run::new(RunId("d".to_owned())))];
    assert!(look(&mut board, &going.sop, &undeclared, "09:05").is_empty(), "no declaration is in its log");
}

#[test]
fn the_tab_shows_how_many_duties_ask_for_something_and_each_number_has_its_file() {
    for (count, file) in [(0, "allclear"), (1, "due-1"), (9, "due-9"), (10, "due-more"), (300, "due-more")] {
        assert_eq!(words::tab_icon(count), format!("../icons/{file}.svg"));
    }
    for count in 0..=10 {
        let file = words::tab_icon(count).replace("..", concat!(env!("CARGO_MANIFEST_DIR"), "/public"));
        assert!(std::path::Path::new(&file).exists(), "{file}");
    }
}

#[test]
fn a_message_is_asked_for_until_it_was_told() {
    let mut log = Log::declared(Severity::P1, "09:00");
    let asks_for = |log: &Log, kind| {
        let seen = look(&mut Board::default(), &log.sop, &[named(log, "a")], "09:05");
        seen[0].asks_for(Channel::Team, kind)
    };
    assert!(asks_for(&log, DutyKind::First));
    assert!(!asks_for(&log, DutyKind::Resolved));
    log.tell("09:04", Channel::Team, DutyKind::First);
    assert!(!asks_for(&log, DutyKind::First));
}
