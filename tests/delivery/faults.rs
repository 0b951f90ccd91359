//! What a service, or the way to it, does to a request.

use allclear_sandbox::clock::Author;
use allclear_sandbox::faults::{Kind, Match, Rule};
use allclear_sandbox::world::World;

use super::sim::Shared;

/// Every fault, and whether it comes after the request has taken effect.
pub const FAULTS: [(Kind, bool); 14] = [
    // No complete answer comes in time.
    (Kind::Latency, true),
    (Kind::DropBefore, false),
    (Kind::DropAfter, false),
    (Kind::Truncate, false),
    (Kind::ContentType, false),
    (Kind::HtmlLogin, false),
    (Kind::JsonLogin, false),
    (Kind::Calm, false),
    (Kind::TooMany, false),
    (Kind::Failed, false),
    (Kind::Failed, true),
    (Kind::Gateway, false),
    (Kind::Gateway, true),
    (Kind::BreakShape, false),
];

/// The so-maniest request meets this, or every one. A busy service asks for so many seconds.
pub fn strike(
    sim: &Shared,
    (kind, after): (Kind, bool),
    nth: Option<u64>,
    retry_after: Option<&str>,
) {
    let mut sim = sim.borrow_mut();
    let now = Author(sim.now.timestamp_millis());
    let world = sim
        .vendors
        .get_or_insert_with(|| World::seeded(Some(now)).unwrap());
    world.switches.faults = vec![Rule {
        matches: Match::default(),
        nth,
        every: None,
        kind,
        ms: 120_000,
        after,
        retry_after: retry_after.map(str::to_owned),
        seen: 0,
    }];
}
