//! What the console writes of the embedded page is what the status page reads.

use allclear::api::embedded::demo::history;
use allclear::api::embedded::read;
use allclear::api::embedded::rules;
use allclear::domain::component::{Component, ComponentId, ComponentState};
use allclear::domain::incident::{AffectedComponent, Incident};
use serde_json::{Value, json};

fn written<T: serde::Serialize>(what: &T) -> Value {
    serde_json::from_str(&serde_json::to_string(what).unwrap()).unwrap()
}

fn components() -> Vec<Component> {
    let component = |id: &str, state| Component {
        id: ComponentId(id.to_owned()),
        name: id.to_uppercase(),
        description: (id == "api").then(|| "Requests".to_owned()),
        group: (id == "web").then(|| "Core".to_owned()),
        group_id: None,
        since: None,
        state,
    };
    let odd = ComponentState::Unknown("on_fire".to_owned());
    vec![
        component("web", ComponentState::Operational),
        component("api", ComponentState::MajorOutage),
        component("mail", odd),
    ]
}

#[test]
fn every_incident_of_a_year_is_read_as_it_was_written() {
    let now = "2026-03-09T14:05:30Z".parse().unwrap();
    let mut incidents = history(7, now, &components());
    assert!(incidents.iter().any(|each| each.postmortem.is_some()));
    let first: &mut Incident = &mut incidents[0];
    first.started_at = Some(now);
    first.demo = false;
    first.updates[0].affected = vec![AffectedComponent {
        id: Some(ComponentId("api".to_owned())),
        name: "API".to_owned(),
        state: Some(ComponentState::PartialOutage),
        before: Some(ComponentState::Operational),
    }];
    // In their order, also where a device's clock was set back between them.
    first.updates[0].created_at = "2001-01-01T00:00:00.123456Z".parse().unwrap();
    for incident in &incidents {
        let key = rules::order_key(incident);
        assert_eq!(
            read::incident(&written(incident)).as_ref(),
            Some(incident),
            "{key}"
        );
    }
}

#[test]
fn components_and_keys_are_read_as_they_were_written() {
    assert_eq!(
        read::components(&written(&components())),
        Some(components())
    );
    let keys = vec!["a|b".to_owned(), String::new()];
    assert_eq!(read::keys(&written(&keys)), Some(keys));
}

#[test]
fn what_is_no_record_is_none() {
    for odd in [
        json!(null),
        json!([{}]),
        json!({}),
        json!("x"),
        json!([7]),
        json!({"id": "x", "updates": []}),
    ] {
        assert_eq!(read::incident(&odd), None, "{odd}");
        assert_eq!(read::components(&odd), None, "{odd}");
        assert_eq!(read::keys(&odd), None, "{odd}");
    }
}
