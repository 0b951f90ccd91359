//! The public page's rules.

use serde_json::{Value, json};

use crate::client::{INCIDENTS, Peer};

#[test]
fn times_in_the_pages_zone_and_what_only_this_format_has() {
    let peer = Peer::free();
    peer.incident(&json!({"name": "a", "status": "investigating"}));
    peer.incident(&json!({"name": "m", "scheduled_for": "2031-01-01T10:00:00Z", "scheduled_until": "2031-01-01T11:00:00Z"}));
    let summary = peer.get("/api/v2/summary.json").json();
    let started = summary["incidents"][0]["started_at"]
        .as_str()
        .expect("a time");
    assert!(
        started.ends_with("-05:00") && started.len() == 29,
        "{started}"
    );
    assert_eq!(summary["incidents"][0].get("scheduled_for"), None);
    let maintenance = &summary["scheduled_maintenances"][0];
    assert_eq!(
        maintenance["scheduled_for"],
        "2031-01-01T05:00:00.000-05:00"
    );
    assert_eq!(maintenance["impact"], "maintenance");
    assert_eq!(
        summary["status"]["indicator"], "none",
        "what is planned is no trouble yet"
    );
    assert_eq!(summary["components"].as_array().expect("a list").len(), 7);
}

#[test]
fn the_worst_decides_the_pages_word_and_an_outage_of_some_is_summed_up_one_step_better() {
    let peer = Peer::free();
    let word = || peer.get("/api/v2/status.json").json()["status"]["indicator"].clone();
    let made = peer.incident(&json!({"name": "a", "impact_override": "minor"}));
    assert_eq!(word(), "minor");
    peer.change(
        &made,
        &json!({"components": {"cmpapi000001": "major_outage"}}),
    );
    assert_eq!(word(), "major");
    peer.change(&made, &json!({"status": "resolved"}));
    assert_eq!(word(), "major", "the component is still out");
    peer.control(
        "page",
        &json!({"components": [{"id": "a", "name": "A", "status": "major_outage"}]}),
    );
    assert_eq!(word(), "critical", "all of it is out");
}

#[test]
fn any_origin_may_read_the_public_page_and_none_the_manage_api() {
    let peer = Peer::free();
    let allowed = |path: &str| {
        let answer = peer.get(path);
        answer
            .header("access-control-allow-origin")
            .map(str::to_owned)
    };
    assert_eq!(allowed("/api/v2/summary.json").as_deref(), Some("*"));
    assert_eq!(allowed(INCIDENTS), None);
    let asked = peer.ask(
        "OPTIONS",
        "/api/v2/summary.json",
        "Origin: https://example.com",
        &Value::Null,
    );
    assert_eq!(
        (asked.status, asked.header("access-control-allow-origin")),
        (404, None)
    );
    peer.switches(&json!({"private_page": true}));
    let closed = peer.get("/api/v2/summary.json");
    assert_eq!(
        (closed.status, closed.header("access-control-allow-origin")),
        (401, None)
    );
    assert_eq!(
        closed.header("content-type"),
        Some("text/html; charset=utf-8")
    );
}

#[test]
fn the_past_ends_at_fifty() {
    let peer = Peer::free();
    for n in 0..52 {
        peer.incident(&json!({"name": format!("n{n}"), "status": "resolved"}));
    }
    let past = peer.get("/api/v2/incidents.json").json();
    let past = past["incidents"].as_array().expect("a list");
    assert_eq!(
        (past.len(), &past[0]["name"], &past[49]["name"]),
        (50, &json!("n51"), &json!("n2"))
    );
}

#[test]
fn five_thousand_components_and_none() {
    let peer = Peer::free();
    peer.control("page", &json!({"components": 5000}));
    let all = peer.get("/api/v2/components.json").json();
    assert_eq!(all["components"].as_array().expect("a list").len(), 5000);
    let last = peer.get("/v1/pages/sandboxpage1/components?page=50").json();
    assert_eq!(last[99]["name"], "Service 5000");
    assert_eq!(
        peer.get("/v1/pages/sandboxpage1/components?page=51").json(),
        json!([])
    );
    peer.control("page", &json!({"components": []}));
    assert_eq!(
        peer.get("/api/v2/summary.json").json()["components"],
        json!([])
    );
}
