//! The overall state, by the one file of cases that everything which computes it is run against; the badge
//! and the first-state script are in `tests/tools/overall.test.mjs`.

use allclear::api::public_page::read::Files;
use allclear::domain::contradiction::{Contradiction, contradictions};
use allclear::domain::page::{Overall, Snapshot, notices, overall};
use chrono::DateTime;
use serde_json::Value;

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
