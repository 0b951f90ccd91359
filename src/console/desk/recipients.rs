//! Who gets the mails of an incident: a list that a responder pasted or loaded, kept as a draft beside
//! the incident and never in its log.

use leptos::prelude::*;

use crate::sop::recipients::{List, Recipient};
use crate::sop::run::RunId;

use super::Desk;

/// The recipients, by incident.
#[derive(Clone, Copy)]
pub struct Recipients {
    progress: RwSignal<Option<Progress>>,
}

/// How far a sending has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Mails with a final state.
    pub done: usize,
    /// All mails.
    pub all: usize,
}

impl Recipients {
    pub(super) fn new() -> Self {
        Self {
            progress: RwSignal::new(None),
        }
    }

    /// How far a sending has come, while one goes on.
    pub fn progress(self) -> RwSignal<Option<Progress>> {
        self.progress
    }

    /// The list of an incident, as it is typed or loaded.
    pub fn of(self, desk: Desk, run: &RunId) -> List {
        List::parse(&desk.drafts.get(&field(run)).unwrap_or_default())
    }

    /// The people who would get a mail now. With no list on the embedded provider: one sample reader.
    pub fn people(self, desk: Desk, run: &RunId) -> Vec<Recipient> {
        let list = self.of(desk, run);
        if list.people.is_empty() {
            vec![Recipient::sample()]
        } else {
            list.people
        }
    }
}

/// The field that the list is typed in.
pub fn field(run: &RunId) -> String {
    format!("recipients/{}", run.0)
}
