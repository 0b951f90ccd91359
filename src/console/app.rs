//! Mounts the console: the desk and the router as context, and the frame around every page.

use leptos::prelude::*;

use crate::platform::crash;
use crate::ui::frame::mount_in_frame;
use crate::ui::live;

use super::desk::Desk;
use super::later::{Later, Parts};
use super::pages::{board::Board, not_found::NotFound, shell::Shell};
use super::paths::Place;
use super::router::Router;

/// Mounts the console in the document; `parts` fetches the pages that the board does not need.
pub fn mount(parts: Parts) {
    crash::install();
    mount_in_frame(move || view! { <App parts /> });
}

#[component]
fn App(parts: Parts) -> impl IntoView {
    let later = Later::new(parts);
    let desk = Desk::new(later);
    provide_context(desk);
    provide_context(later);
    desk.open();
    let router = Router::start();
    provide_context(router);
    view! { <Pages router /> }
}

/// The frame with the page that the address names.
#[component]
fn Pages(router: Router) -> impl IntoView {
    let path = router.path();
    let place = Memo::new(move |_| path.with(|path| Place::at(path)));
    let later = expect_context::<Later>();
    let page = live(move || match place.get() {
        Some(Place::Board) => view! { <Board /> }.into_any(),
        Some(
            place @ (Place::Declare | Place::Incident(_) | Place::Report(_) | Place::Postmortem(_)),
        ) => later.incident(place),
        Some(
            place @ (Place::Readiness
            | Place::Settings
            | Place::Sop
            | Place::Messages
            | Place::Outbox),
        ) => later.rest(place),
        None => view! { <NotFound /> }.into_any(),
    });
    view! { <Shell place>{page}</Shell> }
}
