//! What a reader is told of that was told of since they last looked.

use allclear::domain::looked::{Told, since};
use chrono::{DateTime, Utc};
use serde_json::json;

use super::public_page::page;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn since_a_look_means_strictly_later_and_the_latest_first() {
    let update = |id: &str, status: &str, at: &str| json!({"id": id, "status": status, "body": "x", "created_at": at});
    let began = || update("1", "investigating", "2026-03-09T14:00:00Z");
    let over = update("2", "resolved", "2026-03-09T14:30:00Z");
    let announced = update("3", "scheduled", "2026-03-09T14:10:00Z");
    let learned = update("4", "postmortem", "2026-03-12T10:00:00Z");
    let read = page(&json!({
        "components": [],
        "incidents": [
            {"id": "a", "status": "investigating", "incident_updates": [began()]},
            {"id": "b", "status": "resolved", "incident_updates": [over, began()]},
            {"id": "c", "status": "postmortem", "incident_updates": [learned, began()]},
            {"id": "d", "status": "investigating", "created_at": "2026-03-09T14:20:00Z"},
            {"id": "e", "status": "resolved", "created_at": "2026-03-09T14:20:00Z", "updated_at": "2026-03-09T14:25:00Z"},
        ],
        "scheduled_maintenances": [
            {"id": "m", "status": "scheduled", "scheduled_for": "2026-03-20T20:00:00Z", "incident_updates": [announced]},
            {"id": "n", "status": "scheduled", "scheduled_for": "2026-03-20T20:00:00Z"},
        ],
    }))
    .unwrap();
    let names = |looked: &str| -> Vec<&str> {
        let found = since(&read, at(looked)).into_iter();
        let ids = found.map(|each| match each {
            Told::Incident(incident) => &incident.id,
            Told::Work(work) => &work.id,
        });
        ids.map(|id| id.0.as_str()).collect()
    };
    for (looked, told) in [
        ("2026-03-09T13:59:59Z", &["c", "b", "e", "d", "m", "a"][..]),
        ("2026-03-09T14:00:00Z", &["c", "b", "e", "d", "m"]),
        ("2026-03-09T14:10:00Z", &["c", "b", "e", "d"]),
        ("2026-03-09T14:20:00Z", &["c", "b", "e"]),
        ("2026-03-09T14:30:00Z", &["c"]),
        ("2026-03-12T10:00:00Z", &[]),
    ] {
        assert_eq!(names(looked), told, "{looked}");
    }
}
