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
pub enum Event {
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
    pub fn event(&self, id: &IncidentId) -> Option<Event> {
        let incident = self.incidents.iter().find(|incident| incident.id == *id);
        if let Some(incident) = incident {
            return Some(Event::Incident(incident.clone()));
        }
        let work = self.maintenances.iter().find(|work| work.id == *id)?;
        Some(Event::Work(work.clone()))
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

/// The same; `None` where the page tells of no part at all.
pub fn worst(snapshot: &Snapshot) -> Option<Overall> {
    let components = snapshot
        .components
        .iter()
        .map(|component| Overall::from(&component.state));
    let incidents = snapshot
        .open_incidents()
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
mod tests {
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
            body: String::new(),
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
}
