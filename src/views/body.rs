//! The text of an update: words with their line breaks, and links that lead to `https:` only.

use leptos::prelude::*;

use crate::domain::text::{self, Piece};

/// A text as readers see it. Its parent keeps line breaks (`white-space: pre-wrap`).
#[component]
pub fn Body(
    /// The text as it came.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    text::pieces(&text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.into_any(),
            Piece::Link { label, address } => {
                view! { <a href=address rel="noreferrer">{label}</a> }.into_any()
            }
        })
        .collect_view()
}
