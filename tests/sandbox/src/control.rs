//! The sandbox's own paths: what a test turns, and what it counts.

use serde_json::{Value, json};

use crate::call::{Call, Reply, SendOutcome, Stop, Vendor};
use crate::routes::{GET, POST, Routes};
use crate::seed;
use crate::statuspage::incident_view;
use crate::statuspage::model::{Incident, Page};
use crate::store::{Kind, Mail, Search, Slice, State};
use crate::team;
use crate::world::World;

/// Everything below `/_sandbox`.
pub fn routes() -> Routes {
    Routes::default()
        .on("/_sandbox", GET, health)
        .on("/_sandbox/reset", POST, reset)
        .each("/_sandbox/switches", &[(GET, switches), (POST, turn)])
        .each("/_sandbox/clock", &[(GET, clock), (POST, shift)])
        .on("/_sandbox/page", POST, page)
        .on("/_sandbox/exchanges", GET, exchanges)
        .on("/_sandbox/mails", GET, mails)
        .on("/_sandbox/notices", GET, notices)
        .on("/_sandbox/incidents", GET, incidents)
}

fn bad(why: impl Into<String>) -> Stop {
    Stop::Answer(Reply::json(400, &json!({"sandbox": why.into()})))
}

fn body(call: &Call) -> Result<Value, Stop> {
    serde_json::from_str(&call.body).map_err(|error| bad(error.to_string()))
}

fn health(world: &mut World, _: &Call) -> SendOutcome {
    Ok(Reply::json(
        200,
        &json!({"sandbox": "ready", "now": world.now().millis()}),
    ))
}

fn reset(world: &mut World, _: &Call) -> SendOutcome {
    world.reset()?;
    Ok(Reply::json(200, &json!({"sandbox": "reset"})))
}

fn switches(world: &mut World, _: &Call) -> SendOutcome {
    Ok(Reply::json(200, &serde_json::to_value(&world.switches)?))
}

fn turn(world: &mut World, call: &Call) -> SendOutcome {
    world.switches = world.switches.changed(&body(call)?).map_err(bad)?;
    switches(world, call)
}

fn clock(world: &mut World, _: &Call) -> SendOutcome {
    Ok(Reply::json(
        200,
        &json!({"ahead_seconds": world.ahead_seconds, "now": world.now().millis()}),
    ))
}

fn shift(world: &mut World, call: &Call) -> SendOutcome {
    let body = body(call)?;
    let seconds = |name: &str| body.get(name).and_then(Value::as_i64);
    world.ahead_seconds = match (seconds("ahead_seconds"), seconds("add_seconds")) {
        (Some(ahead), _) => ahead,
        (None, Some(add)) => world.ahead_seconds.saturating_add(add),
        (None, None) => return Err(bad("ahead_seconds or add_seconds is needed")),
    };
    clock(world, call)
}

fn page(world: &mut World, call: &Call) -> SendOutcome {
    let body = body(call)?;
    match body.get("components") {
        None => {}
        Some(Value::Number(count)) => {
            let count = count.as_u64().and_then(|count| u32::try_from(count).ok());
            seed::many(
                world,
                count.ok_or_else(|| bad("components is a number or a list"))?,
            )?;
        }
        Some(Value::Array(list)) => {
            seed::empty(world);
            let now = world.now().0;
            for (one, position) in list.iter().zip(1..) {
                let text = |name: &str| one.get(name).and_then(Value::as_str);
                let (Some(id), Some(name)) = (text("id"), text("name")) else {
                    return Err(bad("a component needs id and name"));
                };
                let mut component = seed::component(id, name, position, now);
                if let Some(status) = text("status") {
                    status.clone_into(&mut component.status);
                }
                component.description = text("description").map(str::to_owned);
                world.store.put(Kind::Component, id, position, &component)?;
            }
        }
        Some(_) => return Err(bad("components is a number or a list")),
    }
    if let Some(mut page) = world.store.get::<Page>(Kind::Page, "page")? {
        if let Some(name) = body.get("name").and_then(Value::as_str) {
            name.clone_into(&mut page.name);
        }
        if let Some(minutes) = body.get("offset_minutes").and_then(Value::as_i64) {
            page.offset_minutes = i32::try_from(minutes).unwrap_or_default();
        }
        if let Some(zone) = body.get("time_zone").and_then(Value::as_str) {
            zone.clone_into(&mut page.time_zone);
        }
        world.store.put(Kind::Page, "page", 0, &page)?;
    }
    Ok(Reply::json(200, &json!({"sandbox": "page"})))
}

fn exchanges(world: &mut World, call: &Call) -> SendOutcome {
    let after = call
        .query("after")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let found = world.store.exchanges(after, call.query("vendor"));
    Ok(Reply::json(200, &Value::Array(found)))
}

/// Without `parts=1` the texts stay away: 5,000 mails are a lot of text.
fn shown(mail: &Mail, parts: bool) -> Result<Value, Stop> {
    let mut shown = serde_json::to_value(mail)?;
    if let (false, Some(fields)) = (parts, shown.as_object_mut()) {
        fields.remove("text");
        fields.remove("html");
    }
    Ok(shown)
}

fn mails(world: &mut World, call: &Call) -> SendOutcome {
    let parts = call.query("parts") == Some("1");
    let mut whole = json!({"refused": [], "dropped": []});
    for vendor in [Vendor::Postmark, Vendor::Resend, Vendor::SendGrid] {
        let (found, _) = world.store.mails(vendor, &Search::default(), Slice::ALL);
        let mut accepted = Vec::new();
        for mail in found.iter().rev() {
            let mut one = shown(mail, parts)?;
            if let Some(fields) = one.as_object_mut() {
                fields.insert("vendor".into(), vendor.name().into());
            }
            let list = match mail.state {
                State::Accepted => Some(&mut accepted),
                State::Refused => whole.get_mut("refused").and_then(Value::as_array_mut),
                State::Dropped => whole.get_mut("dropped").and_then(Value::as_array_mut),
            };
            if let Some(list) = list {
                list.push(one);
            }
        }
        if let Some(fields) = whole.as_object_mut() {
            fields.insert(vendor.name().into(), Value::Array(accepted));
        }
    }
    Ok(Reply::json(200, &whole))
}

/// What the team was told, oldest first.
fn notices(world: &mut World, _: &Call) -> SendOutcome {
    Ok(Reply::json(200, &Value::Array(team::notices(world)?)))
}

/// Incidents as the manage API shows them, newest first, with their post-mortems and how many of their
/// updates told the subscribers.
fn incidents(world: &mut World, _: &Call) -> SendOutcome {
    let all: Vec<Incident> = world.store.list(Kind::Incident, Slice::ALL)?;
    let mut views = Vec::new();
    for one in &all {
        let mut view = incident_view(world, one)?;
        let told = one
            .updates
            .iter()
            .filter(|update| update.deliver_notifications);
        if let Some(fields) = view.as_object_mut() {
            fields.insert("notified".into(), told.count().into());
            fields.insert("postmortem".into(), serde_json::to_value(&one.postmortem)?);
        }
        views.push(view);
    }
    Ok(Reply::json(200, &Value::Array(views)))
}
