//! The hosted services for real: every order through its adapter to the vendor's state machine, with every fault at
//! every request of it, and a console that is closed before and after everything that it does. What the ledger says is
//! compared with what the vendor has.

use std::collections::BTreeMap;
use std::pin::Pin;

use allclear::config::MailService;
use allclear::console::runner::drive;
use allclear::console::runner::world::Others;
use allclear::delivery::mailing::{Intent, Person};
use allclear::domain::after_loss::AfterLoss;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::message::Sendable;
use allclear::sop::run::LedgerState;
use allclear::sop::severity::Severity;
use allclear_sandbox::call::Vendor;
use allclear_sandbox::clock::Author;
use allclear_sandbox::faults::{Kind, Match, Rule};
use allclear_sandbox::statuspage::model::Incident;
use allclear_sandbox::store::{self, Search, Slice, State};
use allclear_sandbox::world::World;

use super::sim::{Hosted, Shared, Sim, Tab, run, run_id, vendor_of};
use crate::sop::decisions::Desk;

const OP: &str = "op-x";
const PEOPLE: usize = 7;

/// What leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    FirstPost,
    Update,
    Resolved,
    Mail(MailService),
}

thread_local! {
    static DESK: Desk = Desk::declared("outage", Severity::P0);
}

impl Order {
    fn message(self) -> Sendable {
        let (channel, kind) = match self {
            Self::FirstPost => (Channel::Page, DutyKind::First),
            Self::Update => (Channel::Page, DutyKind::Update),
            Self::Resolved => (Channel::Page, DutyKind::Resolved),
            Self::Mail(_) => (Channel::Email, DutyKind::First),
        };
        DESK.with(|desk| desk.message(channel, kind, "14:09"))
    }

    fn hosted(self) -> Hosted {
        Hosted {
            page: true,
            mail: match self {
                Self::Mail(service) => Some(service),
                Self::FirstPost | Self::Update | Self::Resolved => None,
            },
        }
    }
}

/// What a vendor, or the way to it, does to one request.
const FAULTS: [(Kind, bool); 12] = [
    (Kind::DropBefore, false),
    (Kind::DropAfter, false),
    (Kind::Truncate, false),
    (Kind::ContentType, false),
    (Kind::HtmlLogin, false),
    (Kind::Calm, false),
    (Kind::TooMany, false),
    (Kind::Failed, false),
    (Kind::Failed, true),
    (Kind::Gateway, false),
    (Kind::Gateway, true),
    (Kind::BreakShape, false),
];

fn rule(kind: Kind, after: bool, nth: u64) -> Rule {
    Rule {
        matches: Match::default(),
        nth: Some(nth),
        every: None,
        kind,
        ms: 0,
        after,
        retry_after: Some("3".to_owned()),
        seen: 0,
    }
}

fn people() -> Vec<Person> {
    (0..PEOPLE)
        .map(|n| Person {
            address: format!("p{n}@example.com"),
            name: Some(format!("P {n}")),
        })
        .collect()
}

fn opened(sim: &Shared, name: &'static str, order: Order) -> Tab {
    let tab = Tab::opened(sim, name);
    tab.hosted.set(order.hosted());
    tab
}

/// A browser in which the incident was declared, and whatever has to stand before the order was done.
fn ready(order: Order) -> (Shared, Tab) {
    let sim = Sim::new();
    let tab = Tab::declared(&sim, "first");
    tab.hosted.set(order.hosted());
    if matches!(order, Order::Update | Order::Resolved) {
        run(&sim, vec![Box::pin(tab.press("op-first", Order::FirstPost.message(), Vec::new()))]);
        assert_eq!(incidents(&sim).len(), 1);
    }
    sim.borrow_mut().steps = 0;
    sim.borrow_mut().requests = 0;
    (sim, tab)
}

fn give(sim: &Shared, tab: &Tab, order: Order) {
    run(sim, vec![Box::pin(tab.press(OP, order.message(), people()))]);
}

fn incidents(sim: &Shared) -> Vec<Incident> {
    let sim = sim.borrow();
    let Some(world) = &sim.vendors else { return Vec::new() };
    world.store.list(store::Kind::Incident, Slice::ALL).unwrap()
}

