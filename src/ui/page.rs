//! What every page has: a skip link, and a heading that takes the focus when the page is
//! arrived at.

use leptos::html;
use leptos::prelude::*;

use super::reactive::whenever;
use super::words;

/// The link past the navigation, to `<main id="main">`.
#[component]
pub fn SkipLink() -> impl IntoView {
    // A button's behaviour under a link's name: with a `<base>`, `#main` would leave the page.
    let skip = |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus_first("main h1");
    };
    view! { <a class="skip no-print" href="#main" on:click=skip>{words::say().skip}</a> }
}

/// A page's `h1`. Focusable by script, so that arriving by a link says where one is.
#[component]
pub fn PageHeading(
    /// Its class: how big it is differs from page to page.
    #[prop(default = "page-title")]
    class: &'static str,
    /// Whether it takes the focus as soon as it stands: after navigation, not on the first load.
    #[prop(optional)]
    focus: bool,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    if focus {
        whenever(move || {
            if let Some(heading) = node.get() {
                // Fails only for elements that cannot be focused; this one can.
                let _ = heading.focus();
            }
        });
    }
    view! { <h1 class=class tabindex="-1" node_ref=node>{children()}</h1> }
}

/// Moves the focus to the first element that a selector finds.
pub fn focus_first(selector: &str) {
    use wasm_bindgen::JsCast;
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Moves the focus to the first element that a selector finds, as soon as there is one; gives up after
/// so many frames.
pub fn focus_once_there(selector: &'static str, frames: u32) {
    request_animation_frame(move || {
        if document().query_selector(selector).ok().flatten().is_some() {
            focus_first(selector);
        } else if frames > 0 {
            focus_once_there(selector, frames - 1);
        }
    });
}

/// Scrolls to what the address names after its `#`, once the page stands: the router looks for it before.
pub fn scroll_to_fragment() {
    request_animation_frame(|| {
        let hash = window().location().hash().unwrap_or_default();
        let place = hash.strip_prefix('#').filter(|place| !place.is_empty());
        if let Some(element) = place.and_then(|place| document().get_element_by_id(place)) {
            element.scroll_into_view();
        }
    });
}
