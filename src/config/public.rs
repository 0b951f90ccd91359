//! `config.json`: what the public page needs. Nothing internal stands in it.

use email_address::EmailAddress;
use serde_json::{Map, Value};

use crate::domain::component::{Component, ComponentId, ComponentState};
use crate::domain::find::{around, find, holds};
use crate::domain::web_link::{host, is_web_address};

use super::json::{Json, Stopped, at, kind_of};
use super::problem::Problem;

const STOPS: &str = "the status page shows Unknown, and nothing can be published";

const NO_ADDRESS: &str = "it is not the address of a web page";
const A_PAGE: &str = "\"https://status.example.com\"";

/// The keys of the file.
pub(super) const KEYS: [&str; 6] = [
    "organisation",
    "status_url",
    "support",
    "components",
    "source",
    "links",
];

/// What the public page needs. Where the page is read elsewhere, its readers get along without what is wrong in the first
/// four; that is empty, then.
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
    /// Where readers subscribe; what is left out follows from the source.
    pub links: Links,
}

/// Where readers are told without looking, each the address of a web page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links {
    /// Where they subscribe.
    pub subscribe: Option<String>,
    /// The feed in Atom.
    pub atom: Option<String>,
    /// The feed in RSS.
    pub rss: Option<String>,
}

/// Where the status is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageSource {
    /// Kept in this browser.
    Embedded,
    /// A page that speaks the Statuspage v2 format.
    Statuspage {
        /// The folder of its files, without a slash at its end: `https://abc123.statuspage.io/api/v2`, or a
        /// path on this host (`/api/v2`).
        url: String,
    },
}

impl PublicConfig {
    /// Reads the file as its readers do: a file with keys of another version, with nulls or with spaces is still theirs.
    ///
    /// # Errors
    /// All problems at once, where one of them leaves no page to show; for a text that is no JSON, that one.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let (config, problems, stopped) = examined(text)?;
        config.filter(|_| !stopped.readers).ok_or(problems)
    }

    /// Reads the file as its maintainer wants it: what the console works with, and every problem, also one that readers never
    /// notice.
    pub fn checked(text: &str) -> (Option<Self>, Vec<Problem>) {
        match examined(text) {
            Ok((config, problems, stopped)) => (config.filter(|_| !stopped.console), problems),
            Err(problems) => (None, problems),
        }
    }

    /// Where readers read the page, as words for a person, where that is at another host than `own`, an origin: at an
    /// address, or by a path at theirs. The console's policy lets it ask its own host alone.
    pub fn read_elsewhere(&self, own: &str) -> Option<String> {
        let url = self.source.url()?;
        let is_address = find(url, "://").is_some();
        let (asked, said) = if is_address {
            (url, url.to_owned())
        } else {
            let said = [url, " at ", self.status_url.as_str()].concat();
            (self.status_url.as_str(), said)
        };
        (origin(asked) != origin(own)).then_some(said)
    }
}

/// The origin of an address as browsers write it: in small letters, without the port that its scheme has anyway.
fn origin(address: &str) -> String {
    let address = address.to_ascii_lowercase();
    let (scheme, usual) = match around(&address, "://") {
        Some(("http", _)) => ("http", ":80"),
        Some((scheme, _)) => (scheme, ":443"),
        None => ("", ""),
    };
    let host = host(&address);
    [scheme, "://", host.strip_suffix(usual).unwrap_or(host)].concat()
}

/// What the file says, as far as it can be read, every problem, and whom they stop.
type Examined = (Option<PublicConfig>, Vec<Problem>, Stopped);

fn examined(text: &str) -> Result<Examined, Vec<Problem>> {
    let (mut json, value) = Json::read(text, STOPS)?;
    let config = read(&mut json, &value);
    let (problems, stopped) = json.into_problems();
    Ok((config, problems, stopped))
}

fn read(json: &mut Json, value: &Value) -> Option<PublicConfig> {
    let Some(file) = value.as_object() else {
        let wrong = format!("the file is {}, and an object is needed", kind_of(value));
        json.refuse("", wrong, "{ \"organisation\": … }");
        return None;
    };
    json.unknown(file, "", &KEYS);
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
    let support = support.filter(|support| is_mail_address(support));
    // A hosted page says by itself how things are: in an outage nobody is kept from it by the address in its footer.
    let kind = file.get("source").and_then(|source| source.get("kind"));
    let is_hosted = kind.and_then(Value::as_str).map(str::trim) == Some(HOSTED);
    if is_hosted {
        json.spare_readers();
    }
    let unsaid = || is_hosted.then(String::new);
    let source = source(json, file);
    let links = links(json, file);
    Some(PublicConfig {
        organisation: organisation.or_else(unsaid)?,
        status_url: status_url.or_else(unsaid)?,
        support: support.or_else(unsaid)?,
        components: components.or_else(|| is_hosted.then(Vec::new))?,
        source: source?,
        links,
    })
}

