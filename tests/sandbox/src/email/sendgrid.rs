//! `SendGrid`: one mail for up to a thousand personalizations. It answers 202 and nothing else: what became
//! of each recipient cannot be asked.

use serde_json::{Map, Value, json};

use super::address;
use super::substitution::filled;
use crate::call::{Call, Reply, SendOutcome, Stop, Vendor};
use crate::store::{Mail, State};
use crate::world::World;

const KEY: &str = "SG.sandbox-key";
const MOST_PERSONALIZATIONS: usize = 1000;
const MOST_BYTES: usize = 20 * 1024 * 1024;
const MOST_ARGUMENT_BYTES: usize = 10_000;

/// An error.
pub fn problem(status: u16, message: &str, field: Option<&str>) -> Reply {
    Reply::json(
        status,
        &json!({"errors": [{"message": message, "field": field}]}),
    )
}

/// Too many requests.
pub fn too_many() -> Reply {
    problem(429, "too many requests", None)
}

/// The key of a request's sender.
pub fn bearer(world: &World, call: &Call) -> Result<String, Reply> {
    super::bearer(world, call, Vendor::SendGrid, KEY).ok_or_else(|| {
        let words = "The provided authorization grant is invalid, expired, or revoked";
        problem(401, words, None)
    })
}

fn bad(field: &str, message: &str) -> Stop {
    Stop::Answer(problem(400, message, Some(field)))
}

fn email(value: Option<&Value>, field: &str) -> Result<(String, String), Stop> {
    let given = value
        .and_then(|value| value.get("email"))
        .and_then(Value::as_str);
    let found = given.and_then(address::one);
    let name = value
        .and_then(|value| value.get("name"))
        .and_then(Value::as_str);
    match found {
        Some(address) => {
            let whole = name.map_or(address.clone(), |name| format!("{name} <{address}>"));
            Ok((address, whole))
        }
        None => Err(bad(field, "Does not contain a valid address.")),
    }
}

/// Whether a recipient's name falls apart: what stands before a comma or a semicolon outside quotation marks is taken for an
/// address, and the mail is accepted and dropped.
fn is_parted(recipient: &Value) -> bool {
    let name = recipient.get("name").and_then(Value::as_str);
    name.is_some_and(|name| {
        name.contains([',', ';']) && !(name.starts_with('"') && name.ends_with('"'))
    })
}

/// The text and the HTML part.
fn content(body: &Value) -> Result<(String, String), Stop> {
    let parts = body
        .get("content")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    if parts.is_empty() {
        return Err(bad(
            "content",
            "Unless a valid template_id is provided, the content parameter is required.",
        ));
    }
    let (mut text, mut html) = (String::new(), String::new());
    for part in &parts {
        let of = |name: &str| part.get(name).and_then(Value::as_str).unwrap_or_default();
        if of("value").is_empty() {
            return Err(bad(
                "content.0.value",
                "The content value must be a string at least one character in length.",
            ));
        }
        match of("type") {
            "text/plain" if html.is_empty() => of("value").clone_into(&mut text),
            "text/html" => of("value").clone_into(&mut html),
            "text/plain" => {
                return Err(bad(
                    "content",
                    "If present, text/plain and text/html may only be provided once, and text/plain must be first.",
                ));
            }
            _ => return Err(bad("content.0.type", "The content type is not known.")),
        }
    }
    Ok((text, html))
}

fn object<'a>(of: &'a Value, name: &str) -> Option<&'a Map<String, Value>> {
    of.get(name).and_then(Value::as_object)
}

