//! How the ninety days of a component are counted, in words: what `docs/bars.md` says, for readers.

use leptos::prelude::*;

use super::age::age;
use crate::status_page::router::Router;
use crate::status_page::store::PageStore;
use crate::ui::PageHeading;
use crate::views::words;

/// The page.
#[component]
pub fn Rule(
    store: PageStore,
    /// Where we are.
    router: Router,
    /// Whether the reader came by a link.
    focus: bool,
) -> impl IntoView {
    let title = words::say().how_counted;
    router.name(title);
    let parts: Vec<AnyView> = words::later::say()
        .rule
        .into_iter()
        .map(|(heading, text)| {
            view! {
                <section class="section">
                    <h2>{heading}</h2>
                    <div class="section-body">
                        <p class="article-text">{text}</p>
                    </div>
                </section>
            }
            .into_any()
        })
        .collect();
    view! {
        <PageHeading focus=focus>{title}</PageHeading>
        {age(store)}
        {parts}
    }
}
