//! The Statuspage format's own names, read into the domain: what the public v2 format and the manage API v1
//! have in common. By hand and field by field, because real pages leave out, null and rename almost
//! anything, and because derived readers of so many optional fields are several times the code. What cannot
//! be read never makes a page greener than it is.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::incident::Names;
pub use super::incident::incident;
use crate::domain::component::{Component, ComponentId, ComponentState};
use crate::domain::incident::{IncidentStatus, is_given};
use crate::domain::maintenance::{Maintenance, MaintenanceStatus};
use crate::domain::order::by_key;
use crate::domain::page::{Overall, Permalinked, Stated};
use crate::domain::text::clean;
use crate::domain::utc_text;
use crate::domain::web_link::is_on_the_web;

/// The vendor's names of what stands in an incident.
pub(super) const VENDOR: Names = Names {
    updates: "incident_updates",
    affected: "affected_components",
    component: "code",
    state: "new_status",
    before: "old_status",
    appeared: Some("display_at"),
};

/// A text that says something.
pub fn text<'a>(from: &'a Value, key: &str) -> Option<&'a str> {
    let text = from.get(key)?.as_str()?;
    (!text.is_empty()).then_some(text)
}

/// A word, kept as it came; a word that is missing is one that nobody knows.
pub(super) fn word<T: From<String>>(from: &Value, key: &str) -> T {
    words(from, key).unwrap_or_default().into()
}

/// A text of one line that readers are shown as it came, without what turns the words around it.
pub(super) fn words(from: &Value, key: &str) -> Option<String> {
    text(from, key).map(clean)
}

/// The first moment that is given under one of the keys, in whatever zone and precision it is written. The zero that some
/// programs write for a time that they do not have (year 1, 1900, 1970) is none.
pub(super) fn moment(from: &Value, keys: &[&str]) -> Option<DateTime<Utc>> {
    let mut told = keys.iter().filter_map(|key| text(from, key));
    told.find_map(|told| utc_text::moment(told).filter(|at| is_given(*at)))
}

/// A list, if any.
pub fn list<'a>(from: &'a Value, key: &str) -> Option<&'a [Value]> {
    Some(from.get(key)?.as_array()?.as_slice())
}

/// The items of a list that may be missing.
pub(super) fn items<'a>(from: &'a Value, key: &str) -> &'a [Value] {
    list(from, key).unwrap_or_default()
}

/// Whether a field says yes.
pub fn is(from: &Value, key: &str) -> bool {
    from.get(key).and_then(Value::as_bool).unwrap_or_default()
}

/// What a file says of the components, where it does.
pub fn components_of(file: &Value) -> Option<&[Value]> {
    list(file, "components")
}

/// The list of incidents in a file.
pub const INCIDENTS: &str = "incidents";

/// What a file says of the incidents, where it does.
pub fn incidents_of(file: &Value) -> Option<&[Value]> {
    list(file, INCIDENTS)
}

/// The file of planned work.
pub const PLANNED: &str = "scheduled-maintenances";

/// A file that says no more than these incidents.
pub fn file_of_incidents(entries: Vec<Value>) -> Value {
    let list = (INCIDENTS.to_owned(), Value::Array(entries));
    Value::Object(std::iter::once(list).collect())
}

/// What a file says of planned work, where it does.
pub fn maintenances_of(file: &Value) -> Option<&[Value]> {
    list(file, "scheduled_maintenances")
}

/// The incidents in a file, to be changed.
pub fn incidents_in(file: &mut Value) -> impl Iterator<Item = &mut Value> {
    let entries = file.get_mut(INCIDENTS).and_then(Value::as_array_mut);
    entries.into_iter().flatten()
}

/// Whether a list tells of an entry.
pub fn tells_of(entries: &[Value], entry: &Value) -> bool {
    entries.iter().any(|other| same_id(other, entry))
}

/// Whether an entry is an incident that goes on.
pub fn is_open(entry: &Value) -> bool {
    let is_over = word::<IncidentStatus>(entry, "status").is_over();
    !is_over && !is_planned(entry) && incident(entry).is_open()
}

/// Ends an incident, at the moment at which its `page` was changed.
pub fn end(entry: &mut Value, page: &Value) {
    if let Some(fields) = entry.as_object_mut() {
        fields.insert("status".to_owned(), Value::String("resolved".to_owned()));
        let at = page.get("updated_at").cloned();
        fields.extend(at.map(|at| ("resolved_at".to_owned(), at)));
    }
}

/// What a file says of the page as a whole, where it does.
pub fn stated(file: &Value) -> Option<Stated> {
    let status = file.get("status")?;
    let state = match text(status, "indicator")? {
        "none" => Overall::Operational,
        "maintenance" => Overall::Maintenance,
        "minor" => Overall::Degraded,
        "major" => Overall::PartialOutage,
        "critical" => Overall::MajorOutage,
        _ => Overall::Unknown,
    };
    let words = words(status, "description").unwrap_or_default();
    Some(Stated { state, words })
}

/// Where the source itself shows its page, where a file says so: an address on the web, encrypted, without a slash at
/// its end.
pub fn home_of(file: &Value) -> Option<String> {
    let url = text(file.get("page")?, "url")?.trim_end_matches('/');
    is_on_the_web(url).then(|| url.to_owned())
}