/// `POST /v3/mail/send`.
pub fn send(world: &mut World, call: &Call) -> SendOutcome {
    if !call.is_type("application/json") {
        return Ok(problem(
            415,
            "Content-Type should be application/json.",
            None,
        ));
    }
    if call.body.len() > MOST_BYTES {
        return Ok(problem(
            413,
            "The JSON payload you have included in your request is too large.",
            None,
        ));
    }
    let Ok(body) = serde_json::from_str::<Value>(&call.body) else {
        return Ok(problem(400, "Bad Request", None));
    };
    let personalizations = body
        .get("personalizations")
        .and_then(Value::as_array)
        .filter(|list| (1..=MOST_PERSONALIZATIONS).contains(&list.len()))
        .ok_or_else(|| {
            bad(
                "personalizations",
                "The personalizations field is required and has 1 to 1000 entries.",
            )
        })?;
    let mail = Shared::read(&body)?;
    let id = world.uuid()?.replace('-', "");
    let mut mails = Vec::new();
    for (personalization, index) in personalizations.iter().zip(0..) {
        mail.to(world, personalization, index, &id, &mut mails)?;
    }
    let tried = body.pointer("/mail_settings/sandbox_mode/enable") == Some(&Value::Bool(true));
    if tried {
        return Ok(Reply::empty(200));
    }
    for mail in mails {
        world.store.add_mail(Vendor::SendGrid, mail);
    }
    Ok(Reply::empty(202).with("x-message-id", id))
}

/// What all personalizations have in common.
struct Shared {
    from: String,
    reply_to: Option<String>,
    subject: Option<String>,
    text: String,
    html: String,
    category: Option<String>,
}

impl Shared {
    fn read(body: &Value) -> Result<Self, Stop> {
        let (_, from) = email(body.get("from"), "from.email")?;
        let reply_to = match body.get("reply_to") {
            Some(value) => Some(email(Some(value), "reply_to.email")?.1),
            None => None,
        };
        let (text, html) = content(body)?;
        let subject = body.get("subject").and_then(Value::as_str);
        let category = body.pointer("/categories/0").and_then(Value::as_str);
        Ok(Self {
            from,
            reply_to,
            subject: subject.map(str::to_owned),
            text,
            html,
            category: category.map(str::to_owned),
        })
    }

    /// The mails of one personalization: one to each of its addresses, no address twice.
    fn to(
        &self,
        world: &World,
        one: &Value,
        index: usize,
        id: &str,
        into: &mut Vec<Mail>,
    ) -> Result<(), Stop> {
        let field = |name: &str| format!("personalizations.{index}.{name}");
        let mut addresses: Vec<String> = Vec::new();
        let mut lost = false;
        for list in ["to", "cc", "bcc"] {
            for recipient in one
                .get(list)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                let (address, _) = email(Some(recipient), &field("to"))?;
                lost |= is_parted(recipient);
                if addresses
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(&address))
                {
                    let words = "Each email address in the personalization block should be unique between to, cc, and bcc.";
                    return Err(bad(&field("to"), words));
                }
                addresses.push(address);
            }
        }
        if one
            .get("to")
            .and_then(Value::as_array)
            .is_none_or(Vec::is_empty)
        {
            return Err(bad(
                &field("to"),
                "The to array is required for all personalization objects, and must have at least one email object with a valid email address.",
            ));
        }
        let own = one.get("subject").and_then(Value::as_str);
        let subject = own
            .or(self.subject.as_deref())
            .filter(|subject| !subject.is_empty());
        let subject = subject.ok_or_else(|| bad("subject", "The subject is required."))?;
        let none = Map::new();
        let substitutions = object(one, "substitutions").unwrap_or(&none);
        let arguments = object(one, "custom_args").unwrap_or(&none);
        if substitutions
            .values()
            .chain(arguments.values())
            .any(|value| !value.is_string())
        {
            return Err(bad(&field("substitutions"), "Values must be strings."));
        }
        if Value::Object(arguments.clone()).to_string().len() > MOST_ARGUMENT_BYTES {
            return Err(bad(
                &field("custom_args"),
                "Custom arguments are over 10,000 bytes.",
            ));
        }
        let argument = |name: &str| {
            arguments
                .get(name)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        for address in addresses {
            let denied = lost || world.switches.denies(&address);
            into.push(Mail {
                id: format!("{id}.{index}"),
                state: if denied {
                    State::Dropped
                } else {
                    State::Accepted
                },
                at: world.now().0,
                address,
                op: argument("op"),
                chunk: argument("chunk"),
                item: argument("item"),
                tag: self.category.clone(),
                stream: None,
                metadata: Value::Object(arguments.clone()),
                from: self.from.clone(),
                reply_to: self.reply_to.clone(),
                subject: filled(subject, substitutions),
                text: filled(&self.text, substitutions),
                html: filled(&self.html, substitutions),
                reason: denied.then(|| "Dropped: on the suppression list.".into()),
            });
        }
        Ok(())
    }
}
