//! Replacing a post-mortem: it is one text in one place, which colleagues write too.

use crate::api::page::PostmortemThere;
use crate::domain::text::same;
use crate::sop::run::{LedgerState, State};

/// Why a draft is not on the page, or may not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotKept {
    /// A person or a reading kept it back: nothing was written.
    Held(String),
    /// The page did not take it.
    Failed(String),
    /// No answer came.
    Lost(String),
}

/// The texts there that a responder who knows `seen` has not seen and that `ours` would replace.
pub fn unseen(there: PostmortemThere, ours: &str, seen: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in [there.published, there.draft].into_iter().flatten() {
        let is_known =
            same(&text, ours) || seen.iter().chain(&found).any(|known| same(&text, known));
        if !is_known && !text.trim().is_empty() {
            found.push(text);
        }
    }
    found
}

/// The texts that the log says have left from here.
pub fn sent(state: &State) -> Vec<String> {
    let rows = state.ledger.iter().filter(|row| {
        row.message.is_postmortem() && !matches!(row.state, LedgerState::Failed { .. })
    });
    rows.map(|row| row.message.text.clone()).collect()
}
