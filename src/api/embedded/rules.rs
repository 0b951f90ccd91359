//! What the embedded page does with a request, without a browser: the rules that a hosted page has on
//! its server.

use chrono::{DateTime, Datelike, SecondsFormat, Utc};

use crate::api::error::ApiError;
use crate::api::page::Post;
use crate::domain::component::{Component, ComponentId, ComponentState};
use crate::domain::impact::Impact;
use crate::domain::incident::{AffectedComponent, Incident, IncidentId, IncidentUpdate};
use crate::domain::postmortem::Postmortem;
use crate::domain::utc_text;

/// Fresh random ids, in case they are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreshIds {
    pub incident: String,
    pub update: String,
}

/// The incident after a post; the components change with it. `current` is the incident that the post
/// names; without one the post opens it.
pub fn publish(
    current: Option<Incident>,
    components: &mut [Component],
    post: &Post,
    fresh: FreshIds,
) -> Result<Incident, ApiError> {
    if post.name.trim().is_empty() {
        return Err(ApiError::Refused("the title is empty".into()));
    }
    if post.body.trim().is_empty() {
        return Err(ApiError::Refused("the text is empty".into()));
    }
    let affected = set_components(components, &post.components)?;

    let mut incident = current.unwrap_or_else(|| Incident {
        id: IncidentId(fresh.incident),
        name: String::new(),
        impact: Impact::None,
        created_at: post.now,
        started_at: None,
        updates: Vec::new(),
        components: Vec::new(),
        postmortem: None,
        demo: false,
    });
    incident.name.clone_from(&post.name);
    if let Some(impact) = &post.impact {
        incident.impact = impact.clone();
    }
    if post.started_at.is_some() {
        incident.started_at = post.started_at;
    }
    let known = |id: &&ComponentId| components.iter().any(|component| component.id == **id);
    let changed = post.components.iter().map(|(id, _)| id);
    for id in changed.chain(post.attached.iter().filter(known)) {
        if !incident.components.contains(id) {
            incident.components.push(id.clone());
        }
    }
    let update = IncidentUpdate {
        id: fresh.update,
        status: post.status.clone(),
        body: post.body.clone(),
        created_at: post.now,
        told_at: None,
        affected,
    };
    incident.updates.insert(0, update);
    Ok(incident)
}

/// Changes components, all or none, and says what was changed as an update records it.
pub fn set_components(
    components: &mut [Component],
    changes: &[(ComponentId, ComponentState)],
) -> Result<Vec<AffectedComponent>, ApiError> {
    if let Some((stranger, _)) = changes
        .iter()
        .find(|(id, _)| components.iter().all(|known| known.id != *id))
    {
        return Err(ApiError::Refused(format!(
            "the page has no component {}",
            stranger.0
        )));
    }
    let mut affected = Vec::new();
    for (id, state) in changes {
        for known in components.iter_mut().filter(|known| known.id == *id) {
            let before = std::mem::replace(&mut known.state, state.clone());
            affected.push(AffectedComponent {
                id: Some(id.clone()),
                name: known.name.clone(),
                state: Some(state.clone()),
                before: Some(before),
            });
        }
    }
    Ok(affected)
}

/// The incident with a postmortem. The same text again keeps the day it was published.
pub fn publish_postmortem(
    mut incident: Incident,
    body: &str,
    now: DateTime<Utc>,
) -> Result<Incident, ApiError> {
    if incident.is_open() {
        return Err(ApiError::Refused(
            "the incident is not resolved on the page".into(),
        ));
    }
    if body.trim().is_empty() {
        return Err(ApiError::Refused("the text is empty".into()));
    }
    if incident
        .postmortem
        .as_ref()
        .is_none_or(|known| known.body != body)
    {
        incident.postmortem = Some(Postmortem {
            body: body.to_owned(),
            published_at: now,
        });
    }
    Ok(incident)
}

/// The page's components after the configuration named `wanted`: its order, names and groups; a
/// component that the page already had keeps its state, one that is no longer named goes.
pub fn configure(current: &[Component], wanted: &[Component]) -> Vec<Component> {
    let state = |component: &Component| {
        current
            .iter()
            .find(|known| known.id == component.id)
            .map_or_else(|| component.state.clone(), |known| known.state.clone())
    };
    wanted
        .iter()
        .map(|component| Component {
            state: state(component),
            ..component.clone()
        })
        .collect()
}

/// The key under which an incident stands in the order of beginnings: "2026-03-09T14:05:00.000Z|id".
pub fn order_key(incident: &Incident) -> String {
    format!("{}{}", order_key_from(incident.began_at()), incident.id.0)
}

/// What every key of that moment begins with, and no key of an earlier one reaches.
pub fn order_key_from(at: DateTime<Utc>) -> String {
    // Years of other than four digits would not sort.
    let at = match at.year() {
        ..0 => DateTime::<Utc>::UNIX_EPOCH,
        0..=9999 => at,
        10000.. => at.with_year(9999).unwrap_or_default(),
    };
    format!("{}|", at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// The moment and the id that a key of [`order_key`] stands for.
pub fn read_order_key(key: &str) -> Option<(DateTime<Utc>, IncidentId)> {
    let (at, id) = key.split_once('|')?;
    Some((utc_text::moment(at)?, IncidentId(id.to_owned())))
}
