//! What others do on the hosted page between a press and what leaves: in the vendor's own console, through the real
//! adapter to the vendor's state machine.

use allclear::console::runner::{About, Decision, keep_draft};
use allclear::console::runner::world::Log;
use allclear::delivery::postmortem::NotKept;
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::{IncidentId, IncidentStatus};
use allclear::sop::channel::Channel;
use allclear::sop::compose::page_options;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::gate::{PublicText, Wish};
use allclear::sop::message::Sendable;
use allclear::sop::playbook::{Purpose, Variant};
use allclear::sop::run::LedgerState;
use allclear::sop::severity::Severity;
use allclear_sandbox::faults::{Kind, Match, Rule};
use allclear_sandbox::seed::PAGE;
use allclear_sandbox::statuspage::model::{Component, Incident};
use allclear_sandbox::store::{self, Slice};
use chrono::TimeDelta;
use serde_json::json;

use super::sim::{Hosted, Shared, Sim, Tab, by_vendor, run, run_id};
use crate::sop::decisions::{Desk, facts};
use crate::sop::support::playbook::playbook;

pub const API: &str = "cmpapi000001";

pub const KEPT: &str = "somebody had posted meanwhile, and you decided not to publish";

/// Frozen now.
pub fn message(sim: &Shared, kind: DutyKind) -> Sendable {
    let now = sim.borrow().now.to_rfc3339();
    Desk::declared("outage", Severity::P0).message(Channel::Page, kind, &now[11..19])
}

pub fn opened(sim: &Shared, name: &'static str) -> Tab {
    let tab = Tab::opened(sim, name);
    tab.hosted.set(Hosted { page: true, ..Hosted::default() });
    tab
}

pub fn declared() -> (Shared, Tab) {
    let sim = Sim::new();
    let tab = Tab::declared(&sim, "first");
    tab.hosted.set(Hosted { page: true, ..Hosted::default() });
    (sim, tab)
}

pub fn press(sim: &Shared, tab: &Tab, op: &str, message: Sendable) {
    // The undo window.
    sim.borrow_mut().now += TimeDelta::seconds(15);
    run(sim, vec![Box::pin(tab.press(op, message, Vec::new()))]);
}

pub fn incidents(sim: &Shared) -> Vec<Incident> {
    let sim = sim.borrow();
    let world = sim.vendors.as_ref().unwrap();
    world.store.list(store::Kind::Incident, Slice::ALL).unwrap()
}

fn state_of(sim: &Shared, id: &str) -> String {
    let sim = sim.borrow();
    let world = sim.vendors.as_ref().unwrap();
    world.store.get::<Component>(store::Kind::Component, id).unwrap().unwrap().status
}

pub fn path(rest: &str) -> String {
    format!("/v1/pages/{PAGE}/{rest}")
}

/// Somebody opens an incident in the vendor's console; its id.
pub fn opens(sim: &Shared, fields: serde_json::Value) -> String {
    let made = by_vendor(sim, "POST", &path("incidents"), json!({"incident": fields}));
    made["id"].as_str().unwrap().to_owned()
}

fn why(tab: &Tab, op: &str) -> String {
    match tab.row(op).unwrap().state {
        LedgerState::Failed { reason } => reason,
        other => panic!("{other:?}"),
    }
}

fn is_sent(tab: &Tab, op: &str) -> bool {
    matches!(tab.row(op).unwrap().state, LedgerState::Sent { .. })
}

#[test]
fn an_incident_that_was_deleted_in_the_vendors_console_is_opened_anew_once_and_by_a_persons_choice_only() {
    let (sim, tab) = declared();
    press(&sim, &tab, "op-1", message(&sim, DutyKind::First));
    let first = incidents(&sim)[0].id.clone();
    by_vendor(&sim, "DELETE", &path(&format!("incidents/{first}")), json!({}));
    for op in ["op-2", "op-3"] {
        press(&sim, &tab, op, message(&sim, DutyKind::Update));
        assert!(why(&tab, op).contains("no longer on the status page"), "{}", why(&tab, op));
        assert!(incidents(&sim).is_empty());
    }
    // The choice stands in the log: a reload knows it.
    run(&sim, vec![Box::pin(tab.act(EventKind::PageLeft))]);
    drop(tab);
    let tab = opened(&sim, "second");
    assert_eq!(tab.state(&run_id()).unwrap().page_incident, None);
    press(&sim, &tab, "op-4", message(&sim, DutyKind::Update));
    press(&sim, &tab, "op-5", message(&sim, DutyKind::Update));
    assert!(is_sent(&tab, "op-4") && is_sent(&tab, "op-5"));
    let all = incidents(&sim);
    assert_eq!((all.len(), all[0].updates.len()), (1, 2), "one new incident");
    assert_ne!(all[0].id, first);
    assert_eq!(tab.state(&run_id()).unwrap().page_incident, Some(IncidentId(all[0].id.clone())));
    assert!(sim.borrow().held.is_empty(), "nobody was asked about our own");
}

