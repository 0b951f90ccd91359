//! The public page: what anybody may read from any origin, unless the page is private.

use serde_json::{Map, Value, json};

use super::affected::rank;
use super::components::group_status;
use super::model::{Component, Group, Incident, Page, Update};
use crate::call::{Call, Reply, SendOutcome, Stop};
use crate::clock::Author;
use crate::faults::login_page;
use crate::routes::{GET, Routes};
use crate::store::{Kind, Slice};
use crate::world::World;

/// Lists of the past end here.
const NEWEST: usize = 50;

/// The paths, and what each shows beside the page.
pub fn routes() -> Routes {
    let path = |rest: &str| format!("/api/v2/{rest}.json");
    Routes::default()
        .on(&path("summary"), GET, summary)
        .on(&path("status"), GET, status)
        .on(&path("components"), GET, components)
        .on(&path("incidents"), GET, incidents)
        .on(&path("incidents/unresolved"), GET, unresolved)
        .on(&path("scheduled-maintenances"), GET, maintenances)
        .on(&path("scheduled-maintenances/upcoming"), GET, upcoming)
        .on(&path("scheduled-maintenances/active"), GET, active)
}

/// What the page shows, read once.
struct Shown {
    page: Page,
    components: Vec<Component>,
    groups: Vec<Group>,
    incidents: Vec<Incident>,
}

impl Shown {
    fn read(world: &World) -> Result<Self, Stop> {
        if world.switches.private_page {
            let mut reply = login_page();
            reply.status = 401;
            return Err(Stop::Answer(reply));
        }
        let page: Option<Page> = world.store.get(Kind::Page, "page")?;
        Ok(Self {
            page: page.ok_or_else(|| Stop::Answer(Reply::empty(404)))?,
            components: world.store.list(Kind::Component, Slice::ALL)?,
            groups: world.store.list(Kind::Group, Slice::ALL)?,
            incidents: world.store.list(Kind::Incident, Slice::ALL)?,
        })
    }

    fn time(&self, at: i64) -> String {
        Author(at).local(self.page.offset_minutes)
    }

    fn component(&self, one: &Component) -> Value {
        json!({
            "id": one.id,
            "name": one.name,
            "status": one.status,
            "created_at": self.time(one.created_at),
            "updated_at": self.time(one.updated_at),
            "position": one.position,
            "description": one.description,
            "showcase": one.showcase,
            "start_date": one.start_date,
            "group_id": one.group_id,
            "page_id": self.page.id,
            "group": false,
            "only_show_if_degraded": one.only_show_if_degraded,
        })
    }

    fn group(&self, one: &Group) -> Value {
        let children: Vec<&Component> = self
            .components
            .iter()
            .filter(|child| child.group_id.as_ref() == Some(&one.id))
            .collect();
        let ids: Vec<&String> = children.iter().map(|child| &child.id).collect();
        json!({
            "id": one.id,
            "name": one.name,
            "status": group_status(&children),
            "created_at": self.time(one.created_at),
            "updated_at": self.time(one.updated_at),
            "position": one.position,
            "description": null,
            "showcase": false,
            "start_date": null,
            "group_id": null,
            "page_id": self.page.id,
            "group": true,
            "only_show_if_degraded": false,
            "components": ids,
        })
    }

    fn all_components(&self) -> Vec<Value> {
        let groups = self.groups.iter().map(|one| self.group(one));
        groups
            .chain(self.components.iter().map(|one| self.component(one)))
            .collect()
    }

    fn update(&self, one: &Update, incident: &str) -> Value {
        json!({
            "id": one.id,
            "status": one.status,
            "body": one.body,
            "incident_id": incident,
            "created_at": self.time(one.created_at),
            "updated_at": self.time(one.updated_at),
            "display_at": self.time(one.display_at),
            "affected_components": one.affected,
            "deliver_notifications": one.deliver_notifications,
            "custom_tweet": null,
            "tweet_id": null,
        })
    }

    fn incident(&self, one: &Incident) -> Value {
        let published = one
            .postmortem
            .as_ref()
            .and_then(|found| Some((found.published_at?, found.body.clone()?)));
        let mut updates: Vec<Value> = one
            .updates
            .iter()
            .map(|update| self.update(update, &one.id))
            .collect();
        if let Some((at, body)) = &published {
            let update = Update {
                id: format!("{}pm", one.id),
                status: "postmortem".into(),
                body: body.clone(),
                affected: None,
                deliver_notifications: true,
                wants_twitter_update: false,
                created_at: *at,
                updated_at: *at,
                display_at: *at,
            };
            updates.insert(0, self.update(&update, &one.id));
        }
        let attached = one.component_ids.iter().filter_map(|id| {
            let found = self
                .components
                .iter()
                .find(|component| component.id == *id)?;
            Some(self.component(found))
        });
        let mut whole = json!({
            "id": one.id,
            "name": one.name,
            "status": if published.is_some() { "postmortem" } else { one.status.as_str() },
            "created_at": self.time(one.created_at),
            "updated_at": self.time(one.updated_at),
            "monitoring_at": one.monitoring_at.map(|at| self.time(at)),
            "resolved_at": one.resolved_at.map(|at| self.time(at)),
            "impact": one.impact,
            "shortlink": format!("https://stspg.example/{}", one.id),
            "started_at": self.time(one.created_at),
            "page_id": self.page.id,
            "incident_updates": updates,
            "components": attached.collect::<Vec<_>>(),
            "reminder_intervals": null,
        });
        if let (true, Some(whole)) = (one.is_maintenance(), whole.as_object_mut()) {
            whole.remove("reminder_intervals");
            whole.insert(
                "scheduled_for".into(),
                one.scheduled_for.map(|at| self.time(at)).into(),
            );
            let until = one.scheduled_until.map(|at| self.time(at));
            whole.insert("scheduled_until".into(), until.into());
        }
        whole
    }

