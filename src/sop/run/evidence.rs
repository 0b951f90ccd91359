//! The evidence file: one incident's log as one JSON document, with the exact texts that were sent and
//! their receipts.
//!
//! It is written whole and read leniently: an event that cannot be read is named with its reason, and
//! the rest is kept. Its entries are chained (`chain`), so that a change shows; older files have no chain, and are read
//! all the same.

use serde::de::Error as _;
use serde_json::{Map, Value};

use super::chain::{chained, check};
use super::{Chain, Run, RunId};
use crate::sop::event::{Event, EventKind};

/// What the file says it is.
pub const FORMAT: &str = "allclear-evidence-1";

/// A log as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The run, of every event that could be read.
    pub run: Run,
    /// The version of the SOP that it ran under, as the file says it above the entries.
    pub sop_version: String,
    /// Whether that is the version of its declaration: the chain covers the entries alone.
    pub version_holds: bool,
    /// What could not be read.
    pub bad: Vec<BadEvent>,
    /// Whether its chain holds.
    pub chain: Chain,
}

/// An event that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadEvent {
    /// Its place in the file, from 0.
    pub index: usize,
    /// Why, for people.
    pub reason: String,
}

/// Why a file is no evidence file. Reads after "could not read the log: ".
#[derive(Debug, thiserror::Error)]
pub enum NotEvidence {
    /// It is not JSON, or has not the document's shape.
    #[error("not an evidence file: {0}")]
    Shape(serde_json::Error),
    /// It is a document of another format, or of a later version.
    #[error("the format is {0:?}, not {FORMAT:?}")]
    Format(String),
}

/// The run as one document.
///
/// # Errors
/// Only where a value cannot be written as JSON, which no event holds today.
pub fn export(run: &Run) -> Result<String, serde_json::Error> {
    let version = declared_version(run);
    let (events, head) = chained(&run.id, run.events())?;
    let fields: [(&str, Value); 5] = [
        ("format", FORMAT.into()),
        ("id", run.id.0.as_str().into()),
        ("sop_version", version.unwrap_or_default().into()),
        ("head", head.into()),
        ("events", events.into()),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    serde_json::to_string_pretty(&Value::Object(Map::from_iter(fields)))
}

/// The version of the SOP under which a run was declared; `None` where no declaration is in its log.
fn declared_version(run: &Run) -> Option<&str> {
    run.events().find_map(|event| {
        let EventKind::Declared { sop_version, .. } = &event.what else {
            return None;
        };
        Some(sop_version.as_str())
    })
}

/// What could not be read, as it is handed out: as it is, or with every address of a mailbox left out.
pub fn raw(text: &str, with_addresses: bool) -> String {
    if with_addresses {
        text.to_owned()
    } else {
        without_addresses(text)
    }
}

/// A text of whatever kind with every address of a mailbox left out: what it is about may leave this browser, whom it was
/// sent to only where somebody asks for it.
pub fn without_addresses(text: &str) -> String {
    const LEFT_OUT: &str = "(address left out)";
    // A letter beyond ASCII may stand in an address too.
    let within =
        |c: char| c.is_alphanumeric() || !c.is_ascii() || "@.!#$%&'*+/=?^_`{|}~-".contains(c);
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find(|c| !within(c)).unwrap_or(rest.len());
        let (word, beyond) = rest.split_at_checked(word).unwrap_or((rest, ""));
        let is_address = word
            .split_once('@')
            .is_some_and(|(own, domain)| !own.is_empty() && !domain.is_empty());
        done.push_str(if is_address { LEFT_OUT } else { word });
        let between = beyond.find(within).unwrap_or(beyond.len());
        let (between, beyond) = beyond.split_at_checked(between).unwrap_or((beyond, ""));
        done.push_str(between);
        rest = beyond;
    }
    done
}

/// Reads a document, or each document of a file that holds several: "Download everything" writes such a one.
///
/// # Errors
/// Where one of them is no evidence file at all.
pub fn import_all(text: &str) -> Result<Vec<Imported>, NotEvidence> {
    match serde_json::from_str(text).map_err(NotEvidence::Shape)? {
        Value::Array(documents) => documents.into_iter().map(read).collect(),
        one => Ok(vec![read(one)?]),
    }
}

/// Reads a document, event by event.
///
/// # Errors
/// Where it is no evidence file at all.
pub fn import(text: &str) -> Result<Imported, NotEvidence> {
    read(serde_json::from_str(text).map_err(NotEvidence::Shape)?)
}

fn read(mut document: Value) -> Result<Imported, NotEvidence> {
    let format = text_of(&document, "format")?;
    if format != FORMAT {
        return Err(NotEvidence::Format(format));
    }
    let id = RunId(text_of(&document, "id")?);
    let sop_version = text_of(&document, "sop_version").unwrap_or_default();
    let head = text_of(&document, "head").ok();
    let Some(Value::Array(events)) = document.get_mut("events").map(Value::take) else {
        return Err(lacks("events"));
    };
    let chain = check(&id, &events, head.as_deref());
    let mut run = Run::new(id);
    let mut bad = Vec::new();
    for (index, value) in events.into_iter().enumerate() {
        match Event::of(value) {
            Ok(event) => {
                if !run.insert(event) {
                    let reason = "another event before it has the same id".to_owned();
                    bad.push(BadEvent { index, reason });
                }
            }
            Err(error) => bad.push(BadEvent {
                index,
                reason: error.to_string(),
            }),
        }
    }
    let version_holds = match declared_version(&run) {
        Some(declared) => declared == sop_version,
        // Where an entry cannot be read, it may be the declaration.
        None => sop_version.is_empty() || !bad.is_empty(),
    };
    Ok(Imported {
        run,
        sop_version,
        version_holds,
        bad,
        chain,
    })
}

fn text_of(document: &Value, name: &'static str) -> Result<String, NotEvidence> {
    let text = document.get(name).and_then(Value::as_str);
    text.map(str::to_owned).ok_or_else(|| lacks(name))
}

fn lacks(name: &str) -> NotEvidence {
    NotEvidence::Shape(serde_json::Error::custom(format_args!(
        "it has no `{name}`"
    )))
}
