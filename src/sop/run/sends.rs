//! How each send ended, as far as the log knows at `now`.
//!
//! The fold takes a send in at the place where it was *started*, and only when it was accepted: a send
//! counts from the moment at which it left, however late its answer came or was read back. So a raise or
//! a resolution between the two finds the message already out, as its readers did.

use chrono::{DateTime, Utc};

use crate::domain::ordered::ShortMap;
use crate::sop::event::{Event, EventKind, SendOutcome};

/// The outcomes by operation.
#[derive(Debug, Clone, Default)]
pub(super) struct SendOutcomes(ShortMap<String, Answer>);

/// The answer that holds.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) outcome: SendOutcome,
    pub(super) at: DateTime<Utc>,
}

impl SendOutcomes {
    /// Reads the answers of `events`, in the order of folding.
    pub(super) fn of<'e>(events: impl Iterator<Item = &'e Event>) -> Self {
        let mut sends = Self::default();
        for event in events {
            let EventKind::SendAnswered { op, outcome } = &event.what else {
                continue;
            };
            let known = sends.0.get(op).map_or(0, |answer| weight(&answer.outcome));
            if known <= 1 || weight(outcome) > known {
                let answer = Answer {
                    outcome: outcome.clone(),
                    at: event.corrected(),
                };
                sends.0.insert(op.clone(), answer);
            }
        }
        sends
    }

    pub(super) fn answer(&self, op: &str) -> Option<&Answer> {
        self.0.get(op)
    }

    /// Whether a send of ours made an update on the page: what was adopted of it before that was known does
    /// not count a second time.
    pub(super) fn made(&self, update: &str) -> bool {
        self.0.values().any(|answer| match &answer.outcome {
            SendOutcome::Accepted { receipt } => receipt.vendor_id.as_deref() == Some(update),
            SendOutcome::Failed { .. } | SendOutcome::Unknown { .. } => false,
        })
    }

    pub(super) fn accepted(&self, op: &str) -> bool {
        self.answer(op).is_some_and(|answer| match answer.outcome {
            SendOutcome::Accepted { .. } => true,
            SendOutcome::Failed { .. } | SendOutcome::Unknown { .. } => false,
        })
    }
}

/// A later answer replaces an unknown one; a proof of delivery replaces anything, and nothing replaces it.
pub(super) fn weight(outcome: &SendOutcome) -> u8 {
    match outcome {
        SendOutcome::Unknown { .. } => 1,
        SendOutcome::Failed { .. } => 2,
        SendOutcome::Accepted { .. } => 3,
    }
}
