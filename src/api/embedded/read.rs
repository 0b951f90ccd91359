//! Reading the embedded page's records for readers of it, with the reader that hosted pages have too: the
//! status page links no other. The console writes with the derived ones, and a test holds both together.

use serde_json::Value;

use crate::api::public_page::incident::{Names, incident_by, postmortem};
use crate::api::public_page::wire::{is, text};
use crate::domain::component::{Component, ComponentId};
use crate::domain::incident::Incident;
use crate::domain::text::clean;

/// Our records are in their order, and hold nothing that a vendor would say twice.
const OURS: Names = Names {
    updates: "updates",
    affected: "affected",
    component: "id",
    state: "state",
    before: "before",
    appeared: None,
};

/// An incident; `None` where the record lacks what makes it one.
pub fn incident(from: &Value) -> Option<Incident> {
    let whole = ["id", "name", "impact", "created_at"];
    if whole.iter().any(|key| text(from, key).is_none()) || !from.get("updates")?.is_array() {
        return None;
    }
    let learned = from.get("postmortem");
    Some(Incident {
        postmortem: learned.and_then(|learned| postmortem(learned, "published_at", "body")),
        demo: is(from, "demo"),
        ..incident_by(&OURS, from)
    })
}

/// The components; `None` where one of them is none.
pub fn components(from: &Value) -> Option<Vec<Component>> {
    from.as_array()?.iter().map(component).collect()
}

fn component(from: &Value) -> Option<Component> {
    let owned = |key| text(from, key).map(str::to_owned);
    let words = |key| text(from, key).map(clean);
    Some(Component {
        id: ComponentId(owned("id")?),
        name: words("name")?,
        description: words("description"),
        group: words("group"),
        group_id: None,
        since: None,
        state: owned("state")?.into(),
    })
}

/// A list of keys.
pub fn keys(from: &Value) -> Option<Vec<String>> {
    let keys = from.as_array()?.iter();
    keys.map(|key| key.as_str().map(str::to_owned)).collect()
}
