//! What goes wrong on purpose: what the client gets, and whether the request took effect.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{INCIDENTS, Peer, RESEND, STATUSPAGE};

fn create(peer: &Peer) -> Option<crate::client::Answer> {
    peer.lost(
        "POST",
        INCIDENTS,
        STATUSPAGE,
        &json!({"incident": {"name": "a"}}),
    )
}

fn with(rule: &Value) -> Peer {
    let peer = Peer::free();
    peer.switches(&json!({"faults": [rule]}));
    peer
}

/// Waits until the rule has seen a request.
fn began(peer: &Peer) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while peer.control("switches", &Value::Null)["faults"][0]["seen"] == 0 {
        assert!(Instant::now() < deadline, "it was never seen");
    }
}

#[test]
fn a_connection_that_closes_before_or_after_the_effect() {
    let before = with(&json!({"kind": "drop-before"}));
    assert!(create(&before).is_none());
    assert_eq!(before.names().len(), 0);
    let after = with(&json!({"kind": "drop-after"}));
    assert!(create(&after).is_none());
    assert_eq!(after.names().len(), 1);
    let exchange = &after.control("exchanges", &Value::Null)[0];
    assert_eq!(
        (&exchange["response"], &exchange["faults"]),
        (&Value::Null, &json!(["drop-after"]))
    );
}

#[test]
fn an_answer_that_breaks_off() {
    let peer = with(&json!({"kind": "truncate"}));
    let answer = create(&peer).expect("half an answer");
    assert_eq!((answer.status, answer.complete), (201, false));
    assert!(!answer.body.is_empty() && serde_json::from_str::<Value>(&answer.body).is_err());
    assert_eq!(peer.names().len(), 1);
}

#[test]
fn an_answer_of_another_kind() {
    let typed = with(&json!({"kind": "content-type"}));
    let answer = create(&typed).expect("an answer");
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(
        (answer.json()["name"].clone(), typed.names().len()),
        (json!("a"), 1)
    );
    let login = with(&json!({"kind": "html-login"}));
    let answer = create(&login).expect("an answer");
    assert!(answer.status == 200 && answer.body.starts_with("<!DOCTYPE html>"));
    assert_eq!(login.names().len(), 0);
    let login = with(&json!({"kind": "json-login"}));
    let answer = create(&login).expect("an answer");
    assert_eq!(
        (answer.status, answer.json()),
        (200, json!({"error": "login required"}))
    );
    assert_eq!(login.names().len(), 0);
}

#[test]
fn refusals_and_failures() {
    for (kind, status) in [("420", 420), ("429", 429), ("500", 500), ("502", 502)] {
        let peer = with(&json!({"kind": kind}));
        assert_eq!(create(&peer).expect("an answer").status, status);
        assert_eq!(peer.names().len(), 0, "{kind}");
    }
    let after = with(&json!({"kind": "500", "after": true}));
    assert_eq!(create(&after).expect("an answer").status, 500);
    assert_eq!(after.names().len(), 1);
    let wait = |text: &str| {
        let peer = with(&json!({"kind": "429", "retry_after": text}));
        create(&peer)
            .expect("an answer")
            .header("retry-after")
            .map(str::to_owned)
    };
    assert_eq!(wait("30").as_deref(), Some("30"));
    assert!(wait("date:30").is_some_and(|date| date.ends_with(" GMT")));
}

#[test]
fn only_the_named_one_and_only_in_its_turn() {
    let peer =
        with(&json!({"kind": "500", "nth": 2, "match": {"method": "POST", "path": "incidents$"}}));
    let statuses: Vec<u16> = (0..3)
        .map(|_| create(&peer).expect("an answer").status)
        .collect();
    assert_eq!(statuses, [201, 500, 201]);
    assert_eq!(peer.get(INCIDENTS).status, 200);
    assert_eq!(
        peer.control("switches", &Value::Null)["faults"][0]["seen"],
        3
    );
}

#[test]
fn a_client_that_leaves_stops_nothing() {
    let peer = with(&json!({"kind": "latency", "ms": 300, "nth": 1}));
    let body = json!({"incident": {"name": "left"}}).to_string();
    let headers = [STATUSPAGE, "Content-Type: application/json"];
    let socket = peer.send("POST", INCIDENTS, &headers, &body);
    began(&peer);
    drop(socket);
    let deadline = Instant::now() + Duration::from_secs(20);
    while peer.names().is_empty() {
        assert!(Instant::now() < deadline, "it was never done");
    }
    assert_eq!(peer.names(), ["left"]);
}

#[test]
fn a_key_that_is_being_worked_on() {
    let peer = with(&json!({"kind": "latency", "ms": 300, "nth": 1}));
    let body =
        json!([{"from": "a@example.com", "to": "b@example.com", "subject": "s", "text": "t"}])
            .to_string();
    let headers = [
        RESEND,
        "Content-Type: application/json",
        "Idempotency-Key: k",
    ];
    let first = peer.send("POST", "/emails/batch", &headers, &body);
    began(&peer);
    let second = peer
        .try_ask("POST", "/emails/batch", &headers, &body)
        .expect("an answer");
    assert_eq!(second.json()["name"], "concurrent_idempotent_requests");
    drop(first);
}
