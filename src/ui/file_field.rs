//! A field in which a file is chosen, or dropped, with its label above it and its hint.

use leptos::prelude::*;

use super::id::fresh;

/// A labelled field for one file.
#[component]
pub fn FileField(
    /// What is asked for.
    label: &'static str,
    /// A sentence of help.
    #[prop(optional)]
    hint: &'static str,
    /// The endings and media types that the browser proposes.
    accept: &'static str,
    /// Given every file that is chosen.
    #[prop(into)]
    on_file: Callback<web_sys::File>,
) -> impl IntoView {
    let (id, hint_id) = (fresh("file"), fresh("hint"));
    let described_by = (!hint.is_empty()).then(|| hint_id.clone());
    let chosen = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        let file = input.files().and_then(|files| files.get(0));
        if let Some(file) = file {
            // A browser does not tell of a file that is chosen already: chosen again, it is to be read again.
            input.set_value("");
            on_file.run(file);
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            <input
                id=id
                class="field-text"
                type="file"
                accept=accept
                aria-describedby=described_by
                on:change=chosen
            />
        </div>
    }
}
