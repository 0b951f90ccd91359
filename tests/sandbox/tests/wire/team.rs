//! The webhooks of a team's channel.

use serde_json::{Value, json};

use crate::client::Peer;

fn card(text: &str) -> Value {
    json!({"type": "message", "attachments": [{
        "contentType": "application/vnd.microsoft.card.adaptive",
        "content": {"type": "AdaptiveCard", "version": "1.4", "body": [{"type": "TextBlock", "text": text, "wrap": true}]},
    }]})
}

fn told(peer: &Peer) -> Vec<(String, String)> {
    let all = peer.control("notices", &Value::Null);
    let text = |one: &Value, name: &str| one[name].as_str().expect("a text").to_owned();
    let all = all.as_array().expect("a list").iter();
    all.map(|one| (text(one, "service"), text(one, "text")))
        .collect()
}

#[test]
fn each_takes_its_own_form_answers_in_its_own_way_and_shows_the_words() {
    let peer = Peer::free();
    let ask = |path: &str, body: &Value| {
        let answer = peer.ask("POST", path, "X: 1", body);
        (answer.status, answer.body)
    };
    assert_eq!(
        ask("/team/slack", &json!({"text": "A &lt;b&gt; &amp; c"})),
        (200, "ok".to_owned())
    );
    assert_eq!(
        ask("/team/discord", &json!({"content": "D"})),
        (204, String::new())
    );
    assert!(
        ask("/team/discord?wait=true", &json!({"content": "D"}))
            .1
            .contains("\"id\"")
    );
    assert_eq!(ask("/team/teams", &card("a\n\nb")), (202, String::new()));
    let expected = [
        ("slack", "A <b> & c"),
        ("discord", "D"),
        ("discord", "D"),
        ("teams", "a\nb"),
    ];
    assert_eq!(
        told(&peer),
        expected.map(|(service, text)| (service.to_owned(), text.to_owned()))
    );
    for (path, body) in [
        ("/team/slack", json!({"content": "x"})),
        ("/team/slack", json!({"text": " "})),
        ("/team/discord", json!({"content": "x".repeat(2_001)})),
        ("/team/teams", json!({"text": "x"})),
    ] {
        assert_eq!(ask(path, &body).0, 400, "{path}");
    }
    peer.switches(&json!({"revoked": ["team"]}));
    for path in ["/team/slack", "/team/discord", "/team/teams"] {
        assert_eq!(ask(path, &json!({"text": "x"})).0, 404, "{path}");
    }
    assert_eq!(told(&peer).len(), 4);
}
