//! The updates of an incident, newest first: status, text, time.

use leptos::prelude::*;

use super::body::Body;
use super::portion::{Item, Portions, portions};
use super::sentence::time;
use super::words;
use crate::domain::incident::IncidentUpdate;

/// So many updates are drawn at first: what was said last is what readers look for.
const UPDATES: usize = 30;

/// The list of updates.
#[component]
pub fn Timeline(
    /// The updates, newest first.
    updates: Vec<IncidentUpdate>,
    /// Whether they are as they were typed.
    typed: bool,
) -> impl IntoView {
    let updates = updates.into_iter();
    let updates =
        updates.map(|update| -> Item { Box::new(move || item(update, typed).into_any()) });
    let Portions { items, more } = portions(updates.collect(), UPDATES);
    view! { <ol class="timeline">{items}</ol> {more} }
}

fn item(update: IncidentUpdate, typed: bool) -> impl IntoView {
    view! {
        <li class="timeline-item">
            <p class="timeline-status">{words::status(&update.status)}</p>
            <p class="timeline-when">
                {time(update.created_at)}
            </p>
            <div class="timeline-text" dir="auto">
                <Body text=update.body typed=typed />
            </div>
        </li>
    }
}
