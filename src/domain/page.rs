//! The page as a whole: what was read of it at one moment, and the one state that sums it up.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::component::{Component, ComponentId, ComponentState};
use super::impact::Impact;
use super::incident::{Incident, IncidentId};
use super::maintenance::{Maintenance, MaintenanceStatus};

/// Everything that a reader of the page is shown, as it was at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Snapshot {
    /// The components, in the page's order.
    pub components: Vec<Component>,
    /// Unresolved incidents and the recent past, newest first.
    pub incidents: Vec<Incident>,
    /// Planned work that is announced or running, soonest first.
    pub maintenances: Vec<Maintenance>,
    /// How far back the incidents are all there.
    #[serde(default)]
    pub reach: Reach,
    /// What the source itself calls the page as a whole, where it does.
    #[serde(default)]
    pub stated: Option<Stated>,
    /// Where the source itself shows the page, where it says.
    #[serde(default)]
    pub home: Option<String>,
}

/// What stands under a permalink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Permalinked {
    Incident(Incident),
    Work(Maintenance),
}

/// How far back a list of incidents is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Reach {
    /// None is missing.
    #[default]
    All,
    /// None that began after this moment is missing: the source lists no more than its newest.
    Since(DateTime<Utc>),
    /// Nobody can say: the list itself is missing.
    Nowhere,
}

impl Reach {
    /// Whether no incident can be missing of the time from `at` on.
    pub fn covers(self, at: DateTime<Utc>) -> bool {
        match self {
            Self::All => true,
            Self::Since(since) => since <= at,
            Self::Nowhere => false,
        }
    }
}

/// What a source itself says of the page as a whole (`status` in the Statuspage format).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The state that its word stands for.
    pub state: Overall,
    /// Its own sentence: "All Systems Operational".
    pub words: String,
}

impl Snapshot {
    pub fn component(&self, id: &ComponentId) -> Option<&Component> {
        self.components.iter().find(|component| component.id == *id)
    }

    /// The incident or the planned work of an id.
    pub fn permalinked(&self, id: &IncidentId) -> Option<Permalinked> {
        let incident = self.incidents.iter().find(|incident| incident.id == *id);
        if let Some(incident) = incident {
            return Some(Permalinked::Incident(incident.clone()));
        }
        let work = self.maintenances.iter().find(|work| work.id == *id)?;
        Some(Permalinked::Work(work.clone()))
    }

    /// Whether it has one.
    pub fn tells_of(&self, id: &IncidentId) -> bool {
        self.incidents.iter().any(|incident| incident.id == *id)
            || self.maintenances.iter().any(|work| work.id == *id)
    }

    /// The worst that open incidents other than `except` say of a component: what their newest update that names it gave
    /// it, else what their impact stands for. `None` where none of them touches it.
    pub fn said_by_others(
        &self,
        component: &ComponentId,
        except: Option<&IncidentId>,
    ) -> Option<ComponentState> {
        let others = self
            .open_incidents()
            .filter(|incident| Some(&incident.id) != except);
        others
            .filter_map(|incident| incident.says_of(component))
            .reduce(ComponentState::worse)
    }

    /// Whether planned work on a component is running.
    pub fn is_worked_on(&self, component: &ComponentId) -> bool {
        self.maintenances
            .iter()
            .any(|work| work.is_running() && work.components.contains(component))
    }

    /// Takes in an incident that was read by itself, and the states of the components that came with it. Whether
    /// anything is other than before.
    pub fn take(&mut self, read: &Incident, standing: &[(ComponentId, ComponentState)]) -> bool {
        let mut changed = false;
        for component in &mut self.components {
            let now = standing.iter().find(|(id, _)| *id == component.id);
            if let Some((_, state)) = now.filter(|(_, state)| *state != component.state) {
                component.state = state.clone();
                changed = true;
            }
        }
        match self.incidents.iter_mut().find(|known| known.id == read.id) {
            Some(known) if known == read => changed,
            Some(known) => {
                known.clone_from(read);
                true
            }
            None => {
                let older = |known: &Incident| known.began_at() < read.began_at();
                let place = self.incidents.iter().position(older);
                let place = place.unwrap_or(self.incidents.len());
                self.incidents.insert(place, read.clone());
                true
            }
        }
    }

    /// Forgets an incident that was deleted. Whether it was there.
    pub fn forget(&mut self, id: &IncidentId) -> bool {
        let before = self.incidents.len();
        self.incidents.retain(|incident| incident.id != *id);
        self.incidents.len() < before
    }

    /// The incidents that are still going on, newest first.
    pub fn open_incidents(&self) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().filter(|incident| incident.is_open())
    }
}

/// The one state that sums a page up. Declared best first, worst last: the derived order is the
/// order of `docs/decisions.md` ("Overall state of the page").
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

impl Overall {
    /// Every state, best first, worst last.
    pub const IN_ORDER: [Self; 6] = [
        Self::Operational,
        Self::Maintenance,
        Self::Unknown,
        Self::Degraded,
        Self::PartialOutage,
        Self::MajorOutage,
    ];
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
    worst(snapshot).unwrap_or(Overall::Unknown)
}

/// The same; `None` where the page tells of no part at all. A notice tells of none: what nobody has named does not work
/// because somebody wrote of it.
pub fn worst(snapshot: &Snapshot) -> Option<Overall> {
    let components = snapshot
        .components
        .iter()
        .map(|component| Overall::from(&component.state));
    let incidents = snapshot
        .open_incidents()
        .filter(|incident| incident.impact != Impact::None)
        .map(|incident| Overall::from(&incident.impact));
    let maintenances = snapshot
        .maintenances
        .iter()
        .filter_map(|work| match work.status {
            MaintenanceStatus::InProgress | MaintenanceStatus::Verifying => {
                Some(Overall::Maintenance)
            }
            MaintenanceStatus::Scheduled | MaintenanceStatus::Completed => None,
            MaintenanceStatus::Unknown(_) => Some(Overall::Unknown),
        });
    components.chain(incidents).chain(maintenances).max()
}

/// Whether something goes on that readers wait for the end of: an incident that is open, or a state that is neither
/// well nor planned. The page is read more often then.
pub fn goes_on(snapshot: &Snapshot) -> bool {
    overall(snapshot) > Overall::Maintenance || snapshot.open_incidents().next().is_some()
}

/// How many unresolved incidents are mere notices (impact none): "All systems operational" is then
/// followed by "1 notice".
pub fn notices(snapshot: &Snapshot) -> usize {
    snapshot
        .open_incidents()
        .filter(|incident| incident.impact == Impact::None)
        .count()
}

#[cfg(test)]
mod tests;
