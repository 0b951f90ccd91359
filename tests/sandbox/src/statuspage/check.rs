//! What the manage API takes for an incident, and what it answers 422 to.

use serde_json::{Map, Value};

use super::input::{refused, truth};
use crate::call::Stop;
use crate::clock::Author;
use crate::store::Kind;
use crate::world::World;

/// The statuses of an incident and of a maintenance.
pub const STATUSES: [&str; 8] = [
    "investigating",
    "identified",
    "monitoring",
    "resolved",
    "scheduled",
    "in_progress",
    "verifying",
    "completed",
];
/// How bad an incident can be, ascending.
pub const IMPACTS: [&str; 5] = ["none", "maintenance", "minor", "major", "critical"];
/// The statuses of a component; the empty one means "as it is".
pub const COMPONENT_STATUSES: [&str; 6] = [
    "operational",
    "under_maintenance",
    "degraded_performance",
    "partial_outage",
    "major_outage",
    "",
];
const LONGEST_NAME: usize = 255;
const LONGEST_BODY: usize = 25_000;

/// What a client wants of an incident, checked. What is none was not given.
#[derive(Debug, Default)]
pub struct Wish {
    pub name: Option<String>,
    pub status: Option<String>,
    pub body: Option<String>,
    pub impact_override: Option<String>,
    pub component_ids: Option<Vec<String>>,
    pub components: Vec<(String, String)>,
    pub deliver_notifications: bool,
    pub metadata: Option<Map<String, Value>>,
    pub scheduled_for: Option<Author>,
    pub scheduled_until: Option<Author>,
    pub backfilled: bool,
    pub settings: Map<String, Value>,
}

/// Texts and truths that are only kept.
const KEPT: [&str; 12] = [
    "scheduled_remind_prior",
    "scheduled_auto_in_progress",
    "scheduled_auto_completed",
    "scheduled_auto_transition",
    "auto_transition_to_maintenance_state",
    "auto_transition_to_operational_state",
    "auto_transition_deliver_notifications_at_start",
    "auto_transition_deliver_notifications_at_end",
    "auto_tweet_at_beginning",
    "auto_tweet_on_completion",
    "auto_tweet_on_creation",
    "auto_tweet_one_hour_before",
];

/// Checks what came.
pub fn wish(world: &World, fields: &Map<String, Value>) -> Result<Wish, Stop> {
    let wrong = |field: &str, problem: &str| refused(world, 422, field, problem);
    let text = |field: &str, longest: usize| match fields.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.chars().count() > longest => Err(wrong(
            field,
            &format!("is too long (maximum is {longest} characters)"),
        )),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(wrong(field, "is not a text")),
    };
    let listed = |field: &str, known: &[&str]| match text(field, LONGEST_NAME)? {
        Some(found) if known.contains(&found.as_str()) => Ok(Some(found)),
        Some(_) => Err(wrong(field, "is not included in the list")),
        None => Ok(None),
    };
    let moment = |field: &str| match text(field, LONGEST_NAME)? {
        Some(text) => Author::read(&text)
            .map(Some)
            .ok_or(wrong(field, "is not a time")),
        None => Ok(None),
    };
    let name = text("name", LONGEST_NAME)?;
    if name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(wrong("name", "can't be blank"));
    }
    let backfilled = truth(fields.get("backfilled")).unwrap_or(false);
    let given = |field: &str| fields.get(field).is_some_and(|value| !value.is_null());
    if backfilled && (given("components") || given("component_ids")) {
        return Err(wrong(
            "components",
            "must not be given for a backfilled incident",
        ));
    }
    Ok(Wish {
        name,
        status: listed("status", &STATUSES)?,
        body: text("body", LONGEST_BODY)?,
        impact_override: listed("impact_override", &IMPACTS)?,
        component_ids: component_ids(world, fields)?,
        components: components(world, fields)?,
        deliver_notifications: truth(fields.get("deliver_notifications")).unwrap_or(true),
        metadata: metadata(world, fields)?,
        scheduled_for: moment("scheduled_for")?,
        scheduled_until: moment("scheduled_until")?,
        backfilled,
        settings: settings(world, fields)?,
    })
}

fn known(world: &World, field: &str, id: &str) -> Result<String, Stop> {
    match world.store.get::<Value>(Kind::Component, id)? {
        Some(_) => Ok(id.to_owned()),
        None => Err(refused(world, 422, field, &format!("{id} does not exist"))),
    }
}

fn component_ids(world: &World, fields: &Map<String, Value>) -> Result<Option<Vec<String>>, Stop> {
    match fields.get("component_ids") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(ids)) => ids
            .iter()
            .map(|id| match id {
                Value::String(id) => known(world, "component_ids", id),
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::Array(_)
                | Value::Object(_) => Err(refused(world, 422, "component_ids", "are not texts")),
            })
            .collect::<Result<_, _>>()
            .map(Some),
        Some(_) => Err(refused(world, 422, "component_ids", "is not a list")),
    }
}

fn components(world: &World, fields: &Map<String, Value>) -> Result<Vec<(String, String)>, Stop> {
    match fields.get("components") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Object(map)) => map
            .iter()
            .map(|(id, status)| match status.as_str() {
                Some(status) if COMPONENT_STATUSES.contains(&status) => {
                    Ok((known(world, "components", id)?, status.to_owned()))
                }
                Some(_) | None => Err(refused(
                    world,
                    422,
                    "components",
                    "status is not included in the list",
                )),
            })
            .collect(),
        Some(_) => Err(refused(world, 422, "components", "is not a map")),
    }
}

fn metadata(
    world: &World,
    fields: &Map<String, Value>,
) -> Result<Option<Map<String, Value>>, Stop> {
    match fields.get("metadata") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(map)) if map.values().all(Value::is_object) => Ok(Some(map.clone())),
        Some(_) => Err(refused(world, 422, "metadata", "values must be objects")),
    }
}

fn settings(world: &World, fields: &Map<String, Value>) -> Result<Map<String, Value>, Stop> {
    let mut kept = Map::new();
    for name in KEPT {
        match (fields.get(name), truth(fields.get(name))) {
            (None | Some(Value::Null), _) => {}
            (Some(_), Some(truth)) => {
                kept.insert(name.to_owned(), Value::Bool(truth));
            }
            (Some(_), None) => return Err(refused(world, 422, name, "is not true or false")),
        }
    }
    match fields.get("reminder_intervals") {
        None | Some(Value::Null) => {}
        Some(Value::String(text)) => {
            kept.insert("reminder_intervals".into(), Value::String(text.clone()));
        }
        Some(_) => return Err(refused(world, 422, "reminder_intervals", "is not a text")),
    }
    Ok(kept)
}
