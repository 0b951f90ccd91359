//! Made-up pages in the public v2 format, with everything left out, nulled or renamed that can be.

use allclear::api::public_page::read::Files;
use allclear::domain::component::ComponentState;
use allclear::domain::incident::IncidentStatus;
use allclear::domain::maintenance::MaintenanceStatus;
use allclear::domain::page::{Overall, Reach, Snapshot, overall};
use serde_json::{Value, json};

/// A page of one file. Lists that are files of their own stand beside an empty summary.
pub fn page(file: &Value) -> Option<Snapshot> {
    Files {
        summary: file.clone(),
        incidents: file
            .get("incidents")
            .is_none()
            .then(|| json!({"incidents": []})),
        ..Files::default()
    }
    .snapshot()
}

#[test]
fn what_is_missing_null_or_odd_is_met_calmly() {
    for nothing in [json!(null), json!([]), json!("<html>"), json!({"page": {}})] {
        let files = Files {
            summary: nothing.clone(),
            ..Files::default()
        };
        assert_eq!(
            files.snapshot(),
            None,
            "{nothing}: nobody says that there is no incident"
        );
    }
    let odd = json!({
        "components": [
            {"id": "a", "name": "A", "status": "on_fire", "group_id": "nobody", "position": null},
            {"id": "b", "name": "B", "status": null},
            {"name": "C"},
            7,
        ],
        "incidents": [
            {"id": "i", "name": null, "status": "on_fire", "impact": "huge", "incident_updates": null},
            null,
        ],
        "scheduled_maintenances": [{"id": "m", "name": "M", "status": "paused"}],
    });
    let snapshot = page(&odd).unwrap();
    assert_eq!(snapshot.components.len(), 4);
    assert!(
        snapshot
            .components
            .iter()
            .all(|each| matches!(each.state, ComponentState::Unknown(_)))
    );
    assert_eq!(snapshot.open_incidents().count(), 2);
    let named = snapshot
        .incidents
        .iter()
        .find(|each| each.id.0 == "i")
        .unwrap();
    assert_eq!(named.name, "", "the words for it are the reader's");
    assert_eq!(named.status(), IncidentStatus::Unknown("on_fire".into()));
    assert_eq!(
        snapshot.maintenances[0].status,
        MaintenanceStatus::Unknown("paused".into())
    );
    assert_eq!(overall(&snapshot), Overall::Unknown);
}

#[test]
fn lists_that_the_summary_leaves_out_come_from_files_of_their_own() {
    let mut files = Files {
        summary: json!({"page": {"name": "P"}, "components": null}),
        ..Files::default()
    };
    files.components =
        Some(json!({"components": [{"id": "a", "name": "A", "status": "operational"}]}));
    files.incidents = Some(json!({"incidents": []}));
    files.maintenances = Some(json!({"scheduled_maintenances": [
        {"id": "late", "name": "Late", "status": "scheduled", "scheduled_for": "2026-03-12T10:00:00Z"},
        {"id": "done", "name": "Done", "status": "completed", "scheduled_for": "2026-03-01T10:00:00Z"},
        {"id": "soon", "name": "Soon", "status": "scheduled", "scheduled_for": "2026-03-11T10:00:00+02:00",
            "scheduled_until": "2026-03-11T12:00:00+02:00",
            "incident_updates": [{"id": "u", "status": "scheduled", "body": "We move."}]},
    ]}));
    let snapshot = files.snapshot().unwrap();
    assert_eq!(overall(&snapshot), Overall::Operational);
    let names: Vec<&str> = snapshot
        .maintenances
        .iter()
        .map(|each| each.name.as_str())
        .collect();
    assert_eq!(names, ["Soon", "Late"]);
    assert_eq!(snapshot.maintenances[0].texts(), ["We move."]);
    let until = |at: usize| snapshot.maintenances[at].until.map(|at| at.to_rfc3339());
    assert_eq!(until(0).as_deref(), Some("2026-03-11T10:00:00+00:00"));
    assert_eq!(
        until(1),
        None,
        "an end that is missing is not the beginning"
    );
}

fn incident(status: &str, updates: Value) -> Snapshot {
    page(&json!({"components": [], "incidents": [{
        "id": "i", "name": "I", "status": status, "impact": "major",
        "created_at": "2026-03-09T14:00:00Z", "updated_at": "2026-03-09T16:00:00Z",
        "incident_updates": updates,
    }]}))
    .unwrap()
}

