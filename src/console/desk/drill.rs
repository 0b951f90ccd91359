//! Drills: incidents that are an exercise. They run by the same rules and on the same screens, and whatever
//! they post or mail stays in this browser, also where the settings name hosted services.

use leptos::prelude::*;

use crate::api::mail::SendMail;
use crate::api::provider::{Mailer, Page, Writer};
use crate::sop::channel::Channel;
use crate::sop::event::EventKind;
use crate::sop::run::RunId;

use super::Desk;

impl Desk {
    /// The status page that an incident is posted to: a drill's stays in this browser, whatever the settings
    /// name.
    pub fn page_of(self, run: &RunId) -> Page {
        if self.is_drill(run) {
            Page::of(None)
        } else {
            self.service()
        }
    }

    /// The service that an incident's mails leave through: a drill's stay in this browser.
    pub fn mailer_of(self, run: &RunId) -> Mailer {
        if self.is_drill(run) {
            Mailer::of(None)
        } else {
            self.mailer()
        }
    }

    /// Whether an incident's mails really leave this browser.
    pub fn really_mails(self, run: &RunId) -> bool {
        self.mailer_of(run).is_hosted()
    }

    /// Whether an incident's messages of a channel leave through a hosted service.
    pub fn is_hosted_for(self, run: &RunId, channel: Channel) -> bool {
        self.is_hosted(channel) && !self.is_drill(run)
    }

    /// Whether an incident is an exercise. That is said with its declaration and never changes.
    pub fn is_drill(self, run: &RunId) -> bool {
        self.runs.with_untracked(|runs| {
            runs.get(run).is_some_and(|run| {
                run.events()
                    .any(|event| matches!(event.what, EventKind::Declared { drill: true, .. }))
            })
        })
    }

    /// Why a message of an incident is held back now instead of sent; a drill's never is.
    pub fn held_for(self, run: &RunId, channel: Channel) -> Option<String> {
        self.held(channel).filter(|_| !self.is_drill(run))
    }

    /// Gives this browser's page the components that a drill is about, where they are a hosted page's.
    pub(super) fn set_up_drill(self) {
        if !self.is_hosted(Channel::Page) {
            return;
        }
        let components = untrack(|| self.components());
        leptos::task::spawn_local(async move {
            if let Err(error) = Writer::new().seed_components(&components).await {
                self.alarm(format!(
                    "The drill’s page in this browser could not be set up: {error}."
                ));
            }
        });
    }
}
