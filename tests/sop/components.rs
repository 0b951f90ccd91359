//! The states that a post proposes for components: from the page as it is now, never better than what another open
//! incident says (`docs/decisions.md`, "Decided since", 4).

use allclear::domain::component::{Component, ComponentId, ComponentState};
use allclear::domain::impact::Impact;
use allclear::domain::incident::{AffectedComponent, Incident, IncidentId, IncidentStatus, IncidentUpdate};
use allclear::domain::maintenance::{Maintenance, MaintenanceStatus};
use allclear::domain::page::Snapshot;
use allclear::sop::channel::Channel;
use allclear::sop::compose::{component_proposals, page_options, real_changes};
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{ComponentChange, EventKind};
use allclear::sop::gate::Wish;
use allclear::sop::message::{Sendable, standing};
use allclear::sop::playbook::{Purpose, Variant};
use allclear::sop::severity::Severity;

use super::decisions::facts;
use super::support::at;
use super::support::log::Log;

use ComponentState::{DegradedPerformance as Degraded, MajorOutage as Major, Operational, PartialOutage as Partial, UnderMaintenance};

fn id(name: &str) -> ComponentId {
    ComponentId(name.to_owned())
}

pub(super) fn component(name: &str, state: ComponentState) -> Component {
    Component { id: id(name), name: name.to_owned(), description: None, group: None, group_id: None, since: None, state }
}

/// An open incident that touches a component; `given` is what its newest update made of it.
fn incident(name: &str, touches: &str, impact: Impact, given: Option<ComponentState>) -> Incident {
    let affected = given.map(|state| AffectedComponent { id: Some(id(touches)), name: touches.to_owned(), state: Some(state), before: None });
    Incident {
        id: IncidentId(name.to_owned()),
        name: name.to_owned(),
        impact,
        created_at: at("14:00"),
        started_at: None,
        updates: vec![IncidentUpdate {
            id: "u".to_owned(),
            status: IncidentStatus::Investigating,
            body: String::new(),
            created_at: at("14:00"),
            told_at: None,
            affected: affected.into_iter().collect(),
        }],
        components: vec![id(touches)],
        postmortem: None,
        demo: false,
    }
}

fn page(components: &[(&str, ComponentState)], incidents: Vec<Incident>) -> Snapshot {
    Snapshot {
        components: components.iter().map(|(name, state)| component(name, state.clone())).collect(),
        incidents,
        ..Snapshot::default()
    }
}

/// A run that touches these components and is `mine` on the page.
fn run(severity: Severity, components: &[&str]) -> Log {
    let mut log = Log::declared(severity, "14:00");
    log.say("14:00", EventKind::ComponentsSet { components: components.iter().map(|name| id(name)).collect() });
    log.say("14:00", EventKind::PageIncident { id: IncidentId("mine".to_owned()) });
    log
}

fn proposed(log: &Log, kind: DutyKind, page: &Snapshot) -> Vec<(String, ComponentState)> {
    let purpose = Purpose { channel: Channel::Page, kind, variant: Variant::Usual };
    let changes = component_proposals(&log.sop, &log.state("14:30"), purpose, Some(page));
    changes.into_iter().map(|change| (change.id.0, change.state)).collect()
}

fn each(list: &[(&str, ComponentState)]) -> Vec<(String, ComponentState)> {
    list.iter().map(|(name, state)| ((*name).to_owned(), state.clone())).collect()
}

#[test]
fn resolving_leaves_a_component_as_bad_as_another_open_incident_says() {
    let log = run(Severity::P0, &["API", "Web"]);
    let mine = || incident("mine", "API", Impact::Critical, Some(Major));
    for (other, left) in [
        (incident("other", "API", Impact::Critical, Some(Major)), Major),
        (incident("other", "API", Impact::Major, None), Partial),
        (incident("other", "API", Impact::Minor, Some(Partial)), Partial),
        (incident("other", "Billing", Impact::Critical, Some(Major)), Operational),
        (incident("other", "API", Impact::None, None), Operational),
    ] {
        let page = page(&[("API", Major), ("Web", Degraded)], vec![other.clone(), mine()]);
        assert_eq!(proposed(&log, DutyKind::Resolved, &page), each(&[("API", left), ("Web", Operational)]), "{other:?}");
    }
}

#[test]
fn resolving_leaves_a_component_under_maintenance_while_planned_work_on_it_runs() {
    let log = run(Severity::P0, &["API", "Web"]);
    for (status, left) in [
        (MaintenanceStatus::InProgress, UnderMaintenance),
        (MaintenanceStatus::Verifying, UnderMaintenance),
        (MaintenanceStatus::Scheduled, Operational),
        (MaintenanceStatus::Completed, Operational),
    ] {
        let mut page = page(&[("API", Major), ("Web", Degraded)], vec![incident("mine", "API", Impact::Critical, Some(Major))]);
        let id = IncidentId("work".to_owned());
        let (from, components) = (at("13:00"), vec![super::components::id("API")]);
        page.maintenances.push(Maintenance { id, name: "Work".to_owned(), status, updates: Vec::new(), from, until: None, components, demo: false });
        assert_eq!(proposed(&log, DutyKind::Resolved, &page), each(&[("API", left), ("Web", Operational)]));
    }
}

