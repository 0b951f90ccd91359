//! Updates of incidents: made by changing the incident, edited by themselves.

use super::affected;
use super::check::Wish;
use super::incidents::{found, keep};
use super::input::{below, refused, truth};
use super::keys::page;
use super::model::{Incident, Update};
use super::view;
use crate::call::{Call, Reply, SendOutcome, Stop};
use crate::clock::Author;
use crate::world::World;

/// What the vendor writes where a status comes without a text.
fn canned(status: &str) -> &'static str {
    match status {
        "identified" => "The issue has been identified and a fix is being implemented.",
        "monitoring" => "A fix has been implemented and we are monitoring the results.",
        "resolved" => "This incident has been resolved.",
        "scheduled" => "We will be undergoing scheduled maintenance during this time.",
        "in_progress" => {
            "Scheduled maintenance is currently in progress. We will provide updates as necessary."
        }
        "verifying" => "Verification is currently underway for the maintenance items.",
        "completed" => "The scheduled maintenance has been completed.",
        _ => "We are currently investigating this issue.",
    }
}

/// Does what the wish says to the components, and puts an update in front of the incident's others.
pub fn add(world: &World, incident: &mut Incident, wish: &Wish, now: Author) -> Result<(), Stop> {
    let affected = affected::apply(world, &incident.component_ids, &wish.components, now)?;
    let body = match &wish.body {
        Some(body) if !body.is_empty() => body.clone(),
        Some(_) | None => canned(&incident.status).to_owned(),
    };
    let update = Update {
        id: world.id()?,
        status: incident.status.clone(),
        body,
        affected,
        deliver_notifications: wish.deliver_notifications,
        wants_twitter_update: false,
        created_at: now.0,
        updated_at: now.0,
        display_at: now.0,
    };
    incident.updates.insert(0, update);
    Ok(())
}

/// Changes the text or the time of one update; the incident's status stays.
pub fn edit(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    let mut incident = found(world, call)?;
    let fields = below(world, call, "incident_update")?;
    let now = world.now();
    let id = incident.id.clone();
    let update = incident
        .updates
        .iter_mut()
        .find(|update| update.id == call.param("update"))
        .ok_or_else(|| refused(world, 404, "incident_update", "not found"))?;
    if let Some(body) = fields.get("body").and_then(|body| body.as_str()) {
        body.clone_into(&mut update.body);
    }
    if let Some(at) = fields.get("display_at").and_then(|at| at.as_str()) {
        update.display_at = Author::read(at)
            .ok_or_else(|| refused(world, 422, "display_at", "is not a time"))?
            .0;
    }
    if let Some(deliver) = truth(fields.get("deliver_notifications")) {
        update.deliver_notifications = deliver;
    }
    if let Some(wants) = truth(fields.get("wants_twitter_update")) {
        update.wants_twitter_update = wants;
    }
    update.updated_at = now.0;
    let answer = view::update(update, &id);
    keep(world, &mut incident, now)?;
    Ok(Reply::json(200, &answer))
}
