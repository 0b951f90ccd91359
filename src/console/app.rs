//! Mounts the console: the desk as context, the routes, and the frame around every page.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::path;

use crate::platform::{crash, page};
use crate::ui::frame::mount_in_frame;
use crate::ui::live;

use super::desk::Desk;
use super::pages::{
    board::Board, declare::Declare, incident::Incident, messages::Messages, not_found::NotFound,
    outbox::MailOutbox, postmortem::Postmortem, readiness::Readiness, report::Report,
    settings::Settings, shell::Shell, sop::SopPage,
};
use super::paths::Place;

/// Mounts the console in the document.
pub fn mount() {
    crash::install();
    mount_in_frame(|| view! { <App /> });
}

#[component]
fn App() -> impl IntoView {
    let desk = Desk::new();
    provide_context(desk);
    desk.open();
    let base = page::base_path().trim_end_matches('/').to_owned();
    // One route for all: the router keeps the address and the history, and `Place` says which page it is.
    // A route for each page would be compiled ten times over.
    view! {
        <Router base=base>
            <FlatRoutes fallback=Pages>
                <Route path=path!("/*any") view=Pages />
            </FlatRoutes>
        </Router>
    }
}

/// The frame with the page that the address names.
#[component]
fn Pages() -> impl IntoView {
    let path = use_location().pathname;
    let place = Memo::new(move |_| path.with(|path| Place::at(path)));
    let page = live(move || match place.get() {
        Some(Place::Board) => view! { <Board /> }.into_any(),
        Some(Place::Declare) => view! { <Declare /> }.into_any(),
        Some(Place::Incident(run)) => view! { <Incident run /> }.into_any(),
        Some(Place::Report(run)) => view! { <Report run /> }.into_any(),
        Some(Place::Postmortem(run)) => view! { <Postmortem run /> }.into_any(),
        Some(Place::Readiness) => view! { <Readiness /> }.into_any(),
        Some(Place::Settings) => view! { <Settings /> }.into_any(),
        Some(Place::Sop) => view! { <SopPage /> }.into_any(),
        Some(Place::Messages) => view! { <Messages /> }.into_any(),
        Some(Place::Outbox) => view! { <MailOutbox /> }.into_any(),
        None => view! { <NotFound /> }.into_any(),
    });
    view! { <Shell place>{page}</Shell> }
}
