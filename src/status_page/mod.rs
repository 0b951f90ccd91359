//! The public status page: what the organisation's readers see, mostly on phones, mostly during an
//! outage. `store` is its only state, `pages` has one file per route, `router` knows where we are.

mod archive;
mod frame;
mod kept;
mod later;
mod link;
mod pages;
mod route;
mod router;
mod source;
mod store;

use leptos::prelude::*;

use frame::{Footer, Header};
use later::{Later, Piece};
pub use later::{Open, Parts, Rest, open_kept, open_past, rest};
use pages::Home;
use route::Route;
use router::Router;
use store::{PageStore, Turn};

use crate::platform::{clock, page};
use crate::ui::mount::mount_in_frame;
use crate::ui::{Lang, SkipLink, reactive};

/// Puts the app in the place of the static frame.
pub fn start(parts: Parts) {
    // Before the first word: the script before the first paint has chosen it.
    Lang::from_tag(&page::language()).speak();
    // A slow phone has just begun to run the app: what it takes is cut into several pieces.
    clock::after_a_breath(move || mount_in_frame(move || view! { <App parts /> }));
}

#[component]
fn App(parts: Parts) -> impl IntoView {
    let router = Router::start();
    let store = PageStore::start(router.route(), Later::new(parts));
    let sheet = move || {
        store.spoken().track();
        sheet(store, router)
    };
    store.in_turn(Turn::Sheet, Box::new(sheet))
}

/// Everything, in the language that is spoken.
fn sheet(store: PageStore, router: Router) -> AnyView {
    let route = router.route();
    let page = move || {
        let focus = router.arrived();
        match route.get() {
            Route::Home => view! { <Home store=store router=router focus=focus /> }.into_any(),
            route @ (Route::History | Route::Incident(_) | Route::Rule | Route::Unknown) => {
                store.later().draw(Piece::Page(route, router), store)
            }
        }
    };
    let said = reactive(move || store.shown().with(|shown| shown.said.clone()).into_any());
    view! {
        <SkipLink />
        <div class="sheet">
            <Header store=store router=router />
            <main id="main" data-stands=move || store.stands().then_some("")>
                {store.in_turn(Turn::Page, Box::new(page))}
            </main>
            <Footer store=store router=router />
            <p class="sr-only" aria-live="polite">{said}</p>
        </div>
    }
    .into_any()
}
