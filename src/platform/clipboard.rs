//! Copying text.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

use super::{PlatformError, js};

const WHAT: &str = "copying";

/// Copies a text. Call it from a click: browsers allow it only then.
pub async fn write(text: &str) -> Result<(), PlatformError> {
    let modern = js::navigator("clipboard")
        .and_then(|clipboard| js::method(&clipboard, "writeText").map(|write| (clipboard, write)));
    if let Some((clipboard, write)) = modern {
        let called = write.call1(&clipboard, &JsValue::from_str(text));
        if js::settled(WHAT, called).await.is_ok() {
            return Ok(());
        }
    }
    // Without HTTPS, or where the permission is refused, the old way often still works; its error is
    // the one that counts.
    by_selection(text)
}

/// Copies through a text field that is selected for a moment.
fn by_selection(text: &str) -> Result<(), PlatformError> {
    let failed = |thrown| PlatformError::thrown(WHAT, &thrown);
    let document = js::document()?;
    let command: Function =
        js::method(&document, "execCommand").ok_or(PlatformError::Missing("clipboard"))?;
    let before = document.active_element();
    // Behind an open modal dialog everything else is inert and cannot be selected.
    let parent: web_sys::Element = match before
        .as_ref()
        .map(|focused| focused.closest("dialog[open]"))
    {
        Some(Ok(Some(dialog))) => dialog,
        _ => document
            .body()
            .ok_or(PlatformError::Missing("body"))?
            .into(),
    };
    let field: web_sys::HtmlTextAreaElement = document
        .create_element("textarea")
        .map_err(failed)?
        .dyn_into()
        .map_err(|_| PlatformError::Missing("clipboard"))?;
    field.set_value(text);
    field.set_read_only(true);
    for (name, value) in [
        ("position", "fixed"),
        ("opacity", "0"),
        ("inset-block-start", "0"),
    ] {
        field.style().set_property(name, value).map_err(failed)?;
    }
    parent.append_child(&field).map_err(failed)?;
    field.select();
    let copied = command.call1(&document, &JsValue::from_str("copy"));
    field.remove();
    if let Some(focused) =
        before.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        focused.focus().map_err(failed)?;
    }
    if copied.map_err(failed)?.is_truthy() {
        Ok(())
    } else {
        Err(PlatformError::Denied("clipboard"))
    }
}
