//! The bars of the last ninety days (`docs/bars.md`): each rule by an example, and what must hold for any page.

use allclear::domain::component::{Component, ComponentId, ComponentState};
use allclear::domain::impact::Impact;
use allclear::domain::incident::{
    AffectedComponent, Incident, IncidentId, IncidentStatus, IncidentUpdate,
};
use allclear::domain::page::{Overall, Reach};
use allclear::domain::uptime::{DAYS, Told, Track, track};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

pub const NOW: &str = "2026-03-10T12:00:00Z";

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn api(state: ComponentState) -> Component {
    Component {
        id: ComponentId("api".to_owned()),
        name: "API".to_owned(),
        description: None,
        group: None,
        group_id: None,
        since: None,
        state,
    }
}

/// An update at a moment that gives the API a state, or says nothing of it.
pub fn update(
    moment: &str,
    status: IncidentStatus,
    state: Option<ComponentState>,
) -> IncidentUpdate {
    let affected = state.map(|state| AffectedComponent {
        id: Some(ComponentId("api".to_owned())),
        name: "API".to_owned(),
        state: Some(state),
        before: None,
    });
    IncidentUpdate {
        id: moment.to_owned(),
        status,
        body: String::new(),
        created_at: at(moment),
        told_at: None,
        affected: affected.into_iter().collect(),
    }
}

/// An incident from its updates, oldest first here because people tell it so.
pub fn incident(impact: Impact, mut updates: Vec<IncidentUpdate>) -> Incident {
    let created_at = updates[0].created_at;
    updates.reverse();
    Incident {
        id: IncidentId(created_at.to_rfc3339()),
        name: "API".to_owned(),
        impact,
        created_at,
        started_at: None,
        updates,
        components: vec![ComponentId("api".to_owned())],
        postmortem: None,
        demo: false,
    }
}

pub fn lasting(impact: Impact, from: &str, until: &str) -> Incident {
    let updates = vec![
        update(from, IncidentStatus::Investigating, None),
        update(until, IncidentStatus::Resolved, None),
    ];
    incident(impact, updates)
}

/// Rule 3: what lies between two periods does not count, whether an update spoke of the component or not.
#[test]
fn a_reopened_incident_counts_its_periods_alone() {
    use IncidentStatus::{Investigating, Resolved};
    for state in [Some(ComponentState::MajorOutage), None] {
        let told = incident(
            Impact::Critical,
            vec![
                update("2026-03-09T10:00:00Z", Investigating, state),
                update("2026-03-09T11:00:00Z", Resolved, None),
                update("2026-03-09T12:00:00Z", Investigating, None),
                update("2026-03-09T13:00:00Z", Resolved, None),
            ],
        );
        let track = of(&[told]);
        let yesterday = &track.days[track.days.len() - 2];
        let two_hours = Told::Trouble {
            worst: Overall::MajorOutage,
            seconds: 2 * 60 * 60,
        };
        assert_eq!(yesterday.told, two_hours);
    }
}

pub fn of(incidents: &[Incident]) -> Track {
    track(
        &api(ComponentState::Operational),
        incidents,
        Reach::All,
        at(NOW),
        at(NOW),
    )
}

pub fn on(track: &Track, day: &str) -> Told {
    let day: NaiveDate = day.parse().unwrap();
    track.days.iter().find(|each| each.day == day).unwrap().told
}

pub fn trouble(worst: Overall, seconds: u32) -> Told {
    Told::Trouble { worst, seconds }
}

#[test]
fn ninety_calm_days_end_today_and_are_whole() {
    let track = of(&[]);
    assert_eq!(track.days.len(), usize::from(DAYS));
    assert_eq!(track.days[89].day, at(NOW).date_naive());
    assert_eq!(track.days[0].day.to_string(), "2025-12-11");
    assert!(track.days.iter().all(|day| day.told == Told::Calm));
    assert_eq!((track.share, track.known), (Some(10_000), 90));
}

#[test]
fn without_words_on_components_the_incident_s_impact_counts_for_all_of_its_time() {
    for (impact, expected) in [
        (Impact::Minor, trouble(Overall::Degraded, 3_600)),
        (Impact::Major, trouble(Overall::PartialOutage, 3_600)),
        (Impact::Critical, trouble(Overall::MajorOutage, 3_600)),
        (
            Impact::Unknown("huge".to_owned()),
            trouble(Overall::Unknown, 3_600),
        ),
        (Impact::None, Told::Calm),
        (Impact::Maintenance, Told::Calm),
    ] {
        let one = lasting(impact, "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z");
        assert_eq!(on(&of(&[one]), "2026-03-01"), expected);
    }
}

