//! What an update does to components, how that is remembered with it, and how bad it makes an incident.

use super::model::{Affected, Component, Group, Incident};
use crate::call::Stop;
use crate::clock::Author;
use crate::store::Kind;
use crate::world::World;

/// Gives the named components their statuses, and tells what all attached components had before and have
/// now. Nothing else ever changes a component: a resolved incident leaves them as they are.
pub fn apply(
    world: &World,
    attached: &[String],
    wishes: &[(String, String)],
    now: Author,
) -> Result<Option<Vec<Affected>>, Stop> {
    let mut affected = Vec::new();
    for id in attached {
        let Some(mut component) = world.store.get::<Component>(Kind::Component, id)? else {
            continue;
        };
        let old_status = component.status.clone();
        let new = wishes.iter().find(|(named, _)| named == id);
        if let Some((_, status)) =
            new.filter(|(_, status)| !status.is_empty() && *status != old_status)
        {
            component.status.clone_from(status);
            component.updated_at = now.0;
            world
                .store
                .put(Kind::Component, id, component.position, &component)?;
        }
        affected.push(Affected {
            code: id.clone(),
            name: full_name(world, &component)?,
            old_status,
            new_status: component.status,
        });
    }
    Ok((!affected.is_empty()).then_some(affected))
}

/// "Group - Child", or the name alone.
fn full_name(world: &World, component: &Component) -> Result<String, Stop> {
    let group = match &component.group_id {
        Some(id) => world.store.get::<Group>(Kind::Group, id)?,
        None => None,
    };
    Ok(match group {
        Some(group) => format!("{} - {}", group.name, component.name),
        None => component.name.clone(),
    })
}

/// How bad one component's status is for an incident.
pub fn impact_of(status: &str) -> &'static str {
    match status {
        "major_outage" => "critical",
        "partial_outage" => "major",
        "degraded_performance" => "minor",
        "under_maintenance" => "maintenance",
        _ => "none",
    }
}

/// The place of an impact in the order of badness.
pub fn rank(impact: &str) -> usize {
    super::check::IMPACTS
        .iter()
        .position(|known| *known == impact)
        .unwrap_or_default()
}

/// How bad the incident is: as set; else as bad as its components ever were in it.
pub fn impact(incident: &Incident) -> String {
    if let Some(set) = &incident.impact_override {
        return set.clone();
    }
    let affected = incident
        .updates
        .iter()
        .filter_map(|update| update.affected.as_ref())
        .flatten();
    let worst = affected
        .map(|affected| impact_of(&affected.new_status))
        .max_by_key(|impact| rank(impact))
        .unwrap_or("none");
    let least = if incident.is_maintenance() {
        "maintenance"
    } else {
        "none"
    };
    if rank(worst) < rank(least) {
        least.to_owned()
    } else {
        worst.to_owned()
    }
}
