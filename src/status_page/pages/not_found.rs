//! An address that leads nowhere.

use leptos::prelude::*;

use super::age::age;
use crate::domain::knowledge::Knowledge;
use crate::status_page::link;
use crate::status_page::route::Route;
use crate::status_page::router::Router;
use crate::status_page::store::{PageState, PageStore};
use crate::ui::{PageHeading, reactive};
use crate::views::{sentence, words};

/// The page.
#[component]
pub fn NotFound(
    store: PageStore,
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
        {age(store)}
        <section class="section">
            <h2>{say.what_now}</h2>
            <div class="section-body stack">
                <p class="measure">{sentence(say.nothing_lost, past.into_any())}</p>
                {reactive(move || now(store))}
            </div>
        </section>
    }
}

/// As the home page says it: what is only the last that was known is not called the state.
fn now(store: PageStore) -> AnyView {
    let Some(state) = store.shown().with(PageState::overall) else {
        return ().into_any();
    };
    let said = match (store.lost().get(), store.knowledge().get()) {
        (Some(lost), _) => words::not_known_since(lost),
        (None, Knowledge::Known) => words::overall(state).to_owned(),
        (None, Knowledge::Doubted | Knowledge::Lost(_)) => words::last_known(state),
    };
    let said = view! { <a href=link::to(&Route::Home)>{said}</a> };
    view! { <p>{sentence(words::later::say().right_now, said.into_any())}</p> }.into_any()
}
