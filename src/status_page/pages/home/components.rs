//! The components, each with its last ninety days; the reader's own come first.

use leptos::prelude::*;

use crate::domain::component::Component;
use crate::status_page::later::Piece;
use crate::status_page::link;
use crate::status_page::route::Route;
use crate::status_page::store::{PageState, PageStore};
use crate::ui::page::focus_once_there;
use crate::ui::{Shape, StateIcon, reactive};
use crate::views::{ComponentList, words};

use super::section;

/// The section of the reader's own.
const YOURS: &str = "yours";
/// Where the keyboard goes on once a component has left them, with the button that was pressed.
const AFTER_YOURS: &str =
    "[aria-labelledby=yours] .pin, [aria-labelledby=components] :is(.pin, summary)";

/// Every component.
pub fn all(shown: &PageState, store: PageStore) -> AnyView {
    let rule = view! {
        <p class="remark small bars-rule">
            <a href=link::to(&Route::Rule)>{words::say().how_counted}</a>
        </p>
    };
    list(
        shown,
        store,
        "components",
        words::say().components,
        Some(rule.into_any()),
        |_| true,
    )
}

/// The reader's own, following what they pin.
pub fn yours(shown: &PageState, store: PageStore) -> AnyView {
    let pins = store.pins().get();
    list(shown, store, YOURS, words::say().yours, None, |component| {
        pins.contains(&component.id)
    })
}

fn list(
    shown: &PageState,
    store: PageStore,
    id: &'static str,
    heading: &'static str,
    foot: Option<AnyView>,
    wanted: impl Fn(&Component) -> bool,
) -> AnyView {
    let components: Vec<Component> = shown
        .page
        .value()
        .map_or(&[][..], |page| page.components.as_slice())
        .iter()
        .filter(|component| wanted(component))
        .cloned()
        .collect();
    if components.is_empty() {
        return ().into_any();
    }
    let is_own = id == YOURS;
    let beside = Callback::new(move |component| pin(store, component, is_own));
    let beneath = Callback::new(move |component| store.later().draw(Piece::Bars(component), store));
    let list = view! { <ComponentList components=components beside=beside beneath=beneath /> };
    section(
        id,
        heading,
        [Some(list.into_any()), foot]
            .into_iter()
            .flatten()
            .collect(),
    )
}

/// The button that makes a component the reader's own, or no longer; it may stand among those that `are_own`.
fn pin(store: PageStore, component: Component, are_own: bool) -> AnyView {
    // What has no id cannot be found again.
    if component.id.0.is_empty() {
        return ().into_any();
    }
    let label = words::pin(&store.called(&component));
    let id = component.id;
    let pinned = {
        let id = id.clone();
        Signal::derive(move || store.pins().with(|pins| pins.contains(&id)))
    };
    let icon = reactive(move || {
        let shape = if pinned.get() {
            Shape::Pinned
        } else {
            Shape::Pin
        };
        view! { <StateIcon shape=shape /> }.into_any()
    });
    view! {
        <button
            type="button"
            class="pin"
            aria-label=label
            aria-pressed=move || Some(if pinned.get() { "true" } else { "false" })
            on:click=move |_| {
                store.pin(&id);
                if are_own {
                    focus_once_there(AFTER_YOURS, 0);
                }
            }
        >
            {icon}
        </button>
    }
    .into_any()
}
