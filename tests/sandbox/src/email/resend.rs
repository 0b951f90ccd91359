//! Resend: single mails and batches, known again by their idempotency key.

use serde_json::{Map, Value, json};

use super::address;
use super::idempotency::{self, Known};
use crate::call::{Call, Reply, SendOutcome, Stop, Vendor};
use crate::clock::Author;
use crate::store::{Mail, Search, Slice, State};
use crate::world::World;

const KEY: &str = "re_sandbox_key";
const MOST_MAILS: usize = 100;
const MOST_TO: usize = 50;
const LONGEST_KEY: usize = 256;

/// An error.
pub fn problem(status: u16, name: &str, message: &str) -> Reply {
    Reply::json(
        status,
        &json!({"statusCode": status, "name": name, "message": message}),
    )
}

/// Too many requests.
pub fn too_many() -> Reply {
    let words = "Too many requests. Please limit the number of requests per second.";
    problem(429, "rate_limit_exceeded", words)
}

/// The same key is being worked on.
pub fn concurrent() -> Reply {
    let words = "Same idempotency key used while original request is still in progress.";
    problem(409, "concurrent_idempotent_requests", words)
}

/// The key of a request's sender.
pub fn bearer(world: &World, call: &Call) -> Result<String, Reply> {
    if call.header("authorization").is_none() {
        return Err(problem(
            401,
            "missing_api_key",
            "Missing API key in the authorization header.",
        ));
    }
    super::bearer(world, call, Vendor::Resend, KEY)
        .ok_or_else(|| problem(401, "invalid_api_key", "API key is invalid"))
}

/// The idempotency key of a request that has one.
pub fn key(call: &Call) -> Option<String> {
    let sends = call.vendor() == Vendor::Resend && call.method == "POST";
    call.header("idempotency-key")
        .filter(|key| sends && !key.is_empty())
        .map(str::to_owned)
}

fn read(call: &Call) -> Result<Value, Stop> {
    if !call.is_type("application/json") {
        return Err(Stop::Answer(problem(
            415,
            "validation_error",
            "The content type is not JSON.",
        )));
    }
    serde_json::from_str(&call.body).map_err(|_| {
        Stop::Answer(problem(
            400,
            "validation_error",
            "The body is not valid JSON.",
        ))
    })
}

/// Answers as before for a known key; else does the work, and keeps its answer.
fn once(
    world: &mut World,
    call: &Call,
    work: impl FnOnce(&mut World) -> SendOutcome,
) -> SendOutcome {
    let Some(key) = key(call) else {
        return work(world);
    };
    if key.len() > LONGEST_KEY {
        let words = "The key must be between 1-256 chars.";
        return Ok(problem(400, "invalid_idempotency_key", words));
    }
    match idempotency::known(world, call, &key) {
        Known::Answered(body) => {
            let body = serde_json::from_str(&body)?;
            Ok(Reply::json(200, &body))
        }
        Known::Other => Ok(problem(
            409,
            "invalid_idempotent_request",
            "Same idempotency key used with a different request payload.",
        )),
        Known::New => {
            let reply = work(world)?;
            idempotency::keep(world, call, &key, &reply);
            Ok(reply)
        }
    }
}

/// `POST /emails`.
pub fn one(world: &mut World, call: &Call) -> SendOutcome {
    once(world, call, |world| {
        let mails = match checked(world, call, &read(call)?, 0) {
            Ok(mails) => mails,
            Err(words) => return Ok(problem(422, "validation_error", &words)),
        };
        Ok(Reply::json(200, &json!({"id": kept(world, mails)?})))
    })
}

/// `POST /emails/batch`: all or none, unless the request says `permissive`.
pub fn batch(world: &mut World, call: &Call) -> SendOutcome {
    once(world, call, |world| {
        let Value::Array(items) = read(call)? else {
            return Ok(problem(
                422,
                "validation_error",
                "The body is not an array of emails.",
            ));
        };
        if items.is_empty() || items.len() > MOST_MAILS {
            let words = format!("A batch has 1 to {MOST_MAILS} emails.");
            return Ok(problem(422, "validation_error", &words));
        }
        let permissive = call.header("x-batch-validation") == Some("permissive");
        let (mut good, mut errors) = (Vec::new(), Vec::new());
        for (index, item) in items.iter().enumerate() {
            match checked(world, call, item, index) {
                Ok(mails) => good.push(mails),
                Err(words) if permissive => errors.push(json!({"index": index, "message": words})),
                Err(words) => {
                    return Ok(problem(
                        422,
                        "validation_error",
                        &format!("emails[{index}]: {words}"),
                    ));
                }
            }
        }
        let mut ids = Vec::new();
        for mails in good {
            ids.push(json!({"id": kept(world, mails)?}));
        }
        let mut answer = json!({"data": ids});
        if let (true, Some(answer)) = (permissive, answer.as_object_mut()) {
            answer.insert("errors".into(), Value::Array(errors));
        }
        Ok(Reply::json(200, &answer))
    })
}

