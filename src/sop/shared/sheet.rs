//! The sheet: what is shared of one run, by device, as it stands beside the incident. Its union is
//! associative, commutative and idempotent, so that it does not matter who reads and writes in which order.

use serde_json::{Map, Value, json};

use crate::domain::ordered::{ShortMap, ShortSet};
use crate::sop::event::{Event, EventId, EventKind, SendOutcome};
use crate::sop::run::{Run, RunId};

use super::budget::project;
use super::compact;
use super::expand;

/// How our keys beside an incident begin; the device's id follows.
pub const KEY: &str = "allclear_";

/// How many operations a device's ring keeps.
pub const RING: usize = 16;

const VERSION: u64 = 1;

/// The longest id of a run that is taken from the page; ours have 36 signs.
const LONGEST_RUN_ID: usize = 64;

/// What is shared of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub run: RunId,
    pub(super) devices: ShortMap<String, Device>,
}

/// What one device shares.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Device {
    /// The operations that reached the page.
    pub(super) ops: ShortSet<String>,
    /// The entries by their place. What has no place of ours stands under its own text, after a `~`.
    pub(super) log: ShortMap<String, Value>,
    /// What a newer console keeps beside these.
    rest: Map<String, Value>,
}

/// Whether an event's kind is shared at all.
pub fn is_shared(event: &Event) -> bool {
    event.id.page_update().is_none() && compact::entry(event).is_some()
}

/// Whether an event says no more than the others get to know of it: its words may be left out of it.
pub fn is_short(event: &Event) -> bool {
    let shared = compact::entry(event);
    shared.is_some_and(|entry| expand::event(&event.id.device, &entry).as_ref() == Some(event))
}

impl Sheet {
    /// An empty sheet.
    pub fn new(run: RunId) -> Self {
        Self {
            run,
            devices: ShortMap::default(),
        }
    }

    /// What a log has to share.
    pub fn of(run: &Run) -> Self {
        let mut sheet = Self::new(run.id.clone());
        let (mut page_ops, mut accepted) = (ShortMap::default(), ShortSet::default());
        // Every console adopts what it finds on the page by itself.
        let ours = run
            .events()
            .filter(|event| event.id.page_update().is_none());
        for event in ours {
            if let EventKind::SendStarted { op, message } = &event.what
                && message.is_post()
            {
                page_ops.insert(op.as_str(), event.id.device.as_str());
            }
            if let EventKind::SendAnswered { op, outcome } = &event.what
                && matches!(outcome, SendOutcome::Accepted { .. })
            {
                accepted.insert(op.as_str());
            }
            if let Some(entry) = compact::entry(event) {
                sheet.device(&event.id.device, |device| {
                    device.log.insert(compact::place(&event.id), entry);
                });
            }
        }
        for op in accepted {
            if let Some(device) = page_ops.get(op) {
                sheet.reached(device, op);
            }
        }
        sheet
    }

    /// The sheets that stand beside an incident, one a run; mostly there is one.
    pub fn read(metadata: &Map<String, Value>) -> Vec<Self> {
        let mut sheets: ShortMap<RunId, Self> = ShortMap::default();
        for (key, value) in metadata {
            let Some((device, run, read)) = entry_of(key, value) else {
                continue;
            };
            sheets.change(
                run.clone(),
                || Self::new(run),
                |sheet| {
                    sheet.devices.insert(device, read);
                },
            );
        }
        sheets.into_values().collect()
    }

    /// Notes that an operation of a device reached the page: with the very request that performs it, so
    /// that a console whose answer was lost finds it there.
    pub fn reached(&mut self, device: &str, op: &str) {
        self.device(device, |device| device.ops.insert(op.to_owned()));
    }

    /// Changes what is shared of a device.
    fn device<R>(&mut self, id: &str, change: impl FnOnce(&mut Device) -> R) -> R {
        self.devices.change(id.to_owned(), Device::default, change)
    }

    /// Whether an operation is in a ring.
    pub fn has_op(&self, op: &str) -> bool {
        self.devices.values().any(|device| device.ops.contains(op))
    }

    /// The union with another sheet of the same run.
    pub fn join(&mut self, other: &Self) {
        for (id, theirs) in other.devices.iter() {
            self.device(id, |ours| ours.join(theirs));
        }
    }

    /// The events that can be understood.
    pub fn events(&self) -> impl Iterator<Item = Event> {
        self.devices.iter().flat_map(|(device, shared)| {
            shared
                .log
                .values()
                .filter_map(|entry| expand::event(device, entry))
        })
    }

    /// The ids of all entries that have one, understood or not.
    pub fn ids(&self) -> ShortSet<EventId> {
        self.devices
            .iter()
            .flat_map(|(device, shared)| {
                shared
                    .log
                    .keys()
                    .filter_map(move |place| EventId::try_from(format!("{place}-{device}")).ok())
            })
            .collect()
    }

