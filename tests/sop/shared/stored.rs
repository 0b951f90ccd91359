//! What is stored here says more than what the others share of it, and is never replaced by that.

use allclear::domain::incident::IncidentStatus;
use allclear::sop::event::{Event, EventKind};
use allclear::sop::run::Run;
use allclear::sop::severity::Severity;
use allclear::sop::shared::is_short;
use proptest::prelude::*;
use serde_json::Map;

use super::{Sheet, run_of, take_in};
use crate::sop::properties::whats;
use crate::sop::support::log::post;

/// What another console knows of this log.
fn elsewhere(ours: &Run) -> Run {
    let mut theirs = Run::new(ours.id.clone());
    take_in(&mut theirs, &Sheet::of(ours).beside(&Map::new()));
    theirs
}

fn sent() -> EventKind {
    EventKind::SendStarted {
        op: "op-1".to_owned(),
        message: post(IncidentStatus::Investigating, Severity::P0, None),
    }
}

#[test]
fn a_stored_entry_takes_the_place_of_its_shared_form_and_never_the_other_way_round() {
    let full = run_of("a", &[sent()]);
    let short = elsewhere(&full);
    let all: Vec<Event> = full.events().cloned().collect();
    assert_ne!(full, short, "its text is not shared");

    let mut first_stored = full.clone();
    take_in(&mut first_stored, &Sheet::of(&full).beside(&Map::new()));
    assert_eq!(first_stored, full);

    let mut first_heard = short;
    assert!(all.iter().all(|event| first_heard.has(&event.id) && !first_heard.holds(event)));
    for event in all {
        first_heard.put(event);
    }
    assert_eq!(first_heard, full);
    assert!(full.events().all(|event| first_heard.holds(event)));
}

proptest! {
    /// So a console can tell what it may store in the place of another entry.
    #[test]
    fn an_entry_that_says_more_than_is_shared_is_told_from_its_shared_form(whats in prop::collection::vec(whats(), 1..30)) {
        let full = run_of("a", &whats);
        let short = elsewhere(&full);
        for event in short.events() {
            prop_assert!(is_short(event), "{event:?}");
        }
        for event in full.events() {
            prop_assert_eq!(is_short(event), short.holds(event), "{:?}", event);
        }
    }
}
