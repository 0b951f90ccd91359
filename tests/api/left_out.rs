//! What a page leaves out is not made up: moments that nobody gave, a beginning before which nothing was listed, words of
//! nothing, ids.

use allclear::domain::component::touched;
use allclear::domain::course;
use allclear::domain::incident::{Incident, IncidentStatus, is_given};
use allclear::domain::maintenance::{Late, Maintenance};
use allclear::domain::news::{Change, between};
use allclear::domain::page::{Overall, Reach};
use allclear::domain::promise;
use allclear::domain::uptime::{Told, Track, track};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::public_page::page;

const BEGAN: &str = "2026-03-10T10:00:00Z";

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

/// Beside one that is known there is a first update; without any the status is told by an entry without words.
#[test]
fn a_new_incident_without_updates_is_news_with_its_status_and_one_without_a_status_has_none_that_is_known()
 {
    let with = |entry: Value| {
        let other = json!({"id": "o", "status": "investigating", "impact": "major"});
        page(&json!({"components": [], "incidents": [other, entry]})).unwrap()
    };
    let before = page(&json!({"components": [], "incidents": [
        {"id": "o", "status": "investigating", "impact": "major"},
    ]}));
    for (status, told) in [
        (json!("investigating"), IncidentStatus::Investigating),
        (json!("identified"), IncidentStatus::Identified),
        (json!(null), IncidentStatus::Unknown(String::new())),
    ] {
        let now =
            with(json!({"id": "i", "status": status, "impact": "major", "created_at": BEGAN}));
        let new = now.incidents.iter().find(|each| each.id.0 == "i").unwrap();
        assert_eq!(new.status(), told);
        assert_eq!(new.updates[0].created_at, at(BEGAN), "{told:?}");
        let changes = between(before.as_ref().unwrap(), &now);
        assert_eq!(changes, [Change::Update(new, &new.updates[0])], "{told:?}");
        assert_eq!(between(&now, &now), [], "{told:?}");
    }
}

#[test]
fn incidents_without_an_id_are_told_apart_by_their_titles() {
    let entry = |id: Value, name: &str| json!({"id": id, "name": name, "status": "investigating", "impact": "major", "created_at": BEGAN});
    for id in [json!(null), json!(7), json!("")] {
        let of = |names: &[&str]| {
            let entries: Vec<Value> = names.iter().map(|name| entry(id.clone(), name)).collect();
            page(&json!({"components": [], "incidents": entries})).unwrap()
        };
        let (one, two) = (of(&["API"]), of(&["API", "Web"]));
        assert_eq!(between(&one, &two).len(), 1, "{id}");
        assert_eq!(between(&two, &two), [], "{id}");
    }
}

#[test]
fn zeros_for_a_time_that_a_program_does_not_have_are_no_moments() {
    for zero in [
        "0001-01-01T00:00:00Z",
        "1900-01-01T00:00:00Z",
        "1970-01-01T00:00:00+00:00",
    ] {
        let read = incident(
            &json!({"id": "i", "status": "resolved", "impact": "minor", "started_at": zero,
            "created_at": BEGAN, "resolved_at": zero, "incident_updates": [
                {"id": "v", "status": "resolved", "body": "x", "display_at": zero, "created_at": "2026-03-10T12:00:00Z"},
                {"id": "u", "status": "investigating", "body": "x", "created_at": BEGAN},
            ]}),
        );
        assert_eq!((read.started_at, read.began_at()), (None, at(BEGAN)));
        let ended = course::ended(&read).unwrap();
        assert_eq!(ended.at, at("2026-03-10T12:00:00Z"), "{zero}");
    }
}

/// When it was changed last may be long after: its title was corrected, or a post-mortem was written.
#[test]
fn an_end_that_nobody_gave_is_not_said_and_what_was_told_before_counts() {
    let edited = "2026-03-09T09:00:00Z";
    let over = |updates: Value, resolved_at: Value| {
        json!({"id": "i", "status": "resolved", "impact": "critical",
        "created_at": "2026-03-01T10:00:00Z", "updated_at": edited, "resolved_at": resolved_at,
        "components": [{"id": "a"}], "incident_updates": updates})
    };
    let watched = json!([{"id": "u", "status": "monitoring", "body": "x", "created_at": "2026-03-01T11:00:00Z"}]);
    for (updates, resolved_at, end, lasted) in [
        (json!([]), json!(null), None, None),
        (watched.clone(), json!(null), None, Some(3_600)),
        (
            watched.clone(),
            json!("0001-01-01T00:00:00Z"),
            None,
            Some(3_600),
        ),
        (
            watched,
            json!("2026-03-01T12:00:00Z"),
            Some("2026-03-01T12:00:00Z"),
            Some(7_200),
        ),
    ] {
        let entry = over(updates, resolved_at);
        let read = incident(&entry);
        assert_eq!(read.status(), IncidentStatus::Resolved);
        let ended = course::ended(&read).map(|ended| ended.at);
        assert_eq!(ended, end.map(at), "{entry}");
        let told = read.updates[0].created_at;
        assert_eq!(
            Some(told).filter(|at| is_given(*at)),
            end.map(at),
            "{entry}"
        );
        let component = json!({"id": "a", "name": "A", "status": "operational"});
        let found = days(&json!({"components": [component], "incidents": [entry]}));
        let trouble = lasted.map(|seconds| Told::Trouble {
            worst: Overall::MajorOutage,
            seconds,
        });
        assert_eq!(
            found.days[80].told,
            trouble.unwrap_or(Told::Calm),
            "{entry}"
        );
        assert_eq!(found.days[81].told, Told::Calm, "{entry}");
    }
}

#[test]
fn of_a_component_without_an_id_or_a_name_nothing_is_made_up() {
    for id in [json!(null), json!(7), json!("")] {
        let component =
            json!({"id": id, "name": null, "status": "partial_outage", "group_id": "g"});
        let group = json!({"id": "g", "name": null, "group": true, "status": "operational"});
        let file = json!({"components": [component, group], "incidents": []});
        let found = days(&file);
        assert_eq!((found.share, found.known), (None, 0), "{id}");
        let read = page(&file).unwrap().components;
        assert_eq!(read[0].group, None, "{id}");
        assert_eq!(touched(&[read[0].id.clone()], &read), Vec::<String>::new());
    }
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
