//! A text field with its label above it, its hint, and what is wrong with it in words.

use leptos::html;
use leptos::prelude::*;

use super::id::fresh;
use super::reactive::whenever;

/// What a field says that was left half filled in: a day without its time.
pub const HALF: &str = "?";

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldKind {
    #[default]
    Line,
    /// Several lines.
    Long,
    /// A web address.
    Url,
    /// An email address.
    Email,
    /// A day and a time without a zone, as `2026-11-23T14:05`.
    DateTime,
    /// A day, as `2026-11-23`.
    Date,
}

impl FieldKind {
    fn input_type(self) -> Option<&'static str> {
        match self {
            Self::Line => Some("text"),
            Self::Long => None,
            Self::Url => Some("url"),
            Self::Email => Some("email"),
            Self::DateTime => Some("datetime-local"),
            Self::Date => Some("date"),
        }
    }

    /// Whether the browser takes the text apart, and gives none while a part of it is missing.
    fn has_parts(self) -> bool {
        matches!(self, Self::DateTime | Self::Date)
    }
}

/// A labelled field. The value is the app's; every keystroke goes out through `on_input`.
#[component]
pub fn Field(
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// More words of the label, smaller: part of the accessible name.
    #[prop(optional, into)]
    note: String,
    /// The text in it.
    #[prop(into)]
    value: Signal<String>,
    /// Told of every change, with the whole text.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is typed.
    #[prop(optional)]
    kind: FieldKind,
    /// A sentence of help.
    #[prop(default = Signal::stored(None), into)]
    hint: Signal<Option<String>>,
    /// What is wrong and what would be right.
    #[prop(default = Signal::stored(None), into)]
    error: Signal<Option<String>>,
    /// Texts to choose from while typing; any other text may be typed too.
    #[prop(optional, into)]
    suggestions: Vec<String>,
    /// Whether something must be typed.
    #[prop(optional)]
    required: bool,
    /// What the browser may fill in ("name", "email"); it fills nothing in otherwise.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let (id, hint_id, error_id, list_id) =
        (fresh("field"), fresh("hint"), fresh("error"), fresh("list"));
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || {
            let mut ids = Vec::new();
            if error.with(Option::is_some) {
                ids.push(error_id.clone());
            }
            if hint.with(Option::is_some) {
                ids.push(hint_id.clone());
            }
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let invalid = move || error.with(Option::is_some).then_some("true");
    let control = match kind.input_type() {
        None => view! {
            <textarea
                id=id.clone()
                class="field-text"
                autocomplete=autocomplete
                aria-required=required.then_some("true")
                aria-invalid=invalid
                aria-describedby=described_by
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
            />
        }
        .into_any(),
        Some(input_type) => {
            let control = NodeRef::<html::Input>::new();
            let shown = if kind.has_parts() {
                follow(control, value);
                Signal::stored(value.get_untracked())
            } else {
                value
            };
            // The focus also leaves a field whose page has just gone: then nobody asks any more.
            let left = move |event: leptos::ev::FocusEvent| {
                let input: web_sys::HtmlInputElement = event_target(&event);
                if kind.has_parts() && input.validity().bad_input() {
                    let _ = on_input.try_run(HALF.to_owned());
                }
            };
            view! {
                <input
                    node_ref=control
                    id=id.clone()
                    class="field-text"
                    type=input_type
                    list=(!suggestions.is_empty()).then(|| list_id.clone())
                    autocomplete=autocomplete
                    aria-required=required.then_some("true")
                    aria-invalid=invalid
                    aria-describedby=described_by
                    prop:value=shown
                    on:input=move |event| on_input.run(event_target_value(&event))
                    on:blur=left
                />
            }
            .into_any()
        }
    };
    let options = (!suggestions.is_empty()).then(|| {
        let options: Vec<_> = suggestions
            .into_iter()
            .map(|text| view! { <option value=text></option> })
            .collect();
        view! { <datalist id=list_id>{options}</datalist> }
    });
    view! {
        <div class="field" data-invalid=invalid>
            <label class="field-label" for=id>
                {label}
                {(!note.is_empty()).then(|| view! { " " <span class="field-note">{note}</span> })}
            </label>
            {move || {
                let id = hint_id.clone();
                hint.get().map(|text| view! { <p class="field-hint" id=id>{text}</p> })
            }}
            {control}
            {options}
            // It stands before anything is wrong: what comes into it while somebody types is said.
            <div id=error_id aria-live="polite">
                {move || error.get().map(|text| view! { <p class="field-error">{text}</p> })}
            </div>
        </div>
    }
}

/// Has a field of parts show a text. What it shows already is not set again: setting an empty text would take away the
/// parts that stand in it while a person retypes one.
fn follow(node: NodeRef<html::Input>, value: Signal<String>) {
    whenever(move || {
        let text = value.get();
        if let Some(input) = node.get()
            && text != HALF
            && input.value() != text
        {
            input.set_value(&text);
        }
    });
}
