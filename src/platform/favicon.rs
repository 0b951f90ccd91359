//! The icon that a tab shows: a disc with a number, a state's shape. Files (`tools/icons.mjs`), and nothing drawn here: the
//! page's policy allows no pictures but the host's.

use super::{PlatformError, js};

/// Makes the page's icon another of `public/icons/`: "icons/state-major.svg", relative to the app's base.
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
