//! Handing a file to the person.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::{PlatformError, clock, js};

const WHAT: &str = "the download";
/// Long enough for any browser to have begun reading; the memory is the page's until then.
const KEPT_MS: u32 = 60_000;

/// Offers a text as a file of that name and type.
pub fn text(filename: &str, mime: &str, text: &str) -> Result<(), PlatformError> {
    let failed = |thrown| PlatformError::thrown(WHAT, &thrown);
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).map_err(failed)?;
    let address = Url::create_object_url_with_blob(&blob).map_err(failed)?;
    let document = js::document()?;
    let link: HtmlAnchorElement = document
        .create_element("a")
        .map_err(failed)?
        .dyn_into()
        .map_err(|_| PlatformError::Missing(WHAT))?;
    link.set_href(&address);
    link.set_download(filename);
    link.click();
    clock::after(KEPT_MS, move || {
        // It fails only for an address that is no address.
        let _revoked = Url::revoke_object_url(&address);
    })
    .forever();
    Ok(())
}
