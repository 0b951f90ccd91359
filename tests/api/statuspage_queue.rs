//! The turns at Statuspage: one a second, whatever happens.

use allclear::api::statuspage::queue::{Kind, LONGEST_PAUSE, Queue, SPACING, Ticket, Turn};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_770_000_000 + seconds, 0).unwrap()
}

fn after(seconds: i64) -> Turn {
    Turn::After(TimeDelta::seconds(seconds))
}

#[test]
fn writes_go_before_readings_and_each_kind_in_its_order() {
    let mut queue = Queue::default();
    let read = queue.enter(Kind::Read);
    let first = queue.enter(Kind::Write);
    let second = queue.enter(Kind::Write);
    assert_eq!(queue.turn(read, at(0)), after(1));
    assert_eq!(queue.turn(second, at(0)), after(1));
    assert_eq!(queue.turn(first, at(0)), Turn::Now);
    assert_eq!(queue.turn(second, at(0)), after(1));
    assert_eq!(queue.turn(second, at(1)), Turn::Now);
    assert_eq!(queue.turn(read, at(2)), Turn::Now);
}

#[test]
fn who_leaves_holds_nobody_up() {
    let mut queue = Queue::default();
    let gone = queue.enter(Kind::Write);
    let read = queue.enter(Kind::Read);
    queue.leave(gone);
    assert_eq!(queue.turn(read, at(0)), Turn::Now);
}

#[test]
fn too_many_requests_pauses_everybody_for_as_long_as_was_asked_or_longer_each_time() {
    let mut queue = Queue::default();
    let ticket = queue.enter(Kind::Write);
    queue.too_many(Some(7), at(0));
    assert_eq!(queue.turn(ticket, at(0)), after(7));
    queue.too_many(Some(3), at(0));
    assert_eq!(queue.turn(ticket, at(0)), after(7), "the longer one holds");

    let mut queue = Queue::default();
    let ticket = queue.enter(Kind::Write);
    let mut now = 0;
    for pause in [2, 4, 8, 16, 32, 60, 60] {
        queue.too_many(None, at(now));
        assert_eq!(queue.turn(ticket, at(now)), after(pause));
        now += pause;
    }
    queue.answered();
    queue.too_many(None, at(now));
    assert_eq!(queue.turn(ticket, at(now)), after(2));
}

#[test]
fn neither_a_vendor_nor_a_clock_that_is_set_back_stops_it_for_good() {
    let mut queue = Queue::default();
    let ticket = queue.enter(Kind::Write);
    queue.too_many(Some(u32::MAX), at(0));
    assert_eq!(queue.turn(ticket, at(0)), Turn::After(LONGEST_PAUSE));
    let mut queue = Queue::default();
    let ticket = queue.enter(Kind::Write);
    let next = queue.enter(Kind::Write);
    assert_eq!(queue.turn(ticket, at(100_000)), Turn::Now);
    assert_eq!(queue.turn(next, at(0)), Turn::After(SPACING));
    assert_eq!(queue.turn(next, at(1)), Turn::Now);
}

#[derive(Debug, Clone)]
enum Step {
    Enter(bool),
    Leave(usize),
    Busy(Option<u32>),
    Answered,
    Pass(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any::<bool>().prop_map(Step::Enter),
        any::<usize>().prop_map(Step::Leave),
        proptest::option::of(0_u32..90).prop_map(Step::Busy),
        Just(Step::Answered),
        (0_i64..5_000).prop_map(Step::Pass),
    ]
}

proptest! {
    /// Everybody who waits asks at every moment, which is the worst that callers can do.
    #[test]
    fn no_two_begin_within_a_second_and_everybody_gets_a_turn(steps in prop::collection::vec(step(), 1..80)) {
        let mut queue = Queue::default();
        let mut now = at(0);
        let mut begun: Vec<DateTime<Utc>> = Vec::new();
        let mut waiting: Vec<Ticket> = Vec::new();
        let mut ask = |queue: &mut Queue, waiting: &mut Vec<Ticket>, now| {
            waiting.retain(|ticket| match queue.turn(*ticket, now) {
                Turn::Now => { begun.push(now); false }
                Turn::After(wait) => { assert!(wait > TimeDelta::zero() && wait <= LONGEST_PAUSE); true }
            });
        };
        for step in steps {
            match step {
                Step::Enter(write) => waiting.push(queue.enter(if write { Kind::Write } else { Kind::Read })),
                Step::Leave(which) if !waiting.is_empty() => {
                    let at = which % waiting.len();
                    queue.leave(waiting.remove(at));
                }
                Step::Leave(_) => {}
                Step::Busy(seconds) => queue.too_many(seconds, now),
                Step::Answered => queue.answered(),
                Step::Pass(ms) => now += TimeDelta::milliseconds(ms),
            }
            ask(&mut queue, &mut waiting, now);
        }
        for _ in 0..200 {
            now += TimeDelta::seconds(1);
            ask(&mut queue, &mut waiting, now);
        }
        prop_assert!(waiting.is_empty());
        prop_assert!(begun.windows(2).all(|pair| pair[1] - pair[0] >= TimeDelta::seconds(1)));
    }
}
