//! What the manage API shows: an incident's own times to the second, an update's to the millisecond.

use serde_json::{Value, json};

use super::model::{Component, Group, Incident, Page, Postmortem, Update};
use crate::call::Stop;
use crate::clock::Author;
use crate::store::Kind;
use crate::world::World;

fn seconds(at: Option<i64>) -> Option<String> {
    at.map(|at| Author(at).seconds())
}

fn millis(at: Option<i64>) -> Option<String> {
    at.map(|at| Author(at).millis())
}

/// A component.
pub fn component(page: &str, one: &Component) -> Value {
    json!({
        "id": one.id,
        "page_id": page,
        "group_id": one.group_id,
        "created_at": Author(one.created_at).seconds(),
        "updated_at": Author(one.updated_at).seconds(),
        "group": false,
        "name": one.name,
        "description": one.description,
        "position": one.position,
        "status": one.status,
        "showcase": one.showcase,
        "only_show_if_degraded": one.only_show_if_degraded,
        "automation_email": format!("component+{}@notifications.example", one.id),
        "start_date": one.start_date,
    })
}

/// A group as it stands among the components.
pub fn group_component(page: &str, one: &Group, status: &str) -> Value {
    json!({
        "id": one.id,
        "page_id": page,
        "group_id": null,
        "created_at": Author(one.created_at).seconds(),
        "updated_at": Author(one.updated_at).seconds(),
        "group": true,
        "name": one.name,
        "description": null,
        "position": one.position,
        "status": status,
        "showcase": false,
        "only_show_if_degraded": false,
        "automation_email": null,
        "start_date": null,
    })
}

/// A group by itself. The document has its position as a text.
pub fn group(page: &str, one: &Group, children: &[String]) -> Value {
    json!({
        "id": one.id,
        "page_id": page,
        "name": one.name,
        "components": children,
        "position": one.position.to_string(),
        "created_at": Author(one.created_at).seconds(),
        "updated_at": Author(one.updated_at).seconds(),
    })
}

/// An update.
pub fn update(one: &Update, incident: &str) -> Value {
    json!({
        "id": one.id,
        "incident_id": incident,
        "affected_components": one.affected,
        "body": one.body,
        "created_at": Author(one.created_at).millis(),
        "custom_tweet": null,
        "deliver_notifications": one.deliver_notifications,
        "display_at": Author(one.display_at).millis(),
        "status": one.status,
        "tweet_id": null,
        "twitter_updated_at": null,
        "updated_at": Author(one.updated_at).millis(),
        "wants_twitter_update": one.wants_twitter_update,
    })
}

/// A post-mortem.
pub fn postmortem(one: &Postmortem) -> Value {
    json!({
        "preview_key": one.preview_key,
        "body": one.body,
        "body_updated_at": millis(one.body_updated_at),
        "body_draft": one.body_draft,
        "body_draft_updated_at": millis(one.body_draft_updated_at),
        "published_at": millis(one.published_at),
        "notify_subscribers": one.notify_subscribers,
        "notify_twitter": one.notify_twitter,
        "custom_tweet": one.custom_tweet,
        "created_at": Author(one.created_at).millis(),
        "updated_at": Author(one.updated_at).millis(),
    })
}

/// The page.
pub fn page(one: &Page) -> Value {
    json!({
        "id": one.id,
        "name": one.name,
        "url": one.url,
        "time_zone": one.time_zone,
        "updated_at": Author(one.updated_at).millis(),
    })
}

/// An incident, with its components as they are now.
pub fn incident(world: &World, one: &Incident) -> Result<Value, Stop> {
    let page: Option<Page> = world.store.get(Kind::Page, "page")?;
    let page = page.map(|page| page.id).unwrap_or_default();
    let mut components = Vec::new();
    for id in &one.component_ids {
        if let Some(found) = world.store.get::<Component>(Kind::Component, id)? {
            components.push(component(&page, &found));
        }
    }
    let updates: Vec<Value> = one
        .updates
        .iter()
        .map(|made| update(made, &one.id))
        .collect();
    let published = one
        .postmortem
        .as_ref()
        .filter(|found| found.published_at.is_some());
    let setting = |name: &str| one.settings.get(name).cloned().unwrap_or(Value::Null);
    let truth = |name: &str| {
        one.settings
            .get(name)
            .cloned()
            .unwrap_or(Value::Bool(false))
    };
    Ok(json!({
        "id": one.id,
        "components": components,
        "created_at": Author(one.created_at).seconds(),
        "impact": one.impact,
        "impact_override": one.impact_override,
        "incident_updates": updates,
        "incident_impacts": [],
        "metadata": one.metadata,
        "monitoring_at": seconds(one.monitoring_at),
        "name": one.name,
        "page_id": page,
        "postmortem_body": published.and_then(|found| found.body.clone()),
        "postmortem_body_last_updated_at": seconds(published.and_then(|found| found.body_updated_at)),
        "postmortem_ignored": false,
        "postmortem_notified_subscribers": published.is_some_and(|found| found.notify_subscribers),
        "postmortem_notified_twitter": published.is_some_and(|found| found.notify_twitter),
        // The document says that this is a truth and no time.
        "postmortem_published_at": published.map(|_| true),
        "resolved_at": seconds(one.resolved_at),
        "scheduled_auto_completed": truth("scheduled_auto_completed"),
        "scheduled_auto_in_progress": truth("scheduled_auto_in_progress"),
        "scheduled_for": seconds(one.scheduled_for),
        "auto_transition_deliver_notifications_at_end": setting("auto_transition_deliver_notifications_at_end"),
        "auto_transition_deliver_notifications_at_start": setting("auto_transition_deliver_notifications_at_start"),
        "auto_transition_to_maintenance_state": setting("auto_transition_to_maintenance_state"),
        "auto_transition_to_operational_state": setting("auto_transition_to_operational_state"),
        "scheduled_remind_prior": truth("scheduled_remind_prior"),
        "scheduled_reminded_at": null,
        "scheduled_until": seconds(one.scheduled_until),
        "shortlink": format!("https://stspg.example/{}", one.id),
        "status": one.status,
        "updated_at": Author(one.updated_at).seconds(),
        "reminder_intervals": setting("reminder_intervals"),
    }))
}
