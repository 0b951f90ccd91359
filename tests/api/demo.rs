//! The demonstration history: a year that could have been.

use allclear::api::embedded::demo::history;
use allclear::domain::component::{Component, ComponentId, ComponentState};
use allclear::domain::impact::Impact;
use allclear::domain::incident::{Incident, IncidentStatus};
use allclear::domain::promise;
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    "2026-03-09T14:05:30Z".parse().unwrap()
}

fn components() -> Vec<Component> {
    ["Website", "API", "Workflow execution", "Billing"]
        .iter()
        .map(|name| Component {
            id: ComponentId(name.to_lowercase()),
            name: (*name).to_owned(),
            description: None,
            group: None,
            group_id: None,
            since: None,
            state: ComponentState::Operational,
        })
        .collect()
}

fn bodies(incident: &Incident) -> Vec<&str> {
    incident
        .updates
        .iter()
        .rev()
        .map(|update| update.body.as_str())
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_history_and_another_one_another() {
    let first = history(42, now(), &components());
    assert_eq!(first, history(42, now(), &components()));
    assert_ne!(first, history(43, now(), &components()));
}

#[test]
fn a_history_has_every_size_of_incident_and_what_was_learned_from_the_big_ones() {
    let history = history(1, now(), &components());
    let count = |impact: &Impact| history.iter().filter(|one| one.impact == *impact).count();
    assert!((2..=3).contains(&count(&Impact::Critical)));
    assert!((6..=8).contains(&count(&Impact::Major)));
    assert!((13..=17).contains(&count(&Impact::Minor)));
    assert!((4..=5).contains(&count(&Impact::None)));
    for big in history.iter().filter(|one| one.impact == Impact::Critical) {
        let postmortem = big.postmortem.as_ref().unwrap();
        assert!(postmortem.published_at > big.resolved_at().unwrap());
        assert!(postmortem.published_at < now());
        assert!(
            postmortem.body.contains("**Root Cause:**\n"),
            "{}",
            postmortem.body
        );
    }
}

#[test]
fn it_speaks_with_the_sops_voice() {
    let history = history(7, now(), &components());
    let big = history
        .iter()
        .find(|one| one.impact == Impact::Critical)
        .unwrap();
    assert!(big.name.ends_with(" - Resolved"), "{}", big.name);
    let bodies = bodies(big);
    assert!(bodies[0].starts_with("We're currently investigating an issue affecting "));
    assert!(bodies[0].contains("will provide updates every 15 minutes.\n\nImpact: "));
    assert!(bodies[1].starts_with("Update: "));
    assert!(bodies[1].contains("\n\nCurrent Status: "));
    let last = bodies.last().unwrap();
    assert!(last.contains(" has been resolved. "), "{last}");
    assert!(last.contains("\nDuration: "), "{last}");
    assert!(!last.contains("Next update by"), "{last}");
    assert!(!last.contains(".."), "{last}");
}

#[test]
fn a_page_without_components_has_a_history_too() {
    let history = history(1, now(), &[]);
    assert!(history.len() >= 25);
    assert!(history.iter().all(|one| one.name == "Platform - Resolved"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_history_is_a_year_of_finished_marked_and_separate_incidents(
        seed: u64,
        day in 0_i64..20_000,
        how_many in 0_usize..5,
    ) {
        let now = now() + TimeDelta::days(day);
        let components = components();
        let history = history(seed, now, &components[..how_many.min(4)]);
        prop_assert!((25..=35).contains(&history.len()), "{}", history.len());

        let mut ids: Vec<&str> = history
            .iter()
            .flat_map(|one| one.updates.iter().map(|update| update.id.as_str()).chain([one.id.0.as_str()]))
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), all, "an id is used twice");

        let mut later = now;
        for incident in &history {
            let over = incident.resolved_at();
            prop_assert!(incident.demo);
            prop_assert!(incident.id.0.len() == 12);
            prop_assert!(over.is_some_and(|over| over < later), "{}", incident.name);
            prop_assert!(incident.began_at() >= now - TimeDelta::days(366));
            later = incident.began_at();

            let mut oldest_first = incident.updates.iter().rev();
            let mut before = oldest_first.next().unwrap();
            prop_assert_eq!(&before.status, &IncidentStatus::Investigating);
            prop_assert!(before.created_at >= incident.began_at());
            for update in oldest_first {
                prop_assert!(update.created_at > before.created_at);
                let promised = promise::read(&before.body, before.created_at);
                if let Some(promised) = promised {
                    prop_assert!(!promise::is_overdue(promised, update.created_at), "a broken promise");
                }
                before = update;
            }
        }
    }
}
