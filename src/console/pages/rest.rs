//! The pages that are fetched later, behind one door (`console::later`).

use leptos::prelude::*;

use super::{
    declare::Declare, incident::Incident, messages::Messages, not_found::NotFound,
    outbox::MailOutbox, postmortem::Postmortem, readiness::Readiness, report::Report,
    settings::Settings, sop::SopPage,
};
use crate::console::paths::Place;

/// Draws one of the pages that are fetched later.
pub fn draw_rest(place: Place) -> AnyView {
    match place {
        Place::Readiness => view! { <Readiness /> }.into_any(),
        Place::Settings => view! { <Settings /> }.into_any(),
        Place::Sop => view! { <SopPage /> }.into_any(),
        Place::Messages => view! { <Messages /> }.into_any(),
        Place::Outbox => view! { <MailOutbox /> }.into_any(),
        // These stand elsewhere.
        Place::Board
        | Place::Declare
        | Place::Incident(_)
        | Place::Report(_)
        | Place::Postmortem(_) => view! { <NotFound /> }.into_any(),
    }
}

/// Draws one of an incident's pages.
pub fn draw_incident(place: Place) -> AnyView {
    match place {
        Place::Declare => view! { <Declare /> }.into_any(),
        Place::Incident(run) => view! { <Incident run /> }.into_any(),
        Place::Report(run) => view! { <Report run /> }.into_any(),
        Place::Postmortem(run) => view! { <Postmortem run /> }.into_any(),
        // These stand elsewhere.
        Place::Board
        | Place::Readiness
        | Place::Settings
        | Place::Sop
        | Place::Messages
        | Place::Outbox => view! { <NotFound /> }.into_any(),
    }
}
