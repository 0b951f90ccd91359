//! The pages that are fetched later, behind one door (`console::later`).

use leptos::prelude::*;

use super::{
    declare::Declare, incident::Incident, messages::Messages, not_found::NotFound,
    outbox::MailOutbox, postmortem::Postmortem, readiness::Readiness, report::Report,
    settings::Settings, sop::SopPage,
};
use crate::console::paths::Route;

/// Draws one of the pages that are fetched later.
pub fn draw_rest(route: Route) -> AnyView {
    match route {
        Route::Readiness => view! { <Readiness /> }.into_any(),
        Route::Settings => view! { <Settings /> }.into_any(),
        Route::Sop => view! { <SopPage /> }.into_any(),
        Route::Messages => view! { <Messages /> }.into_any(),
        Route::Outbox => view! { <MailOutbox /> }.into_any(),
        // These stand elsewhere.
        Route::Incidents
        | Route::Declare
        | Route::Incident(_)
        | Route::Report(_)
        | Route::Postmortem(_) => view! { <NotFound /> }.into_any(),
    }
}

/// Draws one of an incident's pages.
pub fn draw_incident(route: Route) -> AnyView {
    match route {
        Route::Declare => view! { <Declare /> }.into_any(),
        Route::Incident(run) => view! { <Incident run /> }.into_any(),
        Route::Report(run) => view! { <Report run /> }.into_any(),
        Route::Postmortem(run) => view! { <Postmortem run /> }.into_any(),
        // These stand elsewhere.
        Route::Incidents
        | Route::Readiness
        | Route::Settings
        | Route::Sop
        | Route::Messages
        | Route::Outbox => view! { <NotFound /> }.into_any(),
    }
}
