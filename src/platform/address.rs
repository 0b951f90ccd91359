//! The address as what an app shows: plain clicks on links of its own, and the browser's back and forward, lead to
//! another page without a reload.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent, Url};

use super::{Listener, PlatformError, js, page};

/// Calls back, for as long as the page lives, whenever the reader came to another address of the app: by a link, by
/// back or by forward. `is_ours` tells of a whole path whether it is the app's; every other link is left to the browser.
///
/// # Errors
/// Where the page cannot be listened to; the browser then follows every link by itself.
pub fn on_arrival(
    is_ours: fn(&str) -> bool,
    arrived: impl FnMut() + Clone + 'static,
) -> Result<(), PlatformError> {
    let mut by_link = arrived.clone();
    let mut by_history = arrived;
    let clicked = move |event: Event| {
        let address = own_link(&event, is_ours);
        // Where the history cannot be written, the browser follows the link by itself.
        if address.is_some_and(|address| go(&address).is_ok()) {
            event.prevent_default();
            by_link();
        }
    };
    let (document, window) = (js::document()?, js::window()?);
    Listener::new(&document, "click", clicked)?.forever();
    Listener::new(&window, "popstate", move |_| by_history())?.forever();
    Ok(())
}

/// Makes this the address, as a step of the browser's history, and begins at the page's top.
///
/// # Errors
/// Where the history cannot be written.
pub fn go(address: &str) -> Result<(), PlatformError> {
    let window = js::window()?;
    // Whoever is there already makes no step.
    if window.location().href().ok().as_deref() != Some(address) {
        window
            .history()
            .and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address)))
            .map_err(|thrown| PlatformError::thrown("writing the address", &thrown))?;
    }
    window.scroll_to_with_x_and_y(0.0, 0.0);
    Ok(())
}

/// The address of the link that a plain click fell on, where it leads to a page of this app.
fn own_link(event: &Event, is_ours: fn(&str) -> bool) -> Option<String> {
    let click = event.dyn_ref::<MouseEvent>()?;
    if click.default_prevented()
        || click.button() != 0
        || click.ctrl_key()
        || click.meta_key()
        || click.shift_key()
        || click.alt_key()
    {
        return None;
    }
    let target = click.target()?.dyn_into::<Element>().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    if !link.target().is_empty() || link.has_attribute("download") {
        return None;
    }
    let address = Url::new(&link.href()).ok()?;
    let own = address.origin() == page::origin().ok()?
        && address.hash().is_empty()
        && is_ours(&address.pathname());
    own.then(|| address.href())
}
