//! The page, its components and their groups.

use serde_json::{Map, Value};

use super::check::COMPONENT_STATUSES;
use super::incidents::touched;
use super::input::{below, refused, truth};
use super::model::{Component, Group, Page};
use super::paging::{by_page, part};
use super::{keys, view};
use crate::call::{Call, Reply, SendOutcome, Stop};
use crate::store::{Kind, Slice};
use crate::world::World;

/// `GET /pages`.
pub fn pages(world: &mut World, _: &Call) -> SendOutcome {
    let pages: Vec<Page> = world.store.list(Kind::Page, Slice::ALL)?;
    Ok(Reply::json(200, &pages.iter().map(view::page).collect()))
}

/// `GET /pages/{page}`.
pub fn page(world: &mut World, call: &Call) -> SendOutcome {
    Ok(Reply::json(200, &view::page(&keys::page(world, call)?)))
}

/// A group's status: the worst of its children's.
pub fn group_status(children: &[&Component]) -> String {
    let worst = children
        .iter()
        .max_by_key(|child| super::affected::rank(super::affected::impact_of(&child.status)));
    worst.map_or_else(|| "operational".to_owned(), |child| child.status.clone())
}

/// `GET /components`: groups and components by their position.
pub fn list(world: &mut World, call: &Call) -> SendOutcome {
    let page = keys::page(world, call)?.id;
    let components: Vec<Component> = world.store.list(Kind::Component, Slice::ALL)?;
    let groups: Vec<Group> = world.store.list(Kind::Group, Slice::ALL)?;
    let mut all: Vec<Value> = groups
        .iter()
        .map(|group| {
            let children: Vec<&Component> = components
                .iter()
                .filter(|one| one.group_id.as_ref() == Some(&group.id))
                .collect();
            view::group_component(&page, group, &group_status(&children))
        })
        .collect();
    all.extend(components.iter().map(|one| view::component(&page, one)));
    all.sort_by_key(|one| one.get("position").and_then(Value::as_i64));
    Ok(Reply::json(200, &Value::Array(part(all, by_page(call)))))
}

fn found(world: &World, call: &Call) -> Result<Component, Stop> {
    world
        .store
        .get(Kind::Component, call.param("id"))?
        .ok_or_else(|| refused(world, 404, "component", "not found"))
}

/// `GET /components/{id}`.
pub fn get(world: &mut World, call: &Call) -> SendOutcome {
    let page = keys::page(world, call)?.id;
    Ok(Reply::json(
        200,
        &view::component(&page, &found(world, call)?),
    ))
}

fn set(world: &World, component: &mut Component, fields: &Map<String, Value>) -> Result<(), Stop> {
    let wrong = |field: &str, problem: &str| refused(world, 422, field, problem);
    let text = |field: &str| match fields.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(wrong(field, "is not a text")),
    };
    if let Some(name) = text("name")? {
        if name.trim().is_empty() {
            return Err(wrong("name", "can't be blank"));
        }
        component.name = name;
    }
    if let Some(status) = text("status")? {
        if !COMPONENT_STATUSES.contains(&status.as_str()) {
            return Err(wrong("status", "is not included in the list"));
        }
        if !status.is_empty() {
            component.status = status;
        }
    }
    if let Some(description) = text("description")? {
        component.description = Some(description);
    }
    if let Some(group) = text("group_id")? {
        component.group_id = Some(group);
    }
    if let Some(date) = text("start_date")? {
        component.start_date = Some(date);
    }
    if let Some(showcase) = truth(fields.get("showcase")) {
        component.showcase = showcase;
    }
    if let Some(only) = truth(fields.get("only_show_if_degraded")) {
        component.only_show_if_degraded = only;
    }
    Ok(())
}

fn kept(world: &World, page: &str, mut component: Component, status: u16) -> SendOutcome {
    let now = world.now();
    component.updated_at = now.0;
    world.store.put(
        Kind::Component,
        &component.id,
        component.position,
        &component,
    )?;
    touched(world, now)?;
    Ok(Reply::json(status, &view::component(page, &component)))
}

