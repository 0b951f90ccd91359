//! What goes on, as the page's frame says it before the app is there (`first/going-on.mjs`): where it says something, the
//! app's own reader finds the same. `tests/tools/going-on.test.mjs` runs the frame's side of the same cases.

use allclear::api::public_page::read::Files;
use allclear::domain::component::touched;
use allclear::domain::contradiction::{Contradiction, contradictions};
use allclear::domain::page::{Overall, Snapshot};
use allclear::domain::{promise, text};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::overall::word;

const CASES: &str = include_str!("../golden/going-on.json");
fn moment(told: &Value) -> Option<DateTime<Utc>> {
    told.as_str().map(|text| text.parse().unwrap())
}

fn page(case: &Value) -> Snapshot {
    let files = Files {
        summary: case["summary"].clone(),
        ..Files::default()
    };
    files.snapshot().unwrap()
}

/// Whether the app says above what goes on that the source calls its page better than it is.
fn is_called_better(case: &Value) -> bool {
    let found = contradictions(&page(case), moment(&case["now"]).unwrap());
    let better = |each: &Contradiction| matches!(each, Contradiction::Greener(_));
    found.iter().any(better)
}

#[test]
fn what_the_frame_says_of_an_incident_is_what_the_app_reads() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let told: Vec<&Value> = cases
        .iter()
        .filter(|case| case["told"].is_object())
        .collect();
    assert!(told.len() > 15);
    assert!(cases.len() > told.len() + 20);
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let better =
            name.starts_with("left to the app: a source that calls") && !name.ends_with("worse");
        assert_eq!(is_called_better(case), better, "{}", case["name"]);
    }
    for case in told {
        let (name, told) = (&case["name"], &case["told"]);
        let page = page(case);
        let incident = page.open_incidents().next().unwrap();
        let update = incident.updates.first().unwrap();
        assert_eq!(incident.id.0, told["id"], "{name}");
        assert_eq!(incident.name, told["title"], "{name}");
        let state = Overall::from(&incident.impact);
        assert_eq!(word(state), told["state"], "{name}");
        let names = touched(&incident.components, &page.components);
        assert_eq!(Value::from(names), told["names"], "{name}");
        assert_eq!(Some(incident.began_at()), moment(&told["since"]), "{name}");
        assert_eq!(incident.status().word(), told["status"], "{name}");
        assert_eq!(Some(update.created_at), moment(&told["at"]), "{name}");
        assert_eq!(text::plain(&update.body), told["text"], "{name}");
        assert_eq!(promise::of(incident), moment(&told["next"]), "{name}");
    }
}
