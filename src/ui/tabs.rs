//! Tabs after the ARIA practices: one stop in the tab order, arrows, Home and End move and choose.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::id::fresh;
use super::shape::{Shape, StateIcon};

#[derive(Debug, Clone)]
pub struct Tab<T> {
    /// What choosing it means.
    pub value: T,
    /// Its words; the accessible name.
    pub label: String,
    /// A shape beside the words, and what it says: something waits there. A description, not a part of the name.
    pub mark: Signal<Option<(Shape, &'static str)>>,
}

impl<T> Tab<T> {
    /// A tab without a mark.
    pub fn new(value: T, label: impl Into<String>) -> Self {
        Self {
            value,
            label: label.into(),
            mark: Signal::stored(None),
        }
    }
}

/// Tabs and the panel of the chosen one.
#[component]
pub fn Tabs<T>(
    /// What the tabs choose between; the tab list's accessible name.
    #[prop(into)]
    label: String,
    tabs: Vec<Tab<T>>,
    /// The chosen one.
    #[prop(into)]
    selected: Signal<T>,
    /// Told of a choice.
    #[prop(into)]
    on_select: Callback<T>,
    /// Makes the panel of a tab.
    #[prop(into)]
    panel: Callback<T, AnyView>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (base, panel_id) = (fresh("tab"), fresh("panel"));
    let values = StoredValue::new(tabs.iter().map(|tab| tab.value.clone()).collect::<Vec<T>>());
    let place = Memo::new(move |_| {
        let chosen = selected.get();
        values
            .with_value(|values| values.iter().position(|value| *value == chosen))
            .unwrap_or(0)
    });
    let list = NodeRef::<html::Div>::new();
    let choose = move |at: usize| {
        if let Some(value) = values.with_value(|values| values.get(at).cloned()) {
            on_select.run(value);
        }
        let tab = list
            .get_untracked()
            .and_then(|list| list.children().item(u32::try_from(at).unwrap_or(0)));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = tab.focus();
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        let (at, count) = (place.get_untracked(), values.with_value(Vec::len));
        let next = match event.key().as_str() {
            "ArrowRight" => (at + 1) % count.max(1),
            "ArrowLeft" => (at + count.max(1) - 1) % count.max(1),
            "Home" => 0,
            "End" => count.saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        choose(next);
    };
    let tabs: Vec<_> = tabs
        .into_iter()
        .enumerate()
        .map(|(at, tab)| {
            let chosen = move || place.get() == at;
            let id = format!("{base}-{at}");
            let mark_id = format!("{id}-mark");
            let described_by = {
                let mark_id = mark_id.clone();
                move || tab.mark.with(Option::is_some).then(|| mark_id.clone())
            };
            let mark = move || {
                let id = mark_id.clone();
                tab.mark.get().map(|(shape, says)| {
                    view! { <StateIcon shape /> <span hidden id=id>{says}</span> }
                })
            };
            view! {
                <button
                    type="button"
                    role="tab"
                    class="tab"
                    id=id
                    aria-controls=panel_id.clone()
                    aria-describedby=described_by
                    aria-selected=move || if chosen() { "true" } else { "false" }
                    tabindex=move || if chosen() { "0" } else { "-1" }
                    on:click=move |_| choose(at)
                >
                    {tab.label}
                    {mark}
                </button>
            }
        })
        .collect();
    view! {
        <div class="tabs" role="tablist" aria-label=label node_ref=list on:keydown=key>{tabs}</div>
        <div
            class="tab-panel"
            role="tabpanel"
            id=panel_id
            tabindex="0"
            aria-labelledby=move || format!("{base}-{}", place.get())
        >
            {move || {
                let at = place.get();
                values.with_value(|values| values.get(at).cloned()).map(|value| panel.run(value))
            }}
        </div>
    }
}
