//! Planned work as a card.

use leptos::prelude::*;

use super::body::Body;
use super::sentence::sentence_at;
use super::state::{StateWord, shape, tone};
use super::words;
use crate::domain::maintenance::Maintenance;
use crate::domain::page::Overall;

/// The card, an `article` whose heading is the title.
#[component]
pub fn MaintenanceCard(
    /// The planned work.
    maintenance: Maintenance,
) -> impl IntoView {
    let demo = maintenance
        .demo
        .then(|| view! { <span class="tag">{words::say().demonstration}</span> });
    let state = Overall::Maintenance;
    view! {
        <article class="planned" data-state=tone(state)>
            <h3 class="incident-title" dir="auto">{words::title(&maintenance.name).to_owned()}</h3>
            <p class="incident-meta">
                <StateWord
                    shape=shape(state)
                    tone=tone(state)
                    words=words::maintenance(&maintenance.status)
                />
                <span>{sentence_at(words::say().from, maintenance.from)}</span>
                <span>{sentence_at(words::say().until, maintenance.until)}</span>
                {demo}
            </p>
            <div class="timeline-item">
                <div class="timeline-text" dir="auto">
                    <Body text=maintenance.body />
                </div>
            </div>
        </article>
    }
}
