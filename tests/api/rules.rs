//! What the embedded page does with a request.

use allclear::api::embedded::rules::{self, FreshIds};
use allclear::api::error::ApiError;
use allclear::api::page::{Metadata, Post};
use allclear::domain::component::{Component, ComponentId, ComponentState};
use allclear::domain::impact::Impact;
use allclear::domain::incident::{Incident, IncidentId, IncidentStatus};
use chrono::{DateTime, TimeDelta, Utc};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn page() -> Vec<Component> {
    ["web", "api"]
        .iter()
        .map(|id| Component {
            id: ComponentId((*id).to_owned()),
            name: id.to_uppercase(),
            description: None,
            group: None,
            group_id: None,
            since: None,
            state: ComponentState::Operational,
        })
        .collect()
}

fn post() -> Post {
    Post {
        run: "run".to_owned(),
        op: "op-1".into(),
        incident: None,
        name: "API - Investigating Issue".into(),
        status: IncidentStatus::Investigating,
        body: "We are looking.".into(),
        impact: Some(Impact::Critical),
        components: vec![(ComponentId("api".into()), ComponentState::MajorOutage)],
        started_at: Some(at("2026-03-09T13:52:00Z")),
        attached: Vec::new(),
        notify_subscribers: false,
        metadata: Metadata::default(),
        now: at("2026-03-09T14:05:00Z"),
    }
}

fn fresh(number: u8) -> FreshIds {
    FreshIds {
        incident: format!("incident{number}"),
        update: format!("update{number}"),
    }
}

fn opened(components: &mut [Component]) -> Incident {
    rules::publish(None, components, &post(), fresh(1)).unwrap()
}

#[test]
fn a_first_post_opens_an_incident_and_changes_its_components() {
    let mut components = page();
    let incident = opened(&mut components);
    assert_eq!(incident.id, IncidentId("incident1".into()));
    assert_eq!(incident.impact, Impact::Critical);
    assert_eq!(incident.created_at, at("2026-03-09T14:05:00Z"));
    assert_eq!(incident.began_at(), at("2026-03-09T13:52:00Z"));
    assert_eq!(incident.components, [ComponentId("api".into())]);
    assert_eq!(incident.updates[0].affected[0].name, "API");
    assert_eq!(components[0].state, ComponentState::Operational);
    assert_eq!(components[1].state, ComponentState::MajorOutage);
    assert!(!incident.demo);
}

#[test]
fn a_later_post_stands_first_and_keeps_what_it_does_not_name() {
    let mut components = page();
    let incident = opened(&mut components);
    let later = Post {
        name: "API - Resolved".into(),
        status: IncidentStatus::Resolved,
        impact: None,
        components: vec![(
            ComponentId("web".into()),
            ComponentState::DegradedPerformance,
        )],
        started_at: None,
        now: at("2026-03-09T14:44:00Z"),
        ..post()
    };
    let incident = rules::publish(Some(incident), &mut components, &later, fresh(2)).unwrap();
    assert_eq!(incident.id, IncidentId("incident1".into()));
    assert_eq!(incident.name, "API - Resolved");
    assert_eq!(incident.impact, Impact::Critical);
    assert_eq!(incident.began_at(), at("2026-03-09T13:52:00Z"));
    assert_eq!(
        incident.components,
        [ComponentId("api".into()), ComponentId("web".into())]
    );
    let ids: Vec<&str> = incident
        .updates
        .iter()
        .map(|update| update.id.as_str())
        .collect();
    assert_eq!(ids, ["update2", "update1"]);
    assert!(!incident.is_open());
    assert_eq!(
        components[1].state,
        ComponentState::MajorOutage,
        "nobody said it works again"
    );
}

#[test]
fn a_second_incident_touches_its_component_though_it_is_down_already() {
    let mut components = page();
    opened(&mut components);
    let down = components.clone();
    let stranger = ComponentId("nobody".into());
    let second = Post {
        components: Vec::new(),
        attached: vec![ComponentId("api".into()), stranger],
        ..post()
    };
    let second = rules::publish(None, &mut components, &second, fresh(2)).unwrap();
    assert_eq!(
        second.components,
        [ComponentId("api".into())],
        "the page has no component nobody"
    );
    assert_eq!(components, down);
    assert!(second.updates[0].affected.is_empty());
}