#[test]
fn an_update_leaves_every_component_as_the_page_has_it() {
    let mut log = run(Severity::P0, &["API", "Web"]);
    log.page("14:05");
    let page = page(&[("API", Major), ("Web", Operational)], vec![incident("mine", "API", Impact::Critical, Some(Major))]);
    assert_eq!(proposed(&log, DutyKind::Update, &page), each(&[("API", Major), ("Web", Operational)]));
    let purpose = Purpose { channel: Channel::Page, kind: DutyKind::Update, variant: Variant::Usual };
    let options = page_options(&log.sop, &log.state("14:30"), purpose, Some(&page));
    assert_eq!(real_changes(&options, Some(&page)), [], "nothing of it is written again");
}

#[test]
fn a_lesser_incident_never_improves_a_component() {
    let log = run(Severity::P2, &["API"]);
    let worse = page(&[("API", Major)], vec![incident("other", "API", Impact::Critical, Some(Major))]);
    assert_eq!(proposed(&log, DutyKind::First, &worse), each(&[("API", Major)]));
    let well = page(&[("API", Operational)], vec![]);
    assert_eq!(proposed(&log, DutyKind::First, &well), each(&[("API", Degraded)]));
    // The page's own state is not better than what the other incident says, whatever it shows.
    let odd = page(&[("API", Operational)], vec![incident("other", "API", Impact::Critical, Some(Major))]);
    assert_eq!(proposed(&log, DutyKind::First, &odd), each(&[("API", Major)]));
}

#[test]
fn a_raise_makes_what_does_not_work_as_bad_as_the_new_severity_says_and_what_works_stays() {
    let mut log = run(Severity::P2, &["API", "Web"]);
    log.page("14:05").severity("14:10", Severity::P0);
    let page = page(&[("API", Degraded), ("Web", Operational)], vec![incident("mine", "API", Impact::Minor, Some(Degraded))]);
    assert_eq!(proposed(&log, DutyKind::Update, &page), each(&[("API", Major), ("Web", Operational)]));
}

#[test]
fn what_came_to_the_incident_since_the_last_post_is_as_bad_as_the_severity_says_and_what_was_taken_out_is_left_alone() {
    let set = |components: &[&str]| EventKind::ComponentsSet { components: components.iter().map(|name| id(name)).collect() };
    let page = page(&[("API", Degraded), ("Web", Operational)], vec![incident("mine", "API", Impact::Critical, Some(Degraded))]);
    let mut log = run(Severity::P0, &["API"]);
    log.page("14:05").say("14:10", set(&["API", "Web"]));
    assert_eq!(proposed(&log, DutyKind::Update, &page), each(&[("API", Degraded), ("Web", Major)]));
    assert_eq!(proposed(&log, DutyKind::Resolved, &page), each(&[("API", Operational), ("Web", Operational)]));
    // The next post has told of it: what a person made of it stays.
    log.page("14:15");
    assert_eq!(proposed(&log, DutyKind::Update, &page), each(&[("API", Degraded), ("Web", Operational)]));
    log.say("14:20", set(&["Web"]));
    for kind in [DutyKind::Update, DutyKind::Resolved] {
        assert_eq!(proposed(&log, kind, &page), each(&[("Web", Operational)]));
    }
    // Declared in words, posted, and given its component when the page could be read.
    let mut log = run(Severity::P0, &[]);
    log.page("14:05").say("14:10", set(&["Web"]));
    assert_eq!(proposed(&log, DutyKind::Update, &page), each(&[("Web", Major)]));
}

#[test]
fn an_update_of_a_page_that_could_not_be_read_changes_nothing() {
    let log = run(Severity::P0, &["API"]);
    let purpose = Purpose { channel: Channel::Page, kind: DutyKind::Update, variant: Variant::Usual };
    assert_eq!(component_proposals(&log.sop, &log.state("14:30"), purpose, None), []);
}

/// What the responder saw frozen, as the composer proposes it or with one choice of their own.
fn frozen(log: &Log, kind: DutyKind, page: &Snapshot, chosen: Option<(&str, ComponentState)>) -> Sendable {
    let state = log.state("14:30");
    let purpose = Purpose { channel: Channel::Page, kind, variant: Variant::Usual };
    let mut options = page_options(&log.sop, &state, purpose, Some(page));
    if let Some((name, state)) = chosen {
        options.components.retain(|change| change.id != id(name));
        options.components.push(ComponentChange { id: id(name), state });
    }
    let status = if kind == DutyKind::Resolved { IncidentStatus::Resolved } else { IncidentStatus::Investigating };
    let wish = Wish {
        playbook: &log.sop,
        state: &state,
        purpose,
        facts: facts(),
        status,
        promise: true,
        options,
        page: Some(page),
        components: &page.components,
        sender: "Ada".into(),
        now: at("14:30"),
        team: None,
        unchanged: false,
    };
    wish.freeze(&wish.ask().asked_about()).unwrap()
}