#[test]
fn an_incident_that_somebody_opened_meanwhile_is_posted_to_opened_beside_or_left() {
    for (decided, incidents_then, is_posted) in [
        (Some("join"), 1, true),
        (Some("publish"), 2, true),
        (Some("keep"), 1, false),
        (None, 1, false),
    ] {
        let (sim, tab) = declared();
        let theirs = opens(&sim, json!({"name": "API is down", "status": "investigating", "body": "Looking."}));
        sim.borrow_mut().decisions.extend(decided.map(|decided| match decided {
            "join" => Decision::Join(IncidentId(theirs.clone())),
            "publish" => Decision::Publish,
            _ => Decision::Keep,
        }));
        press(&sim, &tab, "op-1", message(&sim, DutyKind::First));
        assert_eq!(sim.borrow().held.len(), 1, "{decided:?}: asked once");
        let held = sim.borrow().held[0].theirs[0].clone();
        assert_eq!((held.who.as_str(), held.text.as_str()), ("Status page", "Looking."));
        assert_eq!(held.joinable, Some(IncidentId(theirs.clone())));
        assert_eq!((incidents(&sim).len(), is_sent(&tab, "op-1")), (incidents_then, is_posted), "{decided:?}");
        if decided == Some("join") {
            assert_eq!(incidents(&sim)[0].updates.len(), 2);
            assert_eq!(tab.state(&run_id()).unwrap().page_incident, Some(IncidentId(theirs)));
        }
    }
}

#[test]
fn an_update_that_somebody_posted_meanwhile_is_asked_about_and_our_own_is_not() {
    let (sim, tab) = declared();
    press(&sim, &tab, "op-1", message(&sim, DutyKind::First));
    press(&sim, &tab, "op-2", message(&sim, DutyKind::Update));
    assert!(sim.borrow().held.is_empty());
    let id = incidents(&sim)[0].id.clone();
    by_vendor(&sim, "PATCH", &path(&format!("incidents/{id}")), json!({"incident": {"status": "identified", "body": "It is the cache."}}));
    sim.borrow_mut().decisions.push_back(Decision::Keep);
    press(&sim, &tab, "op-3", message(&sim, DutyKind::Update));
    assert_eq!(why(&tab, "op-3"), KEPT);
    let held = sim.borrow().held[0].theirs[0].clone();
    assert_eq!((held.text.as_str(), held.status), ("It is the cache.", IncidentStatus::Identified));
    // By the next press it is known.
    press(&sim, &tab, "op-4", message(&sim, DutyKind::Update));
    assert!(is_sent(&tab, "op-4"));
    assert_eq!(sim.borrow().held.len(), 1);
}

/// The next write of this method finds the page too busy; nothing of it happens.
fn too_busy(sim: &Shared, method: &str) {
    let mut sim = sim.borrow_mut();
    let matches = Match { method: Some(method.to_owned()), ..Match::default() };
    sim.vendors.as_mut().unwrap().switches.faults = vec![Rule {
        matches,
        nth: Some(1),
        every: None,
        kind: Kind::TooMany,
        ms: 0,
        after: false,
        retry_after: Some("3".to_owned()),
        seen: 0,
    }];
}

