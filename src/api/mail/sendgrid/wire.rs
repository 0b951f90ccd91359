//! SendGrid's fields: one mail, and for each recipient what is different in it.

use serde_json::{Map, Value, json};

use super::shared::{Part, key_for};
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response, garbled};
use crate::api::mail::address::{one_line, parted, quoted};
use crate::api::mail::answer::{judged, text};
use crate::api::mail::{Batch, Mail, MailResult};

/// What people call the service.
pub(super) const NAME: &str = "SendGrid";
/// A recipient's own words may take so many bytes together.
const MOST_OWN: usize = 10_000;
const TOO_DIFFERENT: &str =
    "the mails of this batch differ in more than SendGrid puts in for one recipient";

/// A batch. `chance` is fresh randomness for the keys; `test`: the service checks it and delivers nothing.
pub fn sending(site: &str, batch: &Batch, chance: &str, test: bool) -> Result<Request, ApiError> {
    let plain: Vec<&str> = batch.mails.iter().map(|mail| mail.text.as_str()).collect();
    let marked: Vec<&str> = batch.mails.iter().map(|mail| mail.html.as_str()).collect();
    let (plain, marked) = (Part::of(&plain), Part::of(&marked));
    let taken: Vec<&str> = batch
        .mails
        .iter()
        .flat_map(|mail| [mail.subject.as_str(), &mail.text, &mail.html])
        .chain([plain.before, plain.after, marked.before, marked.after])
        .collect();
    // Neither is a part of the other: one alone would be found in both.
    let keys = [
        key_for(&format!("{chance}t"), &taken),
        key_for(&format!("{chance}h"), &taken),
    ];
    let mut recipients = Vec::with_capacity(batch.mails.len());
    for (item, mail) in (0_u32..).zip(&batch.mails) {
        let mut own = Map::new();
        for (part, key) in [&plain, &marked].into_iter().zip(&keys) {
            let words = usize::try_from(item)
                .ok()
                .and_then(|item| part.own.get(item));
            if let Some(words) = words.filter(|_| !part.is_same()) {
                own.insert(key.clone(), Value::from(*words));
            }
        }
        let bytes: usize = own.values().filter_map(Value::as_str).map(str::len).sum();
        if bytes > MOST_OWN {
            return Err(ApiError::Refused(TOO_DIFFERENT.to_owned()));
        }
        recipients.push(recipient(batch, item, mail, own));
    }
    let [plain_key, marked_key] = &keys;
    let (name, address) = parted(&batch.from);
    let body = json!({
        "from": person(name, address),
        "reply_to": person(None, &batch.reply_to),
        "personalizations": recipients,
        "content": [
            { "type": "text/plain", "value": plain.keyed(plain_key) },
            { "type": "text/html", "value": marked.keyed(marked_key) },
        ],
        "mail_settings": { "sandbox_mode": { "enable": test } },
    });
    Ok(Request::edge(
        Method::Post,
        format!("{site}api/sendgrid/v3/mail/send"),
        Some(body.to_string()),
    ))
}

fn recipient(batch: &Batch, item: u32, mail: &Mail, own: Map<String, Value>) -> Value {
    let mut fields = json!({
        "to": [person(mail.name.as_deref().map(unparted).as_deref(), &mail.to)],
        "subject": one_line(&mail.subject),
        "custom_args": {
            "op": batch.op,
            "chunk": batch.number.to_string(),
            "item": item.to_string(),
        },
    });
    if let Some(fields) = fields.as_object_mut().filter(|_| !own.is_empty()) {
        fields.insert("substitutions".to_owned(), Value::Object(own));
    }
    fields
}

/// A recipient's name that SendGrid takes for one: what stands before a comma or a semicolon it takes for an address of its
/// own, says that it accepted the mail, and drops it. Its own libraries quote such names, and only those of recipients
/// (`EmailAddress::setName` of sendgrid-php).
fn unparted(name: &str) -> String {
    if name.contains([',', ';']) {
        quoted(&one_line(name))
    } else {
        name.to_owned()
    }
}

fn person(name: Option<&str>, address: &str) -> Value {
    match name.map(one_line).filter(|name| !name.is_empty()) {
        Some(name) => json!({ "email": address, "name": name }),
        None => json!({ "email": address }),
    }
}

/// The results of a batch: all of it was taken, or none. SendGrid says so with an id, or with nothing at all: whatever else
/// stands in an answer comes from somebody else.
pub fn results(response: &Response, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
    judged(NAME, response, true, error)?;
    let id = match response.header("x-message-id") {
        Some(id) => id,
        None if response.body.trim().is_empty() => "accepted",
        None => return Err(garbled(true)),
    };
    Ok((0..batch.mails.len())
        .map(|item| MailResult::Accepted(format!("{id}-{item}")))
        .collect())
}

/// The mails of a batch that keep it from being taken, by their places, each with SendGrid's words; none where something
/// else does.
pub fn at_fault(response: &Response, batch: &Batch) -> Vec<(usize, String)> {
    let body: Option<Value> = serde_json::from_str(&response.body).ok();
    let errors = body
        .as_ref()
        .and_then(|body| body.get("errors")?.as_array());
    let mut named: Vec<(usize, String)> = Vec::new();
    for error in errors.into_iter().flatten() {
        let place = text(error, "field").and_then(|field| place_of(&field));
        let place = place.filter(|place| *place < batch.mails.len());
        let (Some(place), Some(said)) = (place, text(error, "message")) else {
            return Vec::new();
        };
        if !named.iter().any(|(known, _)| *known == place) {
            named.push((place, format!("{NAME} refuses it: {said}")));
        }
    }
    if response.status == 400 {
        named
    } else {
        Vec::new()
    }
}

/// The place of a mail in its batch: `personalizations.3.to`.
fn place_of(field: &str) -> Option<usize> {
    let rest = field.strip_prefix("personalizations.")?;
    rest.split('.').next()?.parse().ok()
}

fn error(body: &Value) -> Option<String> {
    let said: Vec<String> = body
        .get("errors")?
        .as_array()?
        .iter()
        .filter_map(|error| {
            let said = text(error, "message")?;
            Some(match text(error, "field") {
                Some(field) => format!("{said} ({field})"),
                None => said,
            })
        })
        .collect();
    (!said.is_empty()).then(|| said.join(" "))
}
