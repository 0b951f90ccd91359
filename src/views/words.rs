//! All words for states and statuses, in one place. Short, plain, kind; the same in both apps.

use chrono::TimeDelta;

use crate::domain::component::ComponentState;
use crate::domain::duration;
use crate::domain::impact::Impact;
use crate::domain::incident::IncidentStatus;
use crate::domain::maintenance::MaintenanceStatus;
use crate::domain::page::Overall;

/// The page's state in a sentence.
pub fn overall(state: Overall) -> &'static str {
    match state {
        Overall::Operational => "All systems operational",
        Overall::Maintenance => "Under maintenance",
        Overall::Unknown => "Unknown",
        Overall::Degraded => "Degraded performance",
        Overall::PartialOutage => "Partial outage",
        Overall::MajorOutage => "Major outage",
    }
}

/// A component's state.
pub fn component(state: &ComponentState) -> &'static str {
    match state {
        ComponentState::Operational => "Operational",
        ComponentState::UnderMaintenance => "Under maintenance",
        ComponentState::Unknown(_) => "Unknown",
        ComponentState::DegradedPerformance => "Degraded performance",
        ComponentState::PartialOutage => "Partial outage",
        ComponentState::MajorOutage => "Major outage",
    }
}

/// How bad an incident is.
pub fn impact(impact: &Impact) -> &'static str {
    match impact {
        Impact::None => "Notice",
        Impact::Maintenance => "Maintenance",
        Impact::Unknown(_) => "Unknown impact",
        Impact::Minor => "Degraded performance",
        Impact::Major => "Partial outage",
        Impact::Critical => "Major outage",
    }
}

/// How far the work on an incident has come. A word that nobody knows is shown as it came.
pub fn status(status: &IncidentStatus) -> String {
    match status {
        IncidentStatus::Investigating => "Investigating".to_owned(),
        IncidentStatus::Identified => "Identified".to_owned(),
        IncidentStatus::Monitoring => "Monitoring".to_owned(),
        IncidentStatus::Resolved => "Resolved".to_owned(),
        IncidentStatus::Postmortem => "Post-mortem".to_owned(),
        IncidentStatus::Unknown(raw) => raw.clone(),
    }
}

/// How far planned work has come. A word that nobody knows is shown as it came.
pub fn maintenance(status: &MaintenanceStatus) -> String {
    match status {
        MaintenanceStatus::Scheduled => "Scheduled".to_owned(),
        MaintenanceStatus::InProgress => "In progress".to_owned(),
        MaintenanceStatus::Verifying => "Verifying".to_owned(),
        MaintenanceStatus::Completed => "Completed".to_owned(),
        MaintenanceStatus::Unknown(raw) => raw.clone(),
    }
}

/// "1 notice", "2 notices"; nothing where there are none.
pub fn notices(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 notice".to_owned()),
        _ => Some(format!("{count} notices")),
    }
}

/// "in 12 minutes", of something that is still to come.
pub fn in_time(left: TimeDelta) -> String {
    format!("in {}", duration::words(left))
}

/// "lasted 52 minutes".
pub fn lasted(span: TimeDelta) -> String {
    format!("lasted {}", duration::words(span))
}

/// The label of what was made up.
pub const DEMONSTRATION: &str = "Demonstration";
