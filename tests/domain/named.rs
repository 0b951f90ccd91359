//! How readers are told of components that the page no longer shows, or of which it has two of a name.

use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::contradiction::{Contradiction, contradictions};
use allclear::domain::impact::Impact;
use allclear::domain::incident::IncidentStatus::{Investigating, Resolved};
use allclear::domain::incident::{AffectedComponent, name_told, touched_by_name};
use allclear::domain::page::Snapshot;

use super::uptime::{NOW, api, at, incident, update};

#[test]
fn a_component_that_the_page_no_longer_shows_is_called_what_an_update_called_it() {
    let mut told = incident(
        Impact::Major,
        vec![update("2026-03-10T10:00:00Z", Investigating, None)],
    );
    let called = |id: &str, name: &str| AffectedComponent {
        id: Some(ComponentId(id.to_owned())),
        name: name.to_owned(),
        state: None,
        before: None,
    };
    told.components = ["gone", "api", "never"]
        .map(|id| ComponentId(id.to_owned()))
        .to_vec();
    told.updates[0].affected = vec![
        called("gone", ""),
        called("gone", "Old API"),
        called("api", "Group - API"),
    ];
    let names = |components: &[_]| touched_by_name(&told.components, &told.updates, components);
    assert_eq!(
        names(&[api(ComponentState::Operational)]),
        ["API", "Old API"]
    );
    assert_eq!(names(&[]), ["Old API", "Group - API"]);
    assert_eq!(name_told("gone", &told.updates), Some("Old API"));
    assert_eq!(name_told("never", &told.updates), None);
}

#[test]
fn a_component_that_is_still_down_is_told_from_another_of_its_name() {
    let group = |id: &str, group: &str, state| {
        let mut one = api(state);
        one.id = ComponentId(id.to_owned());
        one.group = Some(group.to_owned());
        one
    };
    let over = incident(
        Impact::Major,
        vec![
            update("2026-03-10T10:00:00Z", Investigating, None),
            update("2026-03-10T11:00:00Z", Resolved, None),
        ],
    );
    let page = Snapshot {
        components: vec![
            group("api", "Europe", ComponentState::MajorOutage),
            group("us", "America", ComponentState::Operational),
        ],
        incidents: vec![over],
        ..Snapshot::default()
    };
    assert_eq!(
        contradictions(&page, at(NOW)),
        [Contradiction::Unmended {
            incident: "API".to_owned(),
            component: "API (Europe)".to_owned(),
        }]
    );
}
