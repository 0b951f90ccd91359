//! The icon that a tab shows: a disc with a number, drawn as data so that it can change.

use wasm_bindgen::JsCast;

use super::{PlatformError, js};

const ID: &str = "favicon-now";

/// What the icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Favicon<'a> {
    /// The number on it; 0 shows none, more than 9 shows "9+".
    pub count: u32,
    /// The CSS custom property that holds the colour of the disc: "--tone-danger".
    pub fill: &'a str,
    /// The CSS custom property that holds the colour of the number.
    pub ink: &'a str,
}

/// Shows that icon instead of the page's own. The colours are read from the page's tokens as they
/// stand now: call it again when the theme changes. The page's CSP must allow `img-src data:`.
pub fn show(icon: Favicon<'_>) -> Result<(), PlatformError> {
    let (fill, ink) = (colour(icon.fill)?, colour(icon.ink)?);
    let number = match icon.count {
        0 => String::new(),
        1..=9 => icon.count.to_string(),
        _ => "9+".to_owned(),
    };
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>\
         <circle cx='16' cy='16' r='15' fill='{fill}'/>\
         <text x='16' y='22.5' font-family='sans-serif' font-size='18' font-weight='700' \
         text-anchor='middle' fill='{ink}'>{number}</text></svg>"
    );
    let address = format!("data:image/svg+xml,{}", js_sys::encode_uri_component(&svg));
    link()?.set_href(&address);
    Ok(())
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

/// The colour that a custom property comes to in the theme of the moment. The browser resolves it on
/// an element that nobody sees, because the property's own text may be `light-dark(…)`.
fn colour(token: &str) -> Result<String, PlatformError> {
    let failed = |thrown| PlatformError::thrown("reading a colour", &thrown);
    let document = js::document()?;
    let body = document.body().ok_or(PlatformError::Missing("body"))?;
    let probe: web_sys::HtmlElement = document
        .create_element("span")
        .map_err(failed)?
        .dyn_into()
        .map_err(|_| PlatformError::Missing("element"))?;
    probe.set_hidden(true);
    probe
        .style()
        .set_property("color", &format!("var({token}, CanvasText)"))
        .map_err(failed)?;
    body.append_child(&probe).map_err(failed)?;
    let resolved = js::window()?
        .get_computed_style(&probe)
        .map_err(failed)?
        .and_then(|style| style.get_property_value("color").ok())
        .filter(|colour| !colour.is_empty() && !colour.contains(['\'', '<', '&']));
    probe.remove();
    Ok(resolved.unwrap_or_else(|| "CanvasText".to_owned()))
}
