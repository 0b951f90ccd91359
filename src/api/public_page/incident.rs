//! An incident's entry, read into the domain: the vendor's, and what the embedded page wrote of one.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::wire::{VENDOR, items, list, moment, name_of, text, word, words};
use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::course;
use crate::domain::impact::Impact;
use crate::domain::incident::{
    AffectedComponent, Incident, IncidentId, IncidentStatus, IncidentUpdate,
};
use crate::domain::order::by_key_turned;
use crate::domain::postmortem::Postmortem;

/// What the vendor and the records of the embedded page call differently.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    /// An incident's updates.
    pub updates: &'static str,
    /// What an update changed on components.
    pub affected: &'static str,
    /// The id of a component that was changed.
    pub component: &'static str,
    /// The state that it was given.
    pub state: &'static str,
    /// The state that it was in until then.
    pub before: &'static str,
    /// Where the updates may come in any order, and in which of their fields the moment of appearance is.
    pub appeared: Option<&'static str>,
}

/// An incident. An entry that cannot be read is an incident of unknown impact that goes on.
pub fn incident(from: &Value) -> Incident {
    incident_by(&VENDOR, from)
}

/// An incident, by other names.
pub fn incident_by(names: &Names, from: &Value) -> Incident {
    let entries = items(from, names.updates);
    let latest = moment(from, &["resolved_at", "updated_at"]);
    let own = moment(from, &["created_at", "started_at"]);
    let mut updates: Vec<IncidentUpdate> = entries
        .iter()
        .map(|entry| update(names, entry, latest.or(own).unwrap_or_default()))
        .collect();
    if names.appeared.is_some() {
        // Where the page states an end, one that was told last is the newest, whatever moment it gives itself.
        let is_over = word::<IncidentStatus>(from, "status").is_over();
        let told = updates
            .iter()
            .filter(|update| update.status != IncidentStatus::Postmortem);
        let last = told.map(IncidentUpdate::was_told_at).max();
        updates = by_key_turned(updates, |update| {
            let told = update.was_told_at();
            let is_end = is_over && update.status.is_over() && Some(told) == last;
            Reverse(if is_end { told } else { update.created_at })
        });
    }
    let mut postmortem = postmortem(from, "postmortem_published_at", "postmortem_body");
    updates.retain(|update| {
        let is_postmortem = update.status == IncidentStatus::Postmortem;
        let says = !update.body.trim().is_empty();
        if is_postmortem && says && postmortem.is_none() {
            postmortem = Some(Postmortem {
                body: update.body.clone(),
                published_at: update.created_at,
            });
        }
        !is_postmortem
    });
    // When it was changed last says nothing of when it began.
    let told = || entries.iter().filter_map(|entry| appeared_at(names, entry));
    let created_at = own.or_else(|| told().min()).unwrap_or_default();
    let mut components: Vec<ComponentId> = match list(from, "components") {
        Some(entries) => entries.iter().filter_map(|entry| id(entry, "id")).collect(),
        None => Vec::new(),
    };
    if components.is_empty() {
        for affected in updates.iter().flat_map(|update| &update.affected) {
            components.extend(affected.id.clone().filter(|id| !components.contains(id)));
        }
    }
    // What this browser keeps comes back as it went. What others send is cleaned, and began when its texts say so.
    let (title, printed) = match names.appeared {
        Some(_) => (words(from, "name"), course::started(&updates)),
        None => (text(from, "name").map(str::to_owned), None),
    };
    let mut incident = Incident {
        id: IncidentId(name_of(from, "id")),
        name: title.unwrap_or_default(),
        impact: Impact::from(name_of(from, "impact")),
        created_at,
        started_at: printed.or_else(|| moment(from, &["started_at"])),
        updates,
        components,
        postmortem,
        demo: false,
    };
    give_status(&mut incident, from, latest);
    incident
}

/// Where a page gives an incident a status that its newest update does not, an entry without words stands
/// for it: an update may have been removed, or there never was one. An incident of which neither is told has a status that
/// nobody knows.
fn give_status(incident: &mut Incident, from: &Value, latest: Option<DateTime<Utc>>) {
    let stated: IncidentStatus = word(from, "status");
    let newest = incident.updates.first();
    if newest.is_some_and(|newest| {
        let is_over = stated.is_over() && newest.status.is_over();
        is_over || stated == newest.status || stated.word().is_empty()
    }) {
        return;
    }
    // An end that nobody gave is not said: when it was changed last says as little of it as of the beginning.
    let at = if stated.is_over() {
        moment(from, &["resolved_at"])
    } else {
        latest.or(Some(incident.created_at))
    };
    let newest = newest.map(|update| update.created_at);
    let created_at = at.and_then(|_| at.max(newest)).unwrap_or_default();
    incident.updates.insert(
        0,
        IncidentUpdate {
            id: format!("{}-status", incident.id.0),
            status: stated,
            body: String::new(),
            created_at,
            told_at: latest.filter(|told| *told > created_at),
            affected: Vec::new(),
        },
    );
}

fn id(from: &Value, key: &str) -> Option<ComponentId> {
    // A list of components may hold objects or bare ids.
    let id = text(from, key).or_else(|| from.as_str())?;
    Some(ComponentId(id.to_owned()))
}

/// A postmortem, where both its fields are there.
pub fn postmortem(from: &Value, at: &str, body: &str) -> Option<Postmortem> {
    Some(Postmortem {
        published_at: moment(from, &[at])?,
        body: text(from, body)?.to_owned(),
    })
}

/// When an update appeared, where its entry says.
fn appeared_at(names: &Names, from: &Value) -> Option<DateTime<Utc>> {
    let appeared = names.appeared.unwrap_or_default();
    moment(from, &[appeared, "created_at", "updated_at"])
}

fn update(names: &Names, from: &Value, fallback: DateTime<Utc>) -> IncidentUpdate {
    let told = moment(from, &["created_at"]);
    let created_at = appeared_at(names, from).unwrap_or(fallback);
    IncidentUpdate {
        id: name_of(from, "id"),
        status: word(from, "status"),
        body: name_of(from, "body"),
        created_at,
        told_at: told.filter(|told| *told > created_at),
        affected: items(from, names.affected)
            .iter()
            .filter_map(|entry| affected(names, entry))
            .collect(),
    }
}

/// A component's change; entries of words alone ("No components were affected by this update.") are none.
fn affected(names: &Names, from: &Value) -> Option<AffectedComponent> {
    let id = id(from, names.component);
    let said = |key| text(from, key).map(|word| ComponentState::from(word.to_owned()));
    let state = said(names.state);
    (id.is_some() || state.is_some()).then(|| AffectedComponent {
        id,
        name: words(from, "name").unwrap_or_default(),
        state,
        before: said(names.before),
    })
}
