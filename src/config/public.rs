//! `config.json`: what the public page needs. Nothing internal stands in it.

use email_address::EmailAddress;
use serde_json::{Map, Value};

use crate::domain::component::{Component, ComponentId, ComponentState};

use super::json::{Json, at, kind_of};
use super::problem::Problem;

const STOPS: &str = "the status page shows Unknown, and nothing can be published";

/// What the public page needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicConfig {
    /// The organisation's name.
    pub organisation: String,
    /// Where readers find the status page, without a slash at its end.
    pub status_url: String,
    /// Where readers write to.
    pub support: String,
    /// The components of a new page, all operational.
    pub components: Vec<Component>,
    /// Where the status is read.
    pub source: PageSource,
}

/// Where the status is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageSource {
    /// Kept in this browser.
    Embedded,
}

impl PublicConfig {
    /// Reads the file.
    ///
    /// # Errors
    /// All problems at once; for a text that is no JSON, that one.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let (mut json, value) = Json::read(text, STOPS)?;
        let config = read(&mut json, &value);
        let problems = json.into_problems();
        match config {
            Some(config) if problems.is_empty() => Ok(config),
            Some(_) | None => Err(problems),
        }
    }
}

fn read(json: &mut Json, value: &Value) -> Option<PublicConfig> {
    let Some(file) = value.as_object() else {
        let wrong = format!("the file is {}, and an object is needed", kind_of(value));
        json.refuse("", wrong, "{ \"organisation\": … }");
        return None;
    };
    json.unknown(
        file,
        "",
        &[
            "organisation",
            "status_url",
            "support",
            "components",
            "source",
        ],
    );
    let organisation = json.text(file, "", "organisation", "\"AIAS Platform\"");
    let status_url = json.text(file, "", "status_url", "\"https://status.example.com\"");
    let status_url = status_url.and_then(|url| web_address(json, "status_url", &url));
    let support = json.text(file, "", "support", "\"support@example.com\"");
    if let Some(support) = &support
        && !is_mail_address(support)
    {
        json.refuse(
            "support",
            "it is not an email address",
            "\"support@example.com\"",
        );
    }
    let components = components(json, file);
    let source = source(json, file);
    Some(PublicConfig {
        organisation: organisation?,
        status_url: status_url?,
        support: support?,
        components: components?,
        source: source?,
    })
}

/// Whether a text is an email address that mail can be sent to.
pub(super) fn is_mail_address(text: &str) -> bool {
    EmailAddress::is_valid(text) && !text.contains(['<', '>', '"', ' '])
}

/// The address of a web page, without a slash at its end.
fn web_address(json: &mut Json, key: &str, text: &str) -> Option<String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let host = rest
        .and_then(|rest| rest.split(['/', '?', '#', ':']).next())
        .unwrap_or_default();
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    if host.is_empty() || !plain {
        json.refuse(
            key,
            "it is not the address of a web page",
            "\"https://status.example.com\"",
        );
        return None;
    }
    Some(text.trim_end_matches('/').to_owned())
}

fn components(json: &mut Json, file: &Map<String, Value>) -> Option<Vec<Component>> {
    const RIGHT: &str = "\"components\": [{ \"id\": \"api\", \"name\": \"API\" }]";
    let items = match file.get("components") {
        None => {
            json.refuse("components", "it is missing", RIGHT);
            return None;
        }
        Some(Value::Array(items)) if !items.is_empty() => items,
        Some(Value::Array(_)) => {
            json.refuse("components", "there is no component in it", RIGHT);
            return None;
        }
        Some(other) => {
            let wrong = format!("it is {}, and a list is needed", kind_of(other));
            json.refuse("components", wrong, RIGHT);
            return None;
        }
    };
    let mut components: Vec<Component> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let path = format!("components[{}]", number + 1);
        let Some(item) = item.as_object() else {
            let wrong = format!("it is {}, and an object is needed", kind_of(item));
            json.refuse(&path, wrong, "{ \"id\": \"api\", \"name\": \"API\" }");
            continue;
        };
        let Some(component) = component(json, item, &path) else {
            continue;
        };
        for (key, taken) in [
            (
                "id",
                components.iter().any(|other| other.id == component.id),
            ),
            (
                "name",
                components.iter().any(|other| other.name == component.name),
            ),
        ] {
            if taken {
                let wrong = format!("another component has the same {key}");
                json.refuse(&at(&path, key), wrong, format!("a {key} of its own"));
            }
        }
        components.push(component);
    }
    Some(components)
}

fn component(json: &mut Json, item: &Map<String, Value>, path: &str) -> Option<Component> {
    json.unknown(item, path, &["id", "name", "description", "group"]);
    let id = json.text(item, path, "id", "\"api\"");
    let name = json.text(item, path, "name", "\"API\"");
    let description = json.text_if_any(item, path, "description", "\"What it does\"");
    let group = json.text_if_any(item, path, "group", "\"Core services\"");
    Some(Component {
        id: ComponentId(id?),
        name: name?,
        description,
        group,
        state: ComponentState::Operational,
    })
}

fn source(json: &mut Json, file: &Map<String, Value>) -> Option<PageSource> {
    const RIGHT: &str = "\"source\": { \"kind\": \"embedded\" }";
    let source = match file.get("source") {
        None => {
            json.refuse("source", "it is missing", RIGHT);
            return None;
        }
        Some(Value::Object(source)) => source,
        Some(other) => {
            let wrong = format!("it is {}, and an object is needed", kind_of(other));
            json.refuse("source", wrong, RIGHT);
            return None;
        }
    };
    json.unknown(source, "source", &["kind"]);
    let kind = json.text(source, "source", "kind", "\"embedded\"")?;
    if kind == "embedded" {
        return Some(PageSource::Embedded);
    }
    let wrong = "this version cannot read the status from there";
    json.refuse(
        "source.kind",
        wrong,
        "\"embedded\": the page is kept in this browser",
    );
    None
}
