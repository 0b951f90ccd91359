//! A list of incidents that is older than its summary: what the summary no longer tells of does not begin again.

use allclear::api::public_page::read::Files;
use serde_json::{Value, json};

fn told(id: &str, status: &str, at: &str) -> Value {
    json!({"id": id, "name": id, "status": status, "impact": "major", "updated_at": at})
}

fn summary(incidents: &[Value], at: &str) -> Value {
    json!({"page": {"updated_at": at}, "components": [], "incidents": incidents, "scheduled_maintenances": []})
}

const BEGUN: &str = "2026-03-10T14:00:00Z";
const WATCHED: &str = "2026-03-10T14:30:00Z";
const OVER: &str = "2026-03-10T14:50:00Z";
const AGAIN: &str = "2026-03-10T15:10:00Z";

/// What has read that an incident goes on, and then a summary that does not tell of it any more.
fn ended() -> Files {
    let mut files = Files::default();
    files.renew(summary(&[told("x", "investigating", BEGUN)], BEGUN));
    files.renew(summary(&[], OVER));
    files
}

#[test]
fn what_is_over_by_the_summary_stays_over_in_a_list_that_is_older() {
    // As the list had it when it began, or shortly before the end.
    for at in [BEGUN, WATCHED, OVER] {
        let mut files = ended();
        let mut entry = told("x", "monitoring", at);
        assert!(files.settle(&mut entry), "{at}: it is to be asked again");
        assert_eq!(entry["resolved_at"], OVER);
        files.incidents = Some(json!({"incidents": [entry]}));
        let page = files.snapshot().unwrap();
        assert_eq!(page.open_incidents().count(), 0, "{at}");
        assert_eq!(page.incidents.len(), 1);
    }
}

#[test]
fn what_began_again_is_open_by_the_list_or_by_the_summary() {
    let mut files = ended();
    let newer = told("x", "investigating", AGAIN);
    let mut entry = newer.clone();
    assert!(files.settle(&mut entry), "the summary does not tell of it");
    assert_eq!(entry, newer);
    files.renew(summary(std::slice::from_ref(&newer), AGAIN));
    let mut entry = told("x", "monitoring", WATCHED);
    let old = entry.clone();
    assert!(!files.settle(&mut entry));
    assert_eq!(entry, old, "the summary tells of it");
}

#[test]
fn what_only_a_list_tells_of_goes_on_and_is_asked_again() {
    let mut files = Files::default();
    files.renew(summary(&[told("y", "investigating", BEGUN)], BEGUN));
    for (mut entry, expected) in [
        (told("x", "investigating", BEGUN), true),
        (told("y", "investigating", BEGUN), false),
        (told("x", "resolved", BEGUN), false),
        (told("x", "in_progress", BEGUN), false),
        (json!({"id": "x"}), true),
        (
            json!({"id": "x", "incident_updates": [{"status": "resolved", "created_at": BEGUN}]}),
            false,
        ),
    ] {
        let before = entry.clone();
        assert_eq!(files.settle(&mut entry), expected, "{before}");
        assert_eq!(entry, before);
    }
    // A summary that is silent on incidents doubts nothing.
    files.renew(json!({"components": []}));
    assert!(!files.settle(&mut told("x", "investigating", BEGUN)));
}

#[test]
fn an_older_copy_of_the_summary_ends_nothing_that_began_since() {
    let mut files = Files::default();
    files.renew(summary(&[], BEGUN));
    let x = told("x", "investigating", WATCHED);
    files.renew(summary(std::slice::from_ref(&x), WATCHED));
    files.renew(summary(&[], BEGUN));
    let mut entry = x.clone();
    assert!(files.settle(&mut entry), "one of them is older");
    assert_eq!(entry, x, "and it goes on");
}
