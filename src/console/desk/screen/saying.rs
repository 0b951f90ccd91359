//! What the desk tells the responder beside the pages: that something was done, that something went wrong.

use leptos::prelude::*;

use crate::console::desk::Desk;

/// Something to tell the responder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    /// Whether something went wrong.
    pub alarm: bool,
    /// What it is about, where it may cease to be true.
    pub about: Option<Topic>,
    /// Every second one: the screen gives it a place of its own, so that the same words are announced again.
    pub is_second: bool,
}

/// What is told until it is not true any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    /// The status page could not be read.
    Page,
    /// A sending, by its operation, waits for somebody or has stopped.
    Sending(String),
}

impl Desk {
    /// Tells the responder something.
    pub fn say(self, text: impl Into<String>) {
        self.tell_responder(text.into(), false, None);
    }

    /// Tells the responder that something went wrong.
    pub fn alarm(self, text: impl Into<String>) {
        self.tell_responder(text.into(), true, None);
    }

    /// Tells something that is to be taken back once it is not true any more.
    pub(in crate::console::desk) fn tell_for_now(self, about: Topic, alarm: bool, text: String) {
        self.tell_responder(text, alarm, Some(about));
    }

    fn tell_responder(self, text: String, alarm: bool, about: Option<Topic>) {
        self.said.update(|said| {
            let is_second = said.as_ref().is_some_and(|before| !before.is_second);
            *said = Some(Said {
                text,
                alarm,
                about,
                is_second,
            });
        });
    }

    /// No longer tells that something was done: another message is about to leave, and it would be taken for that one's.
    pub(in crate::console::desk) fn take_back_done(self) {
        let is_done = |said: &Option<Said>| {
            said.as_ref()
                .is_some_and(|said| !said.alarm && said.about.is_none())
        };
        if self.said.with_untracked(is_done) {
            self.said.set(None);
        }
    }

    /// No longer tells what was told about this: it is not true any more.
    pub(in crate::console::desk) fn take_back(self, about: &Topic) {
        let stands = |said: &Option<Said>| {
            let told = said.as_ref().and_then(|said| said.about.as_ref());
            told == Some(about)
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
