//! The manage API's own names: the bodies of writes, and what v1 says of an incident beside the format that
//! it shares with the public page.

use serde_json::{Map, Value};

use crate::api::page::{Live, Metadata, Post, PostReceipt, PostmortemThere};
use crate::api::public_page::wire::{components, incident, is_planned, text};
use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::impact::Impact;
use crate::domain::incident::IncidentId;
use crate::domain::text::same;

/// One object inside another: `{"incident": {…}}`.
fn wrapped(name: &str, fields: Map<String, Value>) -> String {
    let mut outer = Map::new();
    outer.insert(name.to_owned(), Value::Object(fields));
    Value::Object(outer).to_string()
}

fn put(fields: &mut Map<String, Value>, name: &str, value: impl Into<Value>) {
    fields.insert(name.to_owned(), value.into());
}

/// The body of a post: everything that it changes in one request. Whether subscribers are mailed is always
/// said, because the vendor's default is yes.
pub fn post(post: &Post) -> String {
    let mut fields = Map::new();
    put(&mut fields, "name", post.name.as_str());
    put(&mut fields, "status", post.status.word());
    put(&mut fields, "body", post.body.as_str());
    put(
        &mut fields,
        "deliver_notifications",
        post.notify_subscribers,
    );
    match &post.impact {
        // The vendor takes its own words only; without one it would go on computing the impact.
        Some(Impact::Unknown(_)) | None => {}
        Some(
            impact @ (Impact::None
            | Impact::Maintenance
            | Impact::Minor
            | Impact::Major
            | Impact::Critical),
        ) => put(&mut fields, "impact_override", impact.word()),
    }
    let mut states = Map::new();
    let mut ids: Vec<Value> = Vec::new();
    for (id, state) in &post.components {
        put(&mut states, &id.0, state.word());
        ids.push(Value::from(id.0.as_str()));
    }
    // The list replaces what is attached. What does not change is attached all the same: whoever resolves another
    // incident is told by it that the component is still down.
    let changed = |id: &&ComponentId| post.components.iter().any(|(known, _)| known == *id);
    let others = post.attached.iter().filter(|id| !changed(id));
    ids.extend(others.map(|id| Value::from(id.0.as_str())));
    if !states.is_empty() {
        put(&mut fields, "components", states);
    }
    if !ids.is_empty() {
        put(&mut fields, "component_ids", ids);
    }
    if !post.metadata.0.is_empty() {
        put(&mut fields, "metadata", post.metadata.0.clone());
    }
    wrapped("incident", fields)
}

/// The body that changes nothing but what is kept beside an incident: neither a status nor a text, so that
/// no update comes of it and nobody is told.
pub fn metadata(metadata: &Metadata) -> String {
    let mut fields = Map::new();
    put(&mut fields, "metadata", metadata.0.clone());
    put(&mut fields, "deliver_notifications", false);
    wrapped("incident", fields)
}

/// The body that gives a component a state.
pub fn component(state: &ComponentState) -> String {
    let mut fields = Map::new();
    put(&mut fields, "status", state.word());
    wrapped("component", fields)
}

/// The body that keeps a postmortem as a draft.
pub fn postmortem_draft(body: &str) -> String {
    let mut fields = Map::new();
    put(&mut fields, "body_draft", body);
    wrapped("postmortem", fields)
}

/// The body that publishes the draft, telling nobody: subscribers were told of the incident.
pub fn postmortem_publish() -> String {
    let mut fields = Map::new();
    put(&mut fields, "notify_subscribers", false);
    put(&mut fields, "notify_twitter", false);
    wrapped("postmortem", fields)
}

/// A postmortem as it stands; `None` where an answer is none.
pub fn postmortem(from: &Value) -> Option<PostmortemThere> {
    let is_one = ["body", "body_draft"]
        .into_iter()
        .any(|name| from.get(name).is_some());
    is_one.then(|| read_postmortem(from))
}

fn read_postmortem(from: &Value) -> PostmortemThere {
    let is_published = text(from, "published_at").is_some();
    let said = |name: &str| text(from, name).map(str::to_owned);
    PostmortemThere {
        published: said("body").filter(|_| is_published),
        draft: said("body_draft"),
    }
}

/// Whether an answer is this component.
pub fn is_component(from: &Value, id: &ComponentId) -> bool {
    text(from, "id") == Some(id.0.as_str())
}

/// An incident with what only programs see of it; `None` where it is planned work.
pub fn live(from: &Value) -> Option<Live> {
    if is_planned(from) {
        return None;
    }
    let kept = from.get("metadata").and_then(Value::as_object);
    let incident = incident(from);
    // Beside one that is over, nobody knows of when the states are.
    let entries = from.get("components").and_then(Value::as_array);
    let entries = entries.filter(|_| incident.is_open());
    let components = entries.map_or_else(Vec::new, |entries| components(entries, true));
    Some(Live {
        incident,
        standing: components
            .into_iter()
            .map(|one| (one.id, one.state))
            .collect(),
        metadata: Metadata(kept.cloned().unwrap_or_default()),
        link: text(from, "shortlink").map(str::to_owned),
    })
}

/// The proof of a post in the incident that the vendor answered with: the newest update that is ours, else
/// the newest. `None` where the answer is no incident.
pub fn receipt(from: &Value, post: &Post) -> Option<PostReceipt> {
    let id = text(from, "id")?;
    let incident = incident(from);
    let ours = incident
        .updates
        .iter()
        .find(|update| update.status == post.status && same(&update.body, &post.body))
        .or(incident.updates.first());
    Some(PostReceipt {
        incident: IncidentId(id.to_owned()),
        update: ours.map(|update| update.id.clone()).unwrap_or_default(),
        at: ours.map_or(post.now, |update| update.created_at),
        link: text(from, "shortlink").map(str::to_owned),
    })
}

/// The words of an error, whichever of its three forms the vendor gives it: a sentence, sentences, or
/// sentences by field.
pub fn error(from: &Value) -> Option<String> {
    let mut words = Vec::new();
    gather(
        from.get("error").or_else(|| from.get("message"))?,
        "",
        &mut words,
    );
    let all = words.join("; ").replace(char::is_control, " ");
    (!all.is_empty()).then(|| all.chars().take(LONGEST_ERROR).collect())
}

/// As much of an error's words as anybody reads.
const LONGEST_ERROR: usize = 300;

fn gather(from: &Value, field: &str, words: &mut Vec<String>) {
    match from {
        Value::String(text) if field.is_empty() => words.push(text.clone()),
        // Fields have the vendor's names in them, `component_ids`.
        Value::String(text) => words.push(format!("{} {text}", field.replace('_', " "))),
        Value::Array(items) => items.iter().for_each(|item| gather(item, field, words)),
        Value::Object(fields) => {
            for (name, item) in fields {
                gather(item, name, words);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
