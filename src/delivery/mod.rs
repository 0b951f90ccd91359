//! What leaves this browser, as rules without input or output: told the time and what came of each request, they say
//! what is to be done next. `console::runner` does it.
//!
//! Three promises hold whatever fails and whenever the console is closed (`docs/decisions.md`, "What must never
//! happen"): nothing leaves that was not written down before, nothing leaves twice without a person having chosen so,
//! and whatever may have left is said so until more is known.
//!
//! - `posting`: one post to the status page, from its order to its receipt;
//! - `postmortem`: a post-mortem that replaces another text;
//! - `mailing`: one email to many, batch by batch;
//! - `entries`: what the log is told of a mailing;
//! - `cut_off`: what is known of what was cut off with its tab;
//! - `notice`: what the responder is told.

pub mod cut_off;
pub mod entries;
pub mod mailing;
pub mod notice;
pub mod posting;
pub mod postmortem;

use crate::api::error::ApiError;
use crate::sop::event::SendOutcome;

/// What a failed request means for the ledger: certainly not delivered, or unknown.
pub fn outcome_of(error: &ApiError) -> SendOutcome {
    let reason = error.in_full();
    if error.may_have_happened() {
        SendOutcome::Unknown { reason }
    } else {
        SendOutcome::Failed { reason }
    }
}
