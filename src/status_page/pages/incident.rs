//! One incident under its permalink: what happened, in order, and what was learned.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::domain::duration;
use crate::domain::incident::{Incident as Told, IncidentId};
use crate::status_page::board::{Board, Shown};
use crate::status_page::link;
use crate::status_page::route::Route;
use crate::status_page::router::Router;
use crate::ui::{PageHeading, Remote, Time, live, show_remote};
use crate::views::incident::touched;
use crate::views::state::{StateWord, impact_shape, impact_tone};
use crate::views::{Body, PromiseLine, Timeline, promise_of, words};

/// The page.
#[component]
pub fn Incident(
    /// The board.
    board: Board,
    /// Where we are.
    router: Router,
    /// Whether the reader came by a link.
    focus: bool,
    /// Which incident.
    id: IncidentId,
) -> impl IntoView {
    let shown = board.shown();
    let known = {
        let id = id.clone();
        move || shown.with(|shown| known(shown, &id))
    };
    let name = move || match known().value() {
        Some(Some(incident)) => incident.name.clone(),
        Some(None) => "No such incident".to_owned(),
        None => "Incident".to_owned(),
    };
    let heading = {
        let name = name.clone();
        live(move || name().into_any())
    };
    Effect::new(move |_| router.name(name()));
    let now = board.now();
    let story = live(move || {
        shown.with(|shown| {
            show_remote(&self::known(shown, &id), |found| match found {
                Some(incident) => tell(shown, incident, now),
                None => none(),
            })
        })
    });
    view! {
        <PageHeading focus=focus>{heading}</PageHeading>
        {story}
    }
}

/// The snapshot often knows it already; the source is asked all the same, for its post-mortem.
fn known(shown: &Shown, id: &IncidentId) -> Remote<Option<Told>> {
    match &shown.one {
        Remote::Loading | Remote::Slow => shown
            .page
            .value()
            .and_then(|page| page.incidents.iter().find(|each| each.id == *id))
            .map_or(Remote::Loading, |incident| {
                Remote::Ready(Some(incident.clone()))
            }),
        found @ (Remote::Ready(_) | Remote::Stale(..) | Remote::Failed(_)) => found.clone(),
    }
}

fn tell(shown: &Shown, incident: &Told, now: RwSignal<DateTime<Utc>>) -> AnyView {
    let began = incident.began_at();
    let over = incident.resolved_at();
    let touches = shown
        .page
        .value()
        .and_then(|page| touched(incident, &page.components));
    let demo = incident
        .demo
        .then(|| view! { <span class="tag">{words::DEMONSTRATION}</span> });
    let promise = promise_of(incident);
    let learned = incident.postmortem.clone().map(|postmortem| {
        view! {
            <section class="section" aria-labelledby="postmortem">
                <h2 id="postmortem">"Post-mortem"</h2>
                <div class="section-body stack">
                    <div class="article-text">
                        <Body text=postmortem.body />
                    </div>
                    <p class="small quiet">"Published " <Time at=postmortem.published_at /></p>
                </div>
            </section>
        }
    });
    view! {
        <div class="page-lead">
            <StateWord
                shape=impact_shape(&incident.impact)
                tone=impact_tone(&incident.impact)
                words=words::impact(&incident.impact)
            />
            <span>{words::status(&incident.status())}</span>
            {demo}
        </div>
        <section class="section" aria-labelledby="facts">
            <h2 id="facts">"At a glance"</h2>
            <div class="section-body">
                <dl class="facts-list">
                    <dt>"Started"</dt>
                    <dd><Time at=began /></dd>
                    {over.map(|at| view! {
                        <dt>"Resolved"</dt>
                        <dd><Time at=at /></dd>
                        <dt>"Lasted"</dt>
                        <dd>{duration::words(at - began)}</dd>
                    })}
                    {touches.map(|names| view! {
                        <dt>"Affected"</dt>
                        <dd>{names}</dd>
                    })}
                </dl>
                {promise.map(|promise| view! { <PromiseLine promise=promise now=now /> })}
            </div>
        </section>
        {learned}
        <section class="section" aria-labelledby="updates">
            <h2 id="updates">"Updates"</h2>
            <div class="section-body">
                <Timeline updates=incident.updates.clone() />
            </div>
        </section>
    }
    .into_any()
}

fn none() -> AnyView {
    view! {
        <section class="section">
            <h2>"What now"</h2>
            <p class="section-body measure">
                "This page knows no incident of that address. The address may have been cut off, or the incident was taken back. See the "
                <a href=link::to(&Route::History)>"list of incidents"</a> "."
            </p>
        </section>
    }
    .into_any()
}
