//! Planned work as a card.

use leptos::prelude::*;

use super::body::Body;
use super::state::{StateWord, shape, tone};
use super::words;
use crate::domain::maintenance::Maintenance;
use crate::domain::page::Overall;
use crate::ui::Time;

/// The card, an `article` whose heading is the title.
#[component]
pub fn MaintenanceCard(
    /// The planned work.
    maintenance: Maintenance,
) -> impl IntoView {
    let demo = maintenance
        .demo
        .then(|| view! { <span class="tag">{words::DEMONSTRATION}</span> });
    let state = Overall::Maintenance;
    view! {
        <article class="planned" data-state=tone(state)>
            <h3 class="incident-title">{maintenance.name}</h3>
            <p class="incident-meta">
                <StateWord
                    shape=shape(state)
                    tone=tone(state)
                    words=words::maintenance(&maintenance.status)
                />
                <span>"From " <Time at=maintenance.from /></span>
                <span>"Until " <Time at=maintenance.until /></span>
                {demo}
            </p>
            <div class="timeline-item">
                <div class="timeline-text">
                    <Body text=maintenance.body />
                </div>
            </div>
        </article>
    }
}
