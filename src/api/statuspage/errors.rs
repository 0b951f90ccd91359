//! What went wrong at Statuspage, in words that say what to do.

use serde_json::Value;

use super::wire;
use crate::api::error::ApiError;
use crate::api::http::{self, Response};

/// How a refusal of what was asked begins; the vendor's own words follow.
const REFUSES: &str = "Statuspage refuses it";

/// What an edge that is set up for one page mostly refuses.
const OTHER_PAGE: &str = "most likely page_id in team.toml is not the page that the edge is set up for (see the deployment notes)";

/// Whether a reason that was written down is a refusal by Statuspage of what a request asked for: asked again
/// as it is, it would be refused again.
pub fn is_refusal(reason: &str) -> bool {
    reason.starts_with(REFUSES)
}

/// What a request speaks of, and so what is missing where it is not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Page,
    Incident,
    Component,
}

/// The JSON of an answer, or why there is none.
pub fn read(response: &Response, is_write: bool, target: Target) -> Result<Value, ApiError> {
    http::json(response, is_write).map_err(|error| match error {
        ApiError::Gone(_) => gone(target),
        ApiError::Refused(why) => ApiError::Refused(refused(response, why)),
        ApiError::NotSent(_)
        | ApiError::Unanswered(_)
        | ApiError::Garbled(_)
        | ApiError::LoginNeeded
        | ApiError::Busy { .. } => error,
    })
}

/// What it means that something was not found.
pub fn gone(target: Target) -> ApiError {
    match target {
        Target::Page => ApiError::Refused(
            "Statuspage has no page of this id, or the key is another page's: see page_id in team.toml"
                .to_owned(),
        ),
        Target::Incident => ApiError::Gone(
            "the incident is not on the page: it was deleted there, or it is another page's"
                .to_owned(),
        ),
        Target::Component => ApiError::Gone(
            "the component is not on the page: it was deleted there, or it is another page's"
                .to_owned(),
        ),
    }
}

/// A refusal in the vendor's own words, where they say more than the status does.
fn refused(response: &Response, why: String) -> String {
    if http::is_refused_by_edge(response) {
        return format!("{why}; {OTHER_PAGE}");
    }
    let said = serde_json::from_str(&response.body)
        .ok()
        .and_then(|body: Value| wire::error(&body));
    match (response.status, said) {
        (400 | 422, Some(said)) => format!("{REFUSES}: {said}"),
        // A wrong key is explained better by us than by them.
        (_, Some(_) | None) => why,
    }
}
