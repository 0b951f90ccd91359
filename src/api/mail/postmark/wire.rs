//! Postmark's fields: batches of mails, their results, and the search for what was sent.

use serde_json::{Value, json};

use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response, garbled};
use crate::api::mail::address::{mailbox, one_line, parted};
use crate::api::mail::answer::{complete, judged, text};
use crate::api::mail::{Batch, Found, MailResult};

/// What people call the service.
pub(super) const NAME: &str = "Postmark";
/// Mails on a page of the search, and how deep it goes.
const PAGE: u32 = 500;
const DEEPEST: u32 = 10_000;

/// A batch. `test`: the service checks it and delivers nothing.
pub fn sending(site: &str, stream: Option<&str>, batch: &Batch, test: bool) -> Request {
    let (name, address) = parted(&batch.from);
    let from = mailbox(name, address);
    let mails: Vec<Value> = (0_u32..)
        .zip(&batch.mails)
        .map(|(item, mail)| {
            let mut fields = json!({
                "From": from,
                "To": mailbox(mail.name.as_deref(), &mail.to),
                "ReplyTo": batch.reply_to,
                "Subject": one_line(&mail.subject),
                "TextBody": mail.text,
                "HtmlBody": mail.html,
                "Metadata": {
                    "op": batch.op,
                    "chunk": batch.number.to_string(),
                    "item": item.to_string(),
                },
            });
            if let (Some(stream), Some(fields)) = (stream, fields.as_object_mut()) {
                fields.insert("MessageStream".to_owned(), stream.into());
            }
            fields
        })
        .collect();
    let place = if test { "postmark-test" } else { "postmark" };
    Request::edge(
        Method::Post,
        format!("{site}api/{place}/email/batch"),
        Some(Value::from(mails).to_string()),
    )
}

/// The results of a batch of so many mails.
pub fn results(response: &Response, mails: usize) -> Result<Vec<MailResult>, ApiError> {
    judged(NAME, response, true, error)?;
    let body: Value = serde_json::from_str(&response.body).map_err(|_| garbled(true))?;
    let items = body.as_array().ok_or_else(|| garbled(true))?;
    let read: Option<Vec<MailResult>> = items.iter().map(result).collect();
    complete(read.ok_or_else(|| garbled(true))?, mails)
}

fn result(item: &Value) -> Option<MailResult> {
    let code = item.get("ErrorCode")?.as_i64()?;
    if code == 0 {
        return Some(MailResult::Accepted(text(item, "MessageID")?));
    }
    let said = text(item, "Message").unwrap_or_default();
    Some(MailResult::Refused(match code {
        300 => format!("Postmark calls the mail or its address invalid: {said}"),
        406 => "the address is inactive at Postmark: a mail to it bounced, or its owner complained"
            .to_owned(),
        code => format!("Postmark refused it: {said} (code {code})"),
    }))
}

fn error(body: &Value) -> Option<String> {
    let said = text(body, "Message")?;
    let code = body.get("ErrorCode")?.as_i64()?;
    Some(format!("{said} (code {code})"))
}

/// A page of the search for what was sent of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What is on it of the batch that is looked for.
    pub found: Vec<Found>,
    /// Where the next page begins, if any.
    pub next: Option<u32>,
}

/// The search for what was sent of an operation, from a place on.
pub fn search(site: &str, stream: Option<&str>, op: &str, offset: u32) -> Request {
    // Without its name, Postmark searches the stream for single mails only.
    let stream = stream.map_or_else(String::new, |stream| format!("&messagestream={stream}"));
    Request::edge(
        Method::Get,
        format!(
            "{site}api/postmark/messages/outbound?count={PAGE}&offset={offset}&metadata_op={op}{stream}"
        ),
        None,
    )
}

/// The smallest reading that needs the key with which real mails go.
pub fn trial_of_key(site: &str) -> Request {
    Request::edge(
        Method::Get,
        format!("{site}api/postmark/messages/outbound?count=1&offset=0"),
        None,
    )
}

/// Whether that reading was allowed.
pub fn key_taken(response: &Response) -> Result<(), ApiError> {
    found(response, "", 0, 0).map(drop)
}

/// What a page of the search holds of a batch.
pub fn found(response: &Response, op: &str, number: u32, offset: u32) -> Result<Page, ApiError> {
    judged(NAME, response, false, error)?;
    let body: Value = serde_json::from_str(&response.body).map_err(|_| garbled(false))?;
    let (Some(total), Some(messages)) = (
        body.get("TotalCount").and_then(Value::as_u64),
        body.get("Messages").and_then(Value::as_array),
    ) else {
        return Err(garbled(false));
    };
    let of_batch = |message: &Value| {
        let kept = message.get("Metadata")?;
        let is_ours = text(kept, "op")? == op && text(kept, "chunk")?.parse() == Ok(number);
        let item = text(kept, "item")?.parse().ok().filter(|_| is_ours)?;
        let id = text(message, "MessageID")?;
        Some(Found { item, id })
    };
    let next = offset + PAGE;
    let more = u64::from(next) < total && next < DEEPEST && !messages.is_empty();
    Ok(Page {
        found: messages.iter().filter_map(of_batch).collect(),
        next: more.then_some(next),
    })
}