/// How often each person has the mail.
fn delivered(sim: &Shared, service: MailService) -> BTreeMap<String, u32> {
    let sim = sim.borrow();
    let mut counted = BTreeMap::new();
    if let Some(world) = &sim.vendors {
        let (mails, _) = world.store.mails(vendor_of(service), &Search::default(), Slice::ALL);
        for mail in mails.iter().filter(|mail| mail.state == State::Accepted) {
            *counted.entry(mail.address.clone()).or_default() += 1;
        }
    }
    counted
}

/// Opens the console again, lets it find out what it can, and goes on with what waits.
fn aftermath(sim: &Shared, order: Order, what: &str) -> Tab {
    {
        let mut sim = sim.borrow_mut();
        sim.dies_at = None;
        sim.dead.clear();
        if let Some(world) = &mut sim.vendors {
            world.switches.faults.clear();
        }
    }
    let tab = opened(sim, "second", order);
    run(sim, vec![Box::pin(async {
        tab.open().await;
        // The page is read every 15 seconds anyway.
        tab.look_for(&run_id()).await;
    })]);
    if let Order::Mail(_) = order {
        for _round in 0..8 {
            match tab.summaries().pop() {
                Some(summary) if summary.tally.open > 0 => {
                    run(sim, vec![Box::pin(drive(&tab, OP.to_owned(), Intent::Resume))]);
                }
                Some(_) | None => break,
            }
        }
        if let Some(summary) = tab.summaries().pop() {
            assert_eq!((summary.tally.open, summary.tally.all), (0, PEOPLE), "{what}: somebody is lost");
        }
    }
    tab
}

/// `all_found`: whether whatever a service can tell has been found out. A tab that wakes after a mailing was taken over
/// from it may let its batch go after everybody has looked: that batch stays unknown, which is true.
fn check(sim: &Shared, tab: &Tab, order: Order, all_found: bool, what: &str) {
    let row = tab.row(OP);
    let state = row.map(|row| row.state);
    if let Order::Mail(service) = order {
        let delivered = delivered(sim, service);
        assert!(delivered.values().all(|times| *times == 1), "{what}: {delivered:?}");
        let Some(tally) = tab.summaries().pop().map(|summary| summary.tally) else {
            assert!(delivered.is_empty(), "{what}: it left without having been written down");
            return;
        };
        assert!(tally.accepted <= delivered.len(), "{what}: the ledger says more than the vendor");
        assert!(delivered.len() <= tally.accepted + tally.unknown, "{what}: the ledger says less than it has to");
        let can_be_asked = !matches!(service, MailService::Sendgrid);
        if can_be_asked && all_found {
            assert_eq!(tally.accepted, delivered.len(), "{what}: it could have been found out");
        }
        match state {
            Some(LedgerState::Sent { .. }) => assert!(!delivered.is_empty(), "{what}"),
            Some(LedgerState::Failed { .. }) => assert!(delivered.is_empty(), "{what}"),
            Some(LedgerState::Unknown { .. }) => assert!(tally.unknown > 0, "{what}"),
            Some(LedgerState::Queued) | None => panic!("{what}: {state:?}"),
        }
        return;
    }
    let text = order.message().record().text.clone();
    let all = incidents(sim);
    assert!(all.len() <= 1, "{what}: two public incidents");
    let there = all.iter().flat_map(|incident| &incident.updates).filter(|update| update.body == text).count();
    assert!(there <= 1, "{what}: it stands there {there} times");
    match state {
        Some(LedgerState::Sent { .. }) => assert_eq!(there, 1, "{what}: the ledger says that it is there"),
        Some(LedgerState::Failed { .. }) | None => assert_eq!(there, 0, "{what}: the ledger says that it is not there"),
        Some(LedgerState::Unknown { .. }) => assert_eq!(there, 0, "{what}: it could have been found out"),
        Some(LedgerState::Queued) => panic!("{what}: nobody answers for it"),
    }
}

/// One bad day: the so-maniest request meets a fault, and the console is closed at the so-maniest step. Whether it was.
fn bad_day(order: Order, fault: Option<(Kind, bool, u64)>, dies_at: u32) -> bool {
    let what = format!("{order:?}, {fault:?}, dies at {dies_at}");
    let (sim, tab) = ready(order);
    if let Some(fault) = fault {
        strike(&sim, fault);
    }
    sim.borrow_mut().dies_at = (dies_at > 0).then_some(("first", dies_at));
    give(&sim, &tab, order);
    let died = !sim.borrow().dead.is_empty();
    drop(tab);
    let tab = aftermath(&sim, order, &what);
    check(&sim, &tab, order, true, &what);
    died
}

