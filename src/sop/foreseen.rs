//! What a change does to the duties of an incident, before it is made.

use chrono::{DateTime, Utc};

use super::duty::{Duty, DutyState};

/// Which duties start, which stop, and which get another clock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Foreseen {
    pub starts: Vec<Duty>,
    pub moves: Vec<Duty>,
    pub stops: Vec<Duty>,
    /// When readers were promised an update that is still owed.
    pub promised: Option<DateTime<Utc>>,
}

impl Foreseen {
    /// By the duties as they are, and as they would be; and the promise that the last post printed: after a raise the
    /// update is due before it, and readers know nothing of that.
    pub fn of(before: &[Duty], after: &[Duty], printed: Option<DateTime<Utc>>) -> Self {
        let open_before = |duty: &Duty| {
            let mut known = before.iter().filter(|known| known.is_open());
            known.find(|known| known.key == duty.key)
        };
        let wanted = |is_wanted: &dyn Fn(&Duty) -> bool| {
            after
                .iter()
                .filter(|duty| is_wanted(duty))
                .cloned()
                .collect()
        };
        let is_owed = before.iter().any(|duty| duty.promised && duty.is_open());
        Self {
            starts: wanted(&|duty| duty.is_open() && open_before(duty).is_none()),
            moves: wanted(&|duty| {
                let moved = open_before(duty).is_some_and(|known| known.due_at != duty.due_at);
                duty.is_open() && moved
            }),
            stops: wanted(&|duty| {
                let ends = matches!(
                    duty.state,
                    DutyState::Lapsed { .. } | DutyState::Missed { .. }
                );
                ends && open_before(duty).is_some()
            }),
            promised: printed.filter(|_| is_owed),
        }
    }
}
