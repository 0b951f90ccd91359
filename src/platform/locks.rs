//! A lease that one tab of this browser has at a time.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

use super::{PlatformError, js, page};

const WHAT: &str = "locks between tabs";

/// The lease: ended by dropping it, or by the browser when the tab goes.
pub struct Lease {
    release: Function,
}

impl Drop for Lease {
    fn drop(&mut self) {
        // Settling a promise does not throw.
        let _released = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// The lease of that name, or `None` while another holder (in this tab or another) has it.
/// [`PlatformError::Missing`] where the browser has no locks (no HTTPS): nobody is excluded then.
pub async fn lease(name: &str) -> Result<Option<Lease>, PlatformError> {
    let locks = js::navigator("locks").ok_or(PlatformError::Missing(WHAT))?;
    let request = js::method(&locks, "request").ok_or(PlatformError::Missing(WHAT))?;
    let options = Object::new();
    Reflect::set(&options, &JsValue::from_str("ifAvailable"), &JsValue::TRUE)
        .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))?;
    let name = JsValue::from_str(&format!("{}{name}", page::prefix()));

    // The browser keeps the lock until the promise that the callback returns is settled.
    let mut release = None;
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let answer = Promise::new(&mut |resolve, reject| {
        let held = held.clone();
        let decided = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let got = !lock.is_null();
            // Settling a promise does not throw.
            let _told = resolve.call1(&JsValue::UNDEFINED, &JsValue::from_bool(got));
            if got { held.into() } else { JsValue::UNDEFINED }
        });
        match request.call3(&locks, &name, &options, &decided) {
            Ok(asked) => {
                // A refusal (an opaque origin) comes as a rejection before any callback.
                if let Some(catch) = js::method(&asked, "catch") {
                    let _chained = catch.call1(&asked, &reject);
                }
            }
            Err(thrown) => {
                let _told = reject.call1(&JsValue::UNDEFINED, &thrown);
            }
        }
    });
    let got = JsFuture::from(answer)
        .await
        .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))?;
    Ok(if got.is_truthy() {
        release.map(|release| Lease { release })
    } else {
        None
    })
}
