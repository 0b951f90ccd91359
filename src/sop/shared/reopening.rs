//! A page may take no incident back once it is resolved there. Then the post that reopens it is refused, and
//! only a new incident can tell that it goes on.

use chrono::{DateTime, Utc};

use crate::sop::run::{LedgerState, Phase, State};

/// When and why the post that would have reopened the incident on the page failed; `None` where none was tried, or
/// another post came after it.
pub fn failed_reopening(state: &State) -> Option<(DateTime<Utc>, &str)> {
    let last = state.page.as_ref().filter(|last| last.status.is_over())?;
    if state.phase != Phase::Open || state.page_incident.is_none() {
        return None;
    }
    let mut rows = state.ledger.iter().rev();
    let newest = rows.find(|row| row.message.is_post())?;
    let goes_on = newest.message.page.as_ref()?;
    match &newest.state {
        LedgerState::Failed { reason } => {
            (newest.at >= last.at && !goes_on.status.is_over()).then_some((newest.at, reason))
        }
        LedgerState::Queued | LedgerState::Sent { .. } | LedgerState::Unknown { .. } => None,
    }
}
