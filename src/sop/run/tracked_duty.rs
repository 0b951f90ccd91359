//! A duty in the making: what the fold moves about until it is read off as a [`Duty`].

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::calendar::earlier;
use crate::domain::duration;
use crate::sop::channel::Channel;
use crate::sop::duty::{Block, Duty, DutyKey, DutyKind, DutyState, Ended, Mode};

/// How long before it is due a social duty opens (`docs/duties.md`, table of duties).
pub(super) const SOCIAL_LEAD: TimeDelta = TimeDelta::minutes(15);

/// How a duty was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    Done {
        at: DateTime<Utc>,
    },
    Skipped {
        at: DateTime<Utc>,
        reason: String,
        /// The answer "Skip" to an "if needed" or optional duty: a raise ends it (rule 4).
        answer: bool,
    },
    Lapsed {
        at: DateTime<Utc>,
        why: Ended,
    },
    Missed {
        at: DateTime<Utc>,
        why: Ended,
    },
}

/// The first batch of an email was accepted (rule 9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Met {
    /// When that left.
    pub(super) at: DateTime<Utc>,
    /// The operations that serve it and of which not every recipient has a final state.
    pub(super) unfinished: Vec<String>,
}

/// A duty in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TrackedDuty {
    pub(super) key: DutyKey,
    pub(super) mode: Mode,
    /// Answered with Post: required whatever the severity says (rule 12).
    pub(super) answered: bool,
    /// What made it: the declaration, a raise, a reopening, a resolution, a post (rules 4 and 5).
    pub(super) runs_from: DateTime<Utc>,
    pub(super) opens_at: DateTime<Utc>,
    /// `None` for what is offered.
    pub(super) due_at: Option<DateTime<Utc>>,
    pub(super) clause: String,
    /// Updates: the promise that was printed.
    pub(super) promise: Option<DateTime<Utc>>,
    pub(super) met: Option<Met>,
    pub(super) end: Option<End>,
    /// It was overdue when the severity was lowered: late in the score (rule 18).
    pub(super) overdue_when_lowered: bool,
}

impl TrackedDuty {
    /// Neither closed nor met: the rules may still move it.
    pub(super) fn is_open(&self) -> bool {
        self.end.is_none() && self.met.is_none()
    }

    pub(super) fn is(&self, kind: DutyKind, channel: Option<Channel>) -> bool {
        self.key.kind == kind && self.key.channel == channel
    }

    /// Overdue is strictly past the due time, on every side.
    pub(super) fn is_overdue(&self, at: DateTime<Utc>) -> bool {
        self.due_at.is_some_and(|due| at > due)
    }

    /// When its message went out, where one did: that of an email with its first batch.
    pub(super) fn told_at(&self) -> Option<DateTime<Utc>> {
        let met = self.met.as_ref().map(|met| met.at);
        met.or(match &self.end {
            Some(End::Done { at }) => Some(*at),
            None | Some(End::Skipped { .. } | End::Lapsed { .. } | End::Missed { .. }) => None,
        })
    }

    pub(super) fn done(&mut self, at: DateTime<Utc>) {
        self.end = Some(End::Done { at });
    }

    /// No longer required: lapsed, or missed where it was overdue. What is met stays (rule 9).
    pub(super) fn drop_at(&mut self, at: DateTime<Utc>, why: Ended) {
        if self.is_open() {
            let missed = self.is_overdue(at);
            self.end = Some(if missed {
                End::Missed { at, why }
            } else {
                End::Lapsed { at, why }
            });
        }
    }

    /// Optional, and nobody answered: lapses at its due time, never overdue (rule 12).
    pub(super) fn lapse_unanswered(&mut self) {
        if let Some(due) = self.due_at {
            self.end = Some(End::Lapsed {
                at: due,
                why: Ended::Unanswered,
            });
        }
    }

    /// Moves the due time; a social duty opens a fixed time before it.
    pub(super) fn move_due(&mut self, due: DateTime<Utc>) {
        self.due_at = Some(due);
        if self.key.channel.is_some_and(Channel::is_social)
            && matches!(self.key.kind, DutyKind::First | DutyKind::Reopened)
        {
            self.opens_at = earlier(due, SOCIAL_LEAD);
        }
    }

    pub(super) fn skipped(&self) -> bool {
        matches!(self.end, Some(End::Skipped { .. }))
    }

    fn late_seconds(&self, at: DateTime<Utc>) -> i64 {
        self.due_at.map_or(0, |due| duration::late_seconds(due, at))
    }

    fn state(&self, now: DateTime<Utc>) -> DutyState {
        match &self.end {
            Some(End::Done { at }) => DutyState::Done {
                at: *at,
                late_seconds: self.late_seconds(*at),
            },
            Some(End::Skipped { at, reason, .. }) => DutyState::Skipped {
                at: *at,
                reason: reason.clone(),
            },
            Some(End::Lapsed { at, why }) => DutyState::Lapsed { at: *at, why: *why },
            Some(End::Missed { at, why }) => DutyState::Missed { at: *at, why: *why },
            // Met and unfinished reads as due (rule 9).
            None if self.met.is_some() => DutyState::Due,
            None if self.due_at.is_none() => DutyState::Offered,
            None if self.is_overdue(now) => DutyState::Overdue,
            None if now < self.opens_at => DutyState::Waiting,
            None => DutyState::Due,
        }
    }

    /// The duty as it reads at `now`; `locked`: public messages wait for an approver (rule 13).
    pub(super) fn read(&self, now: DateTime<Utc>, locked: bool) -> Duty {
        let block =
            locked && self.end.is_none() && self.key.channel.is_some_and(Channel::is_public);
        Duty {
            key: self.key,
            mode: self.mode,
            opens_at: self.opens_at,
            due_at: self.due_at,
            clause: self.clause.clone(),
            block: block.then_some(Block::Approval),
            met: self.end.is_none() && self.met.is_some(),
            promised: self.promise.is_some(),
            state: self.state(now),
        }
    }
}