/// `PATCH` and `PUT /components/{id}`.
pub fn change(world: &mut World, call: &Call) -> SendOutcome {
    let page = keys::page(world, call)?.id;
    let mut component = found(world, call)?;
    set(world, &mut component, &below(world, call, "component")?)?;
    kept(world, &page, component, 200)
}

/// `POST /components`.
pub fn create(world: &mut World, call: &Call) -> SendOutcome {
    let page = keys::page(world, call)?.id;
    let fields = below(world, call, "component")?;
    let now = world.now().0;
    let number = i64::try_from(world.store.next()).unwrap_or_default();
    let mut component = Component {
        id: world.id()?,
        name: String::new(),
        description: None,
        status: "operational".into(),
        position: number,
        group_id: None,
        showcase: true,
        only_show_if_degraded: false,
        start_date: None,
        created_at: now,
        updated_at: now,
    };
    set(world, &mut component, &fields)?;
    if component.name.is_empty() {
        return Err(refused(world, 422, "name", "can't be blank"));
    }
    kept(world, &page, component, 201)
}

/// `DELETE /components/{id}`.
pub fn delete(world: &mut World, call: &Call) -> SendOutcome {
    keys::page(world, call)?;
    let component = found(world, call)?;
    world.store.remove(Kind::Component, &component.id);
    touched(world, world.now())?;
    Ok(Reply::empty(204))
}

fn children(world: &World, group: &str) -> Result<Vec<String>, Stop> {
    let all: Vec<Component> = world.store.list(Kind::Component, Slice::ALL)?;
    let of = all
        .into_iter()
        .filter(|one| one.group_id.as_deref() == Some(group));
    Ok(of.map(|one| one.id).collect())
}

/// `GET /component-groups`.
pub fn groups(world: &mut World, call: &Call) -> SendOutcome {
    let page = keys::page(world, call)?.id;
    let groups: Vec<Group> = world.store.list(Kind::Group, by_page(call))?;
    let views: Result<Vec<Value>, Stop> = groups
        .iter()
        .map(|group| Ok(view::group(&page, group, &children(world, &group.id)?)))
        .collect();
    Ok(Reply::json(200, &Value::Array(views?)))
}

/// `GET /component-groups/{id}`.
pub fn group(world: &mut World, call: &Call) -> SendOutcome {
    let page = keys::page(world, call)?.id;
    let group: Group = world
        .store
        .get(Kind::Group, call.param("id"))?
        .ok_or_else(|| refused(world, 404, "component_group", "not found"))?;
    let children = children(world, &group.id)?;
    Ok(Reply::json(200, &view::group(&page, &group, &children)))
}

/// `POST /component-groups`.
pub fn create_group(world: &mut World, call: &Call) -> SendOutcome {
    let page = keys::page(world, call)?.id;
    let fields = below(world, call, "component_group")?;
    let (Some(Value::String(name)), Some(Value::Array(ids))) =
        (fields.get("name"), fields.get("components"))
    else {
        return Err(refused(world, 422, "name", "and components are needed"));
    };
    let now = world.now().0;
    let group = Group {
        id: world.id()?,
        name: name.clone(),
        position: i64::try_from(world.store.next()).unwrap_or_default(),
        created_at: now,
        updated_at: now,
    };
    world
        .store
        .put(Kind::Group, &group.id, group.position, &group)?;
    for id in ids.iter().filter_map(Value::as_str) {
        if let Some(mut component) = world.store.get::<Component>(Kind::Component, id)? {
            component.group_id = Some(group.id.clone());
            world
                .store
                .put(Kind::Component, id, component.position, &component)?;
        }
    }
    let children = children(world, &group.id)?;
    Ok(Reply::json(201, &view::group(&page, &group, &children)))
}
