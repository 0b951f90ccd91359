//! An address that leads nowhere.

use leptos::prelude::*;

use crate::status_page::board::Board;
use crate::status_page::link;
use crate::status_page::route::Route;
use crate::status_page::router::Router;
use crate::ui::PageHeading;
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
    let state = board.overall();
    view! {
        <PageHeading focus=focus>"There is no page here"</PageHeading>
        <section class="section">
            <h2>"What now"</h2>
            <div class="section-body stack">
                <p class="measure">
                    "The address may have been cut off or mistyped. Nothing is lost: every incident is in the "
                    <a href=link::to(&Route::History)>"list of incidents"</a> "."
                </p>
                {move || state.get().map(|state| view! {
                    <p>"Right now: " <a href=link::to(&Route::Home)>{words::overall(state)}</a></p>
                })}
            </div>
        </section>
    }
}
