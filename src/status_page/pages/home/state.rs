//! The one big thing: the state in a sentence, how old it is, and what is wrong with knowing it.

use leptos::prelude::*;

use crate::domain::contradiction::contradictions;
use crate::status_page::source::NoSource;
use crate::status_page::store::{PageState, PageStore};
use crate::ui::{Shape, Size, StateIcon, reactive};
use crate::views::state::{shape, tone};
use crate::views::{sentence_at, words};

/// The state, following the board.
pub fn view(board: PageStore) -> AnyView {
    let shown = board.shown();
    reactive(move || {
        let (old, paused) = (board.old().get(), board.paused().get());
        shown.with(|shown| state(shown, old, paused))
    })
}

/// `old`: what is known is only the last that was known, and lights no lamp.
fn state(shown: &PageState, old: bool, paused: bool) -> AnyView {
    let state = shown.overall();
    let lamp = state.filter(|_| !old);
    let notices = words::notices(shown.notices());
    let (class, said) = match state {
        Some(state) => ("state-say", words::overall(state)),
        None => ("state-say late", words::say().checking),
    };
    let before =
        old.then(|| view! { <span class="state-known">{words::say().last_known} " "</span> });
    let paused = paused.then(|| view! { <p class="state-note">{words::say().paused}</p> });
    view! {
        <div class="state" data-state=lamp.map_or("unknown", tone)>
            <StateIcon shape=lamp.map_or(Shape::DashedRing, shape) size=Size::Huge />
            <div>
                <div role="status" aria-label=words::say().overall_status>
                    <p class=class>{before}{said}</p>
                    {notices.map(|notices| view! { <p class="state-note">{notices}</p> })}
                </div>
                {trouble(shown)}
                // Its place is kept from the beginning, so that nothing moves when it comes.
                <p class="state-age">{shown.as_of.map(|at| sentence_at(words::say().as_of, at))}</p>
                {shown
                    .unreachable
                    .map(|since| {
                        view! {
                            <p class="state-unreachable">
                                {sentence_at(words::say().unreachable_since, since)}
                            </p>
                        }
                    })}
                {paused}
            </div>
        </div>
    }
    .into_any()
}

/// Where the source contradicts itself. Stands below the state, which must not move when the app takes it over
/// from the first-state script.
pub fn doubts(shown: &PageState, board: PageStore) -> AnyView {
    let Some(snapshot) = shown.page.value() else {
        return ().into_any();
    };
    let found = contradictions(snapshot, board.now().get_untracked());
    if found.is_empty() {
        return ().into_any();
    }
    let said: Vec<AnyView> = found
        .iter()
        .map(|found| view! { <p class="measure">{words::contradiction(found)}</p> }.into_any())
        .collect();
    view! {
        <div class="section">
            <div class="section-body stack">{said}</div>
        </div>
    }
    .into_any()
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
        let details: Vec<_> = details
            .into_iter()
            .map(|each| view! { <li>{each}</li> })
            .collect();
        view! {
            <details class="remark small">
                <summary>{words::say().for_operators}</summary>
                <ul>{details}</ul>
            </details>
        }
    });
    view! {
        <p class="state-note measure">{said}</p>
        {details}
    }
    .into_any()
}
