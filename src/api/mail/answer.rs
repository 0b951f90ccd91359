//! What the answers of the mail services have in common.

use serde_json::Value;

use super::MailResult;
use crate::api::error::ApiError;
use crate::api::http::{Response, judge};

/// An answer that says that it was done; else why not, in the service's words where it gives some. `words`
/// reads them from its error, after the common rules have told the edge's answers from the service's.
pub(super) fn judged(
    service: &str,
    response: &Response,
    is_write: bool,
    words: impl FnOnce(&Value) -> Option<String>,
) -> Result<(), ApiError> {
    judge(response, is_write).map_err(|error| match error {
        // A wrong key is told best by the common rules; an answer of the edge has no words of a service.
        ApiError::Refused(why) | ApiError::Gone(why) if response.status != 401 => {
            let said = serde_json::from_str(&response.body)
                .ok()
                .and_then(|body| words(&body));
            ApiError::Refused(said.map_or(why, |said| format!("{service} refuses it: {said}")))
        }
        ApiError::Gone(why) => ApiError::Refused(why),
        ApiError::Refused(_)
        | ApiError::NotSent(_)
        | ApiError::Unanswered(_)
        | ApiError::Garbled(_)
        | ApiError::LoginNeeded
        | ApiError::Busy { .. } => error,
    })
}

/// As many results as mails, or an answer that cannot be understood.
pub(super) fn complete(
    results: Vec<MailResult>,
    mails: usize,
) -> Result<Vec<MailResult>, ApiError> {
    if results.len() == mails {
        Ok(results)
    } else {
        Err(ApiError::Garbled(format!(
            "the service answered with {} results for {mails} mails",
            results.len()
        )))
    }
}

/// A text of an object, unless it is empty.
pub(super) fn text(of: &Value, name: &str) -> Option<String> {
    let text = of.get(name)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
