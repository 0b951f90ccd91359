//! What is shared when there is no room for all of it: the oldest updates on the cadence are left out.
//!
//! Nobody knows how much the vendor keeps, so we keep to 6,000 bytes a device and 24,000 together. What
//! is left out does not depend on who computes it, nor on what was left out before: a device keeps
//! everything but its updates on the cadence, and of those the newest *n*, where *n* follows from the room
//! that the others leave, at a fixed price for each. So leaving out twice changes nothing, and a console
//! that still knows some of what was left out writes none of it back. The newest update always stays.

use serde_json::Value;

use super::sheet::{Device, FIRST_VALUE, KIND, RING, Sheet, word};
use crate::domain::ordered::{ShortMap, ShortSet};

/// How many bytes one device may share.
pub const DEVICE_BYTES: usize = 6_000;

/// How many bytes all devices together may share.
pub const ALL_BYTES: usize = 24_000;

/// What an update on the cadence is counted as, in bytes: its beginning and its answer, with room for
/// long names.
const UPDATE_BYTES: usize = 360;

/// What the ring is counted as: sixteen ids of 36 letters, quoted and separated.
const RING_BYTES: usize = RING * 39;

/// The sheet as far as there is room for it.
pub(super) fn project(sheet: &Sheet) -> Sheet {
    let mut kept = sheet.clone();
    let mut fixed = 0;
    let mut updates: ShortSet<(String, String)> = ShortSet::default();
    for (id, device) in kept.devices.iter_mut() {
        device.without_old_answers();
        let groups = device.updates();
        let bytes = RING_BYTES + device.bytes() - groups.values().map(bytes_of).sum::<usize>();
        fixed += bytes;
        let over = groups.len().saturating_sub(room(DEVICE_BYTES, bytes));
        for entries in groups.values().take(over) {
            device.leave_out(entries);
        }
        let rest = groups.into_keys().skip(over);
        updates.extend(rest.map(|place| (place, id.clone())));
    }
    let over = updates.len().saturating_sub(room(ALL_BYTES, fixed));
    for (place, id) in updates.into_iter().take(over) {
        if let Some(device) = kept.devices.get_mut(&id)
            && let Some(entries) = device.updates().remove(&place)
        {
            device.leave_out(&entries);
        }
    }
    for (_, device) in kept.devices.iter_mut() {
        device.ops = device.ring().into_iter().map(str::to_owned).collect();
    }
    kept
}

fn room(budget: usize, fixed: usize) -> usize {
    (budget.saturating_sub(fixed) / UPDATE_BYTES).max(1)
}

fn bytes_of(group: &ShortMap<String, usize>) -> usize {
    group.values().sum()
}

impl Device {
    /// The updates on the cadence by the place of their beginning, each with its entries and their bytes.
    fn updates(&self) -> ShortMap<String, ShortMap<String, usize>> {
        let mut groups: ShortMap<String, ShortMap<String, usize>> = ShortMap::default();
        let mut by_op: ShortMap<&str, &str> = ShortMap::default();
        for (place, entry) in self.log.iter().filter(|(_, entry)| is_update(entry)) {
            groups.insert(place.clone(), ShortMap::from([sized(place, entry)]));
            if word(entry, KIND) == Some("sent")
                && let Some(op) = word(entry, FIRST_VALUE)
            {
                by_op.insert(op, place);
            }
        }
        for (place, entry) in self.log.iter() {
            let of = answered(entry).and_then(|op| by_op.get(op));
            if let Some(group) = of.and_then(|began| groups.get_mut(*began)) {
                group.extend([sized(place, entry)]);
            }
        }
        groups
    }

    fn leave_out(&mut self, entries: &ShortMap<String, usize>) {
        self.log.retain(|place, _| !entries.contains_key(place));
    }

    /// Of several answers to one operation only the one that holds is of use.
    fn without_old_answers(&mut self) {
        let mut holds: ShortMap<&str, (u8, &str)> = ShortMap::default();
        for (place, entry) in self.log.iter() {
            let Some(op) = answered(entry) else { continue };
            let weight = weight(entry);
            let known = holds.get(op).map_or(0, |(weight, _)| *weight);
            if known <= 1 || weight > known {
                holds.insert(op, (weight, place));
            }
        }
        let holds: ShortSet<String> = holds
            .into_values()
            .map(|(_, place)| place.to_owned())
            .collect();
        self.log
            .retain(|place, entry| answered(entry).is_none() || holds.contains(place));
    }

    fn bytes(&self) -> usize {
        self.log.values().map(bytes).sum()
    }
}

/// An entry's bytes, with the comma behind it.
fn bytes(entry: &Value) -> usize {
    entry.to_string().len() + 1
}

fn sized(place: &str, entry: &Value) -> (String, usize) {
    (place.to_owned(), bytes(entry))
}

fn answered(entry: &Value) -> Option<&str> {
    (word(entry, KIND) == Some("answer"))
        .then(|| word(entry, FIRST_VALUE))
        .flatten()
}

/// As in the fold: a later answer replaces an unknown one, and a proof of delivery replaces anything.
fn weight(entry: &Value) -> u8 {
    match word(entry, FIRST_VALUE + 1) {
        Some("accepted") => 3,
        Some("failed") => 2,
        Some(_) | None => 1,
    }
}

/// An update on the status page that does not end the incident, sent or posted by hand.
fn is_update(entry: &Value) -> bool {
    let sent = match word(entry, KIND) {
        Some("sent" | "hand") => true,
        Some(_) | None => false,
    };
    let over = matches!(
        word(entry, FIRST_VALUE + 3),
        Some("resolved" | "postmortem") | None
    );
    sent && word(entry, FIRST_VALUE + 1) == Some("page")
        && word(entry, FIRST_VALUE + 2) == Some("update")
        && !over
}
