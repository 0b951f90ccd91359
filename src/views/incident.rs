//! An incident as a card: its title, how bad it is, what it touches, its promise and its updates.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::promise::PromiseLine;
use super::sentence::sentence_at;
use super::state::{StateWord, impact_shape, impact_tone};
use super::timeline::Timeline;
use super::words;
use crate::domain::incident::Incident;
use crate::domain::promise;

/// Names in a row, each isolated from the others; nothing where there are none.
pub fn names(names: Vec<String>) -> AnyView {
    if names.is_empty() {
        return ().into_any();
    }
    let mut row: Vec<AnyView> = Vec::new();
    for name in names {
        if !row.is_empty() {
            row.push(", ".into_any());
        }
        row.push(view! { <bdi>{name}</bdi> }.into_any());
    }
    view! { <span>{row}</span> }.into_any()
}

/// The card, an `article` whose heading is the title.
#[component]
pub fn IncidentCard(
    incident: Incident,
    /// The names of what it touches.
    touches: Vec<String>,
    /// Where its own page is, if it has one.
    href: Option<String>,
    /// The time, ticking.
    #[prop(into)]
    now: Signal<DateTime<Utc>>,
    /// Up to when it is known what was said.
    known: Signal<DateTime<Utc>>,
    /// Whether its texts are as they were typed.
    typed: bool,
) -> impl IntoView {
    let promise = promise::of(&incident);
    let tone = impact_tone(&incident.impact);
    let demo = incident
        .demo
        .then(|| view! { <span class="tag">{words::say().demonstration}</span> }.into_any());
    let promise = promise
        .map(|promise| view! { <PromiseLine promise=promise now=now known=known /> }.into_any());
    view! {
        <article class="incident" data-state=tone>
            <h3 class="incident-title" dir="auto">
                <a href=href>{words::title(&incident.name).to_owned()}</a>
            </h3>
            <p class="incident-meta">
                <StateWord
                    shape=impact_shape(&incident.impact)
                    tone=tone
                    words=words::impact(&incident.impact)
                />
                {names(touches)}
                <span>{sentence_at(words::say().since, incident.began_at())}</span>
                {demo}
            </p>
            {promise}
            <Timeline updates=incident.updates typed=typed />
        </article>
    }
}
