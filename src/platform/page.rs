//! The page itself: where it is served, its title, its connection.

use super::{Listener, PlatformError, js};

const CONSOLE: &str = "console/";

/// The path that this app is served under, with a slash at both ends: "/", "/console/", "/team/".
/// It is what `<base href>` says; a page without one counts as served from the root.
pub fn base_path() -> String {
    let read = || {
        let document = js::document().ok()?;
        document.query_selector("base[href]").ok()??;
        let address = web_sys::Url::new(&document.base_uri().ok()??).ok()?;
        let path = address.pathname();
        path.rsplit_once('/')
            .map(|(folder, _)| format!("{folder}/"))
    };
    read().unwrap_or_else(|| "/".to_owned())
}

/// The path of the status page, which the console is served below: the same in both apps.
pub fn site_path() -> String {
    let base = base_path();
    base.strip_suffix(CONSOLE)
        .filter(|site| site.ends_with('/'))
        .unwrap_or(&base)
        .to_owned()
}

/// What the names of everything kept in this browser begin with: "allclear:" and the site's path and
/// ":". The same in both apps, so that what belongs to one of them names that app after it.
pub fn prefix() -> String {
    format!("allclear:{}:", site_path())
}

/// The address's path, as the browser shows it.
pub fn path() -> Result<String, PlatformError> {
    js::window()?
        .location()
        .pathname()
        .map_err(|thrown| PlatformError::thrown("reading the address", &thrown))
}

/// What the address asks for by a name: `?component=api`.
pub fn asked(name: &str) -> Option<String> {
    let query = js::window().ok()?.location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&query)
        .ok()?
        .get(name)
}

/// Gives the page another address, without a step in the browser's history. Where that is not allowed, the
/// address stays.
pub fn readdress(address: &str) {
    let Ok(history) = js::window().and_then(|window| {
        window
            .history()
            .map_err(|thrown| PlatformError::thrown("writing the address", &thrown))
    }) else {
        return;
    };
    let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address));
}

/// The scheme, host and port: `https://status.example.com`.
pub fn origin() -> Result<String, PlatformError> {
    js::window()?
        .location()
        .origin()
        .map_err(|thrown| PlatformError::thrown("reading the address", &thrown))
}

/// Loads the page anew.
pub fn reload() -> Result<(), PlatformError> {
    js::window()?
        .location()
        .reload()
        .map_err(|thrown| PlatformError::thrown("loading the page anew", &thrown))
}

/// The title that a tab shows.
pub fn set_title(title: &str) -> Result<(), PlatformError> {
    js::document()?.set_title(title);
    Ok(())
}

/// The language of the page, as `<html lang>` has it: the script before the first paint has chosen it.
pub fn language() -> String {
    let root = js::document()
        .ok()
        .and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute("lang"))
        .unwrap_or_default()
}

/// Says in which language the page is.
pub fn set_language(tag: &str) -> Result<(), PlatformError> {
    let root = js::document()?.document_element();
    let set = root.map_or(Ok(()), |root| root.set_attribute("lang", tag));
    set.map_err(|thrown| PlatformError::thrown("setting the language", &thrown))
}

/// Whether the browser believes to have a network. "Yes" promises nothing; "no" is certain.
pub fn online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Calls back with [`online`] whenever it changes.
pub fn on_connection(
    callback: impl FnMut(bool) + Clone + 'static,
) -> Result<[Listener; 2], PlatformError> {
    let window = js::window()?;
    let mut lost = callback.clone();
    let mut found = callback;
    Ok([
        Listener::new(&window, "online", move |_| found(true))?,
        Listener::new(&window, "offline", move |_| lost(false))?,
    ])
}

/// Calls back whenever the device has a network again.
pub fn on_online(mut callback: impl FnMut() + 'static) -> Result<Listener, PlatformError> {
    let window = js::window()?;
    Listener::new(&window, "online", move |_| callback())
}

/// Whether a person can see the page.
pub fn visible() -> bool {
    js::document().is_ok_and(|document| !document.hidden())
}

/// Calls back with [`visible`] whenever it changes.
pub fn on_visible(mut callback: impl FnMut(bool) + 'static) -> Result<Listener, PlatformError> {
    let document = js::document()?;
    Listener::new(&document, "visibilitychange", move |_| callback(visible()))
}
