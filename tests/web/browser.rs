//! What the tests do to the browser: scripts, and replacing a part of it for a while.

use js_sys::Function;
use wasm_bindgen::JsValue;

/// The value of a script.
pub fn eval(script: &str) -> JsValue {
    js_sys::eval(script).unwrap()
}

/// The text that a script gives.
pub fn text(script: &str) -> String {
    eval(script).as_string().unwrap()
}

/// A part of the browser that is replaced until this is dropped.
pub struct Replaced(Function);

impl Drop for Replaced {
    fn drop(&mut self) {
        self.0.call0(&JsValue::UNDEFINED).unwrap();
    }
}

/// Replaces the property `name` of the object `of` by what `descriptor` describes; the script may use
/// `before`, the former value.
#[must_use]
pub fn replace(of: &str, name: &str, descriptor: &str) -> Replaced {
    let restore = eval(&format!(
        "(() => {{
            const of = {of};
            const own = Object.getOwnPropertyDescriptor(of, '{name}');
            const before = of['{name}'];
            Object.defineProperty(of, '{name}', {{ configurable: true, ...({descriptor}) }});
            return () => own
                ? Object.defineProperty(of, '{name}', own)
                : delete of['{name}'];
        }})()"
    ));
    Replaced(restore.into())
}
