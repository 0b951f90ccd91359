//! The text of an update: words with their line breaks, emphasis, and links that lead to the web or a
//! mailbox only.

use leptos::prelude::*;

use super::portion::{Item, Portions, portions};
use crate::domain::text::{self, Piece};
use crate::ui::link::outside;

/// A text of more bytes is shown in part at first.
const LONG: usize = 20_000;

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
    let beginning = text::beginning(&text, LONG).len();
    if beginning == text.len() {
        return drawn(&text, typed);
    }
    let rest = text.get(beginning..).unwrap_or_default().to_owned();
    let begun = text.get(..beginning).unwrap_or_default().to_owned();
    let parts = [begun, rest].map(|part| -> Item { Box::new(move || drawn(&part, typed)) });
    let Portions { items, more } = portions(parts.into(), 1);
    view! { {items} " " {more} }.into_any()
}

fn drawn(text: &str, typed: bool) -> AnyView {
    let text = text::without_storms(text);
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
                let is_bare = label == address;
                outside(address, label.into_any(), is_bare)
            }
        })
        .collect_view()
        .into_any()
}
