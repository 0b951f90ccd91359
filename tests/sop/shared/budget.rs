//! What is left out for want of room: the oldest updates on the cadence, by whomever it is computed.

use allclear::domain::ordered::ShortSet;
use allclear::domain::incident::IncidentStatus;
use allclear::sop::event::{EventId, SendOutcome, Receipt, EventKind};
use allclear::sop::run::{Run, RunId};
use allclear::sop::severity::Severity;
use allclear::sop::shared::{ALL_BYTES, DEVICE_BYTES, Sheet, missing};
use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::say;
use crate::sop::support::at;
use crate::sop::support::log::post;

/// How many updates are made before anything is left out.
fn a_long_night(devices: &[&str], updates: u32) -> Run {
    let mut run = Run::new(RunId("run".to_owned()));
    for number in 0..updates {
        for device in devices {
            let now = at("14:00") + TimeDelta::minutes(i64::from(number) * 15);
            let op = format!("{device}-6e1f0c6a-0000-4000-8000-{number:010}");
            let page = post(IncidentStatus::Monitoring, Severity::P0, Some(now));
            say(&mut run, device, now, EventKind::SendStarted { op: op.clone(), message: page });
            let receipt = Receipt { vendor_id: Some(format!("{number:012}")), link: None };
            let outcome = SendOutcome::Accepted { receipt };
            say(&mut run, device, now, EventKind::SendAnswered { op, outcome });
        }
    }
    run
}

fn bytes(all: &Map<String, Value>) -> usize {
    Value::Object(all.clone()).to_string().len()
}

fn subset(run: &Run, must: &ShortSet<EventId>, mask: &[bool]) -> Sheet {
    let mut some = Run::new(run.id.clone());
    for (index, event) in run.events().enumerate() {
        // A beginning and its answer are shared together.
        let keep = mask[index / 2 % mask.len()];
        if keep || must.contains(&event.id) {
            some.insert(event.clone());
        }
    }
    Sheet::of(&some)
}

#[test]
fn a_night_of_updates_stays_within_the_room_and_keeps_the_newest() {
    for (devices, budget) in [(&["a"][..], DEVICE_BYTES), (&["a", "b", "c", "d", "e", "f"][..], ALL_BYTES)] {
        let run = a_long_night(devices, 100);
        let all = Sheet::of(&run).beside(&Map::new());
        assert!(bytes(&all) <= budget + 50 * devices.len(), "{} bytes", bytes(&all));
        assert!(bytes(&all) > budget / 2, "{} bytes", bytes(&all));
        let kept = Sheet::of(&run).projected().ids();
        assert!(kept.contains(run.last_id().unwrap()));
        let gone = run.events().take_while(|event| !kept.contains(&event.id)).count();
        assert_eq!(gone + kept.len(), run.events().count(), "the oldest are left out, and only they");
    }
}

#[test]
fn what_is_not_an_update_is_never_left_out() {
    let mut run = a_long_night(&["a"], 100);
    let raised = say(&mut run, "a", at("14:00"), EventKind::SeverityChanged { to: Severity::P1, reason: String::new() });
    for _ in 0..200 {
        say(&mut run, "a", at("14:00"), EventKind::Reopened);
    }
    let kept = Sheet::of(&run).projected();
    assert!(kept.ids().contains(&raised));
    assert_eq!(kept.ids().len(), 1 + 200 + 2, "and the newest update");
}

#[test]
fn of_several_answers_the_one_that_holds_is_shared() {
    let answer = |outcome| EventKind::SendAnswered { op: "op".to_owned(), outcome };
    let unknown = || answer(SendOutcome::Unknown { reason: String::new() });
    let failed = || answer(SendOutcome::Failed { reason: String::new() });
    let accepted = || answer(SendOutcome::Accepted { receipt: Receipt::default() });
    for (answers, holds) in [
        (vec![unknown(), unknown()], 1),
        (vec![unknown(), accepted()], 1),
        (vec![failed(), unknown()], 0),
        (vec![failed(), accepted(), failed()], 1),
        (vec![accepted(), accepted()], 0),
    ] {
        let run = super::run_of("a", &answers);
        let kept: Vec<_> = Sheet::of(&run).projected().ids().into_iter().collect();
        let expected = run.events().nth(holds).unwrap().id.clone();
        assert_eq!(kept, [expected], "{answers:?}");
    }
}

#[test]
fn the_ring_keeps_the_last_sixteen_operations() {
    let run = a_long_night(&["a"], 20);
    let all = Sheet::of(&run).beside(&Map::new());
    let ring: Vec<&str> = all["allclear_a"]["ops"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(ring.len(), 16);
    assert!(ring[0].ends_with('4') && ring[15].ends_with("19"), "{ring:?}");
}

proptest! {
    #[test]
    fn leaving_out_is_the_same_for_everyone(
        devices in 1..6_usize,
        updates in 1..60_u32,
        mask in prop::collection::vec(any::<bool>(), 1..9),
    ) {
        let names = ["a", "b", "c", "d", "e"];
        let run = a_long_night(&names[..devices], updates);
        let whole = Sheet::of(&run);
        let projected = whole.projected();
        prop_assert_eq!(&projected.projected(), &projected);
        let some = subset(&run, &projected.ids(), &mask);
        prop_assert_eq!(some.projected().ids(), projected.ids());
        let there = whole.beside(&Map::new());
        prop_assert_eq!(missing(&there, &some), None);
        prop_assert_eq!(missing(&there, &whole), None);
    }
}
