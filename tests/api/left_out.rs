//! What a page leaves out is not made up: moments that nobody gave, a beginning before which nothing was listed, words of
//! nothing, ids.

use allclear::domain::course;
use allclear::domain::incident::{Incident, IncidentStatus, is_given};
use allclear::domain::maintenance::{Late, Maintenance};
use allclear::domain::page::{Overall, Reach};
use allclear::domain::promise;
use allclear::domain::uptime::{Told, Track, track};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::public_page::page;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn incident(entry: &Value) -> Incident {
    let read = page(&json!({"components": [], "incidents": [entry]}));
    read.unwrap().incidents.remove(0)
}

/// The first component's days, up to noon of the tenth of March.
fn days(file: &Value) -> Track {
    let read = page(file).unwrap();
    let now = at("2026-03-10T12:00:00Z");
    track(&read.components[0], &read.incidents, Reach::All, now, now)
}

#[test]
fn an_incident_without_a_moment_has_no_beginning_and_no_length() {
    let bare = json!({"id": "i", "name": "API", "status": "investigating", "impact": "major"});
    let zoneless = json!({"id": "i", "status": "investigating", "impact": "major",
        "created_at": "2026-03-10T14:00:00",
        "incident_updates": [{"id": "u", "status": "investigating", "body": "Next update by 14:45 UTC.",
            "created_at": "2026-03-10T14:00:00"}]});
    for entry in [bare, zoneless] {
        let read = incident(&entry);
        assert!(read.is_open() && !read.is_dated(), "{entry}");
        let mut moments = read.updates.iter().map(|update| update.created_at);
        assert!(!moments.any(is_given), "{entry}");
        assert_eq!(promise::of(&read), None, "{entry}");
    }
    // When it was changed last, or ended, is not when it began; when it was told of is at the latest.
    let changed = json!({"id": "i", "status": "investigating", "updated_at": "2026-03-10T11:59:00Z",
        "incident_updates": [{"id": "u", "status": "investigating", "body": "x"}]});
    let ended = json!({"id": "i", "status": "resolved", "resolved_at": "2026-03-10T11:59:00Z"});
    for entry in [changed, ended] {
        assert!(!incident(&entry).is_dated(), "{entry}");
    }
    let told = incident(
        &json!({"id": "i", "status": "investigating", "updated_at": "2026-03-10T11:59:00Z",
        "incident_updates": [
            {"id": "v", "status": "identified", "body": "x", "created_at": "2026-03-10T11:00:00Z"},
            {"id": "u", "status": "investigating", "body": "x", "created_at": "2026-03-10T10:00:00Z"},
        ]}),
    );
    assert_eq!(told.began_at(), at("2026-03-10T10:00:00Z"));
    let over = incident(&json!({"id": "i", "status": "resolved", "impact": "major"}));
    assert_eq!(
        (over.status(), course::ended(&over)),
        (IncidentStatus::Resolved, None)
    );
}

#[test]
fn an_incident_without_a_moment_is_told_of_today_alone() {
    let with = |status: &str, components: Value| {
        days(&json!({
            "components": [{"id": "a", "name": "A", "status": status}],
            "incidents": [{"id": "i", "status": "investigating", "impact": "major", "components": components}],
        }))
    };
    let bad = Told::Trouble {
        worst: Overall::PartialOutage,
        seconds: 0,
    };
    for status in ["partial_outage", "operational"] {
        let found = with(status, json!([{"id": "a"}]));
        assert_eq!(found.days[89].told, bad, "{status}");
        assert_eq!(found.days[88].told, Told::Calm, "{status}");
        assert_eq!((found.share, found.known), (Some(10_000), 89), "{status}");
    }
    let of_another = with("operational", json!([{"id": "b"}]));
    assert_eq!(of_another.days[89].told, Told::Calm);
}

#[test]
fn a_component_was_not_listed_before_the_day_on_which_it_was_made() {
    let made = "2026-03-09T23:00:00.000-01:00";
    for (dates, known) in [
        (json!({"start_date": null, "created_at": made}), 1),
        (json!({"created_at": made}), 1),
        (json!({"start_date": "2026-03-08", "created_at": made}), 3),
        (
            json!({"start_date": "2026-03-08T22:00:00Z", "created_at": made}),
            3,
        ),
        (json!({"start_date": "soon", "created_at": made}), 1),
        (json!({"start_date": "2026-03-12"}), 0),
        (json!({"created_at": "yesterday"}), 90),
        (json!({}), 90),
    ] {
        let mut component = json!({"id": "a", "name": "A", "status": "operational"});
        let fields = component.as_object_mut().unwrap();
        fields.extend(dates.as_object().unwrap().clone());
        let found = days(&json!({"components": [component], "incidents": []}));
        assert_eq!(found.known, known, "{dates}");
    }
}

#[test]
fn planned_work_that_does_not_say_when_is_not_late() {
    let now = at("2026-03-10T12:00:00Z");
    let work = |entry: Value| -> Maintenance {
        let read =
            page(&json!({"components": [], "incidents": [], "scheduled_maintenances": [entry]}));
        read.unwrap().maintenances.remove(0)
    };
    let announced = work(
        json!({"id": "m", "name": "Move", "status": "scheduled", "scheduled_for": null,
        "created_at": "2026-03-01T09:00:00Z"}),
    );
    assert!(!is_given(announced.from));
    assert_eq!(announced.late(now), None);
    let runs = work(
        json!({"id": "m", "status": "in_progress", "started_at": "2026-03-10T09:00:00Z",
        "scheduled_until": "2026-03-10T11:00:00Z"}),
    );
    assert_eq!(
        (runs.from, runs.late(now)),
        (at("2026-03-10T09:00:00Z"), Some(Late::End))
    );
}

#[test]
fn a_post_mortem_without_words_is_none() {
    for body in [json!(null), json!(""), json!(" \r\n")] {
        let read = incident(
            &json!({"id": "i", "status": "postmortem", "incident_updates": [
                {"id": "p", "status": "postmortem", "body": body, "created_at": "2026-03-09T16:00:00Z"},
                {"id": "u", "status": "resolved", "body": "x", "created_at": "2026-03-09T15:00:00Z"},
            ]}),
        );
        assert_eq!(read.postmortem, None, "{body}");
        assert_eq!(read.updates.len(), 1, "{body}");
    }
}

#[test]
fn a_page_s_own_address_leads_there_where_it_is_encrypted_and_names_no_user() {
    for (url, home) in [
        (
            json!("https://status.example.com/"),
            Some("https://status.example.com"),
        ),
        (json!("http://status.example.com"), None),
        (json!("https://status.example.com@evil.example"), None),
        (json!("javascript:alert(1)"), None),
        (json!("https:///status.example.com"), None),
        (json!("status.example.com"), None),
        (json!(null), None),
    ] {
        let read = page(&json!({"page": {"url": url}, "components": [], "incidents": []}));
        assert_eq!(read.unwrap().home.as_deref(), home, "{url}");
    }
}