/// The first tab is frozen at the so-maniest step, with its locks; a second one is opened and goes on with what waits;
/// then the first wakes. Whether it was frozen.
fn frozen_day(order: Order, fault: (Kind, bool, u64), freezes_at: u32) -> bool {
    let what = format!("{order:?}, {fault:?}, freezes at {freezes_at}");
    let (sim, tab) = ready(order);
    strike(&sim, fault);
    sim.borrow_mut().dies_at = Some(("first", freezes_at));
    let mut frozen: Pin<Box<dyn Future<Output = ()>>> = Box::pin(tab.press(OP, order.message(), people()));
    run(&sim, vec![Box::pin(&mut frozen)]);
    let froze = !sim.borrow().dead.is_empty();
    let second = opened(&sim, "second", order);
    run(&sim, vec![Box::pin(async {
        second.open().await;
        drive(&second, OP.to_owned(), Intent::Resume).await;
    })]);
    sim.borrow_mut().dies_at = None;
    sim.borrow_mut().dead.clear();
    if froze {
        run(&sim, vec![Box::pin(frozen)]);
    }
    drop(second);
    let judge = aftermath(&sim, order, &what);
    check(&sim, &judge, order, false, &what);
    froze
}

fn strike(sim: &Shared, (kind, after, nth): (Kind, bool, u64)) {
    let mut sim = sim.borrow_mut();
    let now = Author(sim.now.timestamp_millis());
    let world = sim.vendors.get_or_insert_with(|| World::seeded(Some(now)).unwrap());
    world.switches.faults = vec![rule(kind, after, nth)];
}

/// Every fault at every request, every step at which the console may be closed, and both together at some.
fn bad_days(order: Order) -> u32 {
    let (sim, tab) = ready(order);
    give(&sim, &tab, order);
    check(&sim, &tab, order, true, "nothing goes wrong");
    let (steps, requests) = (sim.borrow().steps, u64::from(sim.borrow().requests));
    let mut cases = 0;
    for dies_at in 1..=steps {
        bad_day(order, None, dies_at);
        cases += 1;
    }
    for (kind, after) in FAULTS {
        for nth in 1..=requests {
            // A fault takes other ways, and more steps.
            for dies_at in 0..steps + 20 {
                let died = bad_day(order, Some((kind, after, nth)), dies_at);
                cases += 1;
                if dies_at > 0 && !died {
                    break;
                }
            }
        }
    }
    for (kind, after) in FAULTS {
        for freezes_at in (1..steps + 20).step_by(2) {
            if !frozen_day(order, (kind, after, requests), freezes_at) {
                break;
            }
            cases += 1;
        }
    }
    println!("{cases} bad days of {order:?}, {requests} requests and {steps} steps each");
    cases
}

#[test]
fn a_first_post_to_statuspage_survives_every_bad_day() {
    assert!(bad_days(Order::FirstPost) > 200);
}

#[test]
fn an_update_on_statuspage_survives_every_bad_day() {
    assert!(bad_days(Order::Update) > 200);
}

#[test]
fn a_resolution_on_statuspage_survives_every_bad_day() {
    assert!(bad_days(Order::Resolved) > 200);
}

#[test]
fn a_mailing_through_postmark_survives_every_bad_day() {
    assert!(bad_days(Order::Mail(MailService::Postmark)) > 200);
}

#[test]
fn a_mailing_through_resend_survives_every_bad_day() {
    assert!(bad_days(Order::Mail(MailService::Resend)) > 200);
}

#[test]
fn a_mailing_through_sendgrid_survives_every_bad_day() {
    assert!(bad_days(Order::Mail(MailService::Sendgrid)) > 200);
}

#[test]
fn what_the_sandbox_keeps_is_what_the_services_promise() {
    // The matrix counts by these.
    assert_eq!(vendor_of(MailService::Postmark), Vendor::Postmark);
    for (service, promised) in [
        (MailService::Postmark, AfterLoss::ReadBack { after_seconds: &[30, 120] }),
        (MailService::Resend, AfterLoss::SendAgain { hours: 24 }),
        (MailService::Sendgrid, AfterLoss::Offer),
    ] {
        let sim = Sim::new();
        let tab = opened(&sim, "any", Order::Mail(service));
        let mailer = allclear::console::runner::world::Services::mailer(&tab, &run_id());
        assert_eq!(allclear::api::mail::SendMail::after_loss(&mailer), promised);
    }
}
