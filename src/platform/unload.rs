//! Asking before the page is left.

use wasm_bindgen::JsCast;
use web_sys::BeforeUnloadEvent;

use super::{Listener, PlatformError, js};

/// While the handle lives, the browser asks the person before the page is closed or reloaded. For a
/// send in flight or a text that could not be saved, not for comfort.
pub fn guard() -> Result<Listener, PlatformError> {
    let window = js::window()?;
    Listener::new(&window, "beforeunload", |event| {
        event.prevent_default();
        // Browsers before 2023 look at the return value instead.
        if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
            event.set_return_value("leave");
        }
    })
}
