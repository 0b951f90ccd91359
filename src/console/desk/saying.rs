//! What the desk tells the responder beside the pages: that something was done, that something went wrong.

use leptos::prelude::*;

use super::Desk;

/// Something to tell the responder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    /// Whether something went wrong.
    pub alarm: bool,
}

impl Desk {
    /// Tells the responder something.
    pub fn say(self, text: impl Into<String>) {
        self.said.set(Some(Said {
            text: text.into(),
            alarm: false,
        }));
    }

    /// Tells the responder that something went wrong.
    pub fn alarm(self, text: impl Into<String>) {
        self.said.set(Some(Said {
            text: text.into(),
            alarm: true,
        }));
    }

    /// No longer tells what begins so: it is not true any more.
    pub(super) fn take_back(self, beginning: &str) {
        let stands = |said: &Option<Said>| {
            said.as_ref()
                .is_some_and(|said| said.text.starts_with(beginning))
        };
        if self.said.with_untracked(stands) {
            self.said.set(None);
        }
    }

    /// Tells the responder what they have to do something about, though everything goes on.
    pub fn warn(self, text: impl Into<String>) {
        self.minded.set(Some(text.into()));
    }
}
