//! What is new on a page between two readings of it; what is new to a reader is in [`super::looked`].

use super::component::{Component, ComponentState};
use super::incident::{Incident, IncidentUpdate};
use super::maintenance::Maintenance;
use super::page::{Overall, Snapshot, overall};

/// Something that changed between two readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change<'a> {
    /// The state that sums the page up.
    State(Overall),
    /// An update that was not there before, with its incident.
    Update(&'a Incident, &'a IncidentUpdate),
    /// A post-mortem that was not there before, by its incident.
    Postmortem(&'a Incident),
    /// A component's state. Its name says its group where another has the same.
    Component {
        name: String,
        state: &'a ComponentState,
    },
    /// Planned work that is new or was changed.
    Work(&'a Maintenance),
}

impl Change<'_> {
    /// Whether it is the state that sums the page up.
    pub fn is_state(&self) -> bool {
        match self {
            Self::State(_) => true,
            Self::Update(..) | Self::Postmortem(_) | Self::Component { .. } | Self::Work(_) => {
                false
            }
        }
    }
}

/// What changed from one reading to the next, the most important first. Nothing is said twice: while the
/// page as a whole or an incident speaks, its components keep silent.
pub fn between<'a>(old: &Snapshot, new: &'a Snapshot) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    let state = overall(new);
    if state != overall(old) {
        changes.push(Change::State(state));
    }
    for incident in &new.incidents {
        // Those without an id are told apart by their titles.
        let is_it = |known: &&Incident| {
            known.id == incident.id && (!known.id.0.is_empty() || known.name == incident.name)
        };
        let known = old.incidents.iter().find(is_it);
        let newest = incident.updates.first();
        let is_new = |update: &&IncidentUpdate| {
            let same = |each: &IncidentUpdate| says_the_same(each, update);
            let told = |known: &Incident| {
                // A status that was told without words gets its words later.
                let newest = known.updates.first();
                let told =
                    |each: &IncidentUpdate| each.body.is_empty() && each.status == update.status;
                newest.is_some_and(told) || known.updates.iter().any(same)
            };
            known.is_none_or(|known| !told(known))
        };
        // The first reading of the past makes none of it news.
        let told = known.is_some() || incident.is_open();
        if let Some(update) = newest.filter(is_new).filter(|_| told) {
            changes.push(Change::Update(incident, update));
        }
        let had_none = known.is_some_and(|known| known.postmortem.is_none());
        if had_none && incident.postmortem.is_some() {
            changes.push(Change::Postmortem(incident));
        }
    }
    if changes.is_empty() {
        let before = |component: &Component| -> Option<&ComponentState> {
            let mut known = old.components.iter();
            let is_it = |known: &&Component| known.id == component.id && !known.id.0.is_empty();
            Some(&known.find(is_it)?.state)
        };
        changes.extend(
            new.components
                .iter()
                .filter(|component| {
                    before(component).is_some_and(|state| *state != component.state)
                })
                .map(|component| Change::Component {
                    name: component.name_among(&new.components),
                    state: &component.state,
                }),
        );
    }
    let is_new = |work: &&Maintenance| old.maintenances.iter().all(|known| known != *work);
    changes.extend(new.maintenances.iter().filter(is_new).map(Change::Work));
    changes
}

