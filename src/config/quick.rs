//! `config.json` read in a hurry: what the page needs before its state. It takes only a file in which nothing can
//! be wrong; whatever gives it a doubt is left to [`PublicConfig::parse`], which knows what to say of it and comes
//! with a later part of the page. Whatever it takes, `parse` takes alike (`tests/playbook/config_quick.rs`).

use serde_json::{Map, Value};

use super::public::{self, Links, PageSource, PublicConfig};
use crate::domain::component::{Component, ComponentId, ComponentState};
use crate::domain::find::holds;
use crate::domain::text::has_overrides;

impl PublicConfig {
    /// Reads a file without a mistake, by its text and what a reader of JSON makes of it; `None` where there may
    /// be one.
    pub fn quick(text: &str, file: &Value) -> Option<Self> {
        if keys_written(text) != keys(file) {
            return None;
        }
        let file = object(file, &public::KEYS)?;
        let links = match file.get("links") {
            None => Links::default(),
            Some(links) => {
                let links = object(links, &["subscribe", "atom", "rss"])?;
                Links {
                    subscribe: if_any(links, "subscribe", public::page_address).ok()?,
                    atom: if_any(links, "atom", public::page_address).ok()?,
                    rss: if_any(links, "rss", public::page_address).ok()?,
                }
            }
        };
        Some(Self {
            organisation: text_of(file, "organisation")?.to_owned(),
            status_url: public::page_address(text_of(file, "status_url")?)?,
            support: text_of(file, "support")
                .filter(|text| is_plain_address(text))?
                .to_owned(),
            components: components(file)?,
            source: source(file.get("source")?)?,
            links,
        })
    }
}

/// An object of which every key is known.
fn object<'v>(value: &'v Value, known: &[&str]) -> Option<&'v Map<String, Value>> {
    let object = value.as_object()?;
    let is_known = object.keys().all(|key| known.contains(&key.as_str()));
    is_known.then_some(object)
}

/// A text that is there and not blank.
fn text_of<'v>(object: &'v Map<String, Value>, key: &str) -> Option<&'v str> {
    object
        .get(key)?
        .as_str()
        .filter(|text| !text.is_empty() && text.trim() == *text && !has_overrides(text))
}

/// Something may be wrong.
struct Doubt;

/// What need not be there.
fn if_any<T>(
    object: &Map<String, Value>,
    key: &str,
    read: fn(&str) -> Option<T>,
) -> Result<Option<T>, Doubt> {
    if object.contains_key(key) {
        text_of(object, key).and_then(read).map(Some).ok_or(Doubt)
    } else {
        Ok(None)
    }
}

/// The plainest of mail addresses: letters, digits and what most of them are made of.
fn is_plain_address(text: &str) -> bool {
    let plain = |part: &str, more: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || holds(more, c))
            && part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.ends_with(|c: char| c.is_ascii_alphanumeric())
    };
    text.split_once('@').is_some_and(|(name, host)| {
        text.len() <= 60
            && name.split('.').all(|part| plain(part, "-_+"))
            && holds(host, '.')
            && host.split('.').all(|part| plain(part, "-"))
    })
}

fn components(file: &Map<String, Value>) -> Option<Vec<Component>> {
    let mut components: Vec<Component> = Vec::new();
    for item in file.get("components")?.as_array()? {
        let item = object(item, &["id", "name", "description", "group"])?;
        let component = Component {
            id: ComponentId(text_of(item, "id")?.to_owned()),
            name: text_of(item, "name")?.to_owned(),
            description: if_any(item, "description", owned).ok()?,
            group: if_any(item, "group", owned).ok()?,
            group_id: None,
            since: None,
            state: ComponentState::Operational,
        };
        let is_new = |other: &Component| other.id != component.id && other.name != component.name;
        if !components.iter().all(is_new) {
            return None;
        }
        components.push(component);
    }
    (!components.is_empty()).then_some(components)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it is one of the readers of a text"
)]
fn owned(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn source(source: &Value) -> Option<PageSource> {
    let kind = source.get("kind")?.as_str()?;
    match kind {
        "embedded" => object(source, &["kind"]).map(|_| PageSource::Embedded),
        "statuspage" => {
            let source = object(source, &["kind", "url"])?;
            let url = public::folder(text_of(source, "url")?).ok()?;
            Some(PageSource::Statuspage { url })
        }
        _ => None,
    }
}

/// How many keys there are.
fn keys(value: &Value) -> usize {
    match value {
        Value::Object(object) => object.len() + object.values().map(keys).sum::<usize>(),
        Value::Array(items) => items.iter().map(keys).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// How many were written, or more: of a key that is there twice, a reader of JSON knows one.
fn keys_written(text: &str) -> usize {
    let ends = text.split('"').skip(1);
    ends.filter(|after| after.trim_start().starts_with(':'))
        .count()
}
