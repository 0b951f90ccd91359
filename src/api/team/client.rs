//! Telling the team through its webhook, and what the answer means.

use serde_json::Value;

use super::TellTeam;
use super::wire::request;
use crate::api::error::ApiError;
use crate::api::http::{Net, Response, garbled, is_refused_by_edge, is_web_page, judge};
use crate::config::ChatService;

/// The longest word of a service that is passed on, in characters; longer ones are pages and traces.
const LONGEST_WORD: usize = 120;

const NOT_SET: &str = "the edge of this host knows no webhook of the team’s; nothing was sent; whoever runs the edge has to set its address there (see the deployment notes)";
const NOT_PASSED: &str = "the edge of this host does not let this notice through; nothing was sent";
const GONE: &str =
    "the webhook is gone: it was deleted, or its address at the edge of this host is wrong";
const NOT_ACCEPTED: &str = "the webhook does not accept it";

/// A webhook, reached through the edge of this host.
#[derive(Debug, Clone)]
pub struct Webhook<N> {
    net: N,
    service: ChatService,
}

impl<N: Net> Webhook<N> {
    pub fn new(net: N, service: ChatService) -> Self {
        Self { net, service }
    }
}

impl<N: Net> TellTeam for Webhook<N> {
    async fn tell(&self, text: &str) -> Result<Option<String>, ApiError> {
        let request = request(&self.net.site_path(), self.service, text)?;
        answer(&self.net.send(&request).await?)
    }
}

/// What the answer to a notice means; the notice's id where the service says one.
///
/// The services say "done" in many words, or in none: "ok", `{"success":true}`, the whole message, an empty body. What says
/// that it was not done, or breaks off, is not understood: the notice may stand there.
///
/// # Errors
/// Why the team was not told, or may not have been.
pub fn answer(response: &Response) -> Result<Option<String>, ApiError> {
    judge(response, true).map_err(|error| refusal(response, error))?;
    let body = response.body.trim();
    // "1" is how a connector of Teams says it; what is none of these may be a reason, with a status of success.
    if ["", "ok", "1"].contains(&body) {
        return Ok(None);
    }
    let said: Value = serde_json::from_str(body).map_err(|_| garbled(true))?;
    let id = said.get("id").and_then(Value::as_str);
    let says_done = ["ok", "success"]
        .into_iter()
        .any(|name| said.get(name) == Some(&Value::Bool(true)));
    if id.is_none() && !says_done {
        return Err(garbled(true));
    }
    Ok(id.map(str::to_owned))
}

/// The common rules speak of a service with a key, and of a page: a webhook is its address.
fn refusal(response: &Response, error: ApiError) -> ApiError {
    match error {
        ApiError::Refused(_) if is_refused_by_edge(response) => {
            let why = match response.status {
                404 => NOT_SET,
                _ => NOT_PASSED,
            };
            ApiError::Refused(why.to_owned())
        }
        ApiError::Gone(_) => ApiError::Refused(with_words(GONE, response)),
        // Some say so in a plain word.
        ApiError::Refused(_) if is_plain_gone(response) => {
            ApiError::Refused(with_words(GONE, response))
        }
        ApiError::Refused(why) => ApiError::Refused(match response.status {
            401 | 403 => with_words(NOT_ACCEPTED, response),
            // Said by the edge or in its place.
            404 | 405 | 413 => why,
            _ => with_words(&why, response),
        }),
        ApiError::NotSent(_)
        | ApiError::Unanswered(_)
        | ApiError::Garbled(_)
        | ApiError::LoginNeeded
        | ApiError::Busy { .. } => error,
    }
}

/// Whether a webhook says in plain text that it is gone.
fn is_plain_gone(response: &Response) -> bool {
    matches!(response.status, 404 | 410) && !is_web_page(response)
}

/// A reason with the service's own words, where they are few and plain.
fn with_words(why: &str, response: &Response) -> String {
    let body = response.body.trim();
    let read = serde_json::from_str::<Value>(body).ok();
    let said = match &read {
        Some(read) => ["message", "error"]
            .into_iter()
            .find_map(|name| read.get(name)?.as_str()),
        None => Some(body),
    };
    let is_plain = |said: &&str| {
        let length = said.chars().count();
        (1..=LONGEST_WORD).contains(&length) && !said.contains(['<', '\n', '\r'])
    };
    match said.map(str::trim).filter(is_plain) {
        Some(said) => format!("{why}; the service says “{said}”"),
        None => why.to_owned(),
    }
}
