//! Where a source says one thing of its page as a whole and another of its parts, or one of an incident and another
//! of what it touched.

use chrono::{DateTime, TimeDelta, Utc};

use super::component::Component;
use super::impact::Impact;
use super::incident::{Incident, IncidentStatus};
use super::page::{Overall, Snapshot, Stated, worst};

/// For so long after its end an incident answers for the components that it touched: what goes wrong with them
/// later is something new.
const ANSWERS_FOR: TimeDelta = TimeDelta::hours(24);

/// Where a source contradicts itself: readers are told, and the worse of the two stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contradiction {
    /// The source sums its page up better than its parts are.
    Greener(Stated),
    /// The source sums its page up better than its parts are: nobody can tell how they are.
    Unsure(Stated),
    /// The source sums its page up worse than any of its parts is.
    Worse(Stated),
    /// An incident goes on that is an outage, and every component that it names works.
    Untouched(String),
    /// An incident is over, and a component that it names does not work.
    Unmended {
        /// The incident's title.
        incident: String,
        /// The component's name.
        component: String,
    },
}

/// Every contradiction of a page with itself. A word that this version does not know contradicts nothing.
pub fn contradictions(snapshot: &Snapshot, now: DateTime<Utc>) -> Vec<Contradiction> {
    let stated = snapshot.stated.as_ref();
    let stated = stated.filter(|stated| stated.state != Overall::Unknown);
    let summed_up = stated.and_then(|stated| {
        // A page that tells of no part has none that could say otherwise.
        let found = worst(snapshot)?;
        if stated.state < found && !is_blend(snapshot, stated.state, found) {
            return Some(if found == Overall::Unknown {
                Contradiction::Unsure(stated.clone())
            } else {
                Contradiction::Greener(stated.clone())
            });
        }
        // To the worse a sum may be rough: which of two troubles it is called, and what of it is planned, is no lie.
        let nothing = found == Overall::Operational || found == Overall::Maintenance;
        (is_trouble(stated.state) && nothing).then(|| Contradiction::Worse(stated.clone()))
    });
    let untouched = snapshot
        .open_incidents()
        .filter(|incident| {
            let mut named = named(snapshot, incident).peekable();
            let outage = matches!(incident.impact, Impact::Major | Impact::Critical);
            // While a cure is watched, components that work again are what everybody hopes for.
            let watched = incident.status() == IncidentStatus::Monitoring;
            outage
                && !watched
                && named.peek().is_some()
                && named.all(|component| component.state.is_operational())
        })
        .map(|incident| Contradiction::Untouched(incident.name.clone()));
    let unmended = snapshot.incidents.iter().filter_map(|incident| {
        incident
            .resolved_at()
            .filter(|at| now - *at < ANSWERS_FOR)?;
        // One that goes on may be why; which components it touches, it need not say.
        let why = |component: &Component| {
            let mut open = snapshot.open_incidents();
            open.any(|open| open.components.is_empty() || open.components.contains(&component.id))
        };
        let down = |component: &&Component| is_trouble(Overall::from(&component.state));
        let component = named(snapshot, incident).find(|each| down(each) && !why(each))?;
        Some(Contradiction::Unmended {
            incident: incident.name.clone(),
            component: component.name_among(&snapshot.components),
        })
    });
    summed_up
        .into_iter()
        .chain(untouched)
        .chain(unmended)
        .collect()
}

/// Whether a sum is one step better than the worst of a page of several components because not all of them are as bad:
/// so the vendor itself sums up, "Partial System Outage" where one of many is down.
fn is_blend(snapshot: &Snapshot, stated: Overall, found: Overall) -> bool {
    let is_near = matches!(
        (stated, found),
        (Overall::Degraded, Overall::PartialOutage)
            | (Overall::PartialOutage, Overall::MajorOutage)
    );
    // A group that stands for itself is no part.
    let is_part = |component: &&Component| component.group_id.as_ref() != Some(&component.id);
    let parts = snapshot.components.iter().filter(is_part);
    let (as_bad, better): (Vec<_>, Vec<_>) =
        parts.partition(|part| Overall::from(&part.state) == found);
    is_near && !as_bad.is_empty() && !better.is_empty()
}

/// The components that an incident names, as they are now.
fn named<'a>(
    snapshot: &'a Snapshot,
    incident: &'a Incident,
) -> impl Iterator<Item = &'a Component> {
    let components = snapshot.components.iter();
    components.filter(|component| incident.components.contains(&component.id))
}

