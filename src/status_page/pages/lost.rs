//! An address that leads nowhere.

use leptos::prelude::*;

use crate::status_page::board::{Board, Shown};
use crate::status_page::link;
use crate::status_page::route::Route;
use crate::status_page::router::Router;
use crate::ui::{PageHeading, live};
use crate::views::words;

/// The page.
#[component]
pub fn Lost(
    /// The board.
    board: Board,
    /// Where we are.
    router: Router,
    /// Whether the reader came by a link.
    focus: bool,
) -> impl IntoView {
    router.name("Page not found");
    view! {
        <PageHeading focus=focus>"There is no page here"</PageHeading>
        <section class="section">
            <h2>"What now"</h2>
            <div class="section-body stack">
                <p class="measure">
                    "The address may have been cut off or mistyped. Nothing is lost: every incident is in the "
                    <a href=link::to(&Route::History)>"list of incidents"</a> "."
                </p>
                {live(move || board.shown().with(now))}
            </div>
        </section>
    }
}

fn now(shown: &Shown) -> AnyView {
    match shown.overall() {
        Some(state) => view! {
            <p>"Right now: " <a href=link::to(&Route::Home)>{words::overall(state)}</a></p>
        }
        .into_any(),
        None => ().into_any(),
    }
}
