//! What was cut off with its tab after it began to leave. A post may have been delivered, and is never repeated by
//! itself. A mailing is written down before anything of it leaves: one that is not there left nobody's hands.

use chrono::{DateTime, Utc};

use super::mailing::Tally;
use crate::sop::channel::Channel;
use crate::sop::event::{EventKind, SendOutcome};
use crate::sop::patience::UNANSWERED;
use crate::sop::run::{LedgerRow, LedgerState, Run, RunId, State};

/// A send of this device that has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    /// The incident.
    pub run: RunId,
    /// The operation's id.
    pub op: String,
    /// How it leaves.
    pub channel: Channel,
    /// When it began, UTC.
    pub at: DateTime<Utc>,
}

impl Unanswered {
    /// Whether its answer has been waited for long enough.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        now - self.at > UNANSWERED
    }

    /// What the log is told of it once nobody sees to it any more.
    pub fn answer(self) -> EventKind {
        let outcome = if self.channel == Channel::Email {
            let reason = "the console was closed before anything left".to_owned();
            SendOutcome::Failed { reason }
        } else {
            let reason = "the console was closed before the answer came".to_owned();
            SendOutcome::Unknown { reason }
        };
        let op = self.op;
        EventKind::SendAnswered { op, outcome }
    }
}

/// The sends of an incident that were begun on `device` and have no answer, but for the mailings that `is_mailing`
/// knows: they are answered by their own journal. What another console sends is its own to answer.
pub fn unanswered(
    run: &Run,
    state: &State,
    device: &str,
    is_mailing: impl Fn(&str) -> bool,
) -> Vec<Unanswered> {
    let begun_here = |wanted: &str| {
        run.events().any(|event| {
            let here = event.id.device == device;
            here && matches!(&event.what, EventKind::SendStarted { op, .. } if op == wanted)
        })
    };
    let rows = state.ledger.iter();
    rows.filter(|row| row.state == LedgerState::Queued)
        .filter_map(|row| {
            let op = row.op.as_ref()?;
            (!is_mailing(op) && begun_here(op)).then(|| Unanswered {
                run: run.id.clone(),
                op: op.clone(),
                channel: row.message.channel,
                at: row.at,
            })
        })
        .collect()
}

/// Whether the log lacks how a mailing that is over has ended: the tab was closed in between. What was refused, or had no
/// answer, may have been accepted since.
pub fn lacks_the_end(row: &LedgerRow, tally: &Tally) -> bool {
    match row.state {
        LedgerState::Queued => true,
        LedgerState::Sent { .. } => row.not_reached.is_none(),
        LedgerState::Failed { .. } | LedgerState::Unknown { .. } => tally.accepted > 0,
    }
}
