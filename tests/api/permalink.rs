//! What stands under a permalink and in the history, of a page whose list of incidents is late, old or broken.

use allclear::api::public_page::past::Past;
use allclear::api::public_page::read::{Files, joined, work};
use allclear::api::public_page::wire;
use allclear::domain::incident::{Incident, IncidentId};
use allclear::domain::maintenance::MaintenanceStatus;
use allclear::domain::page::Permalinked;
use allclear::domain::past::with_known;
use serde_json::{Value, json};

const EARLY: &str = "2026-03-09T14:00:00Z";
const LATE: &str = "2026-03-09T15:00:00Z";

fn entry(id: &str, name: &str, changed_at: &str) -> Value {
    json!({"id": id, "name": name, "status": "investigating", "impact": "minor",
        "created_at": EARLY, "updated_at": changed_at, "incident_updates": []})
}

fn files(summed: Value, listed: Option<Value>) -> Files {
    Files {
        summary: json!({"components": [], "incidents": summed, "scheduled_maintenances": []}),
        incidents: listed.map(|listed| json!({ "incidents": listed })),
        ..Files::default()
    }
}

fn name(event: Option<Permalinked>) -> Option<String> {
    event.map(|event| match event {
        Permalinked::Incident(incident) => incident.name,
        Permalinked::Work(work) => ["work", work.name.as_str()].join(" "),
    })
}

#[test]
fn an_incident_of_the_summary_is_known_without_the_list_and_the_newer_of_both_wins() {
    let of = |files: &Files| name(files.permalinked(&IncidentId("i".to_owned())));
    let summed = |at| json!([entry("other", "other", LATE), entry("i", "summed", at)]);
    let listed = |at| {
        Some(json!([
            entry("i", "listed", at),
            entry("other", "other", LATE)
        ]))
    };
    for (files, expected) in [
        (files(summed(EARLY), None), Some("summed")),
        (files(json!([]), None), None),
        (files(json!([]), listed(EARLY)), Some("listed")),
        (files(summed(EARLY), listed(LATE)), Some("listed")),
        (files(summed(LATE), listed(EARLY)), Some("summed")),
        (files(summed(LATE), listed(LATE)), Some("summed")),
    ] {
        assert_eq!(of(&files).as_deref(), expected, "{files:?}");
    }
}

#[test]
fn planned_work_is_no_incident_wherever_it_is_listed_and_is_found_when_it_is_over() {
    let planned = |id: &str, status: &str| json!({"id": id, "name": "Move", "status": status, "scheduled_for": LATE});
    let mut all = files(json!([]), Some(json!([planned("a", "completed")])));
    all.summary = json!({"components": [], "incidents": [],
        "scheduled_maintenances": [planned("b", "scheduled")]});
    for id in ["a", "b"] {
        let found = all.permalinked(&IncidentId(id.to_owned()));
        assert_eq!(name(found).as_deref(), Some("work Move"), "{id}");
    }
    let snapshot = all.snapshot().unwrap();
    assert!(snapshot.tells_of(&IncidentId("b".to_owned())));
    assert!(!snapshot.tells_of(&IncidentId("a".to_owned())));
    let past = [planned("c", "completed")];
    let Some(Permalinked::Work(found)) = work(&past, &IncidentId("c".to_owned())) else {
        panic!("work that is over has its page");
    };
    assert_eq!(found.status, MaintenanceStatus::Completed);
    assert_eq!(work(&past, &IncidentId("d".to_owned())), None);
}

fn names(incidents: &[Incident]) -> Vec<&str> {
    incidents.iter().map(|each| each.name.as_str()).collect()
}

#[test]
fn the_history_has_what_the_summary_tells_of_and_the_list_lacks_and_the_newer_of_both() {
    let began = |id: &str, name: &str, at: &str, changed_at: &str| {
        let mut entry = entry(id, name, changed_at);
        entry["created_at"] = json!(at);
        entry
    };
    let listed: Vec<_> = [
        began("new", "new", "2026-03-08T14:00:00Z", EARLY),
        began("both", "listed", "2026-03-07T14:00:00Z", EARLY),
        began("kept", "kept", "2026-03-06T14:00:00Z", LATE),
    ]
    .iter()
    .map(|entry| (wire::incident(entry), wire::changed_at(entry)))
    .collect();
    let summary = json!({"incidents": [
        began("old", "old", "2025-01-01T00:00:00Z", LATE),
        began("both", "summed", "2026-03-07T14:00:00Z", LATE),
        began("kept", "older", "2026-03-06T14:00:00Z", EARLY),
        {"id": "m", "name": "work", "status": "scheduled", "scheduled_for": LATE},
    ]});
    let found = joined(listed.clone(), &summary);
    assert_eq!(names(&found), ["new", "summed", "kept", "old"]);
    assert_eq!(
        names(&joined(listed, &json!({}))),
        ["new", "listed", "kept"]
    );
}

#[test]
fn an_incident_that_is_listed_twice_stands_in_the_history_once_as_it_was_changed_last() {
    let (old, new) = (entry("i", "old", EARLY), entry("i", "new", LATE));
    let bare = json!({"name": "without an id"});
    for (first, then) in [(&old, &new), (&new, &old)] {
        let mut past = Past::default();
        let added = [first, then, &bare, &bare].map(|entry| past.adds(entry));
        assert_eq!(added, [true, false, true, true]);
        let summary = json!({"incidents": [first, then]});
        for listed in [past.listed, Vec::new()] {
            let found = joined(listed, &summary);
            let mut names = names(&found);
            names.retain(|name| *name != "without an id");
            assert_eq!(names, ["new"]);
        }
    }
}

#[test]
fn a_history_that_could_not_be_read_keeps_what_was_listed_and_has_what_the_page_tells_of() {
    let of = |id: &str, name: &str| wire::incident(&entry(id, name, EARLY));
    let listed = [of("a", "a"), of("b", "before")];
    let known = vec![of("b", "now"), of("c", "c")];
    assert_eq!(
        names(&with_known(&listed, known.clone())),
        ["a", "now", "c"]
    );
    assert_eq!(names(&with_known(&[], known)), ["now", "c"]);
    assert_eq!(names(&with_known(&listed, Vec::new())), ["a", "before"]);
}
