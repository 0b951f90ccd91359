//! A duty: one thing the SOP asks for, on one channel, by a time. The rules that make duties are in
//! `sop::run`; this is the noun and what can be read off it.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::channel::Channel;

/// What kind of message or act a duty asks for (`docs/duties.md`, table of duties).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DutyKind {
    /// The first message of an episode on a channel.
    First,
    /// A status-page update on the cadence.
    Update,
    /// The team is told that the severity was raised.
    Raised,
    /// A channel that was told "resolved" is told that it was not.
    Reopened,
    /// The resolved message; also the retraction of an incident declared in error.
    Resolved,
    /// The 48-hour incident report by email.
    Report,
    /// The post-mortem within a week.
    Postmortem,
    /// The regulator's 72-hour clock (an addition: GDPR Art. 33).
    Regulator,
}

impl DutyKind {
    pub const ALL: [Self; 8] = [
        Self::First,
        Self::Update,
        Self::Raised,
        Self::Reopened,
        Self::Resolved,
        Self::Report,
        Self::Postmortem,
        Self::Regulator,
    ];

    /// The word for it in the playbook and in logs.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Update => "update",
            Self::Raised => "raised",
            Self::Reopened => "reopened",
            Self::Resolved => "resolved",
            Self::Report => "report",
            Self::Postmortem => "postmortem",
            Self::Regulator => "regulator",
        }
    }
}

/// A duty's identity within its incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DutyKey {
    /// The episode, from 1; a reopening starts the next.
    pub episode: u32,
    /// What it asks for.
    pub kind: DutyKind,
    /// Where; `None` for the post-mortem and the regulator.
    pub channel: Option<Channel>,
    /// Counts duties of one kind, channel and episode, from 1.
    pub seq: u32,
}

/// How strongly a duty is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The SOP demands it.
    Required,
    /// "If needed": the answer Post or Skip is owed, and silence makes it overdue (rule 12).
    Conditional,
    /// "Optional": lapses unanswered at its due time (rule 12).
    Optional,
    /// May be done; never due, never overdue.
    Offered,
}

/// What stands in a duty's way. Its clock runs all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// A named approver has not been recorded (rule 13).
    Approval,
}

/// The state of a duty at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum DutyState {
    /// Not open yet; may be done early.
    Waiting,
    /// Open, and its due time has not passed.
    Due,
    /// Its due time has passed, strictly.
    Overdue,
    /// May be done; no clock.
    Offered,
    /// Done, at a time; `late_seconds` past its due time where it was late.
    Done {
        /// When.
        at: DateTime<Utc>,
        /// Seconds past the due time; 0 when in time.
        late_seconds: i64,
    },
    /// Somebody decided against it.
    Skipped {
        /// When.
        at: DateTime<Utc>,
        /// Why; never empty.
        reason: String,
    },
    /// No longer required, and was not overdue.
    Lapsed {
        /// When.
        at: DateTime<Utc>,
        /// Why it ended, for people.
        why: Ended,
    },
    /// No longer required, and was overdue.
    Missed {
        /// When.
        at: DateTime<Utc>,
        /// Why it ended, for people.
        why: Ended,
    },
}

/// Why a duty ended without being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// The incident was resolved.
    Resolved,
    /// The severity no longer asks for it.
    SeverityLowered,
    /// The incident was reopened; a new duty replaces it.
    Replaced,
    /// The incident was declared in error.
    DeclaredInError,
    /// It was optional, and nobody answered.
    Unanswered,
    /// The incident's type no longer asks for it.
    TypeChanged,
    /// No personal data is affected after all: the regulator's clock stops.
    NoPersonalData,
}

/// One thing the SOP asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Its identity.
    #[serde(flatten)]
    pub key: DutyKey,
    /// How strongly it is asked for.
    pub mode: Mode,
    /// When it opens; before that it may be done early.
    pub opens_at: DateTime<Utc>,
    /// When it is due; `None` only for what is offered.
    pub due_at: Option<DateTime<Utc>>,
    /// The clause of the SOP that asks for it, in words.
    pub clause: String,
    /// What stands in its way.
    pub block: Option<Block>,
    /// Email only: met (the first batch was accepted) but not finished (rule 9).
    pub met: bool,
    /// Whether a promise printed in public stands behind it (updates only): it cannot be skipped then.
    /// The promise is its due time, except after a raise until the next post (rule 4).
    pub promised: bool,
    /// Its state at the asked moment.
    #[serde(flatten)]
    pub state: DutyState,
}

