//! Postmark: single mails and batches. A batch is 200 even when mails in it failed; each says so itself.

use serde_json::{Map, Value, json};

use super::address;
use crate::call::{Call, Reply, SendOutcome, Stop, Vendor};
use crate::clock::Author;
use crate::store::{Mail, State};
use crate::world::World;

const TOKEN: &str = "sandbox-postmark-token";
/// Checks everything and keeps nothing.
const TEST_TOKEN: &str = "POSTMARK_API_TEST";
const MOST_MAILS: usize = 500;
const MOST_BYTES: usize = 50 * 1024 * 1024;
const MOST_RECIPIENTS: usize = 50;

/// An error: its HTTP status, its own code, and words.
pub fn problem(status: u16, code: u16, message: &str) -> Reply {
    Reply::json(status, &json!({"ErrorCode": code, "Message": message}))
}

/// Too many requests.
pub fn too_many() -> Reply {
    problem(429, 429, "Rate limit exceeded. Please slow down.")
}

/// The token of a request.
pub fn token(world: &World, call: &Call) -> Result<String, Reply> {
    let revoked = world.switches.revoked.iter().any(|name| name == "postmark");
    match call.header("x-postmark-server-token") {
        None => Err(problem(
            401,
            10,
            "No Account or Server API tokens were supplied in the HTTP headers. Please add a header for \
             either X-Postmark-Server-Token or X-Postmark-Account-Token.",
        )),
        Some(TEST_TOKEN) => Ok(TEST_TOKEN.into()),
        Some(TOKEN) if !revoked => Ok(TOKEN.into()),
        Some(_) => Err(problem(
            401,
            10,
            "Request does not contain a valid Server token.",
        )),
    }
}

fn read(call: &Call) -> Result<Value, Stop> {
    if !call.is_type("application/json") {
        return Err(Stop::Answer(problem(
            415,
            409,
            "Unsupported media type: the content type is not application/json.",
        )));
    }
    if call.body.len() > MOST_BYTES {
        return Err(Stop::Answer(problem(
            413,
            413,
            "The payload is over 50 MB.",
        )));
    }
    serde_json::from_str(&call.body)
        .map_err(|_| Stop::Answer(problem(422, 402, "The JSON you sent is not valid.")))
}

/// `POST /email`: an error is 422.
pub fn one(world: &mut World, call: &Call) -> SendOutcome {
    let result = sent(world, call, &read(call)?)?;
    let failed = result.get("ErrorCode").and_then(Value::as_i64) != Some(0);
    Ok(Reply::json(if failed { 422 } else { 200 }, &result))
}

/// `POST /email/batch`: one result a mail, in their order.
pub fn batch(world: &mut World, call: &Call) -> SendOutcome {
    let Value::Array(mails) = read(call)? else {
        return Ok(problem(422, 403, "The JSON is not an array of messages."));
    };
    if mails.len() > MOST_MAILS {
        let words = format!("Batches of more than {MOST_MAILS} messages are not allowed.");
        return Ok(problem(422, 410, &words));
    }
    let results: Result<Vec<Value>, Stop> =
        mails.iter().map(|mail| sent(world, call, mail)).collect();
    Ok(Reply::json(200, &Value::Array(results?)))
}

/// What is wrong with one mail: its code and words.
type Wrong = (u16, String);

fn checked(world: &World, mail: &Map<String, Value>) -> Result<Mail, Wrong> {
    let text = |name: &str| match mail.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err((403, format!("'{name}' is not a string."))),
    };
    let addresses = |name: &str| match text(name)? {
        Some(list) if !list.trim().is_empty() => address::list(&list)
            .map_err(|part| (300, format!("Invalid '{name}' address: '{part}'."))),
        Some(_) | None => Ok(Vec::new()),
    };
    let from = text("From")?.unwrap_or_default();
    if address::one(&from).is_none() {
        return Err((300, format!("Invalid 'From' address: '{from}'.")));
    }
    let to = addresses("To")?;
    let others = [addresses("Cc")?, addresses("Bcc")?].concat();
    let Some(first) = to.first().cloned() else {
        return Err((300, "Zero recipients specified".into()));
    };
    if to.len() + others.len() > MOST_RECIPIENTS {
        return Err((300, format!("More than {MOST_RECIPIENTS} recipients.")));
    }
    let (plain, html) = (text("TextBody")?, text("HtmlBody")?);
    if plain.as_deref().unwrap_or_default().is_empty()
        && html.as_deref().unwrap_or_default().is_empty()
    {
        return Err((
            300,
            "Provide either email TextBody or HtmlBody or both.".into(),
        ));
    }
    let stream = text("MessageStream")?.unwrap_or_else(|| "outbound".into());
    if !world.switches.postmark_streams.contains(&stream) {
        let words = "The 'MessageStream' provided does not exist on this server.";
        return Err((1235, words.into()));
    }
    let metadata = metadata(mail)?;
    let of = |key: &str| metadata.get(key).and_then(Value::as_str).map(str::to_owned);
    let (op, chunk, item) = (of("op"), of("chunk"), of("item"));
    Ok(Mail {
        id: String::new(),
        state: State::Accepted,
        at: world.now().0,
        address: first,
        op,
        chunk,
        item,
        tag: text("Tag")?,
        stream: Some(stream),
        metadata: Value::Object(metadata),
        from,
        reply_to: text("ReplyTo")?,
        subject: text("Subject")?.unwrap_or_default(),
        text: plain.unwrap_or_default(),
        html: html.unwrap_or_default(),
        reason: None,
    })
}

/// At most ten texts of 80 signs, under names of 20.
fn metadata(mail: &Map<String, Value>) -> Result<Map<String, Value>, Wrong> {
    match mail.get("Metadata") {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(fields)) => {
            let fits = |(name, value): (&String, &Value)| {
                name.chars().count() <= 20
                    && value
                        .as_str()
                        .is_some_and(|text| text.chars().count() <= 80)
            };
            if fields.len() <= 10 && fields.iter().all(fits) {
                Ok(fields.clone())
            } else {
                Err((300, "Invalid metadata content: at most 10 fields, names of 20 and text values of 80 characters.".into()))
            }
        }
        Some(_) => Err((403, "'Metadata' is not an object.".into())),
    }
}

/// Takes or refuses one mail: the result that stands for it.
fn sent(world: &World, call: &Call, mail: &Value) -> Result<Value, Stop> {
    let refused = |code: u16, words: &str| json!({"ErrorCode": code, "Message": words});
    let Value::Object(fields) = mail else {
        return Ok(refused(403, "A message is not an object."));
    };
    let mut mail = match checked(world, fields) {
        Ok(mail) => mail,
        Err((code, words)) => return Ok(refused(code, &words)),
    };
    mail.id = world.uuid()?;
    let test = call.header("x-postmark-server-token") == Some(TEST_TOKEN);
    if !test && world.switches.denies(&mail.address) {
        let words = format!(
            "You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: \
             {}. Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a \
             manual suppression.",
            mail.address
        );
        mail.state = State::Refused;
        mail.reason = Some(words.clone());
        world.store.add_mail(Vendor::Postmark, mail.clone());
        return Ok(refused(406, &words));
    }
    if !test {
        world.store.add_mail(Vendor::Postmark, mail.clone());
    }
    Ok(json!({
        "To": fields.get("To"),
        "SubmittedAt": Author(mail.at).local(-300),
        "MessageID": mail.id,
        "ErrorCode": 0,
        "Message": if test { "Test job accepted" } else { "OK" },
    }))
}
