//! Rates, over the wire.

use serde_json::{Value, json};

use crate::client::{CONSOLE, INCIDENTS, Peer, RESEND, SENDGRID};

#[test]
fn sixty_a_minute_by_the_sandboxs_clock_and_a_window_a_key() {
    let peer = Peer::new();
    let asked: Vec<u16> = (0..62).map(|_| peer.get(INCIDENTS).status).collect();
    assert_eq!(asked.iter().filter(|status| **status == 200).count(), 60);
    assert_eq!(asked[60..], [420, 429]);
    assert_eq!(
        peer.ask("GET", INCIDENTS, CONSOLE, &Value::Null).status,
        200
    );
    assert_eq!(
        peer.ask("GET", INCIDENTS, "X-None: 1", &Value::Null).status,
        401,
        "no key, no window"
    );
    peer.later(60);
    assert_eq!(peer.get(INCIDENTS).status, 200);
}

#[test]
fn what_is_left_stands_in_the_headers() {
    let peer = Peer::new();
    peer.switches(&json!({"limits": {"resend": {"on": true, "requests": 2, "seconds": 3600}}}));
    let mail = json!({"from": "a@example.com", "to": "b@example.com", "subject": "s", "text": "t"});
    let left = || {
        let answer = peer.ask("POST", "/emails", RESEND, &mail);
        (
            answer.status,
            answer.header("ratelimit-remaining").map(str::to_owned),
        )
    };
    assert_eq!(left(), (200, Some("1".into())));
    assert_eq!(left(), (200, Some("0".into())));
    let refused = peer.ask("POST", "/emails", RESEND, &mail);
    assert_eq!(
        (refused.status, refused.json()["name"].clone()),
        (429, json!("rate_limit_exceeded"))
    );
    assert!(refused.header("retry-after").is_some());
    let other = peer.ask("POST", "/v3/mail/send", SENDGRID, &json!({}));
    assert_eq!(other.header("x-ratelimit-remaining"), Some("599"));
}
