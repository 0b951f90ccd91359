//! The system's share sheet, where there is one.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use super::{PlatformError, js};

const WHAT: &str = "sharing";

/// Whether [`text`] can work here: offer the button only then.
pub fn available() -> bool {
    web_sys::window().is_some_and(|window| js::method(&window.navigator(), "share").is_some())
}

/// Offers a text, and an address, if any, to the system's share sheet. Ends with
/// [`PlatformError::Cancelled`] where the person closed the sheet.
pub async fn text(title: &str, text: &str, url: Option<&str>) -> Result<(), PlatformError> {
    let navigator = js::window()?.navigator();
    let share = js::method(&navigator, "share").ok_or(PlatformError::Missing(WHAT))?;
    let data = Object::new();
    let parts = [("title", Some(title)), ("text", Some(text)), ("url", url)];
    for (name, value) in parts
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    {
        Reflect::set(&data, &JsValue::from_str(name), &JsValue::from_str(value))
            .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))?;
    }
    let promise = share
        .call1(&navigator, &data)
        .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))?;
    match wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&promise)).await {
        Ok(_) => Ok(()),
        Err(thrown) if js::text(&thrown, "name").as_deref() == Some("AbortError") => {
            Err(PlatformError::Cancelled)
        }
        Err(thrown) => Err(PlatformError::thrown(WHAT, &thrown)),
    }
}

/// Opens an address in a new tab, with a text at its end as one encoded query value. Ends with an error
/// where the browser keeps new tabs from opening.
pub fn open_with_text(address: &str, text: &str) -> Result<(), PlatformError> {
    open(&format!("{address}{}", js_sys::encode_uri_component(text)))
}

/// Opens an address in a new tab that knows nothing of this one.
pub fn open(address: &str) -> Result<(), PlatformError> {
    js::window()?
        .open_with_url_and_target_and_features(address, "_blank", "noopener,noreferrer")
        .map(|_window| ())
        .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))
}
