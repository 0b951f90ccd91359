//! What the page keeps for its reader, in this browser only: when they last looked, which components are theirs, and
//! what was last heard of the page. Where nothing can be kept, it lasts as long as the page.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::component::ComponentId;
use crate::domain::page::Overall;
use crate::domain::utc_text;
use crate::platform::storage::local;
use crate::ui::Lang;
use crate::ui::time::{Form, local as local_time, machine};

const LOOKED: &str = "looked";
const PINS: &str = "pins";
/// The state's place among all, best first, when it was heard, the language that was spoken, and that time as it is said in
/// it: `first/first.mjs` reads it too.
const HEARD: &str = "heard";
/// Where that was read.
const SOURCE: &str = "source";
/// Two looks that are less apart than this are one: a reload takes nothing away.
const ONE_LOOK: TimeDelta = TimeDelta::minutes(30);

/// When the reader looked: the end of the look before, and the latest moment of this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// When the look before this one ended; `None` at the first.
    pub before: Option<DateTime<Utc>>,
}

impl Looked {
    /// Begins a look, or goes on with the one that a reload interrupted.
    pub fn begin(now: DateTime<Utc>) -> Self {
        let kept = local::get(LOOKED).ok().flatten().unwrap_or_default();
        let (last, before) = kept.split_once(' ').unwrap_or((&kept, ""));
        let (last, before) = (utc_text::moment(last), utc_text::moment(before));
        // The clock may have been corrected in the look before.
        let goes_on = last.is_some_and(|last| (now - last).abs() < ONE_LOOK);
        Self {
            before: if goes_on { before } else { last },
        }
    }

    /// Keeps that the reader has seen the page at `now`.
    pub fn keep(self, now: DateTime<Utc>) {
        let before = self.before.map(machine).unwrap_or_default();
        let _ = local::set(LOOKED, &format!("{} {before}", machine(now)));
    }
}

/// The reader's own components, where they are kept.
pub fn pins() -> Option<Vec<ComponentId>> {
    let kept = local::get(PINS).ok().flatten()?;
    Some(kept.lines().map(|id| ComponentId(id.to_owned())).collect())
}

/// Keeps them; whether they could be.
pub fn keep_pins(pins: &[ComponentId]) -> bool {
    let ids: Vec<&str> = pins.iter().map(|id| id.0.as_str()).collect();
    local::set(PINS, &ids.join("\n")).is_ok()
}

/// The state that was heard last, and when.
pub fn heard() -> Option<(Overall, DateTime<Utc>)> {
    let kept = local::get(HEARD).ok().flatten()?;
    let mut parts = kept.split(' ');
    let rank: usize = parts.next()?.parse().ok()?;
    Some((
        *Overall::IN_ORDER.get(rank)?,
        utc_text::moment(parts.next()?)?,
    ))
}

/// Whether the page is read elsewhere than before: what was heard there is forgotten then.
pub fn has_moved(address: &str) -> bool {
    let before = local::get(SOURCE).ok().flatten();
    let moved = before.is_some_and(|before| before != address);
    if moved {
        let _ = local::remove(HEARD);
    }
    let _ = local::set(SOURCE, address);
    moved
}

/// Keeps what was heard in the language that is spoken now.
pub fn keep_heard_anew() {
    if let Some((state, at)) = heard() {
        keep_heard(state, at);
    }
}

/// Keeps it for the next visit. That nobody knows how things are tells nothing later.
pub fn keep_heard(state: Overall, at: DateTime<Utc>) {
    let rank = Overall::IN_ORDER.iter().position(|each| *each == state);
    let _ = match rank.filter(|_| state != Overall::Unknown) {
        Some(rank) => {
            let (spoken, said) = (Lang::spoken().tag(), local_time(at, Form::Full));
            local::set(HEARD, &format!("{rank} {} {spoken} {said}", machine(at)))
        }
        None => local::remove(HEARD),
    };
}
