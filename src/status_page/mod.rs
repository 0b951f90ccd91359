//! The public status page: what the organisation's readers see, mostly on phones, mostly during an
//! outage. `board` is its only state, `pages` has one file per route, `router` knows where we are.

mod board;
mod frame;
mod link;
mod pages;
mod route;
mod router;
mod source;

use leptos::prelude::*;

use board::Board;
use frame::{Colophon, Masthead};
use pages::{History, Home, Incident, Lost};
use route::Route;
use router::Router;

use crate::ui::frame::mount_in_frame;
use crate::ui::{SkipLink, live};

/// Puts the app in the place of the static frame.
pub fn start() {
    mount_in_frame(|| view! { <App /> });
}

#[component]
fn App() -> impl IntoView {
    let router = Router::start();
    let route = router.route();
    let board = Board::start(route);
    let page = live(move || {
        let focus = router.arrived();
        match route.get() {
            Route::Home => view! { <Home board=board router=router focus=focus /> }.into_any(),
            Route::History => {
                view! { <History board=board router=router focus=focus /> }.into_any()
            }
            Route::Incident(id) => {
                view! { <Incident board=board router=router focus=focus id=id /> }.into_any()
            }
            Route::Unknown => view! { <Lost board=board router=router focus=focus /> }.into_any(),
        }
    });
    let said = live(move || board.shown().with(|shown| shown.said.clone()).into_any());
    view! {
        <SkipLink />
        <div class="sheet">
            <Masthead board=board router=router />
            <main id="main">{page}</main>
            <Colophon board=board />
            <p class="sr-only" aria-live="polite">{said}</p>
        </div>
    }
}
