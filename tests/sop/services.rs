//! Changing the components that an incident touches (`sop::services`): what is ticked, and what is entered for it.

use allclear::domain::component::{Component, ComponentId, ComponentState};
use allclear::sop::event::EventKind;
use allclear::sop::facts::Fact;
use allclear::sop::report::timeline;
use allclear::sop::run::{Refusal, permitted};
use allclear::sop::services::{Unchanged, changes, ticked, toggled};
use allclear::sop::severity::Severity;

use super::components::component;
use super::support::at;
use super::support::log::Log;

fn ids(names: &[&str]) -> Vec<ComponentId> {
    names.iter().map(|name| ComponentId((*name).to_owned())).collect()
}

fn page() -> Vec<Component> {
    ["Checkout", "API", "Billing"].map(|name| component(name, ComponentState::Operational)).to_vec()
}

fn set(components: &[&str]) -> EventKind {
    EventKind::ComponentsSet { components: ids(components) }
}

fn service(value: &str) -> EventKind {
    EventKind::FactSet { fact: Fact::Service, value: value.to_owned() }
}

/// An incident that touches these components and calls its service so.
fn called(service: &str, components: &[&str]) -> Log {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.say("14:00", set(components)).say("14:00", self::service(service));
    log
}

fn entered(log: &Log, ticked: &[&str]) -> Result<Vec<EventKind>, Unchanged> {
    changes(&log.state("14:10"), &page(), &ids(ticked))
}

#[test]
fn service_follows_the_components_as_long_as_it_is_their_names() {
    let one = called("Checkout", &["Checkout"]);
    assert_eq!(entered(&one, &["Checkout", "API"]), Ok(vec![set(&["Checkout", "API"]), service("Checkout and API")]));
    let two = called("Checkout and API", &["Checkout", "API"]);
    assert_eq!(entered(&two, &["API"]), Ok(vec![set(&["API"]), service("API")]));
    assert_eq!(
        entered(&two, &["Checkout", "API", "Billing"]),
        Ok(vec![set(&["Checkout", "API", "Billing"]), service("Checkout, API and Billing")]),
    );
}

#[test]
fn a_service_in_words_stays() {
    for (corrected, components) in [("Payments", ["Checkout"].as_slice()), ("Payments", &[]), ("API and Checkout", &["Checkout", "API"])] {
        let log = called(corrected, components);
        assert_eq!(entered(&log, &["Billing"]), Ok(vec![set(&["Billing"])]), "{corrected}, {components:?}");
    }
    // An empty one is asked for by the gate, and filled by nobody else.
    assert_eq!(entered(&called("", &["Checkout"]), &["API"]), Ok(vec![set(&["API"])]));
}

#[test]
fn a_component_without_a_name_is_no_part_of_a_text() {
    let gone = called("Checkout", &["Checkout", "gone"]);
    assert_eq!(entered(&gone, &["Checkout"]), Ok(vec![set(&["Checkout"])]));
    let stays = called("Checkout", &["Checkout"]);
    assert_eq!(entered(&stays, &["Checkout", "gone"]), Ok(vec![set(&["Checkout", "gone"])]));
}

#[test]
fn components_of_one_name_are_told_apart_by_their_group() {
    let in_group = |id: &str, group: &str| Component {
        id: ComponentId(id.to_owned()),
        group: Some(group.to_owned()),
        ..component("API", ComponentState::Operational)
    };
    let log = called("API (EU)", &["eu"]);
    let entered = changes(&log.state("14:10"), &[in_group("eu", "EU"), in_group("us", "US")], &ids(&["eu", "us"]));
    assert_eq!(entered, Ok(vec![set(&["eu", "us"]), service("API (EU) and API (US)")]));
}

#[test]
fn nothing_is_entered_where_nothing_changes_nothing_is_ticked_or_the_page_is_not_known() {
    let log = called("Checkout and API", &["Checkout", "API"]);
    assert_eq!(entered(&log, &["API", "Checkout"]), Err(Unchanged::Same), "their order is none of the incident's");
    assert_eq!(entered(&log, &[]), Err(Unchanged::NothingTicked));
    assert_eq!(changes(&log.state("14:10"), &[], &ids(&["API"])), Err(Unchanged::Unknown));
}

#[test]
fn what_is_picked_is_a_difference_so_that_another_console_may_change_the_list_meanwhile() {
    let (checkout, api, billing) = (ids(&["Checkout"]), ids(&["API"]), ids(&["Billing"]));
    assert_eq!(ticked(&checkout, ""), checkout);
    let picked = toggled("", &api[0], true);
    assert_eq!(ticked(&checkout, &picked), ids(&["Checkout", "API"]));
    assert_eq!(ticked(&ids(&["Checkout", "Billing"]), &picked), ids(&["Checkout", "Billing", "API"]));
    assert_eq!(ticked(&api, &picked), api, "it came there by another hand");
    let without = toggled(&picked, &checkout[0], false);
    assert_eq!(ticked(&checkout, &without), api);
    let neither = toggled(&without, &api[0], false);
    assert_eq!(ticked(&checkout, &neither), []);
    assert_eq!(ticked(&checkout, &toggled(&neither, &checkout[0], true)), checkout);
    assert_eq!(ticked(&billing, &neither), billing);
}

#[test]
fn services_change_while_the_incident_is_open_and_the_log_says_so() {
    let mut log = called("Checkout", &["Checkout"]);
    let what = set(&["Checkout", "API"]);
    assert_eq!(permitted(&log.sop, &log.run, &what, "Ada", at("14:10")), Ok(()));
    log.say("14:10", what.clone()).resolved("14:30");
    assert_eq!(permitted(&log.sop, &log.run, &what, "Ada", at("14:40")), Err(Refusal::AlreadyOver));
    let lines = timeline(&log.sop, &log.run, at("14:40"));
    let said: Vec<&str> = lines.iter().map(|line| line.text.as_str()).filter(|text| text.starts_with("Services")).collect();
    assert_eq!(said, ["Services changed: 1 component is affected", "Services changed: 2 components are affected"]);
}
