//! One incident under its permalink: what happened, in order, and what was learned.

use leptos::prelude::*;

use crate::domain::duration;
use crate::domain::incident::{Incident as Told, IncidentId};
use crate::status_page::board::Board;
use crate::status_page::link;
use crate::status_page::route::Route;
use crate::status_page::router::Router;
use crate::ui::{PageHeading, Remote, RemoteView, Time};
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
    // The snapshot often knows it already; the source is asked all the same, for its post-mortem.
    let known = Signal::derive(move || match board.one().get() {
        Remote::Loading | Remote::Slow => board
            .page()
            .with(|page| {
                page.value()?
                    .incidents
                    .iter()
                    .find(|each| each.id == id)
                    .cloned()
            })
            .map_or(Remote::Loading, |incident| Remote::Ready(Some(incident))),
        found @ (Remote::Ready(_) | Remote::Stale(..) | Remote::Failed(_)) => found,
    });
    let name = Memo::new(move |_| match known.with(|known| known.value().cloned()) {
        Some(Some(incident)) => incident.name,
        Some(None) => "No such incident".to_owned(),
        None => "Incident".to_owned(),
    });
    Effect::new(move |_| router.name(name.get()));
    let told = Callback::new(move |found: Option<Told>| match found {
        Some(incident) => tell(board, incident),
        None => none(),
    });
    view! {
        <PageHeading focus=focus>{name}</PageHeading>
        <RemoteView remote=known ready=told />
    }
}

fn tell(board: Board, incident: Told) -> AnyView {
    let began = incident.began_at();
    let over = incident.resolved_at();
    let touches = board.page().with(|page| {
        page.value()
            .and_then(|snapshot| touched(&incident, &snapshot.components))
    });
    let demo = incident
        .demo
        .then(|| view! { <span class="tag">{words::DEMONSTRATION}</span> });
    let promise = promise_of(&incident);
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
                {promise.map(|promise| view! { <PromiseLine promise=promise now=board.now() /> })}
            </div>
        </section>
        {learned}
        <section class="section" aria-labelledby="updates">
            <h2 id="updates">"Updates"</h2>
            <div class="section-body">
                <Timeline updates=incident.updates />
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