/// The components in the page's order: by group, then by position, then by name. Of a group only the name
/// is kept, unless its state is worse than what is listed of it. Those that the page shows only while something is wrong
/// with them are left out unless `all` are asked for.
pub fn components(entries: &[Value], all: bool) -> Vec<Component> {
    let groups = entries.iter().filter(|entry| is(entry, "group")).collect();
    let groups: Vec<&Value> = by_key(groups, |group| id_of(group));
    let group_by = |id: &str| {
        let at = groups.partition_point(|group| id_of(group) < id);
        let found = groups.get(at).copied();
        found.filter(|group| !id.is_empty() && id_of(group) == id)
    };
    // Each entry beside its group, or beside itself.
    let beside = |entry| (group_by(group_id_of(entry)).unwrap_or(entry), entry);
    let placed: Vec<(&Value, &Value)> = entries.iter().map(beside).collect();
    let placed = by_key(placed, |(top, entry)| {
        let (position, name, _) = place(entry);
        (place(top), position, name)
    });
    let mut components = Vec::new();
    for (group, entry) in &placed {
        let state: ComponentState = word(entry, "status");
        if let Some(own) = group_by(id_of(entry)).filter(|_| is(entry, "group")) {
            // What its members are worse than, or as bad as, is told by them. A group among them stands for itself, also one
            // that is its own: of two in each other both would be told by the other.
            let members = placed.iter().filter(|(top, _)| std::ptr::eq(*top, own));
            let members = members.filter(|(_, member)| !is(member, "group"));
            let states = members.map(|(_, member)| word::<ComponentState>(member, "status"));
            let worst = states.map(|state| Overall::from(&state)).max();
            if worst >= Some(Overall::from(&state)) {
                continue;
            }
        }
        if !all && is(entry, "only_show_if_degraded") && state.is_operational() {
            continue;
        }
        components.push(Component {
            id: ComponentId(name_of(entry, "id")),
            name: words(entry, "name").unwrap_or_default(),
            description: words(entry, "description"),
            // Of a group without a name there is nothing to say.
            group: words(group, "name").filter(|_| is(group, "group")),
            group_id: is(group, "group").then(|| ComponentId(name_of(group, "id"))),
            since: since(entry),
            state,
        });
    }
    components
}

/// The day from which on a page lists a component: as it says, else the one on which the component was made.
fn since(entry: &Value) -> Option<NaiveDate> {
    let day = text(entry, "start_date").and_then(utc_text::calendar);
    let made = || moment(entry, &["start_date", "created_at"]);
    day.or_else(|| Some(made()?.date_naive()))
}

/// Where an entry stands among others.
fn place(entry: &Value) -> (i64, &str, &str) {
    let position = entry.get("position").and_then(Value::as_i64);
    let name = text(entry, "name").unwrap_or_default();
    (position.unwrap_or_default(), name, id_of(entry))
}

fn id_of(entry: &Value) -> &str {
    text(entry, "id").unwrap_or_default()
}

fn group_id_of(entry: &Value) -> &str {
    text(entry, "group_id").unwrap_or_default()
}

/// When an entry was changed last, as far as it says.
pub fn changed_at(from: &Value) -> Option<DateTime<Utc>> {
    moment(from, &["updated_at"])
}

pub(super) fn name_of(from: &Value, key: &str) -> String {
    text(from, key).unwrap_or_default().to_owned()
}

/// Whether two entries of a list are the same thing.
pub fn same_id(one: &Value, other: &Value) -> bool {
    text(one, "id").is_some_and(|id| text(other, "id") == Some(id))
}

/// Whether an entry has an id.
pub fn is_of(from: &Value, id: &str) -> bool {
    text(from, "id") == Some(id)
}

/// An entry as what it is: planned work may stand among the incidents.
pub fn permalinked(from: &Value) -> Permalinked {
    if is_planned(from) {
        Permalinked::Work(maintenance(from))
    } else {
        Permalinked::Incident(incident(from))
    }
}

/// Whether an entry among the incidents is planned work. It says so by its status: a time of work stands beside an incident
/// too, as a zero or where work went wrong.
pub fn is_planned(from: &Value) -> bool {
    !matches!(word(from, "status"), MaintenanceStatus::Unknown(_))
}

/// Planned work that is announced or going on, soonest first.
pub fn maintenances<'a>(entries: impl Iterator<Item = &'a Value>) -> Vec<Maintenance> {
    let planned = entries
        .filter(|entry| !word::<IncidentStatus>(entry, "status").is_over())
        .map(maintenance)
        .filter(|work| work.status != MaintenanceStatus::Completed)
        .collect();
    by_key(planned, |work: &Maintenance| (work.from, work.id.clone()))
}

/// Planned work, however far it has come.
pub fn maintenance(from: &Value) -> Maintenance {
    let told = incident(from);
    let begins = moment(from, &["scheduled_for"]).or(told.started_at);
    Maintenance {
        id: told.id,
        name: told.name,
        status: word(from, "status"),
        updates: told.updates,
        from: begins.unwrap_or_default(),
        until: moment(from, &["scheduled_until"]),
        components: told.components,
        demo: false,
    }
}