#[test]
fn what_a_page_would_refuse_is_refused_and_changes_nothing() {
    let stranger = ComponentId("nobody".into());
    let both = vec![
        (ComponentId("api".into()), ComponentState::MajorOutage),
        (stranger, ComponentState::MajorOutage),
    ];
    for (bad, why) in [
        (
            Post {
                name: " ".into(),
                ..post()
            },
            "the title is empty",
        ),
        (
            Post {
                body: "\n".into(),
                ..post()
            },
            "the text is empty",
        ),
        (
            Post {
                components: both,
                ..post()
            },
            "the page has no component nobody",
        ),
    ] {
        let mut components = page();
        let refused = rules::publish(None, &mut components, &bad, fresh(1));
        assert_eq!(refused, Err(ApiError::Refused(why.into())));
        assert_eq!(components, page());
    }
}

#[test]
fn a_postmortem_needs_an_incident_that_is_over_and_keeps_its_day() {
    let mut components = page();
    let incident = opened(&mut components);
    let now = at("2026-03-12T09:00:00Z");
    let refused = rules::publish_postmortem(incident.clone(), "Text", now);
    assert_eq!(
        refused,
        Err(ApiError::Refused(
            "the incident is not resolved on the page".into()
        ))
    );

    let resolved = Post {
        status: IncidentStatus::Resolved,
        ..post()
    };
    let over = rules::publish(Some(incident), &mut components, &resolved, fresh(2)).unwrap();
    let first = rules::publish_postmortem(over, "Text", now).unwrap();
    let again = rules::publish_postmortem(first.clone(), "Text", now + TimeDelta::days(1)).unwrap();
    assert_eq!(again, first);
    let other = rules::publish_postmortem(first, "Other", now + TimeDelta::days(1)).unwrap();
    assert_eq!(
        other.postmortem.unwrap().published_at,
        now + TimeDelta::days(1)
    );
}

#[test]
fn a_configuration_names_and_orders_while_the_page_keeps_the_states() {
    let mut current = page();
    current[1].state = ComponentState::MajorOutage;
    let mut wanted = page();
    wanted.reverse();
    wanted[0].name = "Public API".into();
    wanted.push(Component {
        id: ComponentId("new".into()),
        name: "New".into(),
        ..page().remove(0)
    });
    wanted.remove(1);
    let next = rules::configure(&current, &wanted);
    let seen: Vec<(&str, &ComponentState)> = next
        .iter()
        .map(|component| (component.name.as_str(), &component.state))
        .collect();
    assert_eq!(
        seen,
        [
            ("Public API", &ComponentState::MajorOutage),
            ("New", &ComponentState::Operational)
        ]
    );
}

#[test]
fn order_keys_sort_by_time_and_lead_back() {
    let mut components = page();
    let mut incident = opened(&mut components);
    let key = rules::order_key(&incident);
    assert_eq!(key, "2026-03-09T13:52:00.000Z|incident1");
    assert_eq!(
        rules::read_order_key(&key),
        Some((at("2026-03-09T13:52:00Z"), IncidentId("incident1".into())))
    );
    assert_eq!(rules::read_order_key("nonsense"), None);

    let times = [
        "2025-12-31T23:59:59.999Z",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.001Z",
    ];
    let keys: Vec<String> = times
        .iter()
        .map(|time| {
            incident.started_at = Some(at(time));
            rules::order_key(&incident)
        })
        .collect();
    assert!(keys.is_sorted());
    assert!(rules::order_key_from(at(times[1])) > keys[0]);
    assert!(rules::order_key_from(at(times[1])) <= keys[1]);
    assert!(rules::order_key_from(DateTime::<Utc>::MAX_UTC) > keys[2]);
    assert!(rules::order_key_from(DateTime::<Utc>::MIN_UTC) < keys[0]);
}
