//! The page as a whole: what was read of it at one moment, and the one state that sums it up.

use serde::{Deserialize, Serialize};

use super::component::{Component, ComponentState};
use super::impact::Impact;
use super::incident::Incident;
use super::maintenance::Maintenance;

/// Everything that a reader of the page is shown, as it was at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Snapshot {
    /// The components, in the page's order.
    pub components: Vec<Component>,
    /// Unresolved incidents and the recent past, newest first.
    pub incidents: Vec<Incident>,
    /// Planned work that is announced or running, soonest first.
    pub maintenances: Vec<Maintenance>,
}

impl Snapshot {
    /// The incidents that are still going on, newest first.
    pub fn open_incidents(&self) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().filter(|incident| incident.is_open())
    }
}

/// The one state that sums a page up. Declared best first, worst last: the derived order is the
/// order of `product.md` ("Overall state of the page").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Overall {
    /// All is well.
    Operational,
    /// Planned work is going on.
    Maintenance,
    /// Nobody can say: a word is not known, or nothing could be read.
    Unknown,
    /// Slower or less than usual.
    Degraded,
    /// Down for some.
    PartialOutage,
    /// Down.
    MajorOutage,
}

impl From<&ComponentState> for Overall {
    fn from(state: &ComponentState) -> Self {
        match state {
            ComponentState::Operational => Self::Operational,
            ComponentState::UnderMaintenance => Self::Maintenance,
            ComponentState::Unknown(_) => Self::Unknown,
            ComponentState::DegradedPerformance => Self::Degraded,
            ComponentState::PartialOutage => Self::PartialOutage,
            ComponentState::MajorOutage => Self::MajorOutage,
        }
    }
}

impl From<&Impact> for Overall {
    fn from(impact: &Impact) -> Self {
        match impact {
            Impact::None => Self::Operational,
            Impact::Maintenance => Self::Maintenance,
            Impact::Unknown(_) => Self::Unknown,
            Impact::Minor => Self::Degraded,
            Impact::Major => Self::PartialOutage,
            Impact::Critical => Self::MajorOutage,
        }
    }
}

/// The worst of the components, the impacts of unresolved incidents and the running maintenance:
/// never greener than its parts. A page of which nothing is known is `Unknown`.
pub fn overall(snapshot: &Snapshot) -> Overall {
    let components = snapshot.components.iter().map(|component| Overall::from(&component.state));
    let incidents = snapshot.open_incidents().map(|incident| Overall::from(&incident.impact));
    let maintenances = snapshot
        .maintenances
        .iter()
        .filter(|maintenance| maintenance.status.is_running())
        .map(|_| Overall::Maintenance);
    components.chain(incidents).chain(maintenances).max().unwrap_or(Overall::Unknown)
}

/// How many unresolved incidents are mere notices (impact none): "All systems operational" is then
/// followed by "1 notice".
pub fn notices(snapshot: &Snapshot) -> usize {
    snapshot.open_incidents().filter(|incident| incident.impact == Impact::None).count()
}
