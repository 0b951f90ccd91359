//! The text of an update: words with their line breaks, emphasis, and links that lead to the web or a
//! mailbox only.

use leptos::prelude::*;

use crate::domain::text::{self, Piece};

/// A text as readers see it. Its parent keeps line breaks (`white-space: pre-wrap`).
#[component]
pub fn Body(
    /// The text as it came.
    #[prop(into)]
    text: String,
    /// Whether a person typed it and nothing made markup of it.
    #[prop(optional)]
    typed: bool,
) -> impl IntoView {
    let pieces = if typed {
        text::typed(&text)
    } else {
        text::pieces(&text)
    };
    pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.into_any(),
            Piece::Strong(words) => view! { <strong>{words}</strong> }.into_any(),
            Piece::Stressed(words) => view! { <em>{words}</em> }.into_any(),
            Piece::Link { label, address } => {
                // In print the address stands behind the label, where it is not the label.
                let class = (label == address).then_some("bare");
                view! { <a href=address rel="noreferrer" class=class>{label}</a> }.into_any()
            }
        })
        .collect_view()
}
