//! Every order × every fault at every request × a tab that dies before and after everything that it does, and × a
//! write that the browser refuses. Whatever happens: nothing leaves twice by itself, nothing is lost without a word,
//! and the ledger says nothing that the service contradicts.

use allclear::delivery::mailing::{Intent, Person};
use allclear::domain::after_loss::AfterLoss;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::message::Sendable;
use allclear::sop::run::{LedgerState, Run};
use allclear::sop::severity::Severity;

use super::sim::{Fault, Shared, Sim, Tab, run};
use super::told;
use crate::sop::decisions::Desk;

/// What leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    FirstPost,
    Update,
    Mail(AfterLoss),
    Components,
}

const ORDERS: [Order; 6] = [
    Order::FirstPost,
    Order::Update,
    Order::Mail(AfterLoss::SendAgain),
    Order::Mail(AfterLoss::ReadBack { after_seconds: &[30, 120] }),
    Order::Mail(AfterLoss::Offer),
    Order::Components,
];

/// Whether others share the page.
const SHARED: [bool; 2] = [false, true];

const OP: &str = "op-x";
const PEOPLE: usize = 7;

thread_local! {
    static DESK: Desk = Desk::declared("outage", Severity::P0);
}

fn message(channel: Channel, kind: DutyKind) -> Sendable {
    DESK.with(|desk| desk.message(channel, kind, "14:09"))
}

fn people() -> Vec<Person> {
    (0..PEOPLE)
        .map(|n| Person {
            address: format!("{}{n}@example.com", if n == 2 { "refused" } else { "p" }),
            name: None,
        })
        .collect()
}

/// A browser in which the incident was declared, and whatever has to stand before the order was done.
fn ready(order: Order, shared: bool) -> (Shared, Tab) {
    let sim = Sim::new();
    sim.borrow_mut().page.remembers = !shared;
    if let Order::Mail(after_loss) = order {
        sim.borrow_mut().outbox.after_loss = after_loss;
    }
    let tab = Tab::declared(&sim, "first");
    tab.shared.set(shared);
    if matches!(order, Order::Update) {
        let first = message(Channel::Page, DutyKind::First);
        run(&sim, vec![Box::pin(tab.press("op-first", first, Vec::new()))]);
        assert_eq!(sim.borrow().page.incidents.len(), 1);
    }
    sim.borrow_mut().steps = 0;
    sim.borrow_mut().writes = 0;
    (sim, tab)
}

async fn give(tab: &Tab, order: Order) {
    match order {
        Order::FirstPost => tab.press(OP, message(Channel::Page, DutyKind::First), Vec::new()).await,
        Order::Update => tab.press(OP, message(Channel::Page, DutyKind::Update), Vec::new()).await,
        Order::Mail(_) => tab.press(OP, message(Channel::Email, DutyKind::First), people()).await,
        Order::Components => {
            tab.act(EventKind::ComponentsChanged { components: Vec::new() }).await;
        }
    }
}

/// How often the page shows what the order posted.
fn on_the_page(sim: &Shared) -> usize {
    usize::from(sim.borrow().page.receipts.contains_key(OP))
}

/// Opens the console again as often as it takes until nothing is interrupted any more; what waits is gone on with.
fn aftermath(sim: &Shared, order: Order, shared: bool, what: &str) -> Run {
    sim.borrow_mut().dies_at = None;
    sim.borrow_mut().dead.clear();
    sim.borrow_mut().online = true;
    let tab = Tab::opened(sim, "second");
    tab.shared.set(shared);
    run(sim, vec![Box::pin(tab.open())]);
    if let Order::Mail(_) = order {
        for _round in 0..8 {
            let Some(summary) = tab.summaries().pop() else { break };
            if summary.tally.open == 0 {
                break;
            }
            run(sim, vec![Box::pin(allclear::console::runner::drive(&tab, OP.to_owned(), Intent::Resume))]);
        }
        if let Some(summary) = tab.summaries().pop() {
            assert_eq!(summary.tally.open, 0, "{what}: somebody is lost");
            assert_eq!(summary.tally.all, PEOPLE, "{what}");
            if summary.tally.unknown > 0 {
                run(sim, vec![Box::pin(allclear::console::runner::drive(&tab, OP.to_owned(), Intent::LeaveUnknown))]);
            }
        }
    }
    // A mailing of which nothing has left waits for a person, who has gone on with it by now.
    if let Some(row) = tab.row(OP) {
        assert_ne!(row.state, LedgerState::Queued, "{what}: nobody answers for it");
    }
    tab.own_log()
}