#[test]
fn what_updates_say_of_the_component_counts_before_the_impact() {
    let told = incident(
        Impact::Critical,
        vec![
            update(
                "2026-03-01T10:00:00Z",
                IncidentStatus::Investigating,
                Some(ComponentState::PartialOutage),
            ),
            update(
                "2026-03-01T10:10:00Z",
                IncidentStatus::Identified,
                Some(ComponentState::MajorOutage),
            ),
            update("2026-03-01T10:12:00Z", IncidentStatus::Identified, None),
            update(
                "2026-03-01T10:30:00Z",
                IncidentStatus::Monitoring,
                Some(ComponentState::Operational),
            ),
            update(
                "2026-03-01T12:00:00Z",
                IncidentStatus::Resolved,
                Some(ComponentState::Operational),
            ),
        ],
    );
    let track = of(&[told]);
    assert_eq!(
        on(&track, "2026-03-01"),
        trouble(Overall::MajorOutage, 1_800)
    );
    // 10 minutes at 30 % and 20 minutes whole, of 89 and a half days: 99.982 %.
    assert_eq!(track.share, Some(9_998));
}

#[test]
fn an_incident_that_names_other_components_is_none_of_ours() {
    let mut other = lasting(
        Impact::Critical,
        "2026-03-01T10:00:00Z",
        "2026-03-01T11:00:00Z",
    );
    other.components = vec![ComponentId("web".to_owned())];
    assert_eq!(of(&[other]).share, Some(10_000));
}

#[test]
fn a_night_s_outage_lies_on_both_days_and_one_that_goes_on_lasts_until_now() {
    let night = lasting(
        Impact::Critical,
        "2026-03-01T23:30:00Z",
        "2026-03-02T00:15:00Z",
    );
    let open = incident(
        Impact::Major,
        vec![update(
            "2026-03-10T11:00:00Z",
            IncidentStatus::Identified,
            None,
        )],
    );
    let track = of(&[open, night]);
    assert_eq!(
        on(&track, "2026-03-01"),
        trouble(Overall::MajorOutage, 1_800)
    );
    assert_eq!(on(&track, "2026-03-02"), trouble(Overall::MajorOutage, 900));
    assert_eq!(
        on(&track, "2026-03-10"),
        trouble(Overall::PartialOutage, 3_600)
    );
}

#[test]
fn two_incidents_at_once_count_once_by_the_worse() {
    let both = of(&[
        lasting(
            Impact::Critical,
            "2026-03-01T10:30:00Z",
            "2026-03-01T11:30:00Z",
        ),
        lasting(
            Impact::Major,
            "2026-03-01T10:00:00Z",
            "2026-03-01T11:00:00Z",
        ),
    ]);
    assert_eq!(
        on(&both, "2026-03-01"),
        trouble(Overall::MajorOutage, 5_400)
    );
    let lost = f64::from(60 * 60 * 100 + 30 * 60 * 30) / 100.0;
    let whole = f64::from(89 * 86_400 + 43_200);
    let expected = ((1.0 - lost / whole) * 10_000.0).floor();
    assert_eq!(both.share.map(f64::from), Some(expected));
}

#[test]
fn degraded_performance_is_shown_and_is_no_outage() {
    let slow = of(&[lasting(
        Impact::Minor,
        "2026-03-01T00:00:00Z",
        "2026-03-02T00:00:00Z",
    )]);
    assert_eq!(on(&slow, "2026-03-01"), trouble(Overall::Degraded, 86_400));
    assert_eq!(slow.share, Some(10_000));
}

#[test]
fn a_second_of_outage_is_never_rounded_to_a_whole() {
    let blink = of(&[lasting(
        Impact::Critical,
        "2026-03-01T10:00:00Z",
        "2026-03-01T10:00:01Z",
    )]);
    assert_eq!(blink.share, Some(9_999));
}

#[test]
fn a_time_in_a_state_that_nobody_knows_counts_for_nothing() {
    let unknown = Impact::Unknown("huge".to_owned());
    let whole_time = lasting(unknown, "2025-12-01T00:00:00Z", NOW);
    let track = of(std::slice::from_ref(&whole_time));
    assert_eq!((track.share, track.known), (None, 90));
    let outage = lasting(Impact::Critical, "2026-03-10T11:00:00Z", NOW);
    assert_eq!(of(&[whole_time, outage]).share, Some(0));
}

