//! A reopened incident whose page does not take it back.

use chrono::{DateTime, Utc};

use crate::api::statuspage::errors::is_refusal;
use crate::sop::run::RunId;
use crate::sop::shared::failed_reopening;

use crate::console::desk::Desk;

/// A post that would have reopened the incident on the page, and that the service refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedReopening {
    /// When it was tried.
    pub at: DateTime<Utc>,
    /// The service's words.
    pub reason: String,
}

impl Desk {
    /// The refusal that a new incident on the page would answer; `None` where the last attempt was not refused,
    /// or failed for another reason.
    pub fn refused_reopening(self, id: &RunId) -> Option<RefusedReopening> {
        let view = self.view(id)?;
        let (at, reason) = failed_reopening(&view.state)?;
        is_refusal(reason).then(|| RefusedReopening {
            at,
            reason: reason.to_owned(),
        })
    }
}
