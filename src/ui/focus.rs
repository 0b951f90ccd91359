//! A field that leaves the page while somebody types into it would leave the focus nowhere, and their next keys with
//! it. The focus goes to the first field of what is left around it, else to the heading there.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit};

use super::reactive::whenever;

const FIELDS: &str = "textarea, input:not([type=hidden]), select";
const HEADINGS: &str = "h1, h2, h3, h4, legend";

/// Keeps the focus within an element while things in it come and go.
pub fn keep_focus(root: NodeRef<html::Div>) {
    // What had the focus last, and all that it stood in.
    let last = StoredValue::new_local(Vec::<Element>::new());
    let watch = StoredValue::new_local(None::<Watch>);
    whenever(move || {
        let Some(root) = root.get() else { return };
        watch.set_value(Watch::begin(&root, move || {
            request_animation_frame(move || put_back(last));
        }));
        let note = move |event: web_sys::Event| {
            let focused = event.target().and_then(|target| target.dyn_into().ok());
            // The page may just have gone.
            let _ = last.try_set_value(
                std::iter::successors(focused, |each: &Element| each.parent_element()).collect(),
            );
        };
        let note = Closure::<dyn FnMut(web_sys::Event)>::new(note).into_js_value();
        // Fails for no element of a document.
        let _ = root.add_event_listener_with_callback("focusin", note.unchecked_ref());
    });
}

fn put_back(last: StoredValue<Vec<Element>, LocalStorage>) {
    let nowhere = document()
        .active_element()
        .is_none_or(|now| now.tag_name() == "BODY");
    let Some(chain) = last.try_get_value().filter(|_| nowhere) else {
        return;
    };
    // A dialog gives the focus back to what opened it.
    let in_dialog = chain.iter().any(|each| each.tag_name() == "DIALOG");
    if in_dialog || chain.first().is_none_or(|each| each.is_connected()) {
        return;
    }
    let around = chain.iter().filter(|each| each.is_connected());
    let found = around
        .flat_map(|each| [FIELDS, HEADINGS].map(|what| each.query_selector(what)))
        .find_map(|found| found.ok().flatten()?.dyn_into::<HtmlElement>().ok());
    if let Some(found) = found {
        if found.tab_index() < 0 && !found.has_attribute("tabindex") {
            // Fails for no attribute's name that is one.
            let _ = found.set_attribute("tabindex", "-1");
        }
        let _ = found.focus();
    }
}

/// Tells of everything that comes and goes in an element, until it is dropped.
struct Watch {
    observer: MutationObserver,
    _told: Closure<dyn FnMut()>,
}

impl Watch {
    /// `None` where the browser cannot watch: then the focus is lost as it was.
    fn begin(root: &Element, told: impl FnMut() + 'static) -> Option<Self> {
        let told = Closure::<dyn FnMut()>::new(told);
        let observer = MutationObserver::new(told.as_ref().unchecked_ref()).ok()?;
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_subtree(true);
        observer.observe_with_options(root, &what).ok()?;
        Some(Self {
            observer,
            _told: told,
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Whether the keys go to this page, and not to another window.
pub fn window_has_focus() -> bool {
    document().has_focus().unwrap_or(true)
}
