//! The chain of an evidence file: each entry holds the hash of the one before it, so that a change of what was exported
//! shows. What that proves, and what it does not, stands in `docs/decisions.md`, "Decided since", 11.
//!
//! The written form, for whoever checks a file with other means: `after` of an entry is the SHA-256, as 64 small
//! hexadecimal digits, of the entry before it in canonical JSON (RFC 8785: keys in order, no spaces), its own `after`
//! included. `after` of the first entry is the SHA-256 of the run's id. `head` of the file is that of its last entry, or
//! of the run's id where there is none.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::RunId;
use crate::sop::event::Event;

/// The field of an entry that holds the hash of the one before it.
const AFTER: &str = "after";

/// Whether a file's chain holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chain {
    /// Nothing was changed since the file was written, unless the whole chain was made anew: compare the head.
    Holds {
        /// The fingerprint of the whole.
        head: String,
    },
    /// It breaks at this place, from 0: what stands before it was changed, taken out or put in, or this entry was. The
    /// number of entries stands for the file's head.
    Breaks {
        /// The entry that does not follow from the one before it.
        at: usize,
    },
    /// There is none: the file was written before there were chains, or it was taken out.
    Missing,
}

/// The entries with their chain, in the order in which they are merged, and its head.
///
/// # Errors
/// Only where a value cannot be written as JSON, which no event holds today.
pub(super) fn chained<'e>(
    run: &RunId,
    events: impl Iterator<Item = &'e Event>,
) -> Result<(Vec<Value>, String), serde_json::Error> {
    let mut head = sha256(&run.0);
    let mut entries = Vec::new();
    for event in events {
        // By way of the text as it is stored: a second writer of so many kinds of events is code to be fetched.
        let mut entry: Value = serde_json::from_str(&serde_json::to_string(event)?)?;
        if let Value::Object(fields) = &mut entry {
            fields.insert(AFTER.to_owned(), head.into());
        }
        head = hash(&entry);
        entries.push(entry);
    }
    Ok((entries, head))
}

/// Whether the chain of a file holds, from what stands in it.
pub(super) fn check(run: &RunId, entries: &[Value], said: Option<&str>) -> Chain {
    let after = |entry: &Value| Some(entry.get(AFTER)?.as_str()?.to_owned());
    if said.is_none() && entries.iter().all(|entry| after(entry).is_none()) {
        return Chain::Missing;
    }
    let mut head = sha256(&run.0);
    for (at, entry) in entries.iter().enumerate() {
        if after(entry).as_ref() != Some(&head) {
            return Chain::Breaks { at };
        }
        head = hash(entry);
    }
    if said == Some(head.as_str()) {
        Chain::Holds { head }
    } else {
        Chain::Breaks { at: entries.len() }
    }
}

fn hash(entry: &Value) -> String {
    let mut text = String::new();
    canonical(entry, &mut text);
    sha256(&text)
}

fn sha256(text: &str) -> String {
    format!("{:x}", Sha256::digest(text.as_bytes()))
}

/// Writes a value as RFC 8785 does. Numbers of entries are whole ones, and their keys plain letters: for those the order
/// of bytes and serde's own writing are what it asks for.
fn canonical(value: &Value, into: &mut String) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            into.push_str(&value.to_string());
        }
        Value::Array(items) => {
            into.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    into.push(',');
                }
                canonical(item, into);
            }
            into.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_unstable_by_key(|(key, _)| *key);
            into.push('{');
            for (place, (key, item)) in fields.into_iter().enumerate() {
                if place > 0 {
                    into.push(',');
                }
                into.push_str(&Value::from(key.as_str()).to_string());
                into.push(':');
                canonical(item, into);
            }
            into.push('}');
        }
    }
}