fn written(message: &Sendable, page: &Snapshot) -> Vec<(String, ComponentState)> {
    let now = standing(page, Some(&IncidentId("mine".to_owned())), message.touches());
    message.changes(&now).into_iter().map(|change| (change.id.0, change.state)).collect()
}

#[test]
fn the_components_of_an_incident_go_with_every_post_whether_or_not_they_change() {
    let down = page(&[("API", Major), ("Web", Operational)], vec![]);
    for severity in [Severity::P0, Severity::P2] {
        let log = run(severity, &["API"]);
        let first = frozen(&log, DutyKind::First, &down, None);
        assert_eq!(written(&first, &down), [], "{severity:?}: it is as bad already");
        assert_eq!(first.touches().collect::<Vec<_>>(), [&id("API")], "{severity:?}");
    }
    let mut log = run(Severity::P0, &["API"]);
    log.page_saying("14:05", &facts());
    let state = log.state("14:30");
    let purpose = Purpose { channel: Channel::Page, kind: DutyKind::Update, variant: Variant::Usual };
    let wish = Wish {
        playbook: &log.sop,
        state: &state,
        purpose,
        facts: facts(),
        status: IncidentStatus::Investigating,
        promise: true,
        options: page_options(&log.sop, &state, purpose, Some(&down)),
        page: Some(&down),
        components: &down.components,
        sender: "Ada".into(),
        now: at("14:30"),
        team: None,
        unchanged: false,
    };
    let same = wish.no_change().freeze(&[]).unwrap();
    assert_eq!((same.touches().count(), written(&same, &down)), (1, vec![]), "so does “No change”");
    // One that was taken off the page cannot be attached; the update leaves all the same.
    let gone = page(&[("Web", Operational)], vec![]);
    assert_eq!(frozen(&log, DutyKind::Update, &gone, None).touches().count(), 0);
}

/// A post as it was frozen over what one tab had read, on the page as it is when the post leaves.
#[test]
fn what_was_chosen_is_what_the_page_shows_afterwards_whatever_another_console_posted_meanwhile() {
    let other = || incident("other", "API", Impact::Critical, Some(Major));
    let mine = || incident("mine", "API", Impact::Critical, None);
    // What was seen; what is posted, and what was chosen; the state now, and whether another incident was opened;
    // what is left.
    let table = [
        ("resolved puts back what got worse unseen", Operational, DutyKind::Resolved, None, Major, false, Operational),
        ("resolved puts back", Major, DutyKind::Resolved, None, Major, false, Operational),
        ("resolved writes nothing twice", Major, DutyKind::Resolved, None, Operational, false, Operational),
        ("resolved is not better than an incident opened unseen", Operational, DutyKind::Resolved, None, Major, true, Major),
        ("an update leaves what got worse unseen", Operational, DutyKind::Update, None, Major, false, Major),
        ("an update leaves what got better unseen", Major, DutyKind::Update, None, Operational, false, Operational),
        ("an update makes better what was chosen so", Major, DutyKind::Update, Some(Operational), Partial, false, Operational),
        ("an update makes worse what was chosen so", Operational, DutyKind::Update, Some(Partial), Operational, false, Partial),
        ("an update that makes worse improves nothing", Operational, DutyKind::Update, Some(Degraded), Major, false, Major),
        ("a first post makes bad what got better unseen", Major, DutyKind::First, None, Operational, false, Major),
        ("a first post of a lesser incident improves nothing", Operational, DutyKind::First, Some(Degraded), Major, true, Major),
    ];
    for (what, seen, kind, chosen, now, opened, left) in table {
        let mut log = run(Severity::P0, &["API"]);
        if kind != DutyKind::First {
            log.page("14:05");
        }
        let then = page(&[("API", seen)], vec![mine()]);
        let message = frozen(&log, kind, &then, chosen.map(|state| ("API", state)));
        let page = page(&[("API", now.clone())], if opened { vec![other(), mine()] } else { vec![mine()] });
        let after = written(&message, &page).pop().map_or(now, |(_, state)| state);
        assert_eq!(after, left, "{what}");
    }
}

#[test]
fn what_was_read_of_one_incident_stands_in_the_page_as_a_whole() {
    let mut known = page(&[("API", Operational), ("Web", Degraded)], vec![incident("mine", "API", Impact::Critical, None)]);
    let read = incident("mine", "API", Impact::Critical, Some(Major));
    assert!(known.take(&read, &[(id("API"), Major)]));
    assert_eq!(known, page(&[("API", Major), ("Web", Degraded)], vec![read.clone()]));
    assert!(!known.take(&read, &[(id("API"), Major)]), "nothing is other than before");
    let mut newer = incident("other", "Web", Impact::Minor, None);
    newer.created_at = at("14:10");
    assert!(known.take(&newer, &[]));
    assert_eq!(known.said_by_others(&id("Web"), None), Some(Degraded));
    assert_eq!(known.incidents.iter().map(|one| one.id.0.as_str()).collect::<Vec<_>>(), ["other", "mine"]);
    assert!(known.forget(&newer.id));
    assert_eq!(known.said_by_others(&id("Web"), None), None);
}
