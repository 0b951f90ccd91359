//! An address that leads nowhere.

use leptos::prelude::*;

use crate::status_page::link;
use crate::status_page::route::Route;
use crate::status_page::router::Router;
use crate::status_page::store::{PageState, PageStore};
use crate::ui::{PageHeading, reactive};
use crate::views::{sentence, words};

/// The page.
#[component]
pub fn NotFound(
    /// The board.
    board: PageStore,
    /// Where we are.
    router: Router,
    /// Whether the reader came by a link.
    focus: bool,
) -> impl IntoView {
    let say = words::later::say();
    router.name(say.not_found);
    let past = view! { <a href=link::to(&Route::History)>{say.list_of_incidents}</a> };
    view! {
        <PageHeading focus=focus>{say.no_page_here}</PageHeading>
        <section class="section">
            <h2>{say.what_now}</h2>
            <div class="section-body stack">
                <p class="measure">{sentence(say.nothing_lost, past.into_any())}</p>
                {reactive(move || board.shown().with(now))}
            </div>
        </section>
    }
}

fn now(shown: &PageState) -> AnyView {
    match shown.overall() {
        Some(state) => {
            let state = view! { <a href=link::to(&Route::Home)>{words::overall(state)}</a> };
            view! { <p>{sentence(words::later::say().right_now, state.into_any())}</p> }.into_any()
        }
        None => ().into_any(),
    }
}
