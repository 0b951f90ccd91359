//! Incidents and maintenances of the manage API.

use serde_json::Value;

use super::check::{Wish, wish};
use super::input::{below, refused};
use super::keys::page;
use super::model::{Incident, Page};
use super::paging::{by_limit, by_page, part};
use super::{affected, updates, view};
use crate::call::{Call, Reply, SendOutcome, Stop};
use crate::clock::Author;
use crate::store::{Kind, Slice};
use crate::switches::{Metadata, Taken};
use crate::world::World;

/// The incident that the path names.
pub fn found(world: &World, call: &Call) -> Result<Incident, Stop> {
    world
        .store
        .get(Kind::Incident, call.param("id"))?
        .ok_or_else(|| refused(world, 404, "incident", "not found"))
}

/// Puts a changed incident in place; the page has changed with it.
pub fn keep(world: &World, incident: &mut Incident, now: Author) -> Result<(), Stop> {
    incident.updated_at = now.0;
    incident.impact = affected::impact(incident);
    // Newest first.
    world
        .store
        .put(Kind::Incident, &incident.id, -incident.number, incident)?;
    touched(world, now)
}

/// The page's own time of change.
pub fn touched(world: &World, now: Author) -> Result<(), Stop> {
    if let Some(mut page) = world.store.get::<Page>(Kind::Page, "page")? {
        page.updated_at = now.0;
        world.store.put(Kind::Page, "page", 0, &page)?;
    }
    Ok(())
}

/// `POST /incidents`.
pub fn create(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    let wish = wish(world, &below(world, call, "incident")?)?;
    let Some(name) = wish.name.clone() else {
        return Err(refused(world, 422, "name", "can't be blank"));
    };
    let now = world.now();
    let usual = if wish.backfilled {
        "resolved"
    } else if wish.scheduled_for.is_some() {
        "scheduled"
    } else {
        "investigating"
    };
    let mut incident = Incident {
        id: world.id()?,
        number: i64::try_from(world.store.next()).unwrap_or_default(),
        name,
        status: String::new(),
        impact: String::new(),
        impact_override: None,
        component_ids: Vec::new(),
        updates: Vec::new(),
        metadata: wish.metadata.clone().unwrap_or_default(),
        created_at: now.0,
        updated_at: now.0,
        monitoring_at: None,
        resolved_at: None,
        scheduled_for: None,
        scheduled_until: None,
        settings: serde_json::Map::new(),
        postmortem: None,
    };
    set(&mut incident, &wish, now);
    turn(&mut incident, wish.status.as_deref().unwrap_or(usual), now);
    updates::add(world, &mut incident, &wish, now)?;
    keep(world, &mut incident, now)?;
    Ok(Reply::json(201, &view::incident(world, &incident)?))
}

/// `PATCH` and `PUT /incidents/{id}`. An update is made where a status or a text is given; metadata alone
/// makes none and tells nobody.
pub fn change(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    let mut incident = found(world, call)?;
    let wish = wish(world, &below(world, call, "incident")?)?;
    let now = world.now();
    let reopens = incident.is_over()
        && wish
            .status
            .as_ref()
            .is_some_and(|status| *status != incident.status);
    if reopens && world.switches.reopen == Taken::Refused {
        return Err(refused(
            world,
            422,
            "status",
            "of a resolved incident can't be changed",
        ));
    }
    if let Some(name) = &wish.name {
        incident.name.clone_from(name);
    }
    if let Some(metadata) = wish.metadata.clone() {
        match world.switches.metadata {
            Metadata::Replace => incident.metadata = metadata,
            Metadata::Merge => incident.metadata.extend(metadata),
        }
    }
    set(&mut incident, &wish, now);
    let says = wish.body.as_ref().is_some_and(|body| !body.is_empty());
    let status = wish.status.clone();
    if says
        || status
            .as_ref()
            .is_some_and(|status| *status != incident.status)
    {
        let status = status.unwrap_or_else(|| incident.status.clone());
        turn(&mut incident, &status, now);
        updates::add(world, &mut incident, &wish, now)?;
    } else {
        affected::apply(world, &incident.component_ids, &wish.components, now)?;
    }
    keep(world, &mut incident, now)?;
    Ok(Reply::json(200, &view::incident(world, &incident)?))
}

/// What needs no update: impact, components, schedule, settings.
fn set(incident: &mut Incident, wish: &Wish, _: Author) {
    if let Some(impact) = &wish.impact_override {
        incident.impact_override = Some(impact.clone());
    }
    if let Some(ids) = &wish.component_ids {
        incident.component_ids.clone_from(ids);
    }
    for (id, _) in &wish.components {
        if !incident.component_ids.contains(id) {
            incident.component_ids.push(id.clone());
        }
    }
    if let Some(at) = wish.scheduled_for {
        incident.scheduled_for = Some(at.0);
    }
    if let Some(at) = wish.scheduled_until {
        incident.scheduled_until = Some(at.0);
    }
    incident.settings.extend(wish.settings.clone());
}

/// Gives the incident a status, and the times that go with it.
fn turn(incident: &mut Incident, status: &str, now: Author) {
    status.clone_into(&mut incident.status);
    if status == "monitoring" && incident.monitoring_at.is_none() {
        incident.monitoring_at = Some(now.0);
    }
    incident.resolved_at = match incident.resolved_at {
        Some(at) if incident.is_over() => Some(at),
        Some(_) | None => incident.is_over().then_some(now.0),
    };
}

/// `GET /incidents/{id}`.
pub fn get(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    let incident = found(world, call)?;
    Ok(Reply::json(200, &view::incident(world, &incident)?))
}

/// `DELETE /incidents/{id}`: answers with what is gone.
pub fn delete(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    let incident = found(world, call)?;
    world.store.remove(Kind::Incident, &incident.id);
    touched(world, world.now())?;
    Ok(Reply::json(200, &view::incident(world, &incident)?))
}

fn those(world: &World, slice: Slice, which: impl Fn(&Incident) -> bool) -> SendOutcome {
    let all: Vec<Incident> = world.store.list(Kind::Incident, Slice::ALL)?;
    let some = part(all.into_iter().filter(|one| which(one)).collect(), slice);
    let views: Result<Vec<Value>, Stop> =
        some.iter().map(|one| view::incident(world, one)).collect();
    Ok(Reply::json(200, &Value::Array(views?)))
}

/// `GET /incidents`, with `q` in names, statuses and texts.
pub fn list(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    let sought = call.query("q").unwrap_or_default().to_lowercase();
    those(world, by_limit(call), |incident| {
        let has = |text: &str| text.to_lowercase().contains(&sought);
        has(&incident.name)
            || has(&incident.status)
            || incident.updates.iter().any(|update| has(&update.body))
    })
}

/// `GET /incidents/unresolved`.
pub fn unresolved(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    those(world, by_page(call), |one| {
        !one.is_maintenance() && !one.is_over()
    })
}

/// `GET /incidents/scheduled`.
pub fn scheduled(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    those(world, by_page(call), |one| {
        one.is_maintenance() && !one.is_over()
    })
}

/// `GET /incidents/upcoming`.
pub fn upcoming(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    those(world, by_page(call), |one| {
        one.is_maintenance() && one.status == "scheduled"
    })
}

/// `GET /incidents/active_maintenance`.
pub fn active_maintenance(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    those(world, by_page(call), |one| {
        matches!(one.status.as_str(), "in_progress" | "verifying")
    })
}
