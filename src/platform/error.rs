//! Why the browser did not do what it was asked to.

use wasm_bindgen::JsValue;

use super::js;

/// A failure of the browser. Its words read after "could not …: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlatformError {
    /// The feature does not exist here (old browser, or a page without HTTPS).
    #[error("this browser offers no {0} to this page")]
    Missing(&'static str),
    /// The feature exists and is forbidden (private window, blocked storage, no permission).
    #[error("this browser refuses {0} to this page")]
    Denied(&'static str),
    /// There is no room left.
    #[error("the storage of this browser is full")]
    Full,
    /// A tab with an older version of the app holds the data.
    #[error("another tab holds the data with an older version of this app: close it and try again")]
    Blocked,
    /// The data was written by a newer version of the app.
    #[error("a newer version of this app has written the data: reload this page")]
    Newer,
    /// The person decided otherwise.
    #[error("it was cancelled")]
    Cancelled,
    /// Anything else, in the browser's words.
    #[error("{what} failed: {why}")]
    Failed {
        /// What was tried.
        what: &'static str,
        /// What the browser said.
        why: String,
    },
}

impl PlatformError {
    /// The failure that a thrown value stands for.
    pub(crate) fn thrown(what: &'static str, value: &JsValue) -> Self {
        let name = js::text(value, "name").unwrap_or_default();
        let message = js::text(value, "message")
            .or_else(|| value.as_string())
            .unwrap_or_default();
        match name.as_str() {
            // Firefox has its own word for a full localStorage.
            "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => Self::Full,
            "SecurityError" | "NotAllowedError" => Self::Denied(what),
            "VersionError" => Self::Newer,
            _ if message.is_empty() && name.is_empty() => Self::Failed {
                what,
                why: "the browser gave no reason".to_owned(),
            },
            _ if message.is_empty() => Self::Failed { what, why: name },
            _ => Self::Failed { what, why: message },
        }
    }
}
