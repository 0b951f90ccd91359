//! The webhooks of a team's channel: Slack's, Discord's and a workflow of Teams. Whoever knows the address may write; each
//! keeps the words as its readers would see them, and answers in its own way.

use serde_json::{Value, json};

use crate::call::{Call, Reply, SendOutcome, Stop, Vendor};
use crate::routes::{POST, Routes};
use crate::store::{Kind, Slice};
use crate::world::World;

const LONGEST_AT_DISCORD: usize = 2_000;

/// The paths of all three.
pub fn routes() -> Routes {
    Routes::default()
        .on("/team/slack", POST, slack)
        .on("/team/discord", POST, discord)
        .on("/team/teams", POST, teams)
}

fn text(status: u16, body: &str) -> Reply {
    Reply {
        body: body.to_owned(),
        ..Reply::empty(status)
    }
    .with("content-type", "text/plain; charset=utf-8")
}

fn problem(status: u16, code: u32, message: &str) -> Reply {
    Reply::json(status, &json!({ "message": message, "code": code }))
}

/// The address of a request, where it is still a webhook's.
pub fn known(world: &World, call: &Call) -> Result<String, Reply> {
    let revoked = &world.switches.revoked;
    if !revoked.iter().any(|name| name == Vendor::Team.name()) {
        return Ok(call.path.clone());
    }
    Err(match call.path.as_str() {
        "/team/slack" => text(404, "no_service"),
        "/team/discord" => problem(404, 10_015, "Unknown Webhook"),
        _ => text(404, ""),
    })
}

/// Too many requests.
pub fn too_many() -> Reply {
    problem(429, 0, "You are being rate limited.")
}

fn read(call: &Call) -> Value {
    let body = serde_json::from_str(&call.body).unwrap_or(Value::Null);
    if call.is_type("application/json") {
        body
    } else {
        Value::Null
    }
}

/// The words of a field, unless there are none.
fn words<'a>(body: &'a Value, place: &str) -> Option<&'a str> {
    let words = body.pointer(place)?.as_str()?;
    (!words.trim().is_empty()).then_some(words)
}

fn kept(world: &World, call: &Call, shown: &str) -> Result<String, Stop> {
    let id = world.id()?;
    let sort = i64::try_from(world.store.next()).unwrap_or(i64::MAX);
    let service = call.path.rsplit('/').next().unwrap_or_default();
    let at = world.now().0;
    let notice = json!({ "id": id, "service": service, "text": shown, "at": at });
    world.store.put(Kind::Notice, &id, sort, &notice)?;
    Ok(id)
}

/// Every notice that was taken, oldest first.
pub fn notices(world: &World) -> Result<Vec<Value>, Stop> {
    world.store.list(Kind::Notice, Slice::ALL)
}

/// `POST` to Slack: "ok". What is escaped is shown as it was meant.
fn slack(world: &mut World, call: &Call) -> SendOutcome {
    let body = read(call);
    if !body.is_object() {
        return Ok(text(400, "invalid_payload"));
    }
    let Some(words) = words(&body, "/text") else {
        return Ok(text(400, "no_text"));
    };
    let shown = words.replace("&lt;", "<").replace("&gt;", ">");
    kept(world, call, &shown.replace("&amp;", "&"))?;
    Ok(text(200, "ok"))
}

/// `POST` to Discord: nothing, or with `wait=true` the message.
fn discord(world: &mut World, call: &Call) -> SendOutcome {
    let body = read(call);
    let Some(words) = words(&body, "/content") else {
        return Ok(problem(400, 50_006, "Cannot send an empty message"));
    };
    if words.chars().count() > LONGEST_AT_DISCORD {
        return Ok(problem(400, 50_035, "Invalid Form Body"));
    }
    let id = kept(world, call, words)?;
    if call.query("wait") == Some("true") {
        return Ok(Reply::json(200, &json!({ "id": id, "content": words })));
    }
    Ok(Reply::empty(204))
}

/// `POST` to a workflow of Teams: taken, and nothing is said.
fn teams(world: &mut World, call: &Call) -> SendOutcome {
    let body = read(call);
    let card = "/attachments/0/content";
    let is_card = words(&body, "/type") == Some("message")
        && words(&body, &format!("{card}/type")) == Some("AdaptiveCard");
    match words(&body, &format!("{card}/body/0/text")).filter(|_| is_card) {
        Some(words) => {
            kept(world, call, &words.replace("\n\n", "\n"))?;
            Ok(Reply::empty(202))
        }
        None => Ok(Reply::json(
            400,
            &json!({ "error": { "code": "TriggerInputSchemaMismatch" } }),
        )),
    }
}
