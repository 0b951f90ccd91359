//! When an event counts as shared, and whose claim holds.

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{SendOutcome, Receipt, EventKind};
use allclear::sop::run::{Run, RunId};
use allclear::sop::severity::Severity;
use allclear::sop::shared::{Sheet, Sightings, live_claims, overtaken};

use super::{run_of, say};
use crate::sop::support::at;
use crate::sop::support::log::{message, post};

#[test]
fn an_event_is_shared_once_it_was_seen_in_two_reads_twenty_seconds_apart() {
    let run = run_of("a", &[EventKind::Reopened, EventKind::Note { text: "never shared".to_owned() }]);
    let (whole, empty) = (Sheet::of(&run), Sheet::new(run.id.clone()));
    // Each read: when, and whether the event was there; then how many are not shared yet.
    for (name, reads, not_yet) in [
        ("never read", &[][..], 1),
        ("seen once", &[("14:00:00", true)][..], 1),
        ("seen twice too soon", &[("14:00:00", true), ("14:00:19", true)], 1),
        ("seen twice", &[("14:00:00", true), ("14:00:20", true)], 0),
        ("seen, gone, seen", &[("14:00:00", true), ("14:00:15", false), ("14:00:30", true)], 1),
        ("shared once is shared", &[("14:00:00", true), ("14:00:20", true), ("14:00:40", false)], 0),
    ] {
        let mut sightings = Sightings::default();
        for (when, there) in reads {
            sightings.read(if *there { &whole } else { &empty }, at(when));
        }
        assert_eq!(sightings.not_yet(&run).len(), not_yet, "{name}");
    }
}

#[test]
fn what_there_is_no_room_for_is_not_waited_for() {
    let mut run = Run::new(RunId("run".to_owned()));
    for _ in 0..100 {
        let op = format!("{:036}", run.events().count());
        let message = post(IncidentStatus::Monitoring, Severity::P0, None);
        say(&mut run, "a", at("14:00"), EventKind::SendStarted { op, message });
    }
    let mut sightings = Sightings::default();
    for when in ["14:00", "14:01"] {
        sightings.read(&Sheet::of(&run).projected(), at(when));
    }
    assert!(sightings.not_yet(&run).is_empty());
}

fn claimed(op: &str) -> EventKind {
    EventKind::Claimed { op: op.to_owned(), kind: DutyKind::First, episode: 1 }
}

#[test]
fn a_claim_holds_until_it_lapses_fails_or_is_done() {
    let started = || EventKind::SendStarted { op: "1".to_owned(), message: message(Channel::Email, DutyKind::First) };
    let answered = |outcome| EventKind::SendAnswered { op: "1".to_owned(), outcome };
    let failed = || answered(SendOutcome::Failed { reason: String::new() });
    let accepted = || answered(SendOutcome::Accepted { receipt: Receipt::default() });
    let finished = || EventKind::EmailFinished { op: "1".to_owned(), failed: 0, unknown: None };
    for (name, log, now, live) in [
        ("just claimed", vec![claimed("1")], "14:02:00", true),
        ("unused for two minutes", vec![claimed("1")], "14:02:01", false),
        ("sending", vec![claimed("1"), started()], "14:30:00", true),
        ("sent in part", vec![claimed("1"), started(), accepted()], "14:30:00", true),
        ("never finished", vec![claimed("1"), started(), accepted()], "15:00:02", false),
        ("failed", vec![claimed("1"), started(), failed()], "14:00:10", false),
        ("finished", vec![claimed("1"), started(), accepted(), finished()], "14:00:10", false),
    ] {
        let run = run_of("a", &log);
        assert_eq!(!live_claims(&run, DutyKind::First, 1, at(now)).is_empty(), live, "{name}");
        assert!(live_claims(&run, DutyKind::First, 2, at(now)).is_empty(), "{name}");
        assert!(live_claims(&run, DutyKind::Report, 1, at(now)).is_empty(), "{name}");
    }
}

#[test]
fn a_sending_that_goes_on_later_is_claimed_again() {
    let mut run = run_of("a", &[claimed("1")]);
    let started = EventKind::SendStarted { op: "1".to_owned(), message: message(Channel::Email, DutyKind::First) };
    say(&mut run, "a", at("14:00:05"), started);
    let live = |run: &Run, now| !live_claims(run, DutyKind::First, 1, at(now)).is_empty();
    assert!(!live(&run, "16:00"));
    say(&mut run, "a", at("16:00"), claimed("1"));
    assert!(live(&run, "16:59"));
    assert!(!live(&run, "17:01"));
    // Finished, and then once more to those who failed.
    say(&mut run, "a", at("16:10"), EventKind::EmailFinished { op: "1".to_owned(), failed: 3, unknown: None });
    assert!(!live(&run, "16:11"));
    say(&mut run, "a", at("16:20"), claimed("1"));
    assert!(live(&run, "16:21"));
}

#[test]
fn a_sending_is_overtaken_by_one_that_was_claimed_later_and_accepted() {
    let accepted = |op: &str| EventKind::SendAnswered { op: op.to_owned(), outcome: SendOutcome::Accepted { receipt: Receipt::default() } };
    let whose = |run: &Run, op| overtaken(run, op, DutyKind::First, 1).map(|claim| claim.op);
    let mut run = run_of("a", &[claimed("1")]);
    say(&mut run, "b", at("15:30"), claimed("2"));
    assert_eq!(whose(&run, "1"), None, "nobody got it from there yet");
    say(&mut run, "b", at("15:31"), accepted("2"));
    say(&mut run, "a", at("16:00"), claimed("1"));
    assert_eq!(whose(&run, "1").as_deref(), Some("2"));
    assert_eq!(whose(&run, "2"), None);
    assert_eq!(whose(&run, "never claimed"), None);
    assert!(overtaken(&run, "1", DutyKind::Report, 1).is_none());
    // What came before is another email.
    say(&mut run, "a", at("17:00"), claimed("3"));
    assert_eq!(whose(&run, "3"), None);
}

#[test]
fn of_several_claims_the_lowest_id_holds_on_every_console() {
    let mut one = run_of("b", &[claimed("of b")]);
    let other = run_of("a", &[claimed("of a")]);
    one.merge(&other);
    let live = live_claims(&one, DutyKind::First, 1, at("14:00:10"));
    let ops: Vec<&str> = live.iter().map(|claim| claim.op.as_str()).collect();
    assert_eq!(ops, ["of a", "of b"]);
}