fn kept(world: &World, mails: Vec<Mail>) -> Result<String, Stop> {
    let id = world.uuid()?;
    for mut mail in mails {
        mail.id.clone_from(&id);
        world.store.add_mail(Vendor::Resend, mail);
    }
    Ok(id)
}

/// A text, or a list of texts.
fn texts(fields: &Map<String, Value>, name: &str) -> Result<Vec<String>, String> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(vec![text.clone()]),
        Some(Value::Array(list)) => list
            .iter()
            .map(|one| {
                one.as_str()
                    .map(str::to_owned)
                    .ok_or(format!("Invalid `{name}` field."))
            })
            .collect(),
        Some(_) => Err(format!("Invalid `{name}` field.")),
    }
}

/// One email as a mail to each of its recipients, or what is wrong with it.
fn checked(world: &World, call: &Call, email: &Value, item: usize) -> Result<Vec<Mail>, String> {
    let Value::Object(fields) = email else {
        return Err("An email is not an object.".into());
    };
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let from = text("from").ok_or("Missing `from` field.")?;
    if address::one(&from).is_none() {
        return Err(
            "Invalid `from` field. The email address needs to follow the `email@example.com` or \
                    `Name <email@example.com>` format."
                .into(),
        );
    }
    let subject = text("subject").ok_or("Missing `subject` field.")?;
    let (html, plain) = (text("html"), text("text"));
    if html.is_none() && plain.is_none() {
        return Err("Missing `html` or `text` field.".into());
    }
    let to = texts(fields, "to")?;
    if to.is_empty() || to.len() > MOST_TO {
        return Err(format!("The `to` field has 1 to {MOST_TO} addresses."));
    }
    let mut metadata = Map::new();
    for tag in fields
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let (name, value) = (tag.get("name"), tag.get("value"));
        let plain = |part: Option<&Value>| {
            part.and_then(Value::as_str).is_some_and(|text| {
                !text.is_empty()
                    && text.len() <= LONGEST_KEY
                    && text
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            })
        };
        if !plain(name) || !plain(value) {
            return Err(
                "Tags should only contain ASCII letters, numbers, underscores, or dashes.".into(),
            );
        }
        if let (Some(name), Some(value)) = (name.and_then(Value::as_str), value) {
            metadata.insert(name.to_owned(), value.clone());
        }
    }
    let reply_to = texts(fields, "reply_to")?.first().cloned();
    let (op, chunk) = operation(call);
    to.iter()
        .map(|recipient| {
            let address =
                address::one(recipient).ok_or(format!("Invalid `to` field: {recipient:?}."))?;
            if world.switches.denies(&address) {
                return Err(format!("The address {address} is on the suppression list."));
            }
            Ok(Mail {
                id: String::new(),
                state: State::Accepted,
                at: world.now().0,
                address,
                op: op.clone(),
                chunk: chunk.clone(),
                item: Some(item.to_string()),
                tag: None,
                stream: None,
                metadata: Value::Object(metadata.clone()),
                from: from.clone(),
                reply_to: reply_to.clone(),
                subject: subject.clone(),
                text: plain.clone().unwrap_or_default(),
                html: html.clone().unwrap_or_default(),
                reason: None,
            })
        })
        .collect()
}

/// The operation and the chunk that our client puts into its key: `allclear-{op}-{chunk}`.
fn operation(call: &Call) -> (Option<String>, Option<String>) {
    let key = key(call).unwrap_or_default();
    let parts = key
        .strip_prefix("allclear-")
        .and_then(|rest| rest.rsplit_once('-'));
    parts.map_or((None, None), |(op, chunk)| {
        (Some(op.to_owned()), Some(chunk.to_owned()))
    })
}

/// `GET /emails/{id}`.
pub fn get(world: &mut World, call: &Call) -> SendOutcome {
    let search = Search {
        id: Some(call.param("id").to_owned()),
        ..Search::default()
    };
    let (found, _) = world.store.mails(Vendor::Resend, &search, Slice::ALL);
    let Some(mail) = found.first() else {
        return Ok(problem(404, "not_found", "Email not found"));
    };
    let to: Vec<&String> = found.iter().rev().map(|one| &one.address).collect();
    Ok(Reply::json(
        200,
        &json!({
            "object": "email",
            "id": mail.id,
            "to": to,
            "from": mail.from,
            "created_at": Author(mail.at).millis(),
            "subject": mail.subject,
            "html": mail.html,
            "text": mail.text,
            "bcc": [],
            "cc": [],
            "reply_to": mail.reply_to.iter().collect::<Vec<_>>(),
            "last_event": "delivered",
        }),
    ))
}
