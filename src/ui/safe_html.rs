//! A small HTML text, shown as what it says: parsed by the browser into a document that runs nothing,
//! then built anew from the few elements that a letter needs. It lies in the page itself, so that it
//! prints whole. Nothing of the text ever becomes markup of ours.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DomParser, Element, Node, SupportedType};

use super::link::NEW_TAB;

/// How deep elements may lie in each other; what lies deeper is shown as its words.
const DEPTH: u32 = 24;

/// What an HTML text says. Elements that a letter does not need are left out with their words kept;
/// scripts, styles and the like are left out whole.
#[component]
pub fn Markup(
    /// The HTML text.
    #[prop(into)]
    html: String,
) -> impl IntoView {
    let parsed = DomParser::new()
        .and_then(|parser| parser.parse_from_string(&html, SupportedType::TextHtml))
        .ok()
        .and_then(|document| document.body());
    match parsed {
        Some(body) => children(&body, DEPTH).into_any(),
        // Without a parser the text is shown as it is written.
        None => view! { <pre class="pre">{html}</pre> }.into_any(),
    }
}

fn children(of: &Node, depth: u32) -> Vec<AnyView> {
    std::iter::successors(of.first_child(), Node::next_sibling)
        .map(|node| one(&node, depth))
        .collect()
}

fn one(node: &Node, depth: u32) -> AnyView {
    let Some(element) = node.dyn_ref::<Element>() else {
        let is_text = node.node_type() == Node::TEXT_NODE;
        return is_text.then(|| node.text_content()).flatten().into_any();
    };
    let Some(deeper) = depth.checked_sub(1) else {
        return element.text_content().into_any();
    };
    let inner = || children(element, deeper);
    match element.local_name().as_str() {
        "p" => view! { <p>{inner()}</p> }.into_any(),
        "div" => view! { <div>{inner()}</div> }.into_any(),
        "br" => view! { <br /> }.into_any(),
        "strong" | "b" => view! { <strong>{inner()}</strong> }.into_any(),
        "em" | "i" => view! { <em>{inner()}</em> }.into_any(),
        "ul" => view! { <ul>{inner()}</ul> }.into_any(),
        "ol" => view! { <ol>{inner()}</ol> }.into_any(),
        "li" => view! { <li>{inner()}</li> }.into_any(),
        "a" => link(element, inner()),
        "script" | "style" | "template" | "iframe" | "object" | "svg" | "math" | "title" => {
            ().into_any()
        }
        _ => inner().into_any(),
    }
}

fn link(element: &Element, inner: Vec<AnyView>) -> AnyView {
    let address = element.get_attribute("href").unwrap_or_default();
    let is_safe = ["https://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    if is_safe {
        view! { <a href=address target="_blank" rel=NEW_TAB>{inner}</a> }.into_any()
    } else {
        inner.into_any()
    }
}
