//! A text in Markdown as readers see it, under the headings of the page that it stands on.

use leptos::html;
use leptos::prelude::*;

use super::body::LONG;
use super::portion::{Item, Portions, portions};
use crate::domain::markdown::{self, Block, Span};
use crate::domain::text::{beginning, without_storms};
use crate::ui::link::outside;

/// So many blocks are drawn at first: more than anybody writes by hand.
const BLOCKS: usize = 300;

/// A text in Markdown. Its outermost heading stands at the level `top` of the page's outline.
#[component]
pub fn Markdown(
    /// The text as it came.
    #[prop(into)]
    text: String,
    /// The level of its outermost heading.
    #[prop(default = 3)]
    top: u8,
) -> impl IntoView {
    let text = without_storms(&text);
    let first = beginning(&text, LONG);
    let rest = text.get(first.len()..).unwrap_or_default().to_owned();
    let first = part(first, top);
    if rest.is_empty() {
        return first;
    }
    let parts: [Item; 2] = [
        Box::new(move || first),
        Box::new(move || view! { <Markdown text=rest top=top /> }.into_any()),
    ];
    let Portions { items, more } = portions(parts.into(), 1);
    view! { {items} {more} }.into_any()
}

fn part(text: &str, top: u8) -> AnyView {
    let blocks = markdown::blocks(text);
    let typed: Vec<u8> = blocks.iter().filter_map(level).collect();
    let mut levels = markdown::outline(&typed, top).into_iter();
    let drawn = blocks.into_iter().map(|block| -> Item {
        let level = level(&block).and_then(|_| levels.next());
        Box::new(move || draw(block, level.unwrap_or(6)))
    });
    let Portions { items, more } = portions(drawn.collect(), BLOCKS);
    view! { <div class="markdown">{items} {more}</div> }.into_any()
}

fn level(block: &Block) -> Option<u8> {
    if let Block::Heading(level, _) = block {
        Some(*level)
    } else {
        None
    }
}

/// An element by its name: one kind for all of them keeps what readers download small.
fn element(name: &'static str, inside: AnyView) -> AnyView {
    html::custom(name).child(inside).into_any()
}

fn draw(block: Block, level: u8) -> AnyView {
    match block {
        Block::Heading(_, spans) => {
            let name = match level {
                0..=2 => "h2",
                3 => "h3",
                4 => "h4",
                5 => "h5",
                _ => "h6",
            };
            element(name, words(spans))
        }
        Block::Paragraph(spans) => element("p", words(spans)),
        Block::Code(code) => element("pre", element("code", code.into_any())),
        Block::Rule => element("hr", ().into_any()),
        Block::Quote(blocks) => element("blockquote", all(blocks)),
        Block::List(number, items) => {
            let items = items.into_iter().map(|item| element("li", all(item)));
            let items = items.collect_view().into_any();
            match number {
                None => element("ul", items),
                Some(number) => view! { <ol start=number.to_string()>{items}</ol> }.into_any(),
            }
        }
    }
}

/// Blocks within another. A heading in there is the least of the page's.
fn all(blocks: Vec<Block>) -> AnyView {
    blocks
        .into_iter()
        .map(|block| draw(block, 6))
        .collect_view()
        .into_any()
}

fn words(spans: Vec<Span>) -> AnyView {
    spans.into_iter().map(span).collect_view().into_any()
}

fn span(span: Span) -> AnyView {
    let bare = span.address.as_deref() == Some(span.words.as_str());
    let mut drawn = span.words.into_any();
    if span.code {
        drawn = element("code", drawn);
    }
    if span.stressed {
        drawn = element("em", drawn);
    }
    if span.strong {
        drawn = element("strong", drawn);
    }
    match span.address {
        Some(address) => outside(address.to_string(), drawn, bare),
        None => drawn,
    }
}