fn check(sim: &Shared, order: Order, log: &Run, what: &str) {
    let tab = Tab::opened(sim, "judge");
    assert_eq!(log, &tab.own_log(), "{what}: what was said is not what is stored");
    let row = tab.row(OP);
    let sim = sim.borrow();
    assert!(sim.page.incidents.len() <= 1, "{what}: two public incidents");
    let updates: usize = sim.page.incidents.values().map(|incident| incident.updates.len()).sum();
    let posts = sim.page.receipts.keys().filter(|key| !key.starts_with("run/")).count();
    assert_eq!(updates, posts, "{what}: an operation was performed twice");
    assert!(sim.outbox.delivered.values().all(|times| *times == 1), "{what}: {:?}", sim.outbox.delivered);
    match (order, row.map(|row| row.state)) {
        (Order::FirstPost | Order::Update, Some(LedgerState::Sent { .. })) => {
            assert!(sim.page.receipts.contains_key(OP), "{what}: the ledger says that it is there");
        }
        (Order::FirstPost | Order::Update, Some(LedgerState::Failed { .. }) | None) => {
            assert!(!sim.page.receipts.contains_key(OP), "{what}: the ledger says that it is not there");
        }
        (Order::Mail(_), Some(LedgerState::Sent { .. })) => {
            assert!(!sim.outbox.delivered.is_empty(), "{what}: the ledger says that somebody has it");
        }
        (Order::Mail(_), Some(LedgerState::Failed { .. }) | None) => {
            assert!(sim.outbox.delivered.is_empty(), "{what}: the ledger says that nobody has it");
        }
        (Order::Mail(_), Some(LedgerState::Unknown { .. })) => {
            let summary = tab.summaries().pop();
            let proved = summary.is_some_and(|summary| summary.is_over() && summary.tally.accepted > 0);
            assert!(!proved, "{what}: the ledger knows less than the sending");
        }
        (_, Some(LedgerState::Unknown { .. })) | (Order::Components, None) => {}
        (_, Some(LedgerState::Queued)) | (Order::Components, Some(_)) => panic!("{what}: {order:?}"),
    }
}

/// How many steps, requests and writes the order takes when nothing goes wrong.
fn smooth(order: Order, shared: bool) -> (u32, u32) {
    let (sim, tab) = ready(order, shared);
    run(&sim, vec![Box::pin(give(&tab, order))]);
    let log = tab.own_log();
    check(&sim, order, &log, "nothing goes wrong");
    let sim = sim.borrow();
    (sim.steps, sim.writes)
}

/// Every fault at every request of an order, and a death before and after everything that is done then; how many cases.
fn every_bad_day(order: Order) -> u32 {
    let mut cases = 0;
    for shared in SHARED {
        let (steps, _) = smooth(order, shared);
        for fault in Fault::ALL {
            for at_request in 0..4_usize {
                if fault == Fault::None && at_request > 0 {
                    continue;
                }
                // A fault takes other ways, and more steps; with none, every step is tried.
                let every = if fault == Fault::None { 1 } else { 2 };
                for dies_at in (0..=steps + 24).step_by(every) {
                    let what = format!("{order:?}, shared {shared}, {fault:?} at request {at_request}, dies at {dies_at}");
                    let (sim, tab) = ready(order, shared);
                    sim.borrow_mut().faults = (0..at_request).map(|_| Fault::None).chain([fault]).collect();
                    sim.borrow_mut().dies_at = (dies_at > 0).then_some(("first", dies_at));
                    run(&sim, vec![Box::pin(give(&tab, order))]);
                    let died = !sim.borrow().dead.is_empty();
                    drop(tab);
                    let log = aftermath(&sim, order, shared, &what);
                    check(&sim, order, &log, &what);
                    cases += 1;
                    if !died && dies_at > 0 {
                        break;
                    }
                }
            }
        }
    }
    told(&format!("every fault and death: {order:?}"), cases)
}

#[test]
fn posts_survive_every_fault_and_every_death() {
    let cases: u32 = [Order::FirstPost, Order::Update, Order::Components].into_iter().map(every_bad_day).sum();
    assert!(cases > 500, "{cases}");
}

#[test]
fn a_mailing_that_is_sent_again_under_its_key_survives_every_fault_and_every_death() {
    assert!(every_bad_day(Order::Mail(AfterLoss::SendAgain)) > 500);
}

#[test]
fn a_mailing_that_is_read_back_survives_every_fault_and_every_death() {
    assert!(every_bad_day(Order::Mail(AfterLoss::ReadBack { after_seconds: &[30, 120] })) > 500);
}

#[test]
fn a_mailing_that_nobody_can_ask_about_survives_every_fault_and_every_death() {
    assert!(every_bad_day(Order::Mail(AfterLoss::Offer)) > 500);
}

#[test]
fn a_write_that_is_refused_lets_nothing_leave_unannounced() {
    for (order, shared) in ORDERS.into_iter().flat_map(|order| SHARED.map(|shared| (order, shared))) {
        let (_, writes) = smooth(order, shared);
        for refused in 1..=writes {
            let what = format!("{order:?}, shared {shared}, write {refused} is refused");
            let (sim, tab) = ready(order, shared);
            sim.borrow_mut().refused_writes = [refused].into();
            run(&sim, vec![Box::pin(give(&tab, order))]);
            // The first write announces it: where it is refused, nothing has left.
            if refused == 1 && order != Order::Components {
                assert_eq!(on_the_page(&sim), 0, "{what}");
                assert!(sim.borrow().outbox.delivered.is_empty(), "{what}");
                assert!(matches!(tab.row(OP).unwrap().state, LedgerState::Failed { .. }), "{what}");
            }
            assert!(sim.borrow().outbox.delivered.values().all(|times| *times == 1), "{what}");
            assert!(sim.borrow().page.incidents.len() <= 1, "{what}");
        }
    }
}

#[test]
fn who_knows_that_nothing_is_stored_can_still_send() {
    let (sim, tab) = ready(Order::FirstPost, false);
    sim.borrow_mut().refused_writes = (1..100).collect();
    run(&sim, vec![Box::pin(give(&tab, Order::FirstPost))]);
    assert_eq!(on_the_page(&sim), 0);
    let again = message(Channel::Page, DutyKind::First);
    run(&sim, vec![Box::pin(tab.press("op-again", again, Vec::new()))]);
    assert!(sim.borrow().page.receipts.contains_key("op-again"));
    assert!(matches!(tab.row("op-again").unwrap().state, LedgerState::Sent { .. }));
}