/// Whether a text is an email address that mail can be sent to, by every service and through every edge.
pub fn is_mail_address(text: &str) -> bool {
    EmailAddress::is_valid(text) && !text.contains(['<', '>', '"', ' ', '['])
}

/// The address of a web page, without a slash at its end.
fn web_address(json: &mut Json, key: &str, text: &str) -> Option<String> {
    let found = page_address(text);
    if found.is_none() {
        json.refuse(key, NO_ADDRESS, A_PAGE);
    }
    found
}

pub(super) fn page_address(text: &str) -> Option<String> {
    is_web_address(text).then(|| text.trim_end_matches('/').to_owned())
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
        let is_same =
            |other: &Component| other.name == component.name && other.group == component.group;
        if components.iter().any(|other| other.id == component.id) {
            let wrong = "another component has the same id";
            json.refuse(&at(&path, "id"), wrong, "an id of its own");
        }
        if components.iter().any(is_same) {
            let wrong = "another component has the same name in the same group";
            json.refuse(
                &at(&path, "name"),
                wrong,
                "a name of its own, or another group",
            );
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
        group_id: None,
        since: None,
        state: ComponentState::Operational,
    })
}

fn links(json: &mut Json, file: &Map<String, Value>) -> Links {
    const RIGHT: &str = "\"links\": { \"subscribe\": \"https://status.example.com/subscribe\" }";
    let links = match file.get("links") {
        None => return Links::default(),
        Some(Value::Object(links)) => links,
        Some(other) => {
            let wrong = format!("it is {}, and an object is needed", kind_of(other));
            json.note("links", wrong, RIGHT);
            return Links::default();
        }
    };
    json.unknown(links, "links", &["subscribe", "atom", "rss"]);
    let mut link = |key: &str| {
        let address =
            json.text_if_any(links, "links", key, "\"https://status.example.com/feed\"")?;
        let found = page_address(&address);
        if found.is_none() {
            json.note(&at("links", key), NO_ADDRESS, A_PAGE);
        }
        found
    };
    Links {
        subscribe: link("subscribe"),
        atom: link("atom"),
        rss: link("rss"),
    }
}

impl PageSource {
    /// The folder of the page's files; `None` for the page of this browser.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Embedded => None,
            Self::Statuspage { url } => Some(url),
        }
    }
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
    let kind = json.text(
        source,
        "source",
        "kind",
        "\"embedded\", or \"statuspage\" with its \"url\"",
    )?;
    match kind.as_str() {
        "embedded" => {
            json.unknown(source, "source", &["kind"]);
            Some(PageSource::Embedded)
        }
        HOSTED => {
            json.unknown(source, "source", &["kind", "url"]);
            let url = json.text(source, "source", "url", PAGE_URL)?;
            match folder(&url) {
                Ok(url) => Some(PageSource::Statuspage { url }),
                Err(wrong) => {
                    json.refuse("source.url", wrong, PAGE_URL);
                    None
                }
            }
        }
        _ => {
            let wrong = "this version cannot read the status from there";
            json.refuse(
                "source.kind",
                wrong,
                "\"embedded\": the page is kept in this browser; or \"statuspage\" with its \"url\"",
            );
            None
        }
    }
}

/// The kind of a source that is a page of its own.
const HOSTED: &str = "statuspage";
const PAGE_URL: &str =
    "\"https://abc123.statuspage.io/api/v2\", or a path on this host: \"/api/v2\"";

/// The folder of a page's v2 files: an address on the web, or a path on this host. The error says what is wrong.
pub(super) fn folder(text: &str) -> Result<String, &'static str> {
    let path = text.starts_with('/') && !text.starts_with("//");
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || holds("?#", c));
    let folder = text.trim_end_matches('/');
    if folder
        .rsplit_once('.')
        .is_some_and(|(_, end)| end == "json")
    {
        Err("it is a file, and the folder that it is in is needed")
    } else if plain && (path || is_web_address(text)) {
        Ok(folder.to_owned())
    } else {
        Err("it is not the folder of a page's v2 files")
    }
}