/// Whether a state is one that readers suffer from.
fn is_trouble(state: Overall) -> bool {
    match state {
        Overall::Operational | Overall::Maintenance | Overall::Unknown => false,
        Overall::Degraded | Overall::PartialOutage | Overall::MajorOutage => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::component::{ComponentId, ComponentState};
    use crate::domain::incident::{Incident, IncidentId, IncidentUpdate};

    fn incident(impact: Impact, status: IncidentStatus) -> Incident {
        let at = "2026-03-09T14:00:00Z".parse().unwrap();
        Incident {
            id: IncidentId(impact.word().to_owned()),
            name: "Checkout".to_owned(),
            impact,
            created_at: at,
            started_at: None,
            updates: vec![IncidentUpdate {
                id: "1".to_owned(),
                status,
                body: String::new(),
                created_at: at,
                told_at: None,
                affected: Vec::new(),
            }],
            components: Vec::new(),
            postmortem: None,
            demo: false,
        }
    }

    fn page(states: &[ComponentState], incidents: Vec<Incident>) -> Snapshot {
        let component = |state: &ComponentState| Component {
            id: ComponentId(state.word().to_owned()),
            name: "Checkout".to_owned(),
            description: None,
            group: None,
            group_id: None,
            since: None,
            state: state.clone(),
        };
        Snapshot {
            components: states.iter().map(component).collect(),
            incidents,
            ..Snapshot::default()
        }
    }

    fn now() -> DateTime<Utc> {
        "2026-03-09T14:30:00Z".parse().unwrap()
    }

    #[test]
    fn a_source_that_contradicts_itself_is_told_apart_from_one_that_only_rounds() {
        let of = |state: ComponentState| page(&[state], Vec::new());
        let down = || of(ComponentState::MajorOutage);
        let fine = || of(ComponentState::Operational);
        let odd = || of(ComponentState::Unknown("on_fire".to_owned()));
        let says = |mut page: Snapshot, state: Overall| {
            let words = "its own words".to_owned();
            page.stated = Some(Stated { state, words });
            contradictions(&page, now())
        };
        for (page, state) in [
            (down(), Overall::Operational),
            (down(), Overall::Degraded),
            (down(), Overall::PartialOutage),
            (of(ComponentState::UnderMaintenance), Overall::Operational),
        ] {
            let found = says(page, state);
            assert!(
                matches!(found[..], [Contradiction::Greener(_)]),
                "{state:?}"
            );
        }
        for state in [Overall::Operational, Overall::Maintenance] {
            let found = says(odd(), state);
            assert!(matches!(found[..], [Contradiction::Unsure(_)]), "{state:?}");
        }
        assert!(matches!(
            says(fine(), Overall::MajorOutage)[..],
            [Contradiction::Worse(_)]
        ));
        for (page, state) in [
            (
                of(ComponentState::DegradedPerformance),
                Overall::MajorOutage,
            ),
            (odd(), Overall::MajorOutage),
            (down(), Overall::Unknown),
            (fine(), Overall::Operational),
            (fine(), Overall::Maintenance),
            (Snapshot::default(), Overall::Operational),
        ] {
            assert_eq!(says(page, state), [], "{state:?}");
        }
        assert_eq!(contradictions(&down(), now()), []);
    }

    /// Whatever it says of itself, a page that shows worse is told of.
    #[test]
    fn better_by_any_rank_is_told() {
        let states = ComponentState::CHOICES.into_iter();
        for state in states.chain([ComponentState::Unknown("odd".to_owned())]) {
            let found = Overall::from(&state);
            for state_of_all in Overall::IN_ORDER {
                let mut page = page(std::slice::from_ref(&state), Vec::new());
                page.stated = Some(Stated {
                    state: state_of_all,
                    words: String::new(),
                });
                let told = contradictions(&page, now());
                let better = state_of_all < found && state_of_all != Overall::Unknown;
                let greener = |each: &Contradiction| {
                    matches!(each, Contradiction::Greener(_) | Contradiction::Unsure(_))
                };
                assert_eq!(
                    told.iter().any(greener),
                    better,
                    "{state_of_all:?} {found:?}"
                );
            }
        }
    }

    #[test]
    fn an_incident_that_is_over_answers_for_what_it_touched_for_a_day() {
        let over = |state: &ComponentState| {
            let mut over = incident(Impact::Major, IncidentStatus::Resolved);
            over.components = vec![ComponentId(state.word().to_owned())];
            page(std::slice::from_ref(state), vec![over])
        };
        let expected = Contradiction::Unmended {
            incident: "Checkout".to_owned(),
            component: "Checkout".to_owned(),
        };
        for down in [
            ComponentState::DegradedPerformance,
            ComponentState::PartialOutage,
            ComponentState::MajorOutage,
        ] {
            assert_eq!(
                contradictions(&over(&down), now()),
                std::slice::from_ref(&expected)
            );
            let later = now() + TimeDelta::hours(24);
            assert_eq!(contradictions(&over(&down), later), [], "something new");
        }
        for other in [
            ComponentState::Operational,
            ComponentState::UnderMaintenance,
            ComponentState::Unknown("odd".to_owned()),
        ] {
            assert_eq!(contradictions(&over(&other), now()), []);
        }
        let down = over(&ComponentState::MajorOutage);
        let mut why = incident(Impact::Minor, IncidentStatus::Identified);
        for touched in [Vec::new(), down.incidents[0].components.clone()] {
            why.components = touched;
            let mut explained = down.clone();
            explained.incidents.push(why.clone());
            assert_eq!(contradictions(&explained, now()), []);
        }
        why.components = vec![ComponentId("another".to_owned())];
        let mut unexplained = down;
        unexplained.incidents.push(why);
        assert_eq!(contradictions(&unexplained, now()), [expected]);
    }

    #[test]
    fn an_outage_that_touches_nothing_is_a_contradiction_unless_a_cure_is_watched() {
        let state = ComponentState::Operational;
        let outage = |impact, status| {
            let mut outage = incident(impact, status);
            outage.components = vec![ComponentId(state.word().to_owned())];
            page(std::slice::from_ref(&state), vec![outage])
        };
        let open = outage(Impact::Major, IncidentStatus::Identified);
        let expected = Contradiction::Untouched("Checkout".to_owned());
        assert_eq!(contradictions(&open, now()), [expected]);
        for calm in [
            outage(Impact::Major, IncidentStatus::Monitoring),
            outage(Impact::Major, IncidentStatus::Resolved),
            outage(Impact::Minor, IncidentStatus::Identified),
        ] {
            assert_eq!(contradictions(&calm, now()), []);
        }
        let mut unnamed = open;
        unnamed.incidents[0].components.clear();
        assert_eq!(contradictions(&unnamed, now()), []);
    }
}
