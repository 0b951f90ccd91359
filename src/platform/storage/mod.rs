//! What is kept in this browser: [`local`] for a few small words at once, [`store`] for everything
//! else.

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::{PlatformError, js, page};

mod connection;
pub mod local;
pub mod store;
mod transaction;

const WHAT: &str = "lasting storage";

/// Asks the browser not to throw our data away when it needs room. Says whether it agreed.
pub async fn persist() -> Result<bool, PlatformError> {
    ask("persist").await
}

/// Whether the browser has agreed to keep our data.
pub async fn persisted() -> Result<bool, PlatformError> {
    ask("persisted").await
}

/// Deletes what a service worker keeps under a name, below [`page::prefix`].
///
/// # Errors
/// Where the browser has no such cache, or cannot delete it.
pub async fn drop_cache(name: &str) -> Result<(), PlatformError> {
    const CACHES: &str = "kept answers";
    let window = js::window()?;
    let caches = js::property(&window, "caches").ok_or(PlatformError::Missing(CACHES))?;
    let delete = js::method(&caches, "delete").ok_or(PlatformError::Missing(CACHES))?;
    let name = JsValue::from_str(&format!("{}{name}", page::prefix()));
    js::settled(CACHES, delete.call1(&caches, &name)).await?;
    Ok(())
}

async fn ask(question: &str) -> Result<bool, PlatformError> {
    let (manager, method): (JsValue, Function) = js::navigator("storage")
        .and_then(|manager| js::method(&manager, question).map(|method| (manager, method)))
        .ok_or(PlatformError::Missing(WHAT))?;
    Ok(js::settled(WHAT, method.call0(&manager)).await?.is_truthy())
}
