//! The manage API's rules.

use serde_json::{Value, json};

use crate::client::{CONSOLE, INCIDENTS, Peer, STATUSPAGE};

#[test]
fn metadata_is_replaced_or_merged_and_tells_nobody() {
    let peer = Peer::free();
    let made = peer.incident(&json!({"name": "a", "metadata": {"x": {"n": 1}, "y": {"n": 2}}}));
    let replaced = peer
        .change(&made, &json!({"metadata": {"y": {"n": 3}}}))
        .json();
    assert_eq!(replaced["metadata"], json!({"y": {"n": 3}}));
    peer.switches(&json!({"metadata": "merge"}));
    let merged = peer
        .change(&made, &json!({"metadata": {"x": {"n": 4}}}))
        .json();
    assert_eq!(merged["metadata"], json!({"x": {"n": 4}, "y": {"n": 3}}));
    assert_eq!(
        merged["incident_updates"].as_array().expect("a list").len(),
        1
    );
    assert_eq!(peer.control("incidents", &Value::Null)[0]["notified"], 1);
}

#[test]
fn an_update_is_made_by_a_body_or_by_another_status() {
    let peer = Peer::free();
    let made = peer.incident(&json!({"name": "a", "status": "investigating", "body": "b"}));
    let updates = |fields: Value| {
        let updated = peer.change(&made, &fields).json();
        updated["incident_updates"]
            .as_array()
            .expect("a list")
            .len()
    };
    assert_eq!(updates(json!({"name": "c"})), 1);
    assert_eq!(
        updates(json!({"status": "investigating"})),
        1,
        "the same status"
    );
    assert_eq!(updates(json!({"status": "identified"})), 2);
    assert_eq!(
        updates(json!({"body": "more", "deliver_notifications": false})),
        3
    );
    assert_eq!(peer.control("incidents", &Value::Null)[0]["notified"], 2);
}

#[test]
fn resolving_leaves_the_components_and_every_update_says_what_was_and_is() {
    let peer = Peer::free();
    let none = peer.incident(&json!({"name": "a"}));
    assert_eq!(
        none["incident_updates"][0]["affected_components"],
        Value::Null
    );
    let made = peer.incident(&json!({
        "name": "a", "components": {"cmpworkflow1": "major_outage"}, "component_ids": ["cmpworkflow1", "cmpapi000001"],
    }));
    assert_eq!(made["impact"], "critical", "by its worst component");
    let named = json!({"code": "cmpworkflow1", "name": "Automation - Workflow execution",
        "old_status": "operational", "new_status": "major_outage"});
    assert_eq!(made["incident_updates"][0]["affected_components"][0], named);
    let resolved = peer
        .change(&made, &json!({"status": "resolved", "body": "b"}))
        .json();
    assert_eq!(resolved["components"][0]["status"], "major_outage");
    assert_eq!(
        resolved["incident_updates"][0]["affected_components"][0]["old_status"],
        "major_outage"
    );
    assert_eq!(resolved["impact"], "critical", "as bad as it ever was");
    let back = peer
        .change(
            &made,
            &json!({"components": {"cmpworkflow1": "operational"}}),
        )
        .json();
    assert_eq!(back["components"][0]["status"], "operational");
    assert_eq!(
        back["incident_updates"].as_array().expect("a list").len(),
        2
    );
}

#[test]
fn seconds_for_the_incident_and_milliseconds_for_its_updates() {
    let peer = Peer::free();
    let made = peer.incident(&json!({"name": "a", "status": "monitoring"}));
    let length = |text: &Value| text.as_str().expect("a time").len();
    assert_eq!(length(&made["created_at"]), "2024-06-07T01:00:17Z".len());
    assert_eq!(length(&made["monitoring_at"]), "2024-06-07T01:00:17Z".len());
    assert_eq!(
        length(&made["incident_updates"][0]["created_at"]),
        "2024-06-07T01:00:17.309Z".len()
    );
    assert_eq!(made.get("started_at"), None);
}

#[test]
fn a_resolved_incident_can_be_taken_back_or_not() {
    let peer = Peer::free();
    let made = peer.incident(&json!({"name": "a", "status": "resolved"}));
    peer.switches(&json!({"reopen": "refused"}));
    assert_eq!(
        peer.change(&made, &json!({"status": "investigating"}))
            .status,
        422
    );
    assert_eq!(
        peer.change(&made, &json!({"status": "resolved", "body": "more"}))
            .status,
        200
    );
    peer.switches(&json!({"reopen": "allowed"}));
    let again = peer
        .change(&made, &json!({"status": "investigating"}))
        .json();
    assert_eq!(again["resolved_at"], Value::Null);
}

#[test]
fn what_is_not_taken_leaves_nothing() {
    let peer = Peer::free();
    for fields in [
        json!({"status": "investigating"}),
        json!({"name": " "}),
        json!({"name": "x".repeat(256)}),
        json!({"name": "a", "body": "x".repeat(25_001)}),
        json!({"name": "a", "status": "postmortem"}),
        json!({"name": "a", "impact_override": "huge"}),
        json!({"name": "a", "metadata": {"x": "text"}}),
        json!({"name": "a", "components": {"none": "operational"}}),
        json!({"name": "a", "components": {"cmpapi000001": "broken"}}),
        json!({"name": "a", "backfilled": true, "component_ids": ["cmpapi000001"]}),
        json!({"name": "a", "reminder_intervals": [1]}),
    ] {
        let answer = peer.ask("POST", INCIDENTS, STATUSPAGE, &json!({"incident": fields}));
        assert_eq!(answer.status, 422, "{fields}");
    }
    assert_eq!(peer.names(), Vec::<String>::new());
    peer.incident(&json!({"name": "x".repeat(255), "body": "é".repeat(25_000)}));
}

