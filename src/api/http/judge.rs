//! What an answer from `/api/` means: said by the edge, by the vendor behind it, or by something else that
//! stood in the way.

use serde_json::Value;

use super::date::retry_after;
use super::{Response, refusal};
use crate::api::error::ApiError;

/// The header by which the edge marks its own answers; it takes it out of a vendor's.
const EDGE: &str = "x-allclear-edge";

const NO_EDGE: &str =
    "this host passes nothing on to the service: no edge answers here (see the deployment notes)";
const NOT_ALLOWED: &str = "the edge of this host does not allow this request";
const TOO_LARGE: &str =
    "it is larger than the edge of this host lets through; nothing was sent; shorten the text";
const WRONG_KEY: &str =
    "the service does not accept the key that the edge adds: it is wrong, or it was revoked";
const SET_THE_KEY: &str =
    "whoever runs the edge has to set a good one there (see the deployment notes)";
const FORBIDDEN: &str = "the service does not let the key that the edge adds do this";
const NOT_REACHED: &str = "the edge got no answer from the service";
/// Where a service's answer says why it did nothing.
const REASONS: [&str; 4] = ["error", "errors", "message", "Message"];
/// Words by which a login in front of the edge is known.
const LOGIN: [&str; 5] = ["login", "log in", "sign in", "authoriz", "authentic"];
/// The longest answer that is looked into for that, in bytes: a page of incidents is not read twice.
const SHORT: usize = 4_096;

/// Whether an answer says that it was done; else what the caller can do about it.
///
/// A write that was answered with an error of a server may have taken effect all the same; a reading did
/// nothing in any case.
pub fn judge(response: &Response, is_write: bool) -> Result<(), ApiError> {
    let failed = |why: String| {
        Err(if is_write {
            ApiError::Unanswered(why)
        } else {
            ApiError::NotSent(why)
        })
    };
    match response.header(EDGE) {
        Some("login") => return Err(ApiError::LoginNeeded),
        Some("refused") if response.status == 413 => {
            return Err(ApiError::Refused(TOO_LARGE.to_owned()));
        }
        Some("refused") => return Err(ApiError::Refused(NOT_ALLOWED.to_owned())),
        Some("busy") => return Err(busy(response)),
        Some("unreachable") => return failed(NOT_REACHED.to_owned()),
        // A mark that this version does not know says no more than the status does.
        Some(_) | None => {}
    }
    let page = is_web_page(response);
    match response.status {
        // A redirect that was not followed has no status: only a login in front of the edge sends one, and no edge
        // passes a vendor's on.
        0 => Err(ApiError::LoginNeeded),
        200..=299 | 401 if page => Err(ApiError::LoginNeeded),
        200..=299 => match said(response, &["error"]) {
            Some(said) => Err(error_of(&said, is_write)),
            None => Ok(()),
        },
        404 | 405 if page => Err(ApiError::Refused(NO_EDGE.to_owned())),
        // A balancer's, and no service's.
        404 | 410 if said(response, &REASONS).is_none() => {
            Err(ApiError::Refused(NO_EDGE.to_owned()))
        }
        401 => Err(ApiError::Refused(wrong_key(is_write))),
        403 => Err(ApiError::Refused(FORBIDDEN.to_owned())),
        404 | 410 => Err(ApiError::Gone(refusal(response.status))),
        420 | 429 => Err(busy(response)),
        300..=399 | 408 | 500..=599 => failed(refusal(response.status)),
        other => Err(ApiError::Refused(refusal(other))),
    }
}

/// Whether the edge itself let a request through to nobody.
pub fn is_refused_by_edge(response: &Response) -> bool {
    response.header(EDGE) == Some("refused") && response.status != 413
}

/// The JSON of an answer that says that it was done. A body that is none may still stand for something
/// that happened; whatever its type claims to be, JSON is read as such.
pub fn json(response: &Response, is_write: bool) -> Result<Value, ApiError> {
    judge(response, is_write)?;
    serde_json::from_str(&response.body).map_err(|_| garbled(is_write))
}

/// An answer that cannot be understood.
pub fn garbled(is_write: bool) -> ApiError {
    let why = "the answer cannot be understood: it is broken off, or not what the service sends";
    if is_write {
        ApiError::Garbled(why.to_owned())
    } else {
        ApiError::NotSent(why.to_owned())
    }
}

fn wrong_key(is_write: bool) -> String {
    let nothing = if is_write { "; nothing was sent" } else { "" };
    format!("{WRONG_KEY}{nothing}; {SET_THE_KEY}")
}

fn busy(response: &Response) -> ApiError {
    ApiError::Busy {
        after_seconds: retry_after(response),
    }
}

/// What the body says as JSON under the first of these names under which it says something.
fn said(response: &Response, names: &[&str]) -> Option<Value> {
    if response.body.len() > SHORT {
        return None;
    }
    let body: Value = serde_json::from_str(&response.body).ok()?;
    let mut told = names.iter().filter_map(|name| body.get(name));
    told.find(|told| !matches!(told, Value::Null | Value::Bool(false)))
        .cloned()
}

/// What an error means that came with a status of success. No service says so of what it did; a login in front of the edge
/// answers programs so.
fn error_of(said: &Value, is_write: bool) -> ApiError {
    let said = said.to_string().to_ascii_lowercase();
    if LOGIN.iter().any(|word| said.contains(word)) {
        ApiError::LoginNeeded
    } else {
        garbled(is_write)
    }
}

/// Whether the body is a page for people: a login, or a host's own "not found".
pub fn is_web_page(response: &Response) -> bool {
    response
        .body
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<')
}
