//! A lease that one tab of this browser has at a time.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

use super::{PlatformError, js, page};

const WHAT: &str = "locks between tabs";

/// The lease: ended by dropping it, by the browser when the tab goes, or by another tab that steals it.
pub struct Lease {
    release: Function,
    lost: Rc<Cell<bool>>,
}

impl Lease {
    /// Whether it has not been stolen, as far as this tab has been told: one that was frozen is told when
    /// it wakes.
    pub fn is_held(&self) -> bool {
        !self.lost.get()
    }
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
    ask(name, "ifAvailable").await
}

/// The lease of that name, taken from whoever has it: for a holder that gives no sign of life, as a
/// frozen tab gives none.
pub async fn steal(name: &str) -> Result<Option<Lease>, PlatformError> {
    ask(name, "steal").await
}

async fn ask(name: &str, how: &str) -> Result<Option<Lease>, PlatformError> {
    let locks = js::navigator("locks").ok_or(PlatformError::Missing(WHAT))?;
    let request = js::method(&locks, "request").ok_or(PlatformError::Missing(WHAT))?;
    let options = Object::new();
    Reflect::set(&options, &JsValue::from_str(how), &JsValue::TRUE)
        .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))?;
    let name = JsValue::from_str(&format!("{}{name}", page::prefix()));

    // The browser keeps the lock until the promise that the callback returns is settled.
    let mut release = None;
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let lost = Rc::new(Cell::new(false));
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
                // A refusal (an opaque origin) comes as a rejection before any callback, a theft as one
                // after it: nobody hears the answer then any more.
                let lost = Rc::clone(&lost);
                let failed = Closure::once_into_js(move |thrown: JsValue| {
                    lost.set(true);
                    let _told = reject.call1(&JsValue::UNDEFINED, &thrown);
                });
                if let Some(catch) = js::method(&asked, "catch") {
                    let _chained = catch.call1(&asked, &failed);
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
        release.map(|release| Lease { release, lost })
    } else {
        None
    })
}
