//! Where an app stands: `index.html` holds a static frame, and the app takes its place without moving
//! anything.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The element that holds the static frame until the app takes its place.
const PLACE: &str = "app";

/// Puts the app in the place of the static frame; at the end of the page where there is none.
pub fn mount_in_frame<N: IntoView + 'static>(app: impl FnOnce() -> N + 'static) {
    let place = document()
        .get_element_by_id(PLACE)
        .and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok());
    match place {
        Some(place) => {
            place.replace_children_with_node_0();
            leptos::mount::mount_to(place, app).forget();
        }
        None => leptos::mount::mount_to_body(app),
    }
}
