//! How old a page is, below its heading. The home page says it in its state.

use leptos::prelude::*;

use crate::status_page::store::PageStore;
use crate::ui::reactive;
use crate::views::{sentence_at, sentence_in, words};

/// As of when, since when the source cannot be reached, and that nothing is read; after a while, since when nothing is
/// known.
pub fn age(store: PageStore) -> AnyView {
    let say = words::say();
    let told = reactive(move || {
        let lost = store.lost().get();
        let paused = store.paused().get();
        let shown = store.shown();
        let (as_of, unreachable) = shown.with(|shown| (shown.told_at(), shown.unreachable));
        let heard = match lost {
            Some((since, form)) => Some(sentence_in(say.not_known_since, since, form)),
            None => as_of.map(|at| sentence_at(say.as_of, at)),
        };
        let unreachable = unreachable.map(|since| {
            view! { <p class="state-unreachable">{sentence_at(say.unreachable_since, since)}</p> }
                .into_any()
        });
        let class = if lost.is_some() {
            "state-unreachable"
        } else {
            "state-age"
        };
        // Its place is kept from the beginning, so that nothing moves when it comes.
        view! {
            <p class=class>{heard}</p>
            {unreachable}
            {paused.then(|| view! { <p>{say.paused}</p> }.into_any())}
        }
        .into_any()
    });
    view! { <div class="page-age small">{told}</div> }.into_any()
}
