//! The days of which nothing is known (`docs/bars.md`): before the list begins, and after the page was read.

use allclear::domain::component::ComponentState;
use allclear::domain::impact::Impact;
use allclear::domain::incident::{Incident, IncidentStatus};
use allclear::domain::page::{Overall, Reach};
use allclear::domain::uptime::{DAYS, Told, track};

use super::uptime::{NOW, api, at, incident, lasting, of, on, trouble, update};

/// Offline with a copy of five days ago, or after as long a sleep: nobody knows how those days were.
#[test]
fn of_the_days_after_the_page_was_read_nothing_is_known() {
    let read = "2026-03-05T18:00:00Z";
    let of_days = |state, incidents: &[Incident]| {
        track(&api(state), incidents, Reach::All, at(read), at(NOW))
    };
    let calm = of_days(ComponentState::Operational, &[]);
    assert_eq!(on(&calm, "2026-03-05"), Told::Calm);
    for day in ["2026-03-06", "2026-03-07", "2026-03-10"] {
        assert_eq!(on(&calm, day), Told::Nothing);
    }
    assert_eq!((calm.known, calm.share), (DAYS - 5, Some(10_000)));
    // What went on then, went on until then as far as anybody knows.
    let open = incident(
        Impact::Critical,
        vec![update(
            "2026-03-05T17:00:00Z",
            IncidentStatus::Investigating,
            None,
        )],
    );
    let open = of_days(ComponentState::MajorOutage, &[open]);
    assert_eq!(
        on(&open, "2026-03-05"),
        trouble(Overall::MajorOutage, 3_600)
    );
    assert_eq!(on(&open, "2026-03-06"), Told::Nothing);
    assert_eq!(on(&open, "2026-03-10"), Told::Nothing);
    // No page was read in the time to come.
    let early = track(
        &api(ComponentState::Operational),
        &[],
        Reach::All,
        at("2026-04-01T00:00:00Z"),
        at(NOW),
    );
    assert_eq!(early, of(&[]));
}

#[test]
fn without_a_list_of_incidents_nothing_is_known() {
    let none = track(
        &api(ComponentState::Operational),
        &[],
        Reach::Nowhere,
        at(NOW),
        at(NOW),
    );
    assert!(none.days.iter().all(|day| day.told == Told::Nothing));
    assert_eq!((none.share, none.known), (None, 0));
}

#[test]
fn a_component_has_no_past_before_it_was_listed() {
    let mut young = api(ComponentState::Operational);
    young.since = "2026-03-08".parse().ok();
    let track = track(&young, &[], Reach::All, at(NOW), at(NOW));
    assert_eq!(on(&track, "2026-03-07"), Told::Nothing);
    assert_eq!(on(&track, "2026-03-08"), Told::Calm);
    assert_eq!(track.known, 3);
}

/// A component that is down while no incident says since when: of today no share is told.
#[test]
fn what_no_incident_accounts_for_has_lasted_for_nobody_knows_how_long() {
    let of = |state, incidents: &[Incident]| {
        let days = track(&api(state), incidents, Reach::All, at(NOW), at(NOW));
        (days.known, days.share)
    };
    let unknown = || ComponentState::Unknown("on_fire".to_owned());
    for state in [
        ComponentState::MajorOutage,
        ComponentState::PartialOutage,
        unknown(),
    ] {
        assert_eq!(of(state, &[]), (DAYS - 1, Some(10_000)));
    }
    for state in [
        ComponentState::Operational,
        ComponentState::UnderMaintenance,
        ComponentState::DegradedPerformance,
    ] {
        assert_eq!(of(state, &[]), (DAYS, Some(10_000)), "it works");
    }
    // One that is over says nothing of now, however bad it was.
    let over = lasting(
        Impact::Critical,
        "2026-03-10T00:00:00Z",
        "2026-03-10T06:00:00Z",
    );
    assert_eq!(of(ComponentState::MajorOutage, &[over]).0, DAYS - 1);
    let open = |impact| {
        let began = update("2026-03-10T06:00:00Z", IncidentStatus::Investigating, None);
        of(
            ComponentState::MajorOutage,
            &[incident(impact, vec![began])],
        )
    };
    assert_eq!(open(Impact::Minor).0, DAYS - 1);
    assert_eq!(open(Impact::Critical), (DAYS, Some(9_972)));
}