#[test]
fn every_shape_of_an_error() {
    let peer = Peer::free();
    for (shape, body) in [
        ("field", json!({"error": {"name": ["can't be blank"]}})),
        ("list", json!({"error": ["Name can't be blank"]})),
        ("text", json!({"error": "Name can't be blank"})),
        ("message", json!({"message": "Name can't be blank"})),
    ] {
        peer.switches(&json!({"error_shape": shape}));
        let answer = peer.ask("POST", INCIDENTS, STATUSPAGE, &json!({"incident": {}}));
        assert_eq!((answer.status, answer.json()), (422, body));
    }
}

#[test]
fn keys_and_twins() {
    let peer = Peer::free();
    let none = json!({"error": "Could not authenticate"});
    for key in [
        "X-None: 1",
        "Authorization: Bearer sandbox-statuspage-key",
        "Authorization: OAuth wrong",
    ] {
        let answer = peer.ask("GET", INCIDENTS, key, &Value::Null);
        assert_eq!((answer.status, answer.json()), (401, none.clone()), "{key}");
    }
    let by_query = format!("{INCIDENTS}.json?api_key=sandbox-statuspage-key");
    assert_eq!(
        peer.ask("GET", &by_query, "X-None: 1", &Value::Null).status,
        200
    );
    let made = peer.incident(&json!({"name": "a"}));
    let twin = format!("{INCIDENTS}/{}.json", made["id"].as_str().expect("an id"));
    assert_eq!(peer.get(&twin).json()["name"], "a");
    assert_eq!(peer.get("/v1/pages/another/incidents").status, 404);
    peer.switches(&json!({"revoked": ["statuspage"]}));
    assert_eq!(peer.get(INCIDENTS).status, 401);
    assert_eq!(
        peer.ask("GET", INCIDENTS, CONSOLE, &Value::Null).status,
        200
    );
}

#[test]
fn pages_of_lists_by_their_own_words() {
    let peer = Peer::free();
    for n in 0..5 {
        peer.incident(&json!({"name": format!("n{n}")}));
    }
    let names = |path: &str| -> Vec<String> {
        let list = peer.get(&format!("{INCIDENTS}{path}")).json();
        let list = list.as_array().expect("a list").iter();
        list.map(|one| one["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    assert_eq!(names("?limit=2&page=2"), ["n2", "n1"]);
    assert_eq!(names("?per_page=2").len(), 5, "not this list's word");
    assert_eq!(names("/unresolved?per_page=2&page=3"), ["n0"]);
    assert_eq!(
        names("/unresolved?limit=2").len(),
        5,
        "not this list's word"
    );
    assert_eq!(names("?q=N3"), ["n3"]);
}

#[test]
fn a_postmortem_is_drafted_published_and_taken_back() {
    let peer = Peer::free();
    let made = peer.incident(&json!({"name": "a"}));
    let path = format!(
        "{INCIDENTS}/{}/postmortem",
        made["id"].as_str().expect("an id")
    );
    let put = |path: &str, body: Value| peer.ask("PUT", path, STATUSPAGE, &body);
    let draft = json!({"postmortem": {"body_draft": "# Why"}});
    assert_eq!(
        put(&path, draft.clone()).status,
        400,
        "not before it is resolved"
    );
    peer.change(&made, &json!({"status": "resolved"}));
    assert_eq!(put(&path, draft).json()["body"], Value::Null);
    let published = put(
        &format!("{path}/publish"),
        json!({"postmortem": {"notify_subscribers": false}}),
    )
    .json();
    assert_eq!(
        (&published["body"], &published["notify_subscribers"]),
        (&json!("# Why"), &json!(false))
    );
    let public = peer.get("/api/v2/incidents.json").json();
    assert_eq!(public["incidents"][0]["status"], "postmortem");
    assert_eq!(
        put(&format!("{path}/revert"), Value::Null).json()["published_at"],
        Value::Null
    );
    assert_eq!(
        peer.ask("DELETE", &path, STATUSPAGE, &Value::Null).status,
        204
    );
    assert_eq!(peer.get(&path).status, 404);
}

#[test]
fn a_form_is_as_good_as_json_and_a_body_without_a_type_is_not_read() {
    let peer = Peer::free();
    let form = "incident%5Bname%5D=A+form&incident%5Bcomponents%5D%5Bcmpapi000001%5D=major_outage&incident%5Bdeliver_notifications%5D=false";
    let typed = [
        STATUSPAGE,
        "Content-Type: application/x-www-form-urlencoded",
    ];
    let answer = peer
        .try_ask("POST", INCIDENTS, &typed, form)
        .expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!(
        answer.json()["incident_updates"][0]["deliver_notifications"],
        false
    );
    let json = json!({"incident": {"name": "a"}}).to_string();
    let untyped = peer
        .try_ask("POST", INCIDENTS, &[STATUSPAGE], &json)
        .expect("an answer");
    assert_eq!(untyped.status, 400);
}
