//! Updates that are told later than the moment that they give themselves (`display_at` before `created_at`).

use allclear::domain::course;
use allclear::domain::duration;
use allclear::domain::incident::{Incident, IncidentStatus};
use allclear::domain::looked::{seen_until, since};
use allclear::domain::page::Snapshot;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::public_page::page;

const DAY: &str = "2026-03-10";

/// An update: status, when it was told, which moment it gives itself.
fn update(status: &str, told: &str, shown: &str) -> Value {
    let at = |clock: &str| format!("{DAY}T{clock}:00Z");
    let id = [status, told].concat();
    json!({"id": id, "status": status, "body": "x", "created_at": at(told), "display_at": at(shown)})
}

fn read(status: &str, updates: &[Value]) -> Snapshot {
    page(&json!({"components": [], "incidents": [{
        "id": "i", "name": "API", "status": status, "impact": "major",
        "created_at": "2026-03-10T13:50:00Z", "updated_at": "2026-03-10T15:05:00Z", "resolved_at": "2026-03-10T15:05:00Z",
        "incident_updates": updates,
    }]}))
    .unwrap()
}

fn clocks(incident: &Incident) -> Vec<(IncidentStatus, String)> {
    let told = incident.updates.iter();
    told.map(|each| {
        (
            each.status.clone(),
            each.created_at.format("%H:%M").to_string(),
        )
    })
    .collect()
}

#[test]
fn an_end_that_is_told_late_stands_first_and_makes_no_second_period() {
    use IncidentStatus::{Investigating, Monitoring, Resolved};
    let began = update("investigating", "13:50", "13:50");
    let watched = update("monitoring", "14:40", "14:40");
    let over = update("resolved", "15:05", "14:20");
    let check = |page: &Snapshot| {
        let incident = &page.incidents[0];
        let at = str::to_owned;
        assert_eq!(
            clocks(incident),
            [
                (Resolved, at("14:20")),
                (Monitoring, at("14:40")),
                (Investigating, at("13:50"))
            ]
        );
        assert!(!incident.is_open());
        let ended = course::ended(incident).unwrap();
        assert_eq!(ended.at.format("%H:%M").to_string(), "14:20");
        assert_eq!(
            (duration::words(ended.lasted).as_str(), ended.periods),
            ("30 minutes", 1)
        );
    };
    // In the order of the page, and in another.
    for updates in [
        [over.clone(), watched.clone(), began.clone()],
        [watched.clone(), began.clone(), over.clone()],
    ] {
        check(&read("resolved", &updates));
        // What was learned is told later still, and is no end.
        let learned = [update("postmortem", "17:00", "17:00")];
        check(&read("postmortem", &[&learned[..], &updates].concat()));
    }
    // Where the page says that it goes on, it does; where what was told last is no end, one stands without words.
    let open = &read(
        "monitoring",
        &[over.clone(), watched.clone(), began.clone()],
    )
    .incidents[0];
    assert_eq!(open.status(), Monitoring);
    let late = update("monitoring", "15:10", "14:40");
    let removed = &read("resolved", &[over, late, began]).incidents[0];
    assert_eq!((removed.updates.len(), removed.is_open()), (4, false));
    assert_eq!(removed.updates[0].body, "");
}

#[test]
fn what_was_told_late_is_new_since_a_look_before_it_was_told() {
    let late = update("identified", "15:00", "13:30");
    let page = read(
        "investigating",
        &[update("investigating", "14:00", "14:00"), late],
    );
    let since = |clock: &str| {
        let looked = format!("{DAY}T{clock}:00Z").parse().unwrap();
        since(&page, looked).len()
    };
    assert_eq!((since("13:59"), since("14:30"), since("15:00")), (1, 1, 0));
}

#[test]
fn what_was_told_just_before_a_look_and_was_not_in_the_page_is_news_at_the_next() {
    let now = format!("{DAY}T15:10:30Z").parse().unwrap();
    let told = |clock: &str| read("identified", &[update("identified", clock, clock)]);
    let looked = seen_until(&told("15:10"), now);
    assert!(
        since(&told("15:10"), looked).is_empty(),
        "it was in the page"
    );
    let empty = page(&json!({"components": [], "incidents": []})).unwrap();
    let late = update("identified", "15:10", "15:10");
    for seen in [told("14:00"), empty] {
        let looked = seen_until(&seen, now);
        assert_eq!(
            since(&read("identified", std::slice::from_ref(&late)), looked).len(),
            1
        );
        // When somebody looked is never far away, whatever the page dates.
        assert!((looked - now).abs() <= TimeDelta::minutes(1));
    }
    let to_come = Value::String("9999-12-01T00:00:00Z".to_owned());
    let far = json!({"id": "9", "status": "identified", "body": "x", "created_at": to_come});
    assert!(seen_until(&read("identified", &[far]), now) - now <= TimeDelta::minutes(1));
}
