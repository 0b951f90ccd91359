//! The three checklists of the SOP, ticked by the ledger where it can know and by hand where not.
//!
//! When the ledger ticks a box: of its duties, the newest on each of its channels is looked at. At least
//! one has to be done, and none may be open, offered or missed; one that was skipped with a reason or has
//! lapsed holds nothing back. What comes after an incident counts for the present episode only: a
//! reopening clears those boxes. "Regular updates" never run out while an incident goes on, so that box
//! is ticked from the first update that was done, unless one is overdue or missed. A box whose duties
//! nobody asked for says so.

use chrono::{DateTime, Utc};

use super::channel::Channel;
use super::duty::{Duty, DutyKind, DutyState};
use super::playbook::{ChecklistItem, Playbook, Ticker};
use super::run::{Run, duties, state};
use crate::domain::ordered::{ShortMap, ShortSet};

/// How a box stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// The ledger, or readiness, knows that it is done: it cannot be cleared by hand.
    ByLedger,
    /// A person ticked it.
    ByHand,
    /// Nothing says that it is done.
    Open,
    /// This incident does not ask for it; a person may tick it all the same.
    NotAsked,
}

impl Tick {
    /// Whether the box is ticked.
    pub fn is_ticked(self) -> bool {
        match self {
            Self::ByLedger | Self::ByHand => true,
            Self::Open | Self::NotAsked => false,
        }
    }
}

/// A box with its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticked<'a> {
    /// The item of the playbook.
    pub item: &'a ChecklistItem,
    /// How it stands.
    pub tick: Tick,
}

/// The three checklists with their states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked<'a> {
    /// Before an incident.
    pub before: Vec<Ticked<'a>>,
    pub during: Vec<Ticked<'a>>,
    pub after: Vec<Ticked<'a>>,
}

/// The checklists of a run at `now`. `passed` names the checks of readiness that hold.
pub fn checklists<'a>(
    sop: &'a Playbook,
    run: &Run,
    now: DateTime<Utc>,
    passed: &ShortSet<String>,
) -> Marked<'a> {
    let state = state(sop, run, now);
    let episode = state.as_ref().map_or(1, |state| state.episode);
    let by_hand = state.map(|state| state.ticked).unwrap_or_default();
    let counts = |duty: &Duty| match duty.key.kind {
        DutyKind::Resolved | DutyKind::Report | DutyKind::Postmortem => duty.key.episode == episode,
        DutyKind::First
        | DutyKind::Update
        | DutyKind::Raised
        | DutyKind::Reopened
        | DutyKind::Regulator => true,
    };
    let duties: Vec<Duty> = duties(sop, run, now).into_iter().filter(counts).collect();
    let mark = |items: &'a [ChecklistItem]| {
        items
            .iter()
            .map(|item| Ticked {
                item,
                tick: tick(item, &duties, passed, &by_hand),
            })
            .collect()
    };
    let lists = &sop.checklists;
    Marked {
        before: mark(&lists.before),
        during: mark(&lists.during),
        after: mark(&lists.after),
    }
}

/// The checklist "before incident" where there is no incident: what readiness shows.
pub fn readiness<'a>(
    sop: &'a Playbook,
    passed: &ShortSet<String>,
    by_hand: &ShortSet<String>,
) -> Vec<Ticked<'a>> {
    let items = sop.checklists.before.iter();
    items
        .map(|item| Ticked {
            item,
            tick: tick(item, &[], passed, by_hand),
        })
        .collect()
}

fn tick(
    item: &ChecklistItem,
    duties: &[Duty],
    passed: &ShortSet<String>,
    by_hand: &ShortSet<String>,
) -> Tick {
    let known = match &item.ticked_by {
        Some(Ticker::Check(name)) if passed.contains(name) => Tick::ByLedger,
        Some(Ticker::Check(_)) | None => Tick::Open,
        Some(Ticker::Duties { kind, channels }) => {
            let wanted = |duty: &&Duty| {
                duty.key.kind == *kind
                    && match duty.key.channel {
                        Some(channel) => channels.contains(&channel),
                        None => channels.is_empty(),
                    }
            };
            ledger(*kind, &duties.iter().filter(wanted).collect::<Vec<_>>())
        }
    };
    match known {
        Tick::ByLedger => Tick::ByLedger,
        Tick::Open | Tick::NotAsked | Tick::ByHand if by_hand.contains(&item.id) => Tick::ByHand,
        Tick::Open | Tick::NotAsked | Tick::ByHand => known,
    }
}

/// What the ledger knows of a box's duties.
fn ledger(kind: DutyKind, duties: &[&Duty]) -> Tick {
    let mut newest: ShortMap<Option<Channel>, &Duty> = ShortMap::default();
    for duty in duties {
        let older = newest.get(&duty.key.channel);
        if older.is_none_or(|other| {
            (duty.key.episode, duty.key.seq) > (other.key.episode, other.key.seq)
        }) {
            newest.insert(duty.key.channel, duty);
        }
    }
    if newest.is_empty() {
        return Tick::NotAsked;
    }
    let any_done = duties
        .iter()
        .any(|duty| matches!(duty.state, DutyState::Done { .. }));
    let holds_back = |duty: &&Duty| match duty.state {
        DutyState::Overdue | DutyState::Missed { .. } => true,
        DutyState::Waiting | DutyState::Due | DutyState::Offered => kind != DutyKind::Update,
        DutyState::Done { .. } | DutyState::Skipped { .. } | DutyState::Lapsed { .. } => false,
    };
    if any_done && !newest.into_values().any(|duty| holds_back(&duty)) {
        Tick::ByLedger
    } else {
        Tick::Open
    }
}