/// What may be done to a duty beside writing its message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyAction {
    /// Answer that it is posted (rule 12).
    Post,
    /// Post it although it was skipped (rule 8).
    PostAfterAll,
    /// Skip it, with a reason (rule 8).
    Skip,
    /// Say that it was done elsewhere (rule 11).
    ByHand,
    /// Say that the regulator was notified, also where that was skipped.
    Notified,
}

impl Duty {
    /// What may be done to it now, in the order in which it is offered.
    pub fn actions(&self) -> Vec<DutyAction> {
        let DutyKey { kind, channel, .. } = self.key;
        let open = self.is_open();
        let is_asked = match self.mode {
            Mode::Required | Mode::Offered => false,
            Mode::Conditional | Mode::Optional => true,
        };
        let was_skipped = matches!(self.state, DutyState::Skipped { .. });
        let resolves = kind == DutyKind::Resolved && channel == Some(Channel::Page);
        [
            (DutyAction::Post, open && is_asked),
            (
                DutyAction::PostAfterAll,
                was_skipped && kind != DutyKind::Update,
            ),
            (
                DutyAction::Notified,
                kind == DutyKind::Regulator && (open || was_skipped),
            ),
            (DutyAction::Skip, open && !resolves),
            (
                DutyAction::ByHand,
                (open || self.is_closed_untold()) && channel.is_some(),
            ),
        ]
        .into_iter()
        .filter_map(|(action, may)| may.then_some(action))
        .collect()
    }
}

impl Duty {
    /// Whether it asked to say that the incident goes on and was closed without that: what was said all the same, and becomes
    /// known later, can be recorded (rule 11).
    fn is_closed_untold(&self) -> bool {
        let opens = match self.key.kind {
            DutyKind::First | DutyKind::Raised | DutyKind::Reopened => true,
            DutyKind::Update
            | DutyKind::Resolved
            | DutyKind::Report
            | DutyKind::Postmortem
            | DutyKind::Regulator => false,
        };
        opens
            && match self.state {
                DutyState::Skipped { .. } | DutyState::Lapsed { .. } | DutyState::Missed { .. } => {
                    true
                }
                DutyState::Waiting
                | DutyState::Due
                | DutyState::Overdue
                | DutyState::Offered
                | DutyState::Done { .. } => false,
            }
    }

    /// Whether something is still to be done or decided: waiting, due, overdue (not merely offered).
    pub fn is_open(&self) -> bool {
        match self.state {
            DutyState::Waiting | DutyState::Due | DutyState::Overdue => true,
            DutyState::Offered
            | DutyState::Done { .. }
            | DutyState::Skipped { .. }
            | DutyState::Lapsed { .. }
            | DutyState::Missed { .. } => false,
        }
    }

    /// Whether it asks for something now.
    pub fn asks(&self) -> bool {
        match self.state {
            DutyState::Due | DutyState::Overdue => true,
            DutyState::Waiting
            | DutyState::Offered
            | DutyState::Done { .. }
            | DutyState::Skipped { .. }
            | DutyState::Lapsed { .. }
            | DutyState::Missed { .. } => false,
        }
    }

    /// Whether it is overdue.
    pub fn is_overdue(&self) -> bool {
        self.state == DutyState::Overdue
    }

    /// When its clock runs out; `None` without a clock: what is offered has none, and that of what is met stands (rule 9).
    pub fn runs_out_at(&self) -> Option<DateTime<Utc>> {
        self.due_at.filter(|_| !self.met)
    }

    /// How long until it is due at `now`; negative when overdue; `None` without a clock.
    pub fn remaining(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        self.runs_out_at().map(|due| due - now)
    }

    /// The order of Next due: what is met comes last; then due time, then team, page, email, X, LinkedIn, none.
    pub fn next_due_order(&self) -> (bool, DateTime<Utc>, bool, Option<Channel>) {
        let never = DateTime::<Utc>::MAX_UTC;
        (
            self.met,
            self.due_at.unwrap_or(never),
            self.key.channel.is_none(),
            self.key.channel,
        )
    }
}

/// The duty that is next: the first open one in the order of Next due.
pub fn next_due(duties: &[Duty]) -> Option<&Duty> {
    duties
        .iter()
        .filter(|duty| duty.is_open())
        .min_by_key(|duty| duty.next_due_order())
}
