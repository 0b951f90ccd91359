//! Pages that really were: each is read as a person would read it, and is never greener than its parts.

use std::path::Path;

use allclear::domain::component::ComponentState;
use allclear::domain::incident::IncidentStatus;
use allclear::domain::maintenance::MaintenanceStatus;
use allclear::domain::page::{Overall, Reach, overall};
use allclear::domain::uptime::{Told, track};
use serde_json::{Value, json};

use crate::api::public_page::page;

/// A payload that a real page gave, where the collection lies beside the project.
fn real(name: &str) -> Option<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/contracts/fixtures");
    match std::fs::read_to_string(folder.join(name)) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(error) => {
            eprintln!(
                "skipped: the payload ../shared/contracts/fixtures/{name} is not here ({error})"
            );
            None
        }
    }
}

/// How many of each there are: components, groups, incidents, planned works; and the page's state.
fn facts(name: &str) -> Option<(usize, usize, usize, usize, Overall)> {
    let snapshot = page(&real(name)?).unwrap();
    let mut groups: Vec<_> = snapshot
        .components
        .iter()
        .filter_map(|each| each.group.as_ref())
        .collect();
    groups.sort();
    groups.dedup();
    Some((
        snapshot.components.len(),
        groups.len(),
        snapshot.incidents.len(),
        snapshot.maintenances.len(),
        overall(&snapshot),
    ))
}

#[test]
fn every_real_page_is_read_as_a_person_would_read_it() {
    for (name, expected) in [
        (
            "claude-status-2026-08-verbatim.json",
            (0, 0, 0, 0, Overall::Unknown),
        ),
        (
            "cloudflare-incidents-2018-09.json",
            (0, 0, 2, 0, Overall::Unknown),
        ),
        (
            "discord-incidents-2022-02.json",
            (0, 0, 1, 0, Overall::Unknown),
        ),
        (
            "discord-scheduled-maintenances-2016.json",
            (0, 0, 0, 0, Overall::Unknown),
        ),
        (
            "discord-status-2022-02.json",
            (0, 0, 0, 0, Overall::Unknown),
        ),
        (
            "discord-summary-2019-06-missing-fields.json",
            (3, 0, 0, 0, Overall::Operational),
        ),
        (
            "github-incidents-2024-09.json",
            (0, 0, 2, 0, Overall::Unknown),
        ),
        (
            "github-summary-2019-12-all-ok.json",
            (9, 0, 0, 0, Overall::Operational),
        ),
        (
            "github-summary-2020-12-maintenance.json",
            (9, 0, 0, 1, Overall::Maintenance),
        ),
        (
            "hashicorp-components-2021-08-nested.json",
            (48, 6, 0, 0, Overall::Degraded),
        ),
        (
            "linode-components-problems.json",
            (62, 6, 0, 0, Overall::PartialOutage),
        ),
        ("twilio-components.json", (75, 10, 0, 0, Overall::Degraded)),
    ] {
        if let Some(found) = facts(name) {
            assert_eq!(found, expected, "{name}");
        }
    }
}

#[test]
fn names_groups_times_and_texts_of_real_pages_come_through() {
    if let Some(file) = real("github-summary-2020-12-maintenance.json") {
        let snapshot = page(&file).unwrap();
        let works = &snapshot.maintenances;
        assert_eq!(works[0].name, "macOS virtual environment maintenance");
        assert_eq!(works[0].status, MaintenanceStatus::InProgress);
        // What is done is told by whoever announced it, not by the line that the page adds when it begins.
        let told: Vec<&str> = works[0]
            .updates
            .iter()
            .map(|update| update.status.word())
            .collect();
        assert_eq!(told, ["in_progress", "scheduled", "scheduled"]);
        let texts = works[0].texts();
        assert_eq!(texts.len(), 2);
        assert!(texts[0].starts_with("Scheduled maintenance is currently in progress."));
        assert!(texts[1].starts_with("During the week of December 14-18"));
        assert!(works[0].until.is_some_and(|until| works[0].from < until));
        let names: Vec<&str> = snapshot
            .components
            .iter()
            .map(|each| each.name.as_str())
            .collect();
        assert_eq!(names[0], "Git Operations");
        assert_eq!(names[8], "Pages");
    }
    if let Some(file) = real("discord-incidents-2022-02.json") {
        let snapshot = page(&file).unwrap();
        let incident = &snapshot.incidents[0];
        assert_eq!(incident.name, "Messaging issues");
        assert_eq!(incident.status(), IncidentStatus::Resolved);
        assert_eq!(
            incident.created_at.to_rfc3339(),
            "2022-02-15T21:14:17.744+00:00"
        );
        assert_eq!(incident.updates.len(), 4);
        assert_eq!(incident.updates[0].body, "This incident has been resolved.");
    }
    if let Some(file) = real("linode-components-problems.json") {
        let snapshot = page(&file).unwrap();
        let first = &snapshot.components[0];
        let bad: Vec<&str> = snapshot
            .components
            .iter()
            .filter(|each| !each.state.is_operational())
            .map(|each| each.name.as_str())
            .collect();
        assert!(first.group.is_some() || first.state.is_operational());
        assert_eq!(bad.len(), 7);
        assert_eq!(bad[0], "US-East (Newark)");
        let regions = snapshot
            .components
            .iter()
            .filter(|each| each.group.as_deref() == Some("Regions"));
        assert!(regions.count() > 7);
    }
}

/// Its second update names the service first, as one that was out before: nobody was well for the 21 hours until then.
#[test]
fn an_outage_that_is_named_late_was_one_from_its_beginning() {
    let Some(entry) = real("statuspage-manage-v1-incident-resolved-port.json") else {
        return;
    };
    let snapshot = page(&json!({"components": entry["components"], "incidents": [entry]})).unwrap();
    let now = "2024-06-10T00:00:00Z".parse().unwrap();
    let of = |name: &str| {
        let mut components = snapshot.components.iter();
        let mut component = components.find(|each| each.name == name).unwrap().clone();
        component.state = ComponentState::Operational;
        let track = track(&component, &snapshot.incidents, Reach::All, now, now);
        let day = track
            .days
            .iter()
            .find(|day| day.day.to_string() == "2024-06-07");
        day.unwrap().told
    };
    // Two stretches, each in whole seconds: until it was named, and from then on.
    let seconds = 21 * 3_600 + 26 * 60 + 16;
    let worst = Overall::PartialOutage;
    assert_eq!(of("Payment Service"), Told::Trouble { worst, seconds });
    // It worked all the time, as each update that names it says.
    assert_eq!(of("API Gateway"), Told::Calm);
}

/// Of every real page: its state is at least as bad as each of its components and open incidents.
#[test]
fn no_real_page_is_greener_than_its_parts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/contracts/fixtures");
    let Ok(files) = std::fs::read_dir(folder) else {
        eprintln!("skipped: the payloads in ../shared/contracts/fixtures are not here");
        return;
    };
    let mut read = 0;
    for file in files {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let snapshot = page(&file).unwrap();
        let whole = overall(&snapshot);
        for entry in file["components"].as_array().into_iter().flatten() {
            let state = ComponentState::from(entry["status"].as_str().unwrap().to_owned());
            assert!(
                whole >= Overall::from(&state),
                "{path:?}: {}",
                entry["name"]
            );
        }
        read += 1;
    }
    assert!(read > 10);
}
