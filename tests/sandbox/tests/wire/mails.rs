//! The mail services' rules.

use serde_json::{Value, json};

use crate::client::{POSTMARK, Peer, RESEND, SENDGRID};

fn postmark(to: &str, item: usize) -> Value {
    json!({"From": "status@example.com", "To": to, "Subject": "s", "TextBody": "t",
        "Metadata": {"op": "op1", "chunk": "0", "item": item.to_string()}})
}

fn count(peer: &Peer, list: &str) -> usize {
    peer.control("mails", &Value::Null)[list]
        .as_array()
        .expect("a list")
        .len()
}

#[test]
fn postmark_finds_a_message_only_after_its_delay() {
    let peer = Peer::free();
    peer.switches(&json!({"index_delay_seconds": 45}));
    let batch: Vec<Value> = (0..3)
        .map(|item| postmark("ada@example.com", item))
        .collect();
    let sent = peer
        .ask("POST", "/email/batch", POSTMARK, &json!(batch))
        .json();
    let found = |query: &str| {
        peer.ask(
            "GET",
            &format!("/messages/outbound?{query}"),
            POSTMARK,
            &Value::Null,
        )
    };
    let total = |query: &str| found(query).json()["TotalCount"].clone();
    assert_eq!(total("count=500&offset=0&metadata_op=op1"), 0);
    let details = format!(
        "/messages/outbound/{}/details",
        sent[0]["MessageID"].as_str().expect("an id")
    );
    assert_eq!(
        peer.ask("GET", &details, POSTMARK, &Value::Null).json()["ErrorCode"],
        701
    );
    peer.later(46);
    assert_eq!(total("count=500&offset=0&metadata_op=op1"), 3);
    assert_eq!(
        total("count=500&offset=0&metadata_op=op1&metadata_item=1"),
        1
    );
    assert_eq!(total("count=500&offset=0&metadata_op=op2"), 0);
    assert_eq!(total("count=500&offset=0&recipient=ADA@example.com"), 3);
    let second = found("count=1&offset=1&metadata_op=op1").json();
    assert_eq!(
        (
            &second["TotalCount"],
            &second["Messages"][0]["Metadata"]["item"]
        ),
        (&json!(3), &json!("1"))
    );
    assert_eq!(
        found("metadata_op=op1").status,
        422,
        "count and offset are needed"
    );
    assert_eq!(found("count=501&offset=0").status, 422);
}

#[test]
fn postmark_answers_200_with_failures_inside() {
    let peer = Peer::free();
    peer.switches(&json!({"deny": [{"pattern": "^gone@"}]}));
    let mut odd = postmark("bo@example.com", 3);
    odd["MessageStream"] = json!("nowhere");
    let batch = json!([
        postmark("ada@example.com", 0),
        postmark("gone@example.com", 1),
        postmark("nobody", 2),
        odd
    ]);
    let answer = peer.ask("POST", "/email/batch", POSTMARK, &batch);
    let codes: Vec<i64> = answer
        .json()
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["ErrorCode"].as_i64().expect("a code"))
        .collect();
    assert_eq!((answer.status, codes), (200, vec![0, 406, 300, 1235]));
    assert_eq!((count(&peer, "postmark"), count(&peer, "refused")), (1, 1));
    let single = peer.ask("POST", "/email", POSTMARK, &postmark("gone@example.com", 0));
    assert_eq!(
        (single.status, single.json()["ErrorCode"].clone()),
        (422, json!(406))
    );
    let wrong = peer.ask("POST", "/email/batch", "X-None: 1", &batch);
    assert_eq!(
        (wrong.status, wrong.json()["ErrorCode"].clone()),
        (401, json!(10))
    );
    let test = peer.ask(
        "POST",
        "/email/batch",
        "X-Postmark-Server-Token: POSTMARK_API_TEST",
        &batch,
    );
    assert_eq!(
        (
            test.json()[0]["ErrorCode"].clone(),
            count(&peer, "postmark")
        ),
        (json!(0), 1)
    );
}

fn resend(peer: &Peer, key: &str, mails: &Value, more: &[&str]) -> crate::client::Answer {
    let key = format!("Idempotency-Key: {key}");
    let headers = [
        &[RESEND, "Content-Type: application/json", key.as_str()],
        more,
    ]
    .concat();
    peer.try_ask("POST", "/emails/batch", &headers, &mails.to_string())
        .expect("an answer")
}

