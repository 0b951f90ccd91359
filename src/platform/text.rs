//! What the browser knows about text, so that its tables are not fetched a second time.

use js_sys::JsString;

/// The text in Unicode's normal form C: one character where an accented letter was written as two.
pub fn composed(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    JsString::from(text).normalize("NFC").into()
}

/// The text in small letters.
pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    JsString::from(text).to_lower_case().into()
}
