//! The region "Preview": the exact text that will go out, in the channel's own face.

use leptos::prelude::*;

use super::Draft;
use crate::console::pages::parts::stretches;
use crate::sop::channel::Channel;
use crate::sop::compose;
use crate::sop::message::{Origin, Preview};
use crate::sop::template::joined;

/// The text of a preview, as it goes on the clipboard or to a network.
pub fn plain(shown: Memo<Option<Preview>>) -> Memo<String> {
    Memo::new(move |_| {
        shown.with(|shown| {
            shown
                .as_ref()
                .map(|shown| joined(&shown.text))
                .unwrap_or_default()
        })
    })
}

/// The text, with what came from where marked.
#[component]
pub fn PreviewPane(
    channel: Channel,
    #[prop(into)] preview: Signal<Option<Preview>>,
    /// Where it goes, in words.
    #[prop(into)]
    to: Signal<String>,
) -> impl IntoView {
    // What is marked, in words: outside of the text, which may be selected and copied by hand.
    let marked = move || {
        preview.with(|preview| {
            let text = preview.iter().flat_map(|preview| &preview.text);
            let marked = text.filter(|stretch| stretch.origin == Origin::Default);
            let quoted: Vec<String> = marked
                .map(|stretch| format!(" “{}”", stretch.text))
                .collect();
            quoted.concat()
        })
    };
    view! {
        <section class="preview" data-channel=channel.word() aria-label="Preview">
            <div class="preview-head">
                <span>"Exactly this goes out"</span>
                <span>{to}</span>
            </div>
            {move || preview.get().map(|shown| view! {
                {shown.title.map(|title| view! { <p class="preview-title" dir="auto">{stretches(title)}</p> })}
                <div class="preview-text" dir="auto">{stretches(shown.text)}</div>
            })}
            <Show when=move || !marked().is_empty()>
                <p class="preview-legend">
                    <span class="default">"Marked so"</span>
                    " is the playbook’s own sentence for what you left empty."
                    <span class="sr-only">{marked}</span>
                </p>
            </Show>
        </section>
    }
}

/// Why the SOP asks for a draft's message, beside its preview: the clause of the duty that it does. Nothing where no duty
/// asks for it.
#[component]
pub fn SopClause(draft: Draft) -> impl IntoView {
    let clause = Memo::new(move |_| {
        let purpose = draft.purpose.get()?;
        draft.open.view.with(|view| {
            let duty = compose::asked_by(&view.as_deref()?.duties, purpose)?;
            Some(duty.clause.clone())
        })
    });
    move || {
        clause.get().map(|clause| {
            view! { <p class="small quiet">{format!("The SOP asks for it: {clause}.")}</p> }
        })
    }
}
