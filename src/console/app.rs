//! Mounts the console: the desk as context, the router, and the frame around every page.

use leptos::prelude::*;
use leptos_router::components::Router;

use crate::platform::{clock, crash, page};
use crate::ui::mount::mount_in_frame;
use crate::ui::reactive;

use super::desk::Desk;
use super::later::{Later, Parts};
use super::pages::{incidents::Incidents, not_found::NotFound, shell::Shell};
use super::paths::Route;
use super::router;

/// Mounts the console in the document; `parts` fetches the pages that the board does not need.
pub fn mount(parts: Parts) {
    crash::install();
    // As on the status page: the browser answers between beginning the app and drawing it.
    clock::after_a_breath(move || mount_in_frame(move || view! { <App parts /> }));
}

#[component]
fn App(parts: Parts) -> impl IntoView {
    let desk = Desk::new(Later::new(parts));
    provide_context(desk);
    desk.open();
    let base = page::base_path().trim_end_matches('/').to_owned();
    view! { <Router base><Pages /></Router> }
}

/// The frame with the page that the address names. A slow phone draws the page in a task after that of the frame.
#[component]
fn Pages() -> impl IntoView {
    router::write_addresses();
    let path = router::path();
    let route = Memo::new(move |_| path.with(|path| Route::at(path)));
    let later = Desk::here().later;
    let frame_stands = RwSignal::new(false);
    clock::after_a_breath(move || frame_stands.set(true));
    let page = reactive(move || {
        if frame_stands.get() {
            page_at(route.get(), later)
        } else {
            // What the static frame says.
            view! { <p class="late">"Opening the console…"</p> }.into_any()
        }
    });
    view! { <Shell route>{page}</Shell> }
}

/// A page; what says that there is none, where an address names none.
fn page_at(route: Option<Route>, later: Later) -> AnyView {
    match route {
        Some(Route::Incidents) => view! { <Incidents /> }.into_any(),
        Some(
            route @ (Route::Declare | Route::Incident(_) | Route::Report(_) | Route::Postmortem(_)),
        ) => later.incident(route),
        Some(
            route @ (Route::Readiness
            | Route::Settings
            | Route::Sop
            | Route::Messages
            | Route::Outbox),
        ) => later.rest(route),
        None => view! { <NotFound /> }.into_any(),
    }
}
