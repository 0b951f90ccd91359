//! The list of a page's incidents, as far as it has come.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::read::{Listed, MOST, whole_since};
use super::wire;

/// What was taken of the list so far.
#[derive(Default)]
pub struct Past {
    /// How many entries it has, planned work among them.
    pub entries: usize,
    /// The first of them, as they came.
    pub newest: Vec<Value>,
    /// The incidents among them, each once and as it was changed last.
    pub listed: Vec<Listed>,
    /// Where each of them stands there, by its id.
    places: Map<String, Value>,
}

impl Past {
    /// Counts an entry; whether it is the last of the newest.
    pub fn takes(&mut self, entry: &Value) -> bool {
        self.entries += 1;
        if self.entries <= MOST {
            self.newest.push(entry.clone());
        }
        self.entries == MOST
    }

    /// Since when none is missing; `None` where all are listed, the end of time where nobody knows.
    pub fn all_since(&self) -> Option<DateTime<Utc>> {
        if self.entries < MOST {
            return None;
        }
        let appeared = self.listed.iter().map(|(incident, _)| incident.created_at);
        whole_since(appeared).or(Some(DateTime::<Utc>::MAX_UTC))
    }

    /// Adds an entry that is an incident; whether it is another one than those before.
    pub fn adds(&mut self, entry: &Value) -> bool {
        if wire::is_planned(entry) {
            return false;
        }
        let told = (wire::incident(entry), wire::changed_at(entry));
        let id = told.0.id.0.clone();
        let place = self.places.get(&id).and_then(Value::as_u64);
        let known = place.and_then(|place| self.listed.get_mut(usize::try_from(place).ok()?));
        if let Some(known) = known {
            if told.1 > known.1 {
                *known = told;
            }
            return false;
        }
        // What has no id is never the same.
        if !id.is_empty() {
            self.places.insert(id, self.listed.len().into());
        }
        self.listed.push(told);
        true
    }
}
