//! The updates of an incident, newest first: status, text, time.

use leptos::prelude::*;

use super::body::Body;
use super::words;
use crate::domain::incident::IncidentUpdate;
use crate::ui::Time;

/// The list of updates.
#[component]
pub fn Timeline(
    /// The updates, newest first.
    updates: Vec<IncidentUpdate>,
    /// Whether they are as they were typed.
    typed: bool,
) -> impl IntoView {
    let items = updates.into_iter().map(|update| item(update, typed));
    let items = items.collect_view();
    view! { <ol class="timeline">{items}</ol> }
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