/// Whether an update still says what it said. Not every page gives it an id, and what was said may be changed.
fn says_the_same(one: &IncidentUpdate, other: &IncidentUpdate) -> bool {
    one.id == other.id
        && one.created_at == other.created_at
        && one.status == other.status
        && one.body == other.body
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::domain::component::ComponentId;
    use crate::domain::impact::Impact;
    use crate::domain::incident::{IncidentId, IncidentStatus};
    use crate::domain::maintenance::MaintenanceStatus;
    use crate::domain::postmortem::Postmortem;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn update(id: &str, moment: &str, status: IncidentStatus) -> IncidentUpdate {
        IncidentUpdate {
            id: id.to_owned(),
            status,
            body: String::new(),
            created_at: at(moment),
            told_at: None,
            affected: Vec::new(),
        }
    }

    fn incident(id: &str, updates: Vec<IncidentUpdate>) -> Incident {
        Incident {
            id: IncidentId(id.to_owned()),
            name: id.to_owned(),
            impact: Impact::Minor,
            created_at: at("2026-03-09T14:00:00Z"),
            started_at: None,
            updates,
            components: Vec::new(),
            postmortem: None,
            demo: false,
        }
    }

    fn page(state: ComponentState, incidents: Vec<Incident>) -> Snapshot {
        let component = Component {
            id: ComponentId("api".to_owned()),
            name: "API".to_owned(),
            description: None,
            group: None,
            group_id: None,
            since: None,
            state,
        };
        Snapshot {
            components: vec![component],
            incidents,
            ..Snapshot::default()
        }
    }

    fn first() -> IncidentUpdate {
        update("1", "2026-03-09T14:00:00Z", IncidentStatus::Investigating)
    }

    fn second() -> IncidentUpdate {
        update("2", "2026-03-09T14:30:00Z", IncidentStatus::Resolved)
    }

    #[test]
    fn nothing_is_new_where_nothing_changed() {
        let page = page(
            ComponentState::Operational,
            vec![incident("a", vec![first()])],
        );
        assert_eq!(between(&page, &page), []);
    }

    #[test]
    fn what_was_said_without_an_id_or_is_said_otherwise_is_new() {
        let nameless = |moment: &str, status| update("", moment, status);
        let began = || nameless("2026-03-09T14:00:00Z", IncidentStatus::Investigating);
        let found = || nameless("2026-03-09T14:30:00Z", IncidentStatus::Identified);
        let told = |updates: Vec<IncidentUpdate>| {
            page(ComponentState::Operational, vec![incident("a", updates)])
        };
        let edited = IncidentUpdate {
            body: "More than before.".to_owned(),
            ..found()
        };
        for updates in [vec![found(), began()], vec![edited, began()]] {
            let (old, new) = (told(vec![began()]), told(updates));
            let newest = Change::Update(&new.incidents[0], &new.incidents[0].updates[0]);
            assert_eq!(between(&old, &new), [newest]);
        }
        let (old, new) = (told(vec![found(), began()]), told(vec![began()]));
        assert_eq!(between(&old, &new), [], "one that was taken back");
    }

    #[test]
    fn a_new_state_and_a_new_update_are_told_and_the_component_keeps_silent() {
        let old = page(ComponentState::Operational, Vec::new());
        let new = page(
            ComponentState::MajorOutage,
            vec![incident("a", vec![first()])],
        );
        assert_eq!(
            between(&old, &new),
            [
                Change::State(Overall::MajorOutage),
                Change::Update(&new.incidents[0], &new.incidents[0].updates[0])
            ]
        );
    }

    #[test]
    fn a_component_speaks_where_nothing_else_does() {
        let open = || vec![incident("a", vec![first()])];
        let old = page(ComponentState::Operational, open());
        let new = page(ComponentState::DegradedPerformance, open());
        // The open incident makes both pages degraded.
        let changed = |name: &str| Change::Component {
            name: name.to_owned(),
            state: &ComponentState::DegradedPerformance,
        };
        assert_eq!(between(&old, &new), [changed("API")]);

        // Two of a name are told apart.
        let mut twice = new.clone();
        twice.components[0].group = Some("Europe".to_owned());
        let mut other = new.components[0].clone();
        other.id = ComponentId("other".to_owned());
        twice.components.push(other);
        assert_eq!(between(&old, &twice), [changed("API (Europe)")]);
    }

    #[test]
    fn the_end_of_an_incident_is_news_and_a_past_that_is_read_later_is_not() {
        let open = page(
            ComponentState::Operational,
            vec![incident("a", vec![first()])],
        );
        let over = page(
            ComponentState::Operational,
            vec![incident("a", vec![second(), first()])],
        );
        let ended = Change::Update(&over.incidents[0], &over.incidents[0].updates[0]);
        assert_eq!(
            between(&open, &over),
            [Change::State(Overall::Operational), ended]
        );
        let before = page(ComponentState::Operational, Vec::new());
        assert_eq!(between(&before, &over), []);
    }

    #[test]
    fn a_status_that_was_told_without_words_is_not_news_again_when_it_gets_them() {
        let over = |id: &str, body: &str| IncidentUpdate {
            body: body.to_owned(),
            ..update(id, "2026-03-09T14:30:00Z", IncidentStatus::Resolved)
        };
        let told = |newest| {
            page(
                ComponentState::Operational,
                vec![incident("a", vec![newest, first()])],
            )
        };
        let (bare, said) = (told(over("a-status", "")), told(over("2", "Over.")));
        assert_eq!(between(&bare, &said), []);
        let before = page(
            ComponentState::Operational,
            vec![incident("a", vec![first()])],
        );
        // The state, and the incident.
        assert_eq!(between(&before, &bare).len(), 2);
        assert_eq!(between(&before, &said).len(), 2);
    }

    #[test]
    fn a_post_mortem_that_was_published_since_is_news() {
        let learned = |published_at: &str| {
            let over = incident("a", vec![second(), first()]);
            let postmortem = Some(Postmortem {
                body: "What we learned.".to_owned(),
                published_at: at(published_at),
            });
            page(
                ComponentState::Operational,
                vec![Incident { postmortem, ..over }],
            )
        };
        let before = page(
            ComponentState::Operational,
            vec![incident("a", vec![second(), first()])],
        );
        let after = learned("2026-03-12T10:00:00Z");
        assert_eq!(
            between(&before, &after),
            [Change::Postmortem(&after.incidents[0])]
        );
        let corrected = learned("2026-03-12T11:00:00Z");
        assert_eq!(between(&after, &corrected), []);
        // The first reading of the past makes none of it news.
        assert_eq!(
            between(&page(ComponentState::Operational, vec![]), &after),
            []
        );
    }

    #[test]
    fn planned_work_is_told_when_it_is_new_and_when_it_was_changed() {
        let work = |status: MaintenanceStatus, until: &str| Maintenance {
            id: IncidentId("m".to_owned()),
            name: "Move".to_owned(),
            status,
            updates: Vec::new(),
            from: at("2026-03-09T20:00:00Z"),
            until: Some(at(until)),
            components: Vec::new(),
            demo: false,
        };
        let with = |maintenances: Vec<Maintenance>| Snapshot {
            maintenances,
            ..page(ComponentState::Operational, Vec::new())
        };
        let soon = || work(MaintenanceStatus::Scheduled, "2026-03-09T22:00:00Z");
        let longer = || work(MaintenanceStatus::Scheduled, "2026-03-09T23:00:00Z");
        let runs = || work(MaintenanceStatus::InProgress, "2026-03-09T22:00:00Z");
        for (old, new, state) in [
            (vec![], vec![soon()], None),
            (vec![soon()], vec![longer()], None),
            (vec![soon()], vec![runs()], Some(Overall::Maintenance)),
        ] {
            let (old, new) = (with(old), with(new));
            let mut expected: Vec<Change> = state.into_iter().map(Change::State).collect();
            expected.push(Change::Work(&new.maintenances[0]));
            assert_eq!(between(&old, &new), expected);
        }
        let same = with(vec![soon()]);
        assert_eq!(between(&same, &same), []);
        assert_eq!(between(&same, &with(vec![])), []);
    }
}
