//! What pages see of the desk: signals that can be read and not written. What they want changed, they ask for.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::domain::ordered::ShortMap;
use crate::domain::page::Snapshot;
use crate::sop::run::{Run, RunId};

use crate::console::desk::Desk;
use crate::console::desk::kept::drafts::Drafts;
use crate::console::desk::kept::event_store::{Saving, UnreadableEntry};
use crate::console::desk::mailing::Mailings;
use crate::console::desk::recipients::Recipients;
use crate::console::desk::screen::saying::Said;
use crate::console::desk::setup::Setup;

impl Desk {
    /// The time by the server's clock, as far as it is known, once a second.
    pub fn now(self) -> ReadSignal<DateTime<Utc>> {
        self.0.now
    }

    /// Configuration and playbook.
    pub fn setup(self) -> ReadSignal<Setup> {
        self.0.setup.read_only()
    }

    /// The logs of all incidents.
    pub fn runs(self) -> ReadSignal<ShortMap<RunId, Arc<Run>>> {
        self.0.runs.read_only()
    }

    /// What is typed and not yet said.
    pub fn drafts(self) -> Drafts {
        self.0.drafts
    }

    /// Who gets the mails of an incident.
    pub fn recipients(self) -> Recipients {
        self.0.recipients
    }

    /// The sendings of this browser.
    pub fn mailings(self) -> Mailings {
        self.0.mailings
    }

    /// The page as the provider shows it now.
    pub fn page(self) -> ReadSignal<Option<Snapshot>> {
        self.0.page.read_only()
    }

    /// Whether what happens is being kept.
    pub fn saving(self) -> ReadSignal<Saving> {
        self.0.saving.read_only()
    }

    /// The responder has read that something was not kept; the next that is not is said anew.
    pub fn close_unsaved(self) {
        self.0.saving.set(Saving::Kept);
    }

    /// What was read from storage and could not be understood.
    pub fn dropped(self) -> ReadSignal<Vec<UnreadableEntry>> {
        self.0.dropped.read_only()
    }

    /// The last thing to tell the responder: a refusal, a receipt, a failure.
    pub fn said(self) -> ReadSignal<Option<Said>> {
        self.0.said.read_only()
    }

    /// The responder has read it.
    pub fn close_said(self) {
        self.0.said.set(None);
    }

    /// What the responder has to mind until they have closed it, whatever is said after it.
    pub fn minded(self) -> ReadSignal<Option<String>> {
        self.0.minded.read_only()
    }

    /// The responder has minded it.
    pub fn close_minded(self) {
        self.0.minded.set(None);
    }
}
