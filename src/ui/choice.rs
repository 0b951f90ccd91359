//! Choosing: one of a few (radio buttons) and yes or no (a checkbox). The whole row is the target.

use leptos::prelude::*;

use super::id::fresh;

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<T> {
    /// What choosing it means.
    pub value: T,
    /// Its words; the accessible name.
    pub label: String,
    /// A line that explains it.
    pub note: Option<String>,
}

impl<T> Choice<T> {
    /// A choice without a note.
    pub fn new(value: T, label: impl Into<String>) -> Self {
        Self {
            value,
            label: label.into(),
            note: None,
        }
    }

    /// The same with a note.
    #[must_use]
    pub fn with_note(self, note: impl Into<String>) -> Self {
        Self {
            note: Some(note.into()),
            ..self
        }
    }
}

/// Radio buttons under a legend, as rows or as cards.
#[component]
pub fn RadioGroup<T>(
    /// What is asked; the group's accessible name.
    #[prop(into)]
    legend: String,
    /// What can be chosen.
    options: Vec<Choice<T>>,
    /// What is chosen.
    #[prop(into)]
    value: Signal<Option<T>>,
    /// Told of a choice.
    #[prop(into)]
    on_change: Callback<T>,
    /// Whether they are drawn as cards beside each other.
    #[prop(optional)]
    cards: bool,
    /// A sentence of help.
    #[prop(default = Signal::stored(None), into)]
    hint: Signal<Option<String>>,
    /// What is wrong.
    #[prop(default = Signal::stored(None), into)]
    error: Signal<Option<String>>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (name, legend_id, note_id) = (fresh("choice"), fresh("legend"), fresh("note"));
    let rows: Vec<_> = options
        .into_iter()
        .map(|choice| {
            let mine = choice.value.clone();
            let checked = move || value.with(|chosen| chosen.as_ref() == Some(&mine));
            let picked = choice.value;
            let described = fresh("note");
            let note = choice.note.map(|note| {
                view! { <span class="choice-note" id=described.clone()>{note}</span> }
            });
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=name.clone()
                        aria-label=choice.label.clone()
                        aria-describedby=note.is_some().then(|| described.clone())
                        prop:checked=checked
                        on:change=move |_| on_change.run(picked.clone())
                    />
                    <span class="choice-name" dir="auto">{choice.label}</span>
                    {note}
                </label>
            }
        })
        .collect();
    view! {
        <fieldset
            role="radiogroup"
            class=if cards { "choices choices-cards" } else { "choices" }
            aria-labelledby=legend_id
            aria-describedby=note_id
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            data-invalid=move || error.with(Option::is_some).then_some("true")
        >
            <legend id=legend_id.clone()>{legend}</legend>
            <div id=note_id.clone()>
                {move || hint.get().map(|text| view! { <p class="choices-hint">{text}</p> })}
                {move || error.get().map(|text| view! { <p class="field-error">{text}</p> })}
            </div>
            <div class="choices-list">{rows}</div>
        </fieldset>
    }
}

/// A checkbox and its words.
#[component]
pub fn Checkbox(
    /// Its words; the accessible name.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Told of a change.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Why it cannot be changed by hand ("ticked by the ledger"); `None` while it can.
    #[prop(default = Signal::stored(None), into)]
    fixed_by: Signal<Option<String>>,
    /// A line under it: who ticked it, and when.
    #[prop(default = Signal::stored(None), into)]
    note: Signal<Option<String>>,
) -> impl IntoView {
    let note_id = fresh("note");
    let lines = move || {
        let said: Vec<String> = [fixed_by.get(), note.get()].into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(" · "))
    };
    let described_by = {
        let note_id = note_id.clone();
        move || lines().map(|_| note_id.clone())
    };
    let refuse = move |event: leptos::ev::MouseEvent| {
        if fixed_by.with_untracked(Option::is_some) {
            event.prevent_default();
        }
    };
    view! {
        <label class="check" data-by=move || fixed_by.with(Option::is_some).then_some("ledger")>
            <input
                type="checkbox"
                aria-label=label.clone()
                aria-describedby=described_by
                aria-readonly=move || fixed_by.with(Option::is_some).then_some("true")
                prop:checked=checked
                on:click=refuse
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span dir="auto">{label}</span>
            {move || {
                let id = note_id.clone();
                lines().map(|text| view! { <span class="check-note" id=id>{text}</span> })
            }}
        </label>
    }
}
