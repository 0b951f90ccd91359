//! The one big thing: the state in a sentence, how old it is, and what is wrong with knowing it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::domain::knowledge::Knowledge;
use crate::status_page::source::NoSource;
use crate::status_page::store::{PageState, PageStore};
use crate::ui::time::Form;
use crate::ui::{Shape, Size, StateIcon, reactive};
use crate::views::state::{shape, tone};
use crate::views::{sentence_at, sentence_in, words};

/// The state, following the store.
pub fn view(store: PageStore) -> AnyView {
    let shown = store.shown();
    reactive(move || {
        let known = (store.knowledge().get(), store.lost().get());
        let paused = store.paused().get();
        shown.with(|shown| state(shown, known, paused))
    })
}

/// What is only the last that was known lights no lamp; after a while it is not the state any more.
fn state(
    shown: &PageState,
    (knowledge, lost): (Knowledge, Option<(DateTime<Utc>, Form)>),
    paused: bool,
) -> AnyView {
    let state = shown.overall();
    let doubted = knowledge != Knowledge::Known;
    let lamp = state.filter(|_| !doubted);
    let notices = words::notices(shown.notices());
    let class = if state.is_some() {
        "state-say"
    } else {
        "state-say late"
    };
    let before = (doubted && lost.is_none()).then(|| {
        view! { <span class="state-known">{words::say().last_known} " "</span> }.into_any()
    });
    let said = match lost {
        Some((since, form)) => sentence_in(words::say().not_known_since, since, form),
        None => state
            .map_or(words::say().checking, words::overall)
            .into_any(),
    };
    let known = state.filter(|_| lost.is_some()).map(words::last_known);
    let known = known.map(note);
    let paused = paused.then(|| note(words::say().paused.to_owned()));
    let as_of = shown
        .told_at()
        .map(|at| sentence_at(words::say().as_of, at));
    view! {
        <div class="state" data-state=lamp.map_or("unknown", tone)>
            <StateIcon shape=lamp.map_or(Shape::DashedRing, shape) size=Size::Huge />
            <div>
                <div role="status" aria-label=words::say().overall_status>
                    <p class=class>{before}{said}</p>
                    {known}
                    {notices.map(note)}
                </div>
                {trouble(shown)}
                // Its place is kept from the beginning, so that nothing moves when it comes.
                <p class="state-age">{as_of}</p>
                {shown
                    .unreachable
                    .map(|since| {
                        view! {
                            <p class="state-unreachable">
                                {sentence_at(words::say().unreachable_since, since)}
                            </p>
                        }
                            .into_any()
                    })}
                {paused}
            </div>
        </div>
    }
    .into_any()
}

fn note(words: String) -> AnyView {
    view! { <p class="state-note">{words}</p> }.into_any()
}

/// Why nothing is known, kindly; the details are for whoever runs the page.
fn trouble(shown: &PageState) -> AnyView {
    let empty = shown
        .page
        .value()
        .is_some_and(|snapshot| snapshot.components.is_empty());
    let (said, details) = match &shown.trouble {
        Some(NoSource::NotLoaded(error)) => (words::say().no_settings, vec![error.to_string()]),
        Some(NoSource::Broken(problems)) => (words::say().bad_settings, problems.clone()),
        None if empty => {
            let mut sites = shown.site.iter();
            let said = if sites.any(|site| site.this_browser_only) {
                words::say().nothing_published
            } else {
                words::say().no_services
            };
            (said, Vec::new())
        }
        None => return ().into_any(),
    };
    let details = (!details.is_empty()).then(|| {
        let details: Vec<AnyView> = details
            .into_iter()
            .map(|each| view! { <li lang="en">{each}</li> }.into_any())
            .collect();
        view! {
            <details class="remark small">
                <summary>{words::say().for_operators}</summary>
                <ul>{details}</ul>
            </details>
        }
        .into_any()
    });
    view! {
        <p class="state-note measure">{said}</p>
        {details}
    }
    .into_any()
}
