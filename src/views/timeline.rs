//! The updates of an incident, newest first: status, text, time.

use leptos::prelude::*;

use super::body::Body;
use super::portion::{Portions, portions};
use super::words;
use crate::domain::incident::IncidentUpdate;
use crate::ui::Time;

/// So many updates are drawn at first: what was said last is what readers look for.
const UPDATES: usize = 25;

/// The list of updates.
#[component]
pub fn Timeline(
    /// The updates, newest first.
    updates: Vec<IncidentUpdate>,
    /// Whether they are as they were typed.
    typed: bool,
) -> impl IntoView {
    let Portions { items, more } = portions(updates.len(), UPDATES, move |place| {
        let update = updates.get(place).cloned();
        update.map_or_else(|| ().into_any(), |update| item(update, typed).into_any())
    });
    view! { <ol class="timeline">{items}</ol> {more} }
}

fn item(update: IncidentUpdate, typed: bool) -> impl IntoView {
    view! {
        <li class="timeline-item">
            <p class="timeline-status">{words::status(&update.status)}</p>
            <p class="timeline-when">
                <Time at=update.created_at />
            </p>
            <div class="timeline-text" dir="auto">
                <Body text=update.body typed=typed />
            </div>
        </li>
    }
}
