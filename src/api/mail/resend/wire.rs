//! Resend's fields: batches of mails under a key, and their results.

use serde_json::{Value, json};

use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response, garbled};
use crate::api::mail::address::{mailbox, one_line, parted};
use crate::api::mail::answer::{complete, judged, text};
use crate::api::mail::{Batch, MailResult};

/// What people call the service.
pub(super) const NAME: &str = "Resend";
/// Resend takes mails to this address and delivers them to nobody.
const TEST_ADDRESS: &str = "delivered@resend.dev";
/// How long a batch under the same key that is just being worked on is left alone, in seconds.
const IN_WORK: u32 = 5;

/// A batch under its key. The same batch gives the same bytes: Resend refuses a key with another body.
pub fn sending(site: &str, batch: &Batch) -> Request {
    let key = format!("allclear-{}-{}", batch.op, batch.number);
    request(site, batch, &key, str::to_owned)
}

/// The same to Resend's own test address, under a key of its own.
pub fn rehearsal(site: &str, batch: &Batch) -> Request {
    let key = format!("allclear-test-{}-{}", batch.op, batch.number);
    request(site, batch, &key, |_| TEST_ADDRESS.to_owned())
}

fn request(site: &str, batch: &Batch, key: &str, to: impl Fn(&str) -> String) -> Request {
    let (name, address) = parted(&batch.from);
    let from = mailbox(name, address);
    let mails: Vec<Value> = batch
        .mails
        .iter()
        .map(|mail| {
            json!({
                "from": from,
                "to": [mailbox(mail.name.as_deref(), &to(&mail.to))],
                "reply_to": batch.reply_to,
                "subject": one_line(&mail.subject),
                "text": mail.text,
                "html": mail.html,
            })
        })
        .collect();
    let mut request = Request::edge(
        Method::Post,
        format!("{site}api/resend/emails/batch"),
        Some(Value::from(mails).to_string()),
    );
    request
        .headers
        .push(("Idempotency-Key".to_owned(), key.to_owned()));
    // One bad address must not keep the mail from ninety-nine others.
    request
        .headers
        .push(("x-batch-validation".to_owned(), "permissive".to_owned()));
    request
}

/// The results of a batch of so many mails.
pub fn results(response: &Response, mails: usize) -> Result<Vec<MailResult>, ApiError> {
    if let Some(error) = special(response) {
        return Err(error);
    }
    judged(NAME, response, true, |body| text(body, "message"))?;
    let body: Value = serde_json::from_str(&response.body).map_err(|_| garbled(true))?;
    let accepted = body
        .get("data")
        .and_then(Value::as_array)
        .ok_or_else(|| garbled(true))?;
    let errors = body.get("errors").and_then(Value::as_array);
    let mut refused = vec![None; mails];
    for error in errors.into_iter().flatten() {
        let index = error
            .get("index")
            .and_then(Value::as_u64)
            .and_then(|index| usize::try_from(index).ok());
        let place = index.and_then(|index| refused.get_mut(index));
        let why = text(error, "message").unwrap_or_else(|| "no reason was given".to_owned());
        *place.ok_or_else(|| garbled(true))? = Some(format!("Resend refused it: {why}"));
    }
    let mut ids = accepted.iter().filter_map(|mail| text(mail, "id"));
    let mut results: Vec<MailResult> = refused
        .into_iter()
        .filter_map(|refused| match refused {
            Some(why) => Some(MailResult::Refused(why)),
            None => ids.next().map(MailResult::Accepted),
        })
        .collect();
    // More ids than mails are as wrong as fewer.
    results.extend(ids.map(MailResult::Accepted));
    complete(results, mails)
}

/// What Resend says with a status that means something else elsewhere.
fn special(response: &Response) -> Option<ApiError> {
    if response.ok() || response.header("x-allclear-edge").is_some() {
        return None;
    }
    let body: Value = serde_json::from_str(&response.body).ok()?;
    match text(&body, "name")?.as_str() {
        "concurrent_idempotent_requests" => Some(ApiError::Busy {
            after_seconds: Some(IN_WORK),
        }),
        "daily_quota_exceeded" | "monthly_quota_exceeded" => Some(ApiError::Refused(format!(
            "Resend refuses it: {}",
            text(&body, "message").unwrap_or_else(|| "the quota is used up".to_owned())
        ))),
        "invalid_idempotent_request" => Some(ApiError::Refused(
            "Resend has another batch under the same key: look in its console".to_owned(),
        )),
        _ => None,
    }
}