#[test]
fn what_was_decided_about_a_post_is_not_asked_again_because_the_page_was_too_busy() {
    // An update over what somebody posted.
    let (sim, tab) = declared();
    press(&sim, &tab, "op-1", message(&sim, DutyKind::First));
    let id = incidents(&sim)[0].id.clone();
    by_vendor(&sim, "PATCH", &path(&format!("incidents/{id}")), json!({"incident": {"status": "identified", "body": "It is the cache."}}));
    sim.borrow_mut().decisions.push_back(Decision::Publish);
    too_busy(&sim, "PATCH");
    press(&sim, &tab, "op-2", message(&sim, DutyKind::Update));
    assert!(is_sent(&tab, "op-2"), "{:?}", tab.row("op-2"));
    assert_eq!(sim.borrow().held.len(), 1, "asked once");
    // A first post beside what somebody opened, and one that joins it.
    for joins in [false, true] {
        let (sim, tab) = declared();
        let theirs = opens(&sim, json!({"name": "API is down", "status": "investigating", "body": "Looking."}));
        let decision = if joins { Decision::Join(IncidentId(theirs.clone())) } else { Decision::Publish };
        sim.borrow_mut().decisions.push_back(decision);
        too_busy(&sim, if joins { "PATCH" } else { "POST" });
        press(&sim, &tab, "op-1", message(&sim, DutyKind::First));
        assert!(is_sent(&tab, "op-1"), "{:?}", tab.row("op-1"));
        assert_eq!(sim.borrow().held.len(), 1, "asked once");
        assert_eq!(incidents(&sim).len(), if joins { 1 } else { 2 });
    }
}

/// A post about the API as the composer proposes it over what the tab has read.
pub fn about_api(tab: &Tab, kind: DutyKind) -> Sendable {
    let (sop, state) = (playbook(), tab.state(&run_id()).unwrap());
    let purpose = Purpose { channel: Channel::Page, kind, variant: Variant::Usual };
    let page = tab.shown.borrow().clone();
    let resolves = kind == DutyKind::Resolved;
    Wish {
        playbook: &sop,
        state: &state,
        purpose,
        facts: facts(),
        status: if resolves { IncidentStatus::Resolved } else { IncidentStatus::Investigating },
        promise: true,
        options: page_options(&sop, &state, purpose, Some(&page)),
        page: Some(&page),
        components: &page.components,
        sender: "Ada".into(),
        now: tab.sim.borrow().now,
        team: None,
        unchanged: false,
    }
    .freeze(&[])
    .unwrap()
}

/// Reads the whole page, as a tab does that is opened.
pub fn reads(sim: &Shared, tab: &Tab) {
    run(sim, vec![Box::pin(async {
        *tab.shown.borrow_mut() = tab.snapshot().await;
    })]);
}

#[test]
fn a_second_incident_touches_its_component_on_the_page_though_that_is_down_already() {
    let (sim, tab) = declared();
    run(&sim, vec![Box::pin(tab.act(EventKind::ComponentsSet { components: vec![ComponentId(API.to_owned())] }))]);
    let other = opens(&sim, json!({"name": "API", "status": "investigating", "body": "Down.", "impact_override": "critical", "components": {API: "major_outage"}, "component_ids": [API]}));
    reads(&sim, &tab);
    sim.borrow_mut().decisions.push_back(Decision::Publish);
    let first = about_api(&tab, DutyKind::First);
    press(&sim, &tab, "op-1", first);
    let ours = incidents(&sim).into_iter().find(|one| one.id != other).unwrap();
    assert_eq!(ours.component_ids, [API]);
    // Whoever resolves the first one is told by the second that the API is still down.
    reads(&sim, &tab);
    let said = tab.shown.borrow().said_by_others(&ComponentId(API.to_owned()), Some(&IncidentId(other)));
    assert_eq!(said, Some(ComponentState::MajorOutage));
}

#[test]
fn a_resolution_over_a_stale_page_leaves_no_component_down() {
    let (sim, tab) = declared();
    run(&sim, vec![Box::pin(tab.act(EventKind::ComponentsSet { components: vec![ComponentId(API.to_owned())] }))]);
    press(&sim, &tab, "op-1", message(&sim, DutyKind::First));
    reads(&sim, &tab);
    // Another console makes it worse; this one does not hear of it.
    let id = incidents(&sim)[0].id.clone();
    by_vendor(&sim, "PATCH", &path(&format!("incidents/{id}")), json!({"incident": {"status": "identified", "body": "Worse.", "components": {API: "major_outage"}, "component_ids": [API]}}));
    assert_eq!(state_of(&sim, API), "major_outage");
    let resolved = about_api(&tab, DutyKind::Resolved);
    assert!(resolved.record().page.as_ref().unwrap().components.is_empty(), "as this tab saw it, nothing is to be changed");
    sim.borrow_mut().decisions.push_back(Decision::Publish);
    press(&sim, &tab, "op-2", resolved);
    assert!(is_sent(&tab, "op-2"));
    assert_eq!(state_of(&sim, API), "operational");
}

