//! What is asked of Statuspage, and what its answers mean.

use std::path::Path;

use allclear::api::error::ApiError;
use allclear::api::http::{Method, Request};
use allclear::api::page::{Metadata, Post};
use allclear::api::statuspage::request::{List, Pages};
use allclear::api::statuspage::wire;
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::impact::Impact;
use allclear::domain::incident::{IncidentId, IncidentStatus};
use serde_json::{Value, json};

fn pages() -> Pages {
    Pages::new("/", "abc123")
}

fn id() -> IncidentId {
    IncidentId("f5v3b6dr7k53".to_owned())
}

pub fn post() -> Post {
    Post {
        run: "run".to_owned(),
        op: "op-1".into(),
        incident: None,
        name: "API - Investigating Issue".into(),
        status: IncidentStatus::Investigating,
        body: "We are looking.".into(),
        impact: Some(Impact::Critical),
        components: vec![(ComponentId("api1".into()), ComponentState::MajorOutage)],
        started_at: None,
        attached: Vec::new(),
        notify_subscribers: true,
        metadata: Metadata(json!({"other": {"a": 1}}).as_object().unwrap().clone()),
        now: "2026-03-09T14:05:00Z".parse().unwrap(),
    }
}

fn body(request: &Request) -> Value {
    serde_json::from_str(request.body.as_deref().unwrap()).unwrap()
}

#[test]
fn a_post_is_one_request_that_says_everything() {
    let create = pages().publish(&post()).unwrap();
    assert_eq!(create.method, Method::Post);
    assert_eq!(create.url, "/api/statuspage/v1/pages/abc123/incidents");
    assert_eq!(
        body(&create),
        json!({"incident": {
            "name": "API - Investigating Issue",
            "status": "investigating",
            "body": "We are looking.",
            "deliver_notifications": true,
            "impact_override": "critical",
            "components": {"api1": "major_outage"},
            "component_ids": ["api1"],
            "metadata": {"other": {"a": 1}},
        }})
    );

    let update = Post {
        incident: Some(id()),
        attached: ["web1", "api1"].map(|id| ComponentId(id.to_owned())).into(),
        ..post()
    };
    let update = pages().publish(&update).unwrap();
    assert_eq!(
        body(&update)["incident"]["component_ids"],
        json!(["api1", "web1"]),
        "what somebody attached stays attached"
    );

    let second = Post {
        components: Vec::new(),
        attached: vec![ComponentId("api1".into())],
        ..post()
    };
    let second = body(&pages().publish(&second).unwrap());
    assert_eq!(
        (
            &second["incident"]["component_ids"],
            &second["incident"]["components"]
        ),
        (&json!(["api1"]), &Value::Null),
        "c262: a component that is down already is attached, and not written again"
    );

    let resolve = Post {
        incident: Some(id()),
        status: IncidentStatus::Resolved,
        impact: None,
        components: Vec::new(),
        attached: Vec::new(),
        notify_subscribers: false,
        metadata: Metadata::default(),
        ..post()
    };
    let resolve = Pages::new("/team/", "abc123").publish(&resolve).unwrap();
    assert_eq!(resolve.method, Method::Patch);
    assert_eq!(
        resolve.url,
        "/team/api/statuspage/v1/pages/abc123/incidents/f5v3b6dr7k53"
    );
    assert_eq!(
        body(&resolve),
        json!({"incident": {
            "name": "API - Investigating Issue",
            "status": "resolved",
            "body": "We are looking.",
            "deliver_notifications": false,
        }})
    );
}

#[test]
fn what_is_kept_beside_an_incident_tells_nobody_and_makes_no_update() {
    let keep = pages().keep_beside(&id(), &post().metadata).unwrap();
    assert_eq!(keep.method, Method::Patch);
    assert_eq!(
        body(&keep),
        json!({"incident": {"metadata": {"other": {"a": 1}}, "deliver_notifications": false}})
    );
}

#[test]
fn components_and_postmortems_are_written_as_the_vendor_has_it() {
    let component = ComponentId("api1".into());
    let request = pages()
        .component(&component, &ComponentState::Operational)
        .unwrap();
    assert_eq!(request.method, Method::Patch);
    assert!(request.url.ends_with("/components/api1"));
    assert_eq!(
        body(&request),
        json!({"component": {"status": "operational"}})
    );

    let draft = pages().postmortem_draft(&id(), "What happened").unwrap();
    assert_eq!(draft.method, Method::Put);
    assert!(draft.url.ends_with("/incidents/f5v3b6dr7k53/postmortem"));
    assert_eq!(
        body(&draft),
        json!({"postmortem": {"body_draft": "What happened"}})
    );
    let publish = pages().postmortem_publish(&id()).unwrap();
    assert!(publish.url.ends_with("/postmortem/publish"));
    assert_eq!(
        body(&publish),
        json!({"postmortem": {"notify_subscribers": false, "notify_twitter": false}})
    );
}

#[test]
fn every_list_is_paged_in_its_own_way() {
    for (list, path) in [
        (
            List::Components { page: 3 },
            "components?page=3&per_page=100",
        ),
        (
            List::Unresolved { page: 1 },
            "incidents/unresolved?page=1&per_page=100",
        ),
        (List::Recent, "incidents?limit=50"),
    ] {
        let request = pages().list(list);
        assert_eq!(
            request.url,
            format!("/api/statuspage/v1/pages/abc123/{path}")
        );
        assert_eq!((request.method, request.body), (Method::Get, None));
    }
}

