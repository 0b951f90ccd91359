//! The overall state, by the one file of cases that everything which computes it is run against; the badge
//! and the first-state script are in `tests/tools/overall.test.mjs`.

use allclear::api::public_page::read::Files;
use allclear::domain::contradiction::{Contradiction, contradictions};
use allclear::domain::page::{Overall, Snapshot, Stated, notices, overall};
use chrono::DateTime;
use serde_json::{Value, json};

const CASES: &str = include_str!("../golden/overall.json");
/// In the order of [`Overall::IN_ORDER`].
const WORDS: [&str; 6] = [
    "operational",
    "maintenance",
    "unknown",
    "degraded",
    "partial",
    "major",
];

/// A state's word in the golden files.
pub fn word(state: Overall) -> &'static str {
    let mut places = Overall::IN_ORDER.iter();
    WORDS[places.position(|each| *each == state).unwrap()]
}

/// What the source gives of a case: the summary, and the files that stand beside it.
fn files(case: &Value) -> Files {
    let file = |list: &str| Some(case["files"][list].clone()).filter(|file| !file.is_null());
    Files {
        summary: case["summary"].clone(),
        incidents: file("incidents"),
        components: file("components"),
        maintenances: file("scheduled_maintenances"),
        ..Files::default()
    }
}

fn check(page: &Snapshot, told: &Value, name: &Value) {
    assert_eq!(word(overall(page)), told["state"], "{name}");
    assert_eq!(notices(page), told["notices"], "{name}");
}

#[test]
fn every_case_of_the_golden_file_comes_out_as_written() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    assert!(cases.len() > 65);
    for case in cases {
        let name = &case["name"];
        let files = files(&case);
        let page = files.snapshot().unwrap();
        check(&page, &case, name);
        let disputed = contradictions(&page, DateTime::UNIX_EPOCH)
            .iter()
            .any(|found| matches!(found, Contradiction::Worse(_)));
        assert_eq!(disputed, case["disputed"] == true, "{name}");
        // A case says where what the summary alone tells is another state, until the list of incidents is read.
        if case["at_a_glance"].is_object() {
            let glance = Files {
                incidents: None,
                ..files
            };
            check(&glance.snapshot().unwrap(), &case["at_a_glance"], name);
        }
    }
}

/// Which contradictions there are is a matter of `src/domain/contradiction.rs`; here they stand in a source's own files.
#[test]
fn a_source_that_contradicts_itself_is_found_out_in_its_own_words_and_one_that_does_not_is_not() {
    let component = |state: &str| json!([{"id": "api", "name": "API", "status": state, "position": 1, "group": false}]);
    let incident = json!([{
        "id": "now1", "name": "API - Investigating Issue", "status": "investigating", "impact": "major",
        "created_at": "2026-03-10T13:58:00Z", "updated_at": "2026-03-10T13:58:00Z",
        "incident_updates": [{
            "id": "n1", "status": "investigating", "body": "We look.", "created_at": "2026-03-10T13:58:00Z",
            "affected_components": [{"code": "api", "name": "API", "old_status": "operational", "new_status": "partial_outage"}],
        }],
    }]);
    let found = |status: &Value, components: &Value, incidents: &Value| {
        let files = Files {
            summary: json!({"status": status, "components": components, "incidents": incidents, "scheduled_maintenances": []}),
            ..Files::default()
        };
        let page = files.snapshot().unwrap();
        let now = "2026-03-10T14:00:05Z".parse().unwrap();
        (overall(&page), contradictions(&page, now))
    };
    let (well, down) = (component("operational"), component("partial_outage"));
    let calm = json!({"indicator": "none", "description": "All Systems Operational"});
    let outage = json!({"indicator": "major", "description": "Partial System Outage"});
    let wordless = json!({"indicator": "none", "description": " "});
    let stated = |state, words: &str| Stated {
        state,
        words: words.to_owned(),
    };

    assert_eq!(
        found(&calm, &down, &incident),
        (
            Overall::PartialOutage,
            vec![Contradiction::Greener(stated(
                Overall::Operational,
                "All Systems Operational"
            ))]
        )
    );
    assert_eq!(
        found(&outage, &well, &json!([])),
        (
            Overall::Operational,
            vec![Contradiction::Worse(stated(
                Overall::PartialOutage,
                "Partial System Outage"
            ))]
        )
    );
    let (state, contradicted) = found(&wordless, &down, &incident);
    assert_eq!(state, Overall::PartialOutage);
    let [Contradiction::Greener(wordless)] = &contradicted[..] else {
        panic!("{contradicted:?}")
    };
    assert_eq!(wordless.words.trim(), "", "it is quoted in our words");
    assert_eq!(
        found(&outage, &well, &incident),
        (
            Overall::PartialOutage,
            vec![Contradiction::Untouched(
                "API - Investigating Issue".to_owned()
            )]
        )
    );
    assert_eq!(
        found(&outage, &down, &incident),
        (Overall::PartialOutage, Vec::new())
    );
}
