//! The icon that a tab shows: the page's own, a disc with a number, a state's shape. Files (`tools/icons.mjs`), and nothing
//! drawn here: the page's policy allows no pictures but the host's.

use wasm_bindgen::JsCast;

use super::{PlatformError, js, page};

const ID: &str = "favicon-now";

/// Shows how many duties ask for something, in place of the page's own icon; more than nine are "9+".
pub fn show(count: u32) -> Result<(), PlatformError> {
    let number = match count {
        0..=9 => count.to_string(),
        _ => "more".to_owned(),
    };
    link()?.set_href(&format!("{}icons/due-{number}.svg", page::site_path()));
    Ok(())
}

/// Makes the page's own icon another of `public/icons/`: "icons/state-major.svg", relative to the base.
pub fn point_to(path: &str) {
    let own = js::document().and_then(|document| {
        document
            .query_selector("link[rel=icon]")
            .map_err(|thrown| PlatformError::thrown("changing the icon", &thrown))
    });
    // An icon that cannot be set is seen by nobody.
    if let Ok(Some(link)) = own {
        let _ = link.set_attribute("href", path);
    }
}

/// Shows the page's own icon again.
pub fn reset() -> Result<(), PlatformError> {
    if let Some(link) = js::document()?.get_element_by_id(ID) {
        link.remove();
    }
    Ok(())
}

/// The link that we own. It comes last in the head: browsers take the last icon that fits.
fn link() -> Result<web_sys::HtmlLinkElement, PlatformError> {
    let failed = |thrown| PlatformError::thrown("changing the icon", &thrown);
    let document = js::document()?;
    if let Some(known) = document.get_element_by_id(ID)
        && let Ok(link) = known.dyn_into()
    {
        return Ok(link);
    }
    let link: web_sys::HtmlLinkElement = document
        .create_element("link")
        .map_err(failed)?
        .dyn_into()
        .map_err(|_| PlatformError::Missing("icon"))?;
    link.set_id(ID);
    link.set_rel("icon");
    link.set_type("image/svg+xml");
    document
        .head()
        .ok_or(PlatformError::Missing("head"))?
        .append_child(&link)
        .map_err(failed)?;
    Ok(link)
}