#[test]
fn the_status_that_a_page_states_counts_whatever_its_updates_say() {
    let update = |status: &str, at: &str| json!({"id": status, "status": status, "body": "x", "created_at": at});
    let early = "2026-03-09T14:00:00Z";
    let late = "2026-03-09T15:00:00.123-01:00";
    for (stated, updates, status, count) in [
        ("resolved", json!([]), IncidentStatus::Resolved, 1),
        (
            "investigating",
            json!(null),
            IncidentStatus::Investigating,
            1,
        ),
        ("", json!([]), IncidentStatus::Unknown(String::new()), 1),
        (
            "",
            json!([update("identified", early)]),
            IncidentStatus::Identified,
            1,
        ),
        (
            "monitoring",
            json!([update("resolved", early)]),
            IncidentStatus::Monitoring,
            2,
        ),
        (
            "resolved",
            json!([update("resolved", late), update("investigating", early)]),
            IncidentStatus::Resolved,
            2,
        ),
        (
            "resolved",
            json!([update("investigating", early), update("resolved", late)]),
            IncidentStatus::Resolved,
            2,
        ),
        (
            "postmortem",
            json!([update("postmortem", late), update("resolved", early)]),
            IncidentStatus::Resolved,
            1,
        ),
        (
            "postmortem",
            json!([update("resolved", early)]),
            IncidentStatus::Resolved,
            1,
        ),
    ] {
        let snapshot = incident(stated, updates.clone());
        let incident = &snapshot.incidents[0];
        assert_eq!(
            (incident.status(), incident.updates.len()),
            (status, count),
            "{stated} {updates}"
        );
    }
    let learned = incident(
        "postmortem",
        json!([update("postmortem", late), update("resolved", early)]),
    );
    let postmortem = learned.incidents[0].postmortem.as_ref().unwrap();
    assert_eq!(postmortem.body, "x");
    assert_eq!(
        postmortem.published_at.to_rfc3339(),
        "2026-03-09T16:00:00.123+00:00"
    );
    // When it was changed last is no end.
    let silent = incident("resolved", json!([]));
    assert_eq!(silent.incidents[0].resolved_at(), None);
}

#[test]
fn components_come_from_the_updates_where_the_incident_names_none() {
    let update = json!([{"id": "u", "status": "investigating", "body": "x", "created_at": "2026-03-09T14:00:00Z",
    "affected_components": [
        {"name": "No components were affected by this update."},
        {"code": "a", "name": "A", "old_status": "operational", "new_status": "major_outage"},
        {"code": "a", "name": "A", "old_status": "operational", "new_status": "major_outage"},
    ]}]);
    let snapshot = incident("investigating", update);
    let incident = &snapshot.incidents[0];
    assert_eq!(incident.components.len(), 1);
    assert_eq!(incident.updates[0].affected.len(), 2);
    assert_eq!(
        incident.updates[0].affected[0].state,
        Some(ComponentState::MajorOutage)
    );
}

#[test]
fn an_incident_in_two_files_is_there_once_as_it_was_changed_last() {
    let told = |status: &str, at: &str| {
        json!({"id": "i", "name": status, "status": status, "impact": "minor",
        "created_at": "2026-03-09T14:00:00Z", "updated_at": at, "incident_updates": []})
    };
    let old = "2026-03-09T15:00:00.000+01:00";
    let new = "2026-03-09T14:30:00Z";
    for (summed, recent, name) in [
        (
            told("investigating", old),
            told("resolved", new),
            "resolved",
        ),
        (
            told("investigating", new),
            told("resolved", old),
            "investigating",
        ),
        (
            told("investigating", old),
            told("resolved", old),
            "investigating",
        ),
    ] {
        let files = Files {
            summary: json!({"components": [], "incidents": [summed]}),
            incidents: Some(
                json!({"incidents": [recent, {"id": "m", "name": "M", "status": "completed"}]}),
            ),
            ..Files::default()
        };
        let snapshot = files.snapshot().unwrap();
        assert_eq!(snapshot.incidents.len(), 1);
        assert_eq!(snapshot.incidents[0].name, name);
    }
}