    fn those(&self, which: impl Fn(&Incident) -> bool) -> Value {
        let those = self.incidents.iter().filter(|one| which(one)).take(NEWEST);
        those.map(|one| self.incident(one)).collect()
    }

    /// The worst of what is open and of the components, in the vendor's words. An outage of some of several components is
    /// summed up one step better ("Top-level status and incident impact calculations" in Atlassian's help).
    fn status(&self) -> Value {
        let open = self
            .incidents
            .iter()
            .filter(|one| !one.is_over() && (!one.is_maintenance() || one.status != "scheduled"));
        let impacts = open.map(|one| one.impact.as_str());
        let statuses = || {
            let components = self.components.iter();
            components.map(|one| super::affected::impact_of(&one.status))
        };
        let of_components = statuses().max_by_key(|impact| rank(impact));
        let blend = of_components.map(|worst| match worst {
            worst if statuses().all(|impact| impact == worst) => worst,
            "critical" => "major",
            "major" => "minor",
            lighter => lighter,
        });
        let worst = impacts.chain(blend).max_by_key(|impact| rank(impact));
        let (indicator, description) = match worst.unwrap_or("none") {
            "critical" => ("critical", "Major Service Outage"),
            "major" => ("major", "Partial System Outage"),
            "minor" => ("minor", "Minor Service Outage"),
            "maintenance" => ("maintenance", "Service Under Maintenance"),
            _ => ("none", "All Systems Operational"),
        };
        json!({"indicator": indicator, "description": description})
    }

    fn reply(&self, parts: Vec<(&str, Value)>) -> Reply {
        let mut whole = Map::new();
        let page = json!({
            "id": self.page.id,
            "name": self.page.name,
            "url": self.page.url,
            "time_zone": self.page.time_zone,
            "updated_at": self.time(self.page.updated_at),
        });
        whole.insert("page".into(), page);
        whole.extend(
            parts
                .into_iter()
                .map(|(name, part)| (name.to_owned(), part)),
        );
        Reply::json(200, &Value::Object(whole))
            .with("access-control-allow-origin", "*")
            .with("cache-control", "max-age=0, private, must-revalidate")
    }
}

fn active_one(one: &Incident) -> bool {
    one.is_maintenance() && matches!(one.status.as_str(), "in_progress" | "verifying")
}

fn upcoming_one(one: &Incident) -> bool {
    one.is_maintenance() && one.status == "scheduled"
}

fn open_incident(one: &Incident) -> bool {
    !one.is_maintenance() && !one.is_over()
}

fn summary(world: &mut World, _: &Call) -> SendOutcome {
    let shown = Shown::read(world)?;
    Ok(shown.reply(vec![
        ("components", Value::Array(shown.all_components())),
        ("incidents", shown.those(open_incident)),
        (
            "scheduled_maintenances",
            shown.those(|one| active_one(one) || upcoming_one(one)),
        ),
        ("status", shown.status()),
    ]))
}

fn status(world: &mut World, _: &Call) -> SendOutcome {
    let shown = Shown::read(world)?;
    Ok(shown.reply(vec![("status", shown.status())]))
}

fn components(world: &mut World, _: &Call) -> SendOutcome {
    let shown = Shown::read(world)?;
    Ok(shown.reply(vec![("components", Value::Array(shown.all_components()))]))
}

fn incidents(world: &mut World, _: &Call) -> SendOutcome {
    let shown = Shown::read(world)?;
    Ok(shown.reply(vec![(
        "incidents",
        shown.those(|one| !one.is_maintenance()),
    )]))
}

fn unresolved(world: &mut World, _: &Call) -> SendOutcome {
    let shown = Shown::read(world)?;
    Ok(shown.reply(vec![("incidents", shown.those(open_incident))]))
}

fn maintenances(world: &mut World, _: &Call) -> SendOutcome {
    let shown = Shown::read(world)?;
    Ok(shown.reply(vec![(
        "scheduled_maintenances",
        shown.those(Incident::is_maintenance),
    )]))
}

fn upcoming(world: &mut World, _: &Call) -> SendOutcome {
    let shown = Shown::read(world)?;
    Ok(shown.reply(vec![("scheduled_maintenances", shown.those(upcoming_one))]))
}

fn active(world: &mut World, _: &Call) -> SendOutcome {
    let shown = Shown::read(world)?;
    Ok(shown.reply(vec![("scheduled_maintenances", shown.those(active_one))]))
}
