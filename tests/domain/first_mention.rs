//! The bars of a component of which an incident's updates tell late, or only in one of its periods (`docs/bars.md`).

use allclear::domain::component::ComponentState::{self, MajorOutage, Operational, PartialOutage};
use allclear::domain::impact::Impact;
use allclear::domain::incident::IncidentStatus::{Investigating, Monitoring, Resolved};
use allclear::domain::incident::{Incident, IncidentStatus, IncidentUpdate};
use allclear::domain::page::Overall;
use allclear::domain::uptime::Told;

use super::uptime::{incident, of, on, trouble, update};

const DAY: &str = "2026-03-01";

/// An update of that day that says nothing of the API.
fn silent(clock: &str, status: IncidentStatus) -> IncidentUpdate {
    update(&format!("{DAY}T{clock}Z"), status, None)
}

/// One that says what became of the API, and what it was until then.
fn told(
    clock: &str,
    status: IncidentStatus,
    before: Option<ComponentState>,
    state: ComponentState,
) -> IncidentUpdate {
    let mut update = update(&format!("{DAY}T{clock}Z"), status, Some(state));
    update.affected[0].before = before;
    update
}

fn day(incident: Incident) -> Told {
    on(&of(&[incident]), DAY)
}

#[test]
fn until_it_is_named_a_component_was_what_the_update_that_names_it_says_that_it_was() {
    let begun = || silent("10:00:00", Investigating);
    let over = || silent("12:00:00", Resolved);
    for (first, expected) in [
        // Two hours, of which the second update tells.
        (
            told("11:30:00", Monitoring, Some(PartialOutage), PartialOutage),
            trouble(Overall::PartialOutage, 7_200),
        ),
        // It got better when it was named.
        (
            told("11:30:00", Monitoring, Some(MajorOutage), Operational),
            trouble(Overall::MajorOutage, 5_400),
        ),
        // It worked until then, as the source says.
        (
            told("11:30:00", Monitoring, Some(Operational), MajorOutage),
            trouble(Overall::MajorOutage, 1_800),
        ),
        // Nobody says what it was: as bad as the incident.
        (
            told("11:30:00", Monitoring, None, Operational),
            trouble(Overall::PartialOutage, 5_400),
        ),
    ] {
        let one = incident(Impact::Major, vec![begun(), first.clone(), over()]);
        assert_eq!(day(one), expected, "{first:?}");
    }
    // Only the update that ends it names it.
    let end = told("12:00:00", Resolved, Some(MajorOutage), Operational);
    let ended = incident(Impact::Minor, vec![begun(), end]);
    assert_eq!(day(ended), trouble(Overall::MajorOutage, 7_200));
    // One that the incident does not list was nothing before it was named.
    let first = told("11:30:00", Monitoring, None, PartialOutage);
    let mut elsewhere = incident(Impact::Critical, vec![begun(), first, over()]);
    elsewhere.components.clear();
    assert_eq!(day(elsewhere), trouble(Overall::PartialOutage, 1_800));
}

#[test]
fn a_second_period_of_which_no_update_tells_is_not_calm_because_the_first_one_ended() {
    let first = || {
        [
            told("10:00:00", Investigating, Some(Operational), MajorOutage),
            told("11:00:00", Resolved, Some(MajorOutage), Operational),
        ]
    };
    let with = |again: &[IncidentUpdate]| {
        let updates = first().into_iter().chain(again.iter().cloned());
        day(incident(Impact::Critical, updates.collect()))
    };
    let (back, over) = (
        silent("12:00:00", Investigating),
        silent("13:00:00", Resolved),
    );
    let hours = |seconds| trouble(Overall::MajorOutage, seconds);
    assert_eq!(with(&[]), hours(3_600));
    assert_eq!(with(&[back.clone(), over.clone()]), hours(7_200));
    // What it says later in its second period, it says of that.
    let named = |before| told("12:30:00", Monitoring, before, Operational);
    let again = |before| with(&[back.clone(), named(before), over.clone()]);
    assert_eq!(again(None), hours(5_400));
    assert_eq!(again(Some(Operational)), hours(3_600));
    // Named as working when it comes back: the source says so.
    let works = told("12:00:00", Investigating, Some(Operational), Operational);
    assert_eq!(with(&[works, over]), hours(3_600));
}