fn emails(to: &[&str]) -> Value {
    to.iter()
        .map(|to| json!({"from": "status@example.com", "to": to, "subject": "s", "text": "t"}))
        .collect()
}

#[test]
fn resend_knows_a_key_for_a_day_and_only_a_good_answer() {
    let peer = Peer::free();
    let mails = emails(&["ada@example.com", "bo@example.com"]);
    let first = resend(&peer, "allclear-op-1-7", &mails, &[]);
    assert_eq!(
        resend(&peer, "allclear-op-1-7", &mails, &[]).body,
        first.body
    );
    assert_eq!(count(&peer, "resend"), 2);
    let mail = &peer.control("mails", &Value::Null)["resend"][1];
    assert_eq!(
        (&mail["op"], &mail["chunk"], &mail["item"]),
        (&json!("op-1"), &json!("7"), &json!("1"))
    );
    let other = resend(&peer, "allclear-op-1-7", &emails(&["ada@example.com"]), &[]);
    assert_eq!(
        (other.status, other.json()["name"].clone()),
        (409, json!("invalid_idempotent_request"))
    );
    peer.later(24 * 3600 + 1);
    assert_ne!(
        resend(&peer, "allclear-op-1-7", &mails, &[]).body,
        first.body
    );
    assert_eq!(count(&peer, "resend"), 4);
    let wrong = emails(&["nobody"]);
    assert_eq!(resend(&peer, "k2", &wrong, &[]).status, 422);
    assert_eq!(
        resend(&peer, "k2", &mails, &[]).status,
        200,
        "a refusal is not remembered"
    );
    assert_eq!(
        resend(&peer, &"k".repeat(257), &mails, &[]).json()["name"],
        "invalid_idempotency_key"
    );
}

#[test]
fn resend_takes_all_or_none_unless_it_is_told_otherwise() {
    let peer = Peer::free();
    peer.switches(&json!({"deny": [{"pattern": "^gone@"}]}));
    let mails = emails(&["ada@example.com", "gone@example.com", "bo@example.com"]);
    assert_eq!(resend(&peer, "a", &mails, &[]).status, 422);
    assert_eq!(count(&peer, "resend"), 0, "none");
    let some = resend(&peer, "b", &mails, &["x-batch-validation: permissive"]).json();
    assert_eq!(
        (
            some["data"].as_array().expect("a list").len(),
            &some["errors"][0]["index"]
        ),
        (2, &json!(1))
    );
    let items: Vec<Value> = peer.control("mails", &Value::Null)["resend"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|mail| mail["item"].clone())
        .collect();
    assert_eq!(items, ["0", "2"]);
    let many: Vec<&str> = vec!["ada@example.com"; 101];
    assert_eq!(resend(&peer, "c", &emails(&many), &[]).status, 422);
}

#[test]
fn sendgrid_takes_what_it_will_drop_and_no_address_twice() {
    let peer = Peer::free();
    peer.switches(&json!({"deny": [{"pattern": "^gone@"}]}));
    let send = |to: Value, enable: bool| {
        let body = json!({"from": {"email": "status@example.com"}, "subject": "Hi -n-",
            "content": [{"type": "text/plain", "value": "Dear -n-"}], "mail_settings": {"sandbox_mode": {"enable": enable}},
            "personalizations": [{"to": to, "substitutions": {"-n-": "Ada"}, "custom_args": {"op": "o", "chunk": "1", "item": "0"}}]});
        peer.ask("POST", "/v3/mail/send", SENDGRID, &body)
    };
    let one = |address: &str| json!([{"email": address}]);
    assert_eq!(send(one("ada@example.com"), true).status, 200);
    assert_eq!(count(&peer, "sendgrid"), 0);
    let taken = send(one("ada@example.com"), false);
    assert_eq!((taken.status, taken.body.as_str()), (202, ""));
    assert!(taken.header("x-message-id").is_some());
    assert_eq!(send(one("gone@example.com"), false).status, 202);
    assert_eq!((count(&peer, "sendgrid"), count(&peer, "dropped")), (1, 1));
    let mail = &peer.control("mails?parts=1", &Value::Null)["sendgrid"][0];
    assert_eq!(
        (&mail["subject"], &mail["text"], &mail["op"]),
        (&json!("Hi Ada"), &json!("Dear Ada"), &json!("o"))
    );
    let twice = json!([{"email": "ada@example.com"}, {"email": "ADA@example.com"}]);
    assert_eq!(
        send(twice, false).json()["errors"][0]["field"],
        "personalizations.0.to"
    );
}
