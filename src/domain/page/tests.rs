//! What sums a page up, in every combination.

use chrono::{DateTime, Utc};

use super::*;
use crate::domain::component::ComponentId;
use crate::domain::incident::{IncidentId, IncidentStatus, IncidentUpdate};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn component(state: ComponentState) -> Component {
    Component {
        id: ComponentId(state.word().to_owned()),
        name: "Checkout".to_owned(),
        description: None,
        group: None,
        group_id: None,
        since: None,
        state,
    }
}

fn incident(impact: Impact, status: IncidentStatus) -> Incident {
    Incident {
        id: IncidentId(impact.word().to_owned()),
        name: "Checkout".to_owned(),
        impact,
        created_at: at("2026-03-09T14:00:00Z"),
        started_at: None,
        updates: vec![IncidentUpdate {
            id: "1".to_owned(),
            status,
            body: String::new(),
            created_at: at("2026-03-09T14:00:00Z"),
            told_at: None,
            affected: Vec::new(),
        }],
        components: Vec::new(),
        postmortem: None,
        demo: false,
    }
}

fn maintenance(status: MaintenanceStatus) -> Maintenance {
    Maintenance {
        id: IncidentId("m".to_owned()),
        name: "Database".to_owned(),
        status,
        updates: Vec::new(),
        from: at("2026-03-09T22:00:00Z"),
        until: Some(at("2026-03-09T23:00:00Z")),
        components: Vec::new(),
        demo: false,
    }
}

fn page(states: &[ComponentState], incidents: Vec<Incident>) -> Snapshot {
    let components = states.iter().cloned().map(component).collect();
    Snapshot {
        components,
        incidents,
        ..Snapshot::default()
    }
}

const WORST_LAST: [Overall; 6] = Overall::IN_ORDER;

fn states() -> [ComponentState; 6] {
    [
        ComponentState::Operational,
        ComponentState::UnderMaintenance,
        ComponentState::Unknown("on_fire".to_owned()),
        ComponentState::DegradedPerformance,
        ComponentState::PartialOutage,
        ComponentState::MajorOutage,
    ]
}

#[test]
fn the_worst_component_counts_whatever_the_order() {
    for (one, first) in states().iter().zip(WORST_LAST) {
        for (other, second) in states().iter().zip(WORST_LAST) {
            let both = page(&[one.clone(), other.clone()], Vec::new());
            assert_eq!(overall(&both), first.max(second), "{one:?} and {other:?}");
        }
    }
}

#[test]
fn the_order_is_the_one_that_is_written_down() {
    assert!(WORST_LAST.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn an_unresolved_incident_counts_by_its_impact() {
    for (impact, expected) in [
        (Impact::None, Overall::Operational),
        (Impact::Maintenance, Overall::Maintenance),
        (Impact::Unknown("huge".to_owned()), Overall::Unknown),
        (Impact::Minor, Overall::Degraded),
        (Impact::Major, Overall::PartialOutage),
        (Impact::Critical, Overall::MajorOutage),
    ] {
        let open = incident(impact, IncidentStatus::Monitoring);
        let with = page(&[ComponentState::Operational], vec![open]);
        assert_eq!(overall(&with), expected);
    }
}

#[test]
fn an_incident_that_is_over_counts_no_more_and_an_unknown_status_is_not_over() {
    for (status, expected) in [
        (IncidentStatus::Resolved, Overall::Operational),
        (IncidentStatus::Postmortem, Overall::Operational),
        (
            IncidentStatus::Unknown("done?".to_owned()),
            Overall::MajorOutage,
        ),
    ] {
        let one = incident(Impact::Critical, status);
        assert_eq!(
            overall(&page(&[ComponentState::Operational], vec![one])),
            expected
        );
    }
}

#[test]
fn running_maintenance_counts_and_a_status_nobody_knows_is_unknown() {
    for (status, expected) in [
        (MaintenanceStatus::Scheduled, Overall::Operational),
        (MaintenanceStatus::InProgress, Overall::Maintenance),
        (MaintenanceStatus::Verifying, Overall::Maintenance),
        (MaintenanceStatus::Completed, Overall::Operational),
        (
            MaintenanceStatus::Unknown("paused".to_owned()),
            Overall::Unknown,
        ),
    ] {
        let mut snapshot = page(&[ComponentState::Operational], Vec::new());
        snapshot.maintenances.push(maintenance(status));
        assert_eq!(overall(&snapshot), expected);
    }
}

#[test]
fn nothing_known_is_unknown_and_never_green() {
    assert_eq!(overall(&Snapshot::default()), Overall::Unknown);
}

#[test]
fn whatever_is_worse_than_planned_goes_on_with_or_without_an_incident() {
    for (state, expected) in states().into_iter().zip(WORST_LAST) {
        let alone = page(&[state], Vec::new());
        assert_eq!(goes_on(&alone), expected > Overall::Maintenance);
    }
    let notice = || incident(Impact::None, IncidentStatus::Investigating);
    assert!(goes_on(&page(
        &[ComponentState::Operational],
        vec![notice()]
    )));
    let over = incident(Impact::Critical, IncidentStatus::Resolved);
    assert!(!goes_on(&page(&[ComponentState::Operational], vec![over])));
    assert!(goes_on(&Snapshot::default()), "nobody knows how it is");
}

#[test]
fn a_notice_leaves_the_page_operational_and_is_counted() {
    let open = || incident(Impact::None, IncidentStatus::Investigating);
    let over = incident(Impact::None, IncidentStatus::Resolved);
    let snapshot = page(&[ComponentState::Operational], vec![open(), over, open()]);
    assert_eq!(overall(&snapshot), Overall::Operational);
    assert_eq!(notices(&snapshot), 2);
}