/// Resolved on the page, and a text for readers.
pub fn resolved() -> (Shared, Tab, String) {
    let (sim, tab) = declared();
    press(&sim, &tab, "op-1", message(&sim, DutyKind::First));
    press(&sim, &tab, "op-2", message(&sim, DutyKind::Resolved));
    let id = incidents(&sim)[0].id.clone();
    (sim, tab, id)
}

fn for_readers(tab: &Tab, text: &str) -> Sendable {
    let (sop, state) = (playbook(), tab.state(&run_id()).unwrap());
    let now = tab.sim.borrow().now;
    PublicText { playbook: &sop, state: &state, text, page: None, components: &[], sender: "Ada".into(), now }.freeze(&[]).unwrap()
}

fn published(sim: &Shared) -> Option<String> {
    incidents(sim)[0].postmortem.as_ref().and_then(|there| there.body.clone())
}

fn drafted(sim: &Shared) -> Option<String> {
    incidents(sim)[0].postmortem.as_ref().and_then(|there| there.body_draft.clone())
}

const OURS: &str = "A key was replaced.";
const THEIRS: &str = "A cable was cut.";

#[test]
fn a_colleagues_post_mortem_is_not_replaced_before_somebody_was_asked() {
    for theirs_is_published in [false, true] {
        let (sim, tab, id) = resolved();
        let postmortem = path(&format!("incidents/{id}/postmortem"));
        by_vendor(&sim, "PUT", &postmortem, json!({"postmortem": {"body_draft": THEIRS}}));
        if theirs_is_published {
            by_vendor(&sim, "PUT", &format!("{postmortem}/publish"), json!({"postmortem": {"notify_subscribers": false}}));
        }
        let before = (published(&sim), drafted(&sim));
        sim.borrow_mut().decisions.push_back(Decision::Keep);
        press(&sim, &tab, "op-3", for_readers(&tab, OURS));
        assert_eq!(why(&tab, "op-3"), KEPT);
        let held = sim.borrow().held[0].clone();
        assert_eq!((held.theirs[0].text.as_str(), held.text.as_str(), held.about), (THEIRS, OURS, About::Postmortem));
        assert_eq!((published(&sim), drafted(&sim)), before, "nothing of theirs is lost");
        sim.borrow_mut().decisions.push_back(Decision::Publish);
        press(&sim, &tab, "op-4", for_readers(&tab, OURS));
        assert!(is_sent(&tab, "op-4"));
        assert_eq!(published(&sim).as_deref(), Some(OURS));
        // What was sent from here is known: the next text replaces it without a question.
        press(&sim, &tab, "op-5", for_readers(&tab, "A key was replaced at noon."));
        assert!(is_sent(&tab, "op-5"));
        assert_eq!(sim.borrow().held.len(), 2);
    }
}

#[test]
fn a_draft_replaces_a_colleagues_only_once_somebody_was_asked_and_nothing_where_the_page_cannot_be_read() {
    let (sim, tab, id) = resolved();
    let incident = IncidentId(id.clone());
    let keep = |text: &'static str| {
        let mut kept = None;
        run(&sim, vec![Box::pin(async { kept = Some(keep_draft(&tab, &run_id(), &incident, text).await) })]);
        kept.unwrap()
    };
    assert_eq!(keep(OURS), Ok(()));
    assert_eq!(keep(OURS), Ok(()), "the same again asks nobody");
    let postmortem = path(&format!("incidents/{id}/postmortem"));
    by_vendor(&sim, "PUT", &postmortem, json!({"postmortem": {"body_draft": THEIRS}}));
    sim.borrow_mut().decisions.push_back(Decision::Keep);
    assert_eq!(keep(OURS), Err(NotKept::Held(KEPT.to_owned())));
    assert_eq!(sim.borrow().held[0].about, About::Draft);
    assert_eq!(drafted(&sim).as_deref(), Some(THEIRS));
    sim.borrow_mut().decisions.push_back(Decision::Publish);
    assert_eq!(keep(OURS), Ok(()));
    assert_eq!(drafted(&sim).as_deref(), Some(OURS));
    sim.borrow_mut().online = false;
    assert!(matches!(keep("Another."), Err(NotKept::Held(why)) if why.contains("could not be read")));
}
