//! What leaves for the hosted services, what stands before it, and how the ledger is judged by what the vendor has.

use std::cell::RefCell;
use std::collections::BTreeMap;

use allclear::config::MailService;
use allclear::console::runner::keep_draft;
use allclear::console::runner::world::Log;
use allclear::delivery::mailing::Person;
use allclear::delivery::notice::Notice;
use allclear::delivery::postmortem::NotKept;
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{ComponentChange, EventKind};
use allclear::sop::gate::PublicText;
use allclear::sop::message::Sendable;
use allclear::sop::run::LedgerState;
use allclear::sop::severity::Severity;
use allclear_sandbox::statuspage::model::{Component, Incident};
use allclear_sandbox::store::{self, Search, Slice, State};

use super::sim::{Hosted, Shared, Sim, Tab, run, run_id, vendor_of};
use crate::sop::decisions::Desk;
use crate::sop::support::at;
use crate::sop::support::playbook::playbook;

pub const OP: &str = "op-x";
pub const PEOPLE: usize = 7;

/// What leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    FirstPost,
    Update,
    Resolved,
    Reopened,
    Components,
    Draft,
    Postmortem,
    Mail(MailService),
}

pub const API: &str = "cmpapi000001";
pub const OURS: &str = "A key was replaced.";

thread_local! {
    static DESK: Desk = Desk::declared("outage", Severity::P0);
    /// What came of saving a draft: it stands in no log.
    static KEPT: RefCell<Option<Result<(), NotKept>>> = const { RefCell::new(None) };
}

impl Order {
    pub fn message(self) -> Sendable {
        let (channel, kind) = match self {
            Self::FirstPost | Self::Components | Self::Draft | Self::Postmortem => (Channel::Page, DutyKind::First),
            Self::Update => (Channel::Page, DutyKind::Update),
            Self::Resolved => (Channel::Page, DutyKind::Resolved),
            Self::Reopened => (Channel::Page, DutyKind::Reopened),
            Self::Mail(_) => (Channel::Email, DutyKind::First),
        };
        DESK.with(|desk| desk.message(channel, kind, "14:09"))
    }

    /// Lets it leave.
    pub async fn leave(self, tab: &Tab) {
        match self {
            Self::FirstPost | Self::Update | Self::Resolved | Self::Reopened | Self::Mail(_) => {
                tab.press(OP, self.message(), people()).await;
            }
            Self::Components => {
                let change = ComponentChange { id: ComponentId(API.to_owned()), state: ComponentState::MajorOutage };
                tab.act(EventKind::ComponentsChanged { components: vec![change] }).await;
            }
            Self::Draft => {
                let incident = tab.state(&run_id()).and_then(|state| state.page_incident).unwrap();
                let kept = keep_draft(tab, &run_id(), &incident, OURS).await;
                KEPT.set(Some(kept));
            }
            Self::Postmortem => {
                let (sop, state) = (playbook(), tab.state(&run_id()).unwrap());
                let text = PublicText { playbook: &sop, state: &state, text: OURS, page: None, components: &[], sender: "Ada".into(), now: at("14:09") };
                tab.press(OP, text.freeze(&[]).unwrap(), Vec::new()).await;
            }
        }
    }

    pub fn hosted(self) -> Hosted {
        Hosted {
            page: true,
            team: None,
            mail: match self {
                Self::Mail(service) => Some(service),
                Self::FirstPost
                | Self::Update
                | Self::Resolved
                | Self::Reopened
                | Self::Components
                | Self::Draft
                | Self::Postmortem => None,
            },
        }
    }
}

pub fn people() -> Vec<Person> {
    (0..PEOPLE)
        .map(|n| Person {
            address: format!("p{n}@example.com"),
            name: Some(format!("P {n}")),
        })
        .collect()
}

pub fn opened(sim: &Shared, name: &'static str, order: Order) -> Tab {
    let tab = Tab::opened(sim, name);
    tab.hosted.set(order.hosted());
    tab
}

/// A browser in which the incident was declared, and whatever has to stand before the order was done.
pub fn ready(order: Order) -> (Shared, Tab) {
    let sim = Sim::new();
    let tab = Tab::declared(&sim, "first");
    tab.hosted.set(order.hosted());
    let is_first = matches!(order, Order::FirstPost | Order::Components | Order::Mail(_));
    if !is_first {
        run(&sim, vec![Box::pin(tab.press("op-first", Order::FirstPost.message(), Vec::new()))]);
        assert_eq!(incidents(&sim).len(), 1);
    }
    if matches!(order, Order::Reopened | Order::Draft | Order::Postmortem) {
        run(&sim, vec![Box::pin(tab.press("op-resolved", Order::Resolved.message(), Vec::new()))]);
    }
    if order == Order::Reopened {
        run(&sim, vec![Box::pin(tab.act(EventKind::Reopened))]);
    }
    KEPT.set(None);
    sim.borrow_mut().steps = 0;
    sim.borrow_mut().requests = 0;
    (sim, tab)
}

pub fn incidents(sim: &Shared) -> Vec<Incident> {
    let sim = sim.borrow();
    let Some(world) = &sim.vendors else { return Vec::new() };
    world.store.list(store::Kind::Incident, Slice::ALL).unwrap()
}

/// How often each person has the mail.
pub fn delivered(sim: &Shared, service: MailService) -> BTreeMap<String, u32> {
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

/// `all_found`: whether whatever a service can tell has been found out. A tab that wakes after a mailing was taken over
/// from it may let its batch go after everybody has looked: that batch stays unknown, which is true.
pub fn check(sim: &Shared, tab: &Tab, order: Order, all_found: bool, what: &str) {
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
    match order {
        Order::Draft => return check_draft(sim, what),
        Order::Postmortem => return check_postmortem(sim, state.as_ref(), what),
        Order::Components => return check_components(sim, what),
        Order::FirstPost | Order::Update | Order::Resolved | Order::Reopened | Order::Mail(_) => {}
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

pub fn check_draft(sim: &Shared, what: &str) {
    let there = incidents(sim)[0].postmortem.as_ref().and_then(|there| there.body_draft.clone());
    match KEPT.take() {
        Some(Ok(())) => assert_eq!(there.as_deref(), Some(OURS), "{what}: it says that the draft is there"),
        Some(Err(NotKept::Held(_) | NotKept::Failed(_))) => assert_eq!(there, None, "{what}: it says that it is not"),
        Some(Err(NotKept::Lost(_))) | None => {}
    }
}

pub fn check_postmortem(sim: &Shared, state: Option<&LedgerState>, what: &str) {
    let there = incidents(sim)[0].postmortem.as_ref().and_then(|there| there.body.clone());
    match state {
        Some(LedgerState::Sent { .. }) => assert_eq!(there.as_deref(), Some(OURS), "{what}: the ledger says that readers have it"),
        Some(LedgerState::Failed { .. }) | None => assert_eq!(there, None, "{what}: the ledger says that nobody has it"),
        Some(LedgerState::Unknown { .. }) => {}
        Some(LedgerState::Queued) => panic!("{what}: nobody answers for it"),
    }
}

/// Whoever is told nothing believes that they are as chosen.
pub fn check_components(sim: &Shared, what: &str) {
    let sim = sim.borrow();
    let api = sim.vendors.as_ref().and_then(|world| world.store.get::<Component>(store::Kind::Component, API).unwrap());
    let is_changed = api.is_some_and(|api| api.status == "major_outage");
    let is_told = sim.notices.iter().any(|notice| matches!(notice, Notice::ComponentsNotChanged(_)));
    assert!(is_changed || is_told || sim.was_closed, "{what}: nobody was told");
}
