//! What people answer to a duty: skip it (`docs/duties.md` rule 8), post it after all (rule 12), and the duties
//! without a channel.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::calendar::later;
use crate::sop::channel::Channel;
use crate::sop::duty::{DutyKey, DutyKind, Mode};

use super::projection::Projection;
use super::tracked_duty::{End, TrackedDuty};

/// Why a duty cannot be skipped or answered now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotAnswered {
    /// There is none of that key.
    NoSuchDuty,
    Closed,
    /// The first batch of its email is out (rule 9).
    Met,
    /// The update was promised in public (rule 8).
    Promised,
    /// A skipped update stays skipped.
    SkippedUpdate,
    /// A newer duty took its place, or its episode is over.
    Replaced,
    /// It is required anyway.
    Required,
}

impl Projection<'_> {
    pub(super) fn slot(&self, key: DutyKey) -> Option<&TrackedDuty> {
        self.slots.iter().find(|slot| slot.key == key)
    }

    fn slot_mut(&mut self, key: DutyKey) -> Option<&mut TrackedDuty> {
        self.slots.iter_mut().find(|slot| slot.key == key)
    }

    /// Whether a duty may be skipped.
    pub(super) fn skippable(&self, key: DutyKey) -> Result<(), NotAnswered> {
        let slot = self.slot(key).ok_or(NotAnswered::NoSuchDuty)?;
        if slot.end.is_some() {
            Err(NotAnswered::Closed)
        } else if slot.met.is_some() {
            Err(NotAnswered::Met)
        } else if slot.promise.is_some() {
            Err(NotAnswered::Promised)
        } else {
            Ok(())
        }
    }

    /// A duty was skipped. Skipping an update sets the next at old due + C.
    pub(super) fn skip(&mut self, at: DateTime<Utc>, key: DutyKey, reason: &str) {
        if reason.trim().is_empty() || self.skippable(key).is_err() {
            return;
        }
        let rules = self.rules();
        let cadence = rules.cadence;
        let asked = matches!(rules.page, Mode::Conditional | Mode::Optional);
        let answer = asked && key.kind == DutyKind::First && key.channel == Some(Channel::Page);
        let Some(slot) = self.slot_mut(key) else {
            return;
        };
        let old_due = slot.due_at;
        slot.end = Some(End::Skipped {
            at,
            reason: reason.to_owned(),
            answer,
        });
        if key.kind == DutyKind::Update
            && let (Some(cadence), Some(due)) = (cadence, old_due)
        {
            self.make_update(at, later(due, cadence), None);
        }
    }

    /// Whether a duty may be answered with Post: an "if needed" or optional one that is open, and the
    /// newest skipped one of its kind, channel and episode.
    pub(super) fn answerable(&self, key: DutyKey) -> Result<(), NotAnswered> {
        let slot = self.slot(key).ok_or(NotAnswered::NoSuchDuty)?;
        if slot.is_open() {
            return match slot.mode {
                Mode::Conditional | Mode::Optional => Ok(()),
                Mode::Required | Mode::Offered => Err(NotAnswered::Required),
            };
        }
        if !slot.skipped() {
            return Err(NotAnswered::Closed);
        }
        if key.kind == DutyKind::Update {
            return Err(NotAnswered::SkippedUpdate);
        }
        // The regulator's clock is the incident's, not an episode's.
        let newest = self
            .slots
            .iter()
            .rev()
            .find(|other| other.is(key.kind, key.channel));
        let current = key.episode == self.episode() || key.kind == DutyKind::Regulator;
        let wanted = self.phase.fits(key.kind);
        if current && wanted && newest.is_some_and(|newest| newest.key == key) {
            Ok(())
        } else {
            Err(NotAnswered::Replaced)
        }
    }

    /// A duty was answered with Post: it is required from now on, and open again where it was skipped.
    pub(super) fn answer_post(&mut self, key: DutyKey) {
        if self.answerable(key).is_err() {
            return;
        }
        if let Some(slot) = self.slot_mut(key) {
            slot.end = None;
            if slot.mode != Mode::Offered {
                slot.answered = true;
                slot.mode = Mode::Required;
            }
        }
    }

    /// Whether a duty without a channel can be met now: it is open, or its newest was skipped.
    pub(super) fn meetable(&self, kind: DutyKind) -> bool {
        self.newest_without_channel(kind)
            .is_some_and(|slot| slot.is_open() || slot.skipped())
    }

    fn newest_without_channel(&self, kind: DutyKind) -> Option<&TrackedDuty> {
        self.slots.iter().rev().find(|slot| slot.is(kind, None))
    }

    /// The post-mortem was held on a day, as somebody says at `at`: it is done at the end of that day by UTC, and not before it
    /// was there to be done.
    pub(super) fn postmortem_held(&mut self, at: DateTime<Utc>, held_on: NaiveDate) {
        let slot = self.newest_without_channel(DutyKind::Postmortem);
        let from = slot.map_or(at, |slot| slot.runs_from);
        let over = held_on
            .and_hms_opt(23, 59, 59)
            .map_or(at, |over| over.and_utc());
        self.meet_without_channel(DutyKind::Postmortem, over.min(at).max(from));
    }

    /// The post-mortem was held, or the regulator notified.
    pub(super) fn meet_without_channel(&mut self, kind: DutyKind, at: DateTime<Utc>) {
        if !self.meetable(kind) {
            return;
        }
        if let Some(slot) = self.slots.iter_mut().rev().find(|slot| slot.is(kind, None)) {
            slot.done(at);
        }
    }
}
