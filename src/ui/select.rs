//! A list to choose one from, for more choices than radio buttons hold.

use leptos::prelude::*;

use super::choice::Choice;
use super::id::fresh;
use super::reactive::whenever;

/// A labelled `<select>`. Options are told apart by their place, so that any value can be chosen.
#[component]
pub fn Select<T>(
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// What can be chosen; notes are not shown.
    options: Vec<Choice<T>>,
    /// What is chosen; `None` shows `placeholder`.
    #[prop(into)]
    value: Signal<Option<T>>,
    /// Told of a choice.
    #[prop(into)]
    on_change: Callback<T>,
    /// What stands there before anything is chosen.
    #[prop(default = "Choose…")]
    placeholder: &'static str,
    /// What is wrong.
    #[prop(default = Signal::stored(None), into)]
    error: Signal<Option<String>>,
    /// Whether something must be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (id, error_id) = (fresh("select"), fresh("error"));
    let labels: Vec<String> = options.iter().map(|choice| choice.label.clone()).collect();
    let values = StoredValue::new(
        options
            .into_iter()
            .map(|choice| choice.value)
            .collect::<Vec<T>>(),
    );
    let place = Memo::new(move |_| {
        let chosen = value.get();
        values.with_value(|values| {
            values
                .iter()
                .position(|value| Some(value) == chosen.as_ref())
        })
    });
    let rows: Vec<_> = labels
        .into_iter()
        .enumerate()
        .map(|(at, label)| view! { <option value=at.to_string() dir="auto">{label}</option> })
        .collect();
    // One effect for the whole list: thousands of options must not each listen for the choice.
    let list = NodeRef::<leptos::html::Select>::new();
    whenever(move || {
        let chosen = place.get().map(|at| at.to_string()).unwrap_or_default();
        if let Some(list) = list.get() {
            list.set_value(&chosen);
        }
    });
    let changed = move |event| {
        let picked = event_target_value(&event)
            .parse::<usize>()
            .ok()
            .and_then(|at| values.with_value(|values| values.get(at).cloned()));
        if let Some(picked) = picked {
            on_change.run(picked);
        }
    };
    view! {
        <div class="field" data-invalid=move || error.with(Option::is_some).then_some("true")>
            <label class="field-label" for=id.clone()>{label}</label>
            <select
                node_ref=list
                id=id
                class="field-text"
                aria-required=required.then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=error_id.clone()
                on:change=changed
            >
                <option value="" disabled selected>
                    {placeholder}
                </option>
                {rows}
            </select>
            <div id=error_id>
                {move || error.get().map(|text| view! { <p class="field-error">{text}</p> })}
            </div>
        </div>
    }
}
