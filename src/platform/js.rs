//! Small reflective calls, for browser features that have no stable binding.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::PlatformError;

/// The window, which only a worker lacks.
pub(crate) fn window() -> Result<web_sys::Window, PlatformError> {
    web_sys::window().ok_or(PlatformError::Missing("window"))
}

/// The document of the window.
pub(crate) fn document() -> Result<web_sys::Document, PlatformError> {
    window()?
        .document()
        .ok_or(PlatformError::Missing("document"))
}

/// A property, unless it is absent.
pub(crate) fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(of, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A property that is text.
pub(crate) fn text(of: &JsValue, name: &str) -> Option<String> {
    property(of, name)?.as_string()
}

/// A method of an object.
pub(crate) fn method(of: &JsValue, name: &str) -> Option<Function> {
    property(of, name)?.dyn_into().ok()
}

/// A property of `navigator`.
pub(crate) fn navigator(name: &str) -> Option<JsValue> {
    property(&web_sys::window()?.navigator(), name)
}

/// What a call that gives a promise comes to.
pub(crate) async fn settled(
    what: &'static str,
    called: Result<JsValue, JsValue>,
) -> Result<JsValue, PlatformError> {
    let promise = called.map_err(|thrown| PlatformError::thrown(what, &thrown))?;
    JsFuture::from(Promise::resolve(&promise))
        .await
        .map_err(|thrown| PlatformError::thrown(what, &thrown))
}
