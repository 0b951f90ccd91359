//! Where the source contradicts itself. It stands above what readers look for, and must not move it by coming later.

use leptos::prelude::*;

use crate::domain::contradiction::contradictions;
use crate::status_page::store::{PageState, PageStore};
use crate::views::{Item, Portions, portions, sentence_of, words};

/// So many contradictions are said at first: what goes on stands below them.
const DOUBTS: usize = 5;

/// Stands below the state, which must not move when the app takes it over from the first-state script.
pub fn doubts(shown: &PageState, store: PageStore) -> AnyView {
    let Some(snapshot) = shown.page.value() else {
        return ().into_any();
    };
    // What is over answers for its components for a while only.
    store.quarter().track();
    let found = contradictions(snapshot, store.now().get_untracked());
    if found.is_empty() {
        return ().into_any();
    }
    let said = found.into_iter().map(|found| -> Item {
        Box::new(move || {
            let (words, names) = words::contradiction(&found);
            view! { <p class="measure">{sentence_of(words, &names)}</p> }.into_any()
        })
    });
    let Portions { items, more } = portions(said.collect(), DOUBTS);
    view! {
        <div class="section">
            <div class="section-body stack">{items} {more}</div>
        </div>
    }
    .into_any()
}