    /// What stands beside the incident with this sheet, as far as there is room for it: everybody else's
    /// keys as they are, and ours. A device's key that belongs to another run stays that one's.
    #[must_use]
    pub fn beside(&self, metadata: &Map<String, Value>) -> Map<String, Value> {
        let mut all = metadata.clone();
        for (device, shared) in project(self).devices.iter() {
            let key = format!("{KEY}{device}");
            let taken = all
                .get(&key)
                .and_then(|value| entry_of(&key, value))
                .is_some_and(|(_, run, _)| run != self.run);
            if !taken {
                all.insert(key, shared.value(&self.run));
            }
        }
        all
    }

    /// The same sheet, without what there is no room for.
    #[must_use]
    pub fn projected(&self) -> Self {
        project(self)
    }
}

/// What has to be written back so that nothing is missing beside an incident, whole, since the vendor may
/// replace what was there; `None` where nothing is missing.
pub fn missing(metadata: &Map<String, Value>, known: &Sheet) -> Option<Map<String, Value>> {
    let mut union = known.clone();
    for sheet in Sheet::read(metadata) {
        if sheet.run == union.run {
            union.join(&sheet);
        }
    }
    let wanted = union.beside(metadata);
    (wanted != *metadata).then_some(wanted)
}

impl Device {
    /// The union with another state of the same device.
    fn join(&mut self, theirs: &Self) {
        self.ops.extend(theirs.ops.iter().cloned());
        for (place, entry) in theirs.log.iter() {
            match self.log.get_mut(place) {
                Some(known) => fuller(known, entry),
                None => drop(self.log.insert(place.clone(), entry.clone())),
            }
        }
        for (key, value) in &theirs.rest {
            match self.rest.get_mut(key) {
                Some(known) => fuller(known, value),
                None => drop(self.rest.insert(key.clone(), value.clone())),
            }
        }
    }

    /// As it is written; the ring in the order in which its operations began.
    pub(super) fn value(&self, run: &RunId) -> Value {
        let mut value = self.rest.clone();
        value.entry("v").or_insert(json!(VERSION));
        value.insert("run".to_owned(), json!(run.0));
        value.insert("ops".to_owned(), json!(self.ring()));
        let log = self.log.values().cloned().collect();
        value.insert("log".to_owned(), Value::Array(log));
        Value::Object(value)
    }

    /// The last operations. One whose beginning is no longer in the log is older than all others.
    pub(super) fn ring(&self) -> Vec<&str> {
        let ops: ShortSet<(Option<&str>, &str)> = self
            .ops
            .iter()
            .map(|op| (self.began(op), op.as_str()))
            .collect();
        let over = ops.len().saturating_sub(RING);
        ops.into_iter().skip(over).map(|(_, op)| op).collect()
    }

    fn began(&self, op: &str) -> Option<&str> {
        let began = |entry: &Value| {
            word(entry, KIND) == Some("sent") && word(entry, FIRST_VALUE) == Some(op)
        };
        self.log
            .iter()
            .find(|(_, entry)| began(entry))
            .map(|(place, _)| place.as_str())
    }
}

/// Where an entry's kind stands.
pub(super) const KIND: usize = 4;
/// Where the first of its values stands.
pub(super) const FIRST_VALUE: usize = 5;

pub(super) fn word(entry: &Value, at: usize) -> Option<&str> {
    entry.get(at)?.as_str()
}

/// Of two entries that should be the same the one that says more: a newer console may know more of it.
fn fuller(known: &mut Value, other: &Value) {
    if known != other {
        let (ours, theirs) = (known.to_string(), other.to_string());
        if (theirs.len(), &theirs) > (ours.len(), &ours) {
            *known = other.clone();
        }
    }
}

/// A key of ours: whose, of which run, and what. `None` for keys of others, and for what is not understood.
fn entry_of(key: &str, value: &Value) -> Option<(String, RunId, Device)> {
    let device = key.strip_prefix(KEY).filter(|device| !device.is_empty())?;
    let mut rest = value.as_object()?.clone();
    let Some(Value::String(run)) = rest.remove("run").filter(is_run_id) else {
        return None;
    };
    let Some(Value::Array(log)) = rest.remove("log") else {
        return None;
    };
    let ops = match rest.remove("ops") {
        Some(Value::Array(ops)) => ops,
        Some(_) | None => Vec::new(),
    };
    let ops = ops.iter().filter_map(Value::as_str).map(str::to_owned);
    let log = log
        .into_iter()
        .map(|entry| (place_of(&entry, device), entry));
    let read = Device {
        ops: ops.collect(),
        log: log.collect(),
        rest,
    };
    Some((device.to_owned(), RunId(run), read))
}

/// Whether it can be the id of a run: whoever may write to the page writes it, and it becomes a part of addresses and of keys
/// in this browser's storage, which `/` and spaces part.
fn is_run_id(id: &Value) -> bool {
    let id = id.as_str().unwrap_or_default();
    let is_part = |sign: u8| sign.is_ascii_alphanumeric() || sign == b'-';
    (1..=LONGEST_RUN_ID).contains(&id.len()) && id.bytes().all(is_part)
}

fn place_of(entry: &Value, device: &str) -> String {
    word(entry, 0)
        .filter(|place| EventId::try_from(format!("{place}-{device}")).is_ok())
        .map_or_else(|| format!("~{entry}"), str::to_owned)
}
