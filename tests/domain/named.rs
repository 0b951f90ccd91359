//! How readers are told of components that the page no longer shows.

use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::impact::Impact;
use allclear::domain::incident::IncidentStatus::Investigating;
use allclear::domain::incident::{AffectedComponent, name_told, touched_by_name};

use super::uptime::{api, incident, update};

#[test]
fn a_component_that_the_page_no_longer_shows_is_called_what_an_update_called_it() {
    let mut told = incident(
        Impact::Major,
        vec![update("2026-03-10T10:00:00Z", Investigating, None)],
    );
    let named = |id: &str, name: &str| AffectedComponent {
        id: Some(ComponentId(id.to_owned())),
        name: name.to_owned(),
        state: None,
        before: None,
    };
    told.components = ["gone", "api", "never"]
        .map(|id| ComponentId(id.to_owned()))
        .to_vec();
    told.updates[0].affected = vec![
        named("gone", ""),
        named("gone", "Old API"),
        named("api", "Group - API"),
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
