//! Incident templates: made and listed, never changed; the manage API has no more.

use serde_json::{Value, json};

use super::input::{below, refused};
use super::keys::page;
use super::model::Component;
use super::paging::by_page;
use super::view;
use crate::call::{Call, Reply, SendOutcome};
use crate::store::Kind;
use crate::world::World;

/// `GET /incident_templates`.
pub fn list(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    let all: Vec<Value> = world.store.list(Kind::Template, by_page(call))?;
    Ok(Reply::json(200, &Value::Array(all)))
}

/// `POST /incident_templates`.
pub fn create(world: &mut World, call: &Call) -> SendOutcome {
    let page = page(world, call)?.id;
    let fields = below(world, call, "template")?;
    for name in ["name", "title", "body"] {
        if fields
            .get(name)
            .and_then(Value::as_str)
            .is_none_or(str::is_empty)
        {
            return Err(refused(world, 422, name, "can't be blank"));
        }
    }
    let ids = fields.get("component_ids").and_then(Value::as_array);
    let mut components = Vec::new();
    for id in ids.into_iter().flatten().filter_map(Value::as_str) {
        if let Some(component) = world.store.get::<Component>(Kind::Component, id)? {
            components.push(view::component(&page, &component));
        }
    }
    let of = |name: &str| fields.get(name).cloned().unwrap_or(Value::Null);
    let id = world.id()?;
    let template = json!({
        "id": id,
        "components": components,
        "name": of("name"),
        "title": of("title"),
        "body": of("body"),
        "group_id": of("group_id"),
        "update_status": of("update_status"),
        "should_tweet": of("should_tweet"),
        "should_send_notifications": of("should_send_notifications"),
    });
    let sort = i64::try_from(world.store.next()).unwrap_or_default();
    world.store.put(Kind::Template, &id, sort, &template)?;
    Ok(Reply::json(201, &template))
}
