//! What leaves the page while it has the focus would leave the focus nowhere, and the next keys with it: a field that
//! somebody types into, a button that takes itself away. The focus goes to what is left around it: from a field to the
//! first field there, else to the heading.

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
            let _ = last.try_set_value(focused.map(chain).unwrap_or_default());
        };
        let note = Closure::<dyn FnMut(web_sys::Event)>::new(note).into_js_value();
        // Fails for no element of a document.
        let _ = root.add_event_listener_with_callback("focusin", note.unchecked_ref());
    });
}

/// An element and all that it stands in.
pub fn chain(element: Element) -> Vec<Element> {
    std::iter::successors(Some(element), |each| each.parent_element()).collect()
}

fn put_back(last: StoredValue<Vec<Element>, LocalStorage>) {
    let Some(chain) = last.try_get_value().filter(|_| is_nowhere()) else {
        return;
    };
    if chain.first().is_some_and(|each| each.is_connected()) {
        // It was left for nothing else: when it goes later, it takes no focus with it.
        last.set_value(Vec::new());
    } else if chain.iter().all(|each| each.tag_name() != "DIALOG") {
        // A dialog gives the focus back to what opened it.
        focus_near(&chain);
    }
}

/// Whether nothing has the focus.
pub fn is_nowhere() -> bool {
    document()
        .active_element()
        .is_none_or(|now| now.tag_name() == "BODY")
}

/// Gives the focus to an element that may have gone, by its [`chain`]; else to what is nearest to where it stood.
pub fn focus_near(chain: &[Element]) {
    let Some(gone) = chain.first() else { return };
    if gone.is_connected() {
        focus(gone);
        return;
    }
    // From a field to the next; of the whole page's fields none was meant.
    let mut among_fields = gone.matches(FIELDS).is_ok_and(|is_field| is_field);
    for around in chain {
        among_fields &= around.tag_name() != "MAIN";
        if !around.is_connected() {
            continue;
        }
        let first = |what| around.query_selector(what).ok().flatten();
        let field = first(FIELDS).filter(|_| among_fields);
        let heading = || {
            let heading = first(HEADINGS)?;
            if !heading.has_attribute("tabindex") {
                // Fails for no attribute's name that is one.
                let _ = heading.set_attribute("tabindex", "-1");
            }
            Some(heading)
        };
        if let Some(found) = field.or_else(heading) {
            focus(&found);
            // What is hidden takes none.
            if !is_nowhere() {
                return;
            }
        }
    }
}

/// Keeps the focus in the row of a list that has it: a row that changes its place is taken out and put in again, and
/// what was pressed in it may go.
pub fn stay_in_row() {
    let pressed = document().active_element();
    let row = pressed.and_then(|pressed| pressed.closest("li").ok().flatten());
    request_animation_frame(move || {
        let button = row.and_then(|row| row.query_selector("button").ok().flatten());
        if let Some(button) = button.filter(|_| is_nowhere()) {
            focus(&button);
        }
    });
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Fails only for elements that cannot be focused: nothing has the focus then.
        let _ = element.focus();
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