#[test]
fn what_the_vendor_would_refuse_never_leaves() {
    let refused = |post: Post| match pages().publish(&post) {
        Err(ApiError::Refused(why)) => why,
        other => panic!("{other:?}"),
    };
    let long = |letters: usize| "é".repeat(letters);
    assert!(
        pages()
            .publish(&Post {
                name: long(255),
                body: long(25_000),
                ..post()
            })
            .is_ok()
    );
    assert_eq!(
        refused(Post {
            name: long(256),
            ..post()
        }),
        "the title has 256 characters, and Statuspage takes 255 at most"
    );
    assert_eq!(
        refused(Post {
            body: long(25_001),
            ..post()
        }),
        "the text has 25001 characters, and Statuspage takes 25000 at most"
    );
    assert_eq!(
        refused(Post {
            name: " ".into(),
            ..post()
        }),
        "the title is empty"
    );
    assert_eq!(
        refused(Post {
            body: "\n".into(),
            ..post()
        }),
        "the text is empty"
    );
    for odd in ["", "../components", "a/b", "a?b", "é"] {
        let odd = IncidentId(odd.to_owned());
        assert!(
            matches!(pages().incident(&odd), Err(ApiError::Gone(_))),
            "{odd:?}"
        );
    }
}

/// A real answer, where the vendors' documents lie beside the project.
fn real() -> Option<Value> {
    let name = "statuspage-manage-v1-incident-resolved-port.json";
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/contracts/fixtures")
        .join(name);
    match std::fs::read_to_string(path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(error) => {
            eprintln!(
                "skipped: the payload ../shared/contracts/fixtures/{name} is not here ({error})"
            );
            None
        }
    }
}

#[test]
fn a_real_incident_is_read_whole() {
    let Some(real) = real() else { return };
    let live = wire::live(&real).unwrap();
    assert_eq!(live.incident.id, id());
    assert_eq!(live.incident.name, "API Gateway Timeout Errors");
    assert_eq!(live.incident.impact, Impact::Major);
    assert_eq!(live.incident.status(), IncidentStatus::Resolved);
    assert_eq!(live.incident.components.len(), 4);
    let times: Vec<String> = live
        .incident
        .updates
        .iter()
        .map(|update| update.created_at.to_rfc3339())
        .collect();
    assert_eq!(
        times,
        [
            "2024-06-07T22:26:34.370+00:00",
            "2024-06-07T22:22:28.761+00:00",
            "2024-06-07T01:00:17.309+00:00"
        ]
    );
    assert_eq!(
        live.incident.began_at().to_rfc3339(),
        "2024-06-07T01:00:17+00:00"
    );
    assert!(live.incident.updates[2].affected.is_empty());
    assert_eq!(live.metadata.0["port"]["runId"], "r_hUFsDXiY5DzF3sjf");
    assert_eq!(live.link.as_deref(), Some("https://stspg.io/t4szpmm54wxx"));
    assert!(
        live.standing.is_empty(),
        "of when the states beside a resolved incident are is not known"
    );
    let mut open = real.clone();
    open["status"] = "identified".into();
    open["incident_updates"][0]["status"] = "identified".into();
    let payment = (
        ComponentId("kvpxtsp2k1lf".into()),
        ComponentState::PartialOutage,
    );
    assert!(wire::live(&open).unwrap().standing.contains(&payment));

    // The update that is ours, also where another one is newer.
    let ours = Post {
        incident: Some(id()),
        status: IncidentStatus::Monitoring,
        body: " checking <b>components</b>\r\n".into(),
        ..post()
    };
    let receipt = wire::receipt(&real, &ours).unwrap();
    assert_eq!(receipt.update, "p19ll31ysh49");
    assert_eq!(receipt.at.to_rfc3339(), "2024-06-07T22:22:28.761+00:00");
    assert_eq!(receipt.link, live.link);
    assert_eq!(
        wire::receipt(&real, &post()).unwrap().update,
        "rgm45b89jz31"
    );
}

#[test]
fn an_answer_that_is_no_incident_proves_nothing_and_planned_work_is_none() {
    for odd in [
        json!({}),
        json!([]),
        json!(null),
        json!({"id": 7}),
        json!({"id": ""}),
    ] {
        assert_eq!(wire::receipt(&odd, &post()), None, "{odd}");
    }
    for (planned, is) in [
        (json!({"id": "a", "status": "scheduled"}), true),
        (
            json!({"id": "a", "status": "completed", "scheduled_for": "2026-03-09T14:05:00Z"}),
            true,
        ),
        (
            json!({"id": "a", "status": "resolved", "scheduled_for": "2026-03-09T14:05:00Z"}),
            false,
        ),
        (
            json!({"id": "a", "status": "investigating", "scheduled_for": null}),
            false,
        ),
        (json!({"id": "a", "status": "on_fire"}), false),
    ] {
        assert_eq!(wire::live(&planned).is_none(), is, "{planned}");
    }
}
