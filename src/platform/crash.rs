//! When the app itself breaks: a panic ends a WASM app, and a page that only looks alive is the worst of
//! all. What happened goes to the browser's console, and the page says that it has stopped.

use super::js;

/// The element of `index.html` that says so; hidden until then, and outside of what the app draws.
const NOTICE: &str = "stopped";

/// Installs the hook. Called once, before anything else.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        say();
    }));
}

/// Shows that the page has stopped. Where even that fails, nobody is left to tell.
pub fn say() {
    let notice = js::document()
        .ok()
        .and_then(|document| document.get_element_by_id(NOTICE));
    if let Some(notice) = notice {
        let _shown = notice.remove_attribute("hidden");
    }
}
