//! The current state: one sentence, what is going on, and how each component is.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::domain::maintenance::{Maintenance, MaintenanceStatus};
use crate::domain::page::notices;
use crate::status_page::board::{Board, Shown};
use crate::status_page::link;
use crate::status_page::router::Router;
use crate::status_page::source::NoSource;
use crate::ui::{PageHeading, Shape, Size, StateIcon, Time, live};
use crate::views::incident::touched;
use crate::views::state::{shape, tone};
use crate::views::{ComponentList, IncidentCard, MaintenanceCard, words};

/// The page.
#[component]
pub fn Home(
    /// The board.
    board: Board,
    /// Where we are.
    router: Router,
    /// Whether the reader came by a link.
    focus: bool,
) -> impl IntoView {
    let shown = board.shown();
    Effect::new(move |_| {
        router.name(shown.with(|shown| shown.overall().map_or("", words::overall)));
    });
    let now = board.now();
    view! {
        <PageHeading class="sr-only" focus=focus>
            "Current status"
        </PageHeading>
        {live(move || shown.with(state))}
        {live(move || shown.with(|shown| active(shown, now)))}
        {live(move || shown.with(components))}
        {live(move || shown.with(scheduled))}
    }
}

/// The one big thing.
fn state(shown: &Shown) -> AnyView {
    let state = shown.overall();
    let notices = shown
        .page
        .value()
        .and_then(|snapshot| words::notices(notices(snapshot)));
    let (class, said) = match state {
        Some(state) => ("state-say", words::overall(state)),
        None => ("state-say late", "Checking"),
    };
    view! {
        <div class="state" data-state=state.map_or("unknown", tone)>
            <StateIcon shape=state.map_or(Shape::DashedRing, shape) size=Size::Huge />
            <div>
                <div role="status" aria-label="Overall status">
                    <p class=class>{said}</p>
                    {notices.map(|notices| view! { <p class="state-note">{notices}</p> })}
                </div>
                {trouble(shown)}
                // Its place is kept from the beginning, so that nothing moves when it comes.
                <p class="state-age">{shown.as_of.map(|at| view! { "As of " <Time at=at /> })}</p>
                {shown
                    .unreachable
                    .map(|since| {
                        view! {
                            <p class="state-unreachable">
                                "Source unreachable since " <Time at=since />
                            </p>
                        }
                    })}
            </div>
        </div>
    }
    .into_any()
}

/// Why nothing is known, kindly; the details are for whoever runs the page.
fn trouble(shown: &Shown) -> AnyView {
    let empty = shown
        .page
        .value()
        .is_some_and(|snapshot| snapshot.components.is_empty());
    let (said, details) = match &shown.trouble {
        Some(NoSource::NotLoaded(error)) => (
            "This page could not load its settings, so it does not know how our services are. It keeps trying.",
            vec![error.to_string()],
        ),
        Some(NoSource::Broken(problems)) => (
            "The settings of this page have a mistake, so it does not know how our services are.",
            problems.clone(),
        ),
        None if empty => (
            "Nothing has been published in this browser yet.",
            Vec::new(),
        ),
        None => return ().into_any(),
    };
    let details = (!details.is_empty()).then(|| {
        let details: Vec<_> = details
            .into_iter()
            .map(|each| view! { <li>{each}</li> })
            .collect();
        view! {
            <details class="remark small">
                <summary>"For whoever runs this page"</summary>
                <ul>{details}</ul>
            </details>
        }
    });
    view! {
        <p class="state-note measure">{said}</p>
        {details}
    }
    .into_any()
}

fn active(shown: &Shown, now: RwSignal<DateTime<Utc>>) -> AnyView {
    let Some(snapshot) = shown.page.value() else {
        return ().into_any();
    };
    let cards = snapshot.open_incidents().map(|incident| {
        view! {
            <IncidentCard
                incident=incident.clone()
                touches=touched(incident, &snapshot.components)
                href=link::incident(&incident.id)
                now=now
            />
        }
        .into_any()
    });
    section("active", "Active incidents", cards.collect())
}

fn components(shown: &Shown) -> AnyView {
    let components = shown
        .page
        .value()
        .map_or_else(Vec::new, |page| page.components.clone());
    let list = (!components.is_empty())
        .then(|| view! { <ComponentList components=components /> }.into_any());
    section("components", "Components", list.into_iter().collect())
}

fn scheduled(shown: &Shown) -> AnyView {
    let planned = shown
        .page
        .value()
        .map_or(&[][..], |page| page.maintenances.as_slice());
    let cards = planned
        .iter()
        .filter(|work| !is_over(work))
        .map(|work| view! { <MaintenanceCard maintenance=work.clone() /> }.into_any());
    section("scheduled", "Scheduled maintenance", cards.collect())
}

/// A part of the page under its heading; nothing where there is nothing in it.
fn section(id: &'static str, heading: &'static str, body: Vec<AnyView>) -> AnyView {
    if body.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            <div class="section-body">{body}</div>
        </section>
    }
    .into_any()
}

fn is_over(work: &Maintenance) -> bool {
    match work.status {
        MaintenanceStatus::Completed => true,
        MaintenanceStatus::Scheduled
        | MaintenanceStatus::InProgress
        | MaintenanceStatus::Verifying
        | MaintenanceStatus::Unknown(_) => false,
    }
}
