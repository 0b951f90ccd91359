//! What the ledger says of a message that was sent.

use super::sending;
use crate::sop::run::{LedgerRow, LedgerState};

/// What closes an email that nobody finishes any more.
pub const LEAVE_IT: &str = "Close it as it is";

/// How it stands, in a word or two.
pub fn state(row: &LedgerRow) -> &'static str {
    match row.state {
        LedgerState::Queued => "Queued",
        LedgerState::Sent { .. } if row.by_hand => "Sent by hand",
        LedgerState::Sent { .. } if row.is_partly_sent() => "Partly sent",
        LedgerState::Sent { .. } => "Sent",
        LedgerState::Failed { .. } => "Failed",
        LedgerState::Unknown { .. } => "Unknown",
    }
}

/// How many people it was sent to, or for how many it is while that is not known; nothing where nobody counts them. A
/// number of people is only ever said to have it when every one of them has a final state.
pub fn people(row: &LedgerRow) -> Option<String> {
    let all = row.message.recipients?;
    let people = sending::people(usize::try_from(all).unwrap_or(usize::MAX));
    let missed = row.not_reached.unwrap_or(0);
    let missed = missed.saturating_add(row.unknown.unwrap_or(0));
    Some(match row.state {
        LedgerState::Sent { .. }
            if row.is_partly_sent() || missed >= all && row.unknown > Some(0) =>
        {
            format!(" for {people}")
        }
        LedgerState::Sent { .. } if missed > 0 => {
            format!(" to {} of {people}", all.saturating_sub(missed))
        }
        LedgerState::Sent { .. } => format!(" to {people}"),
        LedgerState::Queued | LedgerState::Failed { .. } | LedgerState::Unknown { .. } => {
            format!(" for {people}")
        }
    })
}
