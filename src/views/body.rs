//! The text of an update: words with their line breaks, emphasis, and links that lead to the web or a
//! mailbox only.

use leptos::prelude::*;

use super::portion::{Item, Portions, portions};
use crate::domain::text::{self, Begun, Piece};
use crate::ui::link::outside;

/// A text of more bytes is shown in part at first.
pub(super) const LONG: usize = 20_000;

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
    let text = text::without_storms(&text);
    let Begun {
        said,
        rest,
        marked_up,
    } = if typed {
        text::typed_begun(&text, LONG)
    } else {
        text::begun(&text, LONG, false)
    };
    if rest.is_empty() {
        return drawn(said);
    }
    let read = move || {
        if typed {
            text::typed(&rest)
        } else {
            text::begun(&rest, usize::MAX, marked_up).said
        }
    };
    let parts: [Item; 2] = [
        Box::new(move || drawn(said)),
        Box::new(move || drawn(read())),
    ];
    let Portions { items, more } = portions(parts.into(), 1);
    view! { {items} " " {more} }.into_any()
}

fn drawn(pieces: Vec<Piece>) -> AnyView {
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
