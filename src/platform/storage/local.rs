//! Small words that must be there before anything else and be written before the next keystroke:
//! the draft's journal, the theme, "You are". Synchronous; a few kilobytes at most.

use web_sys::Storage;

use crate::platform::{PlatformError, js, page};

const WHAT: &str = "small storage";

/// The value of a key, if any.
pub fn get(key: &str) -> Result<Option<String>, PlatformError> {
    storage()?
        .get_item(&full(key))
        .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))
}

pub fn set(key: &str, value: &str) -> Result<(), PlatformError> {
    storage()?
        .set_item(&full(key), value)
        .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))
}

/// Forgets a key.
pub fn remove(key: &str) -> Result<(), PlatformError> {
    storage()?
        .remove_item(&full(key))
        .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))
}

/// Forgets every key of this site.
pub fn clear() -> Result<(), PlatformError> {
    let storage = storage()?;
    let failed = |thrown| PlatformError::thrown(WHAT, &thrown);
    let ours = page::prefix();
    // From the last to the first: whoever stands behind one that goes moves up.
    for place in (0..storage.length().map_err(failed)?).rev() {
        let key = storage.key(place).map_err(failed)?;
        if let Some(key) = key.filter(|key| key.starts_with(&ours)) {
            storage.remove_item(&key).map_err(failed)?;
        }
    }
    Ok(())
}

/// The key as the browser keeps it: `allclear:/:theme`.
fn full(key: &str) -> String {
    format!("{}{key}", page::prefix())
}

fn storage() -> Result<Storage, PlatformError> {
    js::window()?
        .local_storage()
        .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))?
        .ok_or(PlatformError::Missing(WHAT))
}