#[test]
fn days_before_the_oldest_listed_incident_are_unknown_and_count_for_nothing() {
    let reach = Reach::Since(at("2026-03-01T10:00:00Z"));
    let oldest = lasting(
        Impact::Critical,
        "2026-03-01T10:00:00Z",
        "2026-03-01T11:00:00Z",
    );
    let track = track(
        &api(ComponentState::Operational),
        &[oldest],
        reach,
        at(NOW),
        at(NOW),
    );
    assert_eq!(on(&track, "2026-02-28"), Told::Nothing);
    // Of its own day the morning is unknown; what happened is shown all the same.
    assert_eq!(
        on(&track, "2026-03-01"),
        trouble(Overall::MajorOutage, 3_600)
    );
    assert_eq!(on(&track, "2026-03-02"), Told::Calm);
    assert_eq!((track.known, track.share), (9, Some(10_000)));
}

#[test]
fn today_is_never_greener_than_the_component_is_now() {
    for (state, expected) in [
        (
            ComponentState::MajorOutage,
            trouble(Overall::MajorOutage, 0),
        ),
        (
            ComponentState::from("full_outage".to_owned()),
            trouble(Overall::MajorOutage, 0),
        ),
        (
            ComponentState::Unknown("on_fire".to_owned()),
            trouble(Overall::Unknown, 0),
        ),
        (ComponentState::UnderMaintenance, Told::Calm),
    ] {
        let track = track(&api(state), &[], Reach::All, at(NOW), at(NOW));
        assert_eq!(on(&track, "2026-03-10"), expected);
        assert_eq!(on(&track, "2026-03-09"), Told::Calm);
    }
}

fn impacts() -> impl Strategy<Value = Impact> {
    prop_oneof![
        Just(Impact::None),
        Just(Impact::Minor),
        Just(Impact::Major),
        Just(Impact::Critical),
        Just(Impact::Unknown("odd".to_owned())),
    ]
}

prop_compose! {
    /// An incident somewhere in the last hundred days, of up to two.
    fn any_incident()(impact in impacts(), began in 0_i64..8_640_000, lasted in 0_i64..172_800) -> Incident {
        let from = at(NOW) - TimeDelta::seconds(began);
        let until = from + TimeDelta::seconds(lasted);
        lasting(impact, &from.to_rfc3339(), &until.to_rfc3339())
    }
}

proptest! {
    #[test]
    fn a_day_holds_no_more_than_itself_and_one_more_incident_is_never_greener(
        incidents in proptest::collection::vec(any_incident(), 0..12),
        more in any_incident(),
    ) {
        let before = of(&incidents);
        prop_assert_eq!(before.days.len(), usize::from(DAYS));
        for day in &before.days {
            if let Told::Trouble { seconds, .. } = day.told {
                prop_assert!(seconds <= 86_400);
            }
        }
        let mut incidents = incidents;
        incidents.push(more);
        let after = of(&incidents);
        let knows = |each: &Incident| !matches!(each.impact, Impact::Unknown(_));
        // What nobody knows shortens the time that counts, so that shares compare only without it.
        if incidents.iter().all(knows) {
            prop_assert!(after.share <= before.share);
        }
        for (earlier, later) in before.days.iter().zip(&after.days) {
            if let Told::Trouble { worst, seconds } = earlier.told {
                let Told::Trouble { worst: then, seconds: longer } = later.told else {
                    panic!("trouble went away on {}", later.day);
                };
                prop_assert!(then >= worst && longer >= seconds);
            }
        }
    }

    #[test]
    fn nothing_that_may_be_missing_reads_as_calm(
        incidents in proptest::collection::vec(any_incident(), 0..6),
        since in 0_i64..8_640_000,
    ) {
        let since = at(NOW) - TimeDelta::seconds(since);
        let track = track(&api(ComponentState::Operational), &incidents, Reach::Since(since), at(NOW), at(NOW));
        for day in &track.days {
            if day.day <= since.date_naive() && since != day.day.and_hms_opt(0, 0, 0).unwrap().and_utc() {
                prop_assert_ne!(day.told, Told::Calm);
            }
        }
    }
}