/// The list comes after the summary, seconds later or, from a source that fails, never.
#[test]
fn what_a_newer_summary_no_longer_tells_of_is_over_whatever_an_older_list_says() {
    let told = |id: &str, status: &str| {
        json!({"id": id, "name": id, "status": status, "impact": "major",
        "created_at": "2026-03-10T14:00:00Z", "updated_at": "2026-03-10T14:00:00Z"})
    };
    let summary = |incidents: &[Value]| {
        let well = json!({"id": "a", "name": "API", "status": "operational"});
        let page = json!({"updated_at": "2026-03-10T14:50:00Z"});
        json!({"page": page, "components": [well], "incidents": incidents, "scheduled_maintenances": []})
    };
    let names = |files: &Files| -> Vec<String> {
        let snapshot = files.snapshot().unwrap();
        let open = snapshot.open_incidents();
        open.map(|incident| incident.id.0.clone()).collect()
    };
    let [x, y, z] = ["x", "y", "z"].map(|id| told(id, "investigating"));
    let list = |incidents: Vec<Value>| json!({ "incidents": incidents });
    let mut files = Files::default();
    files.renew(summary(&[x.clone(), y.clone()]));
    files.incidents = Some(list(vec![x.clone(), y.clone(), z.clone()]));
    assert_eq!(names(&files), ["x", "y", "z"]);
    // One is over. What only the list ever told of goes on.
    files.renew(summary(std::slice::from_ref(&y)));
    assert_eq!(names(&files), ["y", "z"]);
    // Its days stay, as far as they are known.
    let snapshot = files.snapshot().unwrap();
    let over = snapshot
        .incidents
        .iter()
        .find(|one| one.id.0 == "x")
        .unwrap();
    let ended = allclear::domain::course::ended(over).unwrap();
    assert_eq!(ended.at.to_rfc3339(), "2026-03-10T14:50:00+00:00");
    files.renew(summary(&[]));
    assert_eq!(names(&files), ["z"]);
    // Opened again.
    files.renew(summary(std::slice::from_ref(&x)));
    assert_eq!(names(&files), ["x", "z"]);
    files.renew(summary(&[]));
    // The list knows it now; and one that it called over before stays in it.
    files.incidents = Some(list(vec![told("x", "resolved"), told("y", "resolved")]));
    assert_eq!(names(&files), [""; 0]);
    files.renew(summary(&[]));
    assert_eq!(files.snapshot().unwrap().incidents.len(), 2);
    // A summary that is silent on incidents ends none.
    files.renew(summary(std::slice::from_ref(&x)));
    files.incidents = Some(list(vec![x, y]));
    files.renew(json!({"components": []}));
    assert_eq!(names(&files), ["x", "y"]);
}

#[test]
fn a_full_list_reaches_as_far_back_as_it_lists_and_not_as_its_impacts_began() {
    let listed = |count: usize, odd: Value| {
        let mut list: Vec<Value> = (0..count)
            .map(|number| {
                json!({"id": number.to_string(), "status": "resolved", "impact": "minor",
                "created_at": format!("2026-03-{:02}T12:00:00Z", 28 - number / 2)})
            })
            .collect();
        let oldest = list.last_mut().and_then(Value::as_object_mut).unwrap();
        oldest.extend(odd.as_object().unwrap().clone());
        let files = Files {
            summary: json!({"components": [], "incidents": []}),
            incidents: Some(json!({ "incidents": list })),
            ..Files::default()
        };
        files.snapshot().unwrap().reach
    };
    let since = |text: &str| Reach::Since(text.parse().unwrap());
    let backdated = json!({"started_at": "2025-01-01T00:00:00Z"});
    assert_eq!(listed(50, json!({})), since("2026-03-04T12:00:00Z"));
    assert_eq!(listed(50, backdated.clone()), since("2026-03-04T12:00:00Z"));
    assert_eq!(listed(49, backdated), Reach::All);
    // Planned work has its place in the list, and what has no moment is no end of it.
    let planned = json!({"status": "completed", "scheduled_for": "2026-04-01T00:00:00Z"});
    assert_eq!(listed(50, planned), since("2026-03-04T12:00:00Z"));
    let undated = json!({"created_at": null});
    assert_eq!(listed(50, undated), since("2026-03-04T12:00:00Z"));
    // Of a list that goes the other way round nobody knows where it was cut.
    let newest = json!({"created_at": "2026-03-29T12:00:00Z"});
    assert_eq!(listed(50, newest.clone()), Reach::Nowhere);
    assert_eq!(listed(49, newest), Reach::All);
}
