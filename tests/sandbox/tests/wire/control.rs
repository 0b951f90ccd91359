//! What a test turns and counts.

use serde_json::{Value, json};

use crate::client::{INCIDENTS, Peer};

#[test]
fn a_reset_forgets_data_switches_clock_and_record() {
    let peer = Peer::new();
    let before = peer.control("switches", &Value::Null);
    peer.incident(&json!({"name": "a"}));
    peer.control(
        "page",
        &json!({"components": [{"id": "c1", "name": "One"}], "name": "Other"}),
    );
    peer.switches(&json!({"metadata": "merge", "revoked": ["resend"]}));
    peer.later(600);
    peer.control("reset", &json!({}));
    assert_eq!(peer.names(), Vec::<String>::new());
    assert_eq!(peer.control("switches", &Value::Null), before);
    assert_eq!(peer.control("clock", &Value::Null)["ahead_seconds"], 0);
    assert_eq!(peer.control("exchanges", &Value::Null), json!([]));
    let page = peer.get("/api/v2/summary.json").json();
    assert_eq!(page["page"]["name"], "AIAS Platform");
    assert_eq!(page["components"].as_array().expect("a list").len(), 7);
}

#[test]
fn the_record_has_every_exchange_but_the_tests_own() {
    let peer = Peer::new();
    peer.incident(&json!({"name": "a"}));
    peer.get(&format!("{INCIDENTS}.json?q=b"));
    let all = peer.control("exchanges", &Value::Null);
    assert_eq!(all.as_array().expect("a list").len(), 2);
    assert_eq!(all[0]["request"]["body"], r#"{"incident":{"name":"a"}}"#);
    assert_eq!(all[0]["response"]["status"], 201);
    assert_eq!(
        (&all[1]["path"], &all[1]["query"]),
        (&json!(format!("{INCIDENTS}.json")), &json!([["q", "b"]]))
    );
    let later = peer.control("exchanges?after=1", &Value::Null);
    assert_eq!(later.as_array().expect("a list").len(), 1);
}

#[test]
fn its_date_is_its_clock() {
    let peer = Peer::new();
    let year =
        |answer: crate::client::Answer| answer.header("date").expect("a date")[12..16].to_owned();
    peer.control("clock", &json!({"ahead_seconds": 40 * 365 * 86_400}));
    assert!(year(peer.get(INCIDENTS)).as_str() > "2060");
    let skewed = json!({"skew_seconds": -80_i64 * 365 * 86_400});
    peer.switches(&skewed);
    assert!(year(peer.get(INCIDENTS)).as_str() < "2000");
}
