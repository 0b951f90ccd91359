//! What the page's scripts have asked for before the app was there: `first/ask.mjs` for the state, `first/list.mjs` for the
//! list of incidents.

use std::cell::RefCell;

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::{clock, js};

const NAME: &str = "allclearFirst";
const LIST: &str = "list";
/// How old what it fetched may be, in milliseconds, to count as read now.
const FRESH_MS: i64 = 10_000;
/// How long it may take, in milliseconds: whoever asks then asks anew.
const LONGEST_MS: u32 = 10_000;

/// What the script asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// `config.json`.
    Config,
    /// The source's `summary.json`.
    Summary,
}

thread_local! {
    /// What was given out.
    static TAKEN: RefCell<Vec<Asked>> = const { RefCell::new(Vec::new()) };
}

/// The text that the script fetched, or is fetching: given out once, only while it is fresh, and not waited for
/// without an end. The summary is that of the folder `source`: a page that the browser kept may have asked an earlier one.
pub async fn take(what: Asked, source: &str) -> Option<String> {
    let taken = TAKEN.with_borrow_mut(|taken| {
        let before = taken.contains(&what);
        taken.push(what);
        before
    });
    let first = found().filter(|_| !taken)?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds, far below 2^53"
    )]
    let asked = js::property(&first, "asked")?.as_f64()? as i64;
    if clock::device().timestamp_millis() - asked > FRESH_MS {
        return None;
    }
    let name = match what {
        Asked::Config => "config",
        Asked::Summary if js::property(&first, "source")?.as_string()? == source => "text",
        Asked::Summary => return None,
    };
    let text: Promise = js::property(&first, name)?.dyn_into().ok()?;
    let text = clock::within(LONGEST_MS, JsFuture::from(text)).await?;
    text.ok()?.as_string()
}

/// An answer that was asked for: what brings it, and what ends it.
pub struct Early {
    /// Comes to the browser's `Response`.
    pub answer: Promise,
    /// Ends the question, and the answer.
    pub controller: AbortController,
}

/// The list of incidents, given out once; `None` where nobody has asked for it.
pub fn list() -> Option<Early> {
    let first = found()?;
    let list = js::property(&first, LIST)?;
    // Where it cannot be taken away, it is another's as well.
    Reflect::delete_property(first.unchecked_ref::<js_sys::Object>(), &LIST.into()).ok()?;
    Some(Early {
        answer: js::property(&list, "answer")?.dyn_into().ok()?,
        controller: js::property(&list, "controller")?.dyn_into().ok()?,
    })
}

/// When `config.json` was asked for and came, by this device and in milliseconds, and the `Date` and the `Age` of its answer;
/// `None` where the script did not ask, or was given a copy.
pub fn dated() -> Option<(i64, i64, String, Option<String>)> {
    let dated = js::property(&found()?, "dated")?;
    let text = |name| js::property(&dated, name)?.as_string();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds, far below 2^53"
    )]
    let at = |name| js::property(&dated, name)?.as_f64().map(|at| at as i64);
    Some((at("asked")?, at("came")?, text("date")?, text("age")))
}

fn found() -> Option<JsValue> {
    js::property(&js_sys::global(), NAME)
}
