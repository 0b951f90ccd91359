//! Messages in their undo window (`docs/duties.md` rule 14; `docs/decisions.md`, "Decided since", 2): frozen, seen by
//! every tab, and not yet gone. They meet no duty.

use chrono::{DateTime, Utc};

use crate::domain::frozen::GREATEST_AGE;
use crate::sop::event::{Event, SentMessage, WithdrawnBecause};

use super::projection::Projection;
use super::state::Frozen;

impl Projection<'_> {
    /// A message was frozen at `at`.
    pub(super) fn frozen(
        &mut self,
        at: DateTime<Utc>,
        event: &Event,
        op: &str,
        message: &SentMessage,
        leaves_at: DateTime<Utc>,
    ) {
        let known = self.frozen.iter().any(|frozen| frozen.op == op)
            || self.ledger.iter().any(|row| row.op.as_deref() == Some(op));
        if known {
            return;
        }
        self.frozen.push(Frozen {
            op: op.to_owned(),
            message: message.clone(),
            frozen_at: at,
            leaves_at,
            who: event.who.clone(),
            device: event.id.device.clone(),
            cut_off: false,
            severity: self.severity,
            rows: self.ledger.len(),
        });
    }

    /// A message does not leave after all.
    pub(super) fn withdrawn(&mut self, op: &str, why: WithdrawnBecause) {
        match why {
            WithdrawnBecause::Undone | WithdrawnBecause::Held => {
                self.frozen.retain(|frozen| frozen.op != op);
            }
            WithdrawnBecause::CutOff => {
                for frozen in self.frozen.iter_mut().filter(|frozen| frozen.op == op) {
                    frozen.cut_off = true;
                }
            }
        }
    }

    /// Those that may still leave at `now`.
    pub(super) fn waiting(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Frozen> {
        self.frozen
            .iter()
            .filter(move |frozen| frozen.may_leave(now))
    }

    /// Those that were cut off, that might still leave at this stage, and after which nothing was sent or frozen on their
    /// channel.
    pub(super) fn not_sent(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Frozen> {
        let numbered = (1..).zip(&self.frozen);
        let not_sent = numbered.filter(move |(number, frozen)| {
            let channel = frozen.message.channel;
            let mut since = self.ledger.iter().skip(frozen.rows);
            let sent = since.any(|row| row.message.channel == channel);
            let mut later = self.frozen.iter().skip(*number);
            let frozen_anew = later.any(|other| other.message.channel == channel);
            let fits = self.fits_the_phase(&frozen.message).is_ok();
            !frozen.may_leave(now) && fits && !sent && !frozen_anew
        });
        not_sent.map(|(_, frozen)| frozen)
    }
}

impl Frozen {
    /// Whether it may still leave: nobody cut it off, and its text is not too old (rule 14).
    pub fn may_leave(&self, now: DateTime<Utc>) -> bool {
        !self.cut_off && now - self.frozen_at <= GREATEST_AGE
    }
}
