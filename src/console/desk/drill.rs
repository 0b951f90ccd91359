//! Drills: incidents that are an exercise. They run by the same rules and on the same screens, and whatever
//! they post or mail stays in this browser, also where the settings name hosted services.

use leptos::prelude::*;

use crate::api::mail::SendMail;
use crate::api::page::ReadPage;
use crate::api::provider::{Mailer, Page, Writer, watch};
use crate::config::{ChatService, TeamChannel};
use crate::domain::component::Component;
use crate::domain::page::Snapshot;
use crate::sop::channel::Channel;
use crate::sop::event::EventKind;
use crate::sop::run::RunId;

use super::Desk;

/// What cannot be read is as it was, and read again with the next change; a post that fails tells so itself.
async fn read_drills(desk: Desk) {
    if let Ok(page) = Page::of(None).snapshot().await {
        desk.drill_page.set(Some(page));
    }
}

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

    /// What readers of an incident's page see: a drill's, of this browser's page.
    pub fn page_seen(self, run: &RunId) -> Option<Snapshot> {
        if self.is_apart(run) {
            self.drill_page.get()
        } else {
            self.page.get()
        }
    }

    /// The components of an incident's page, in the states that it shows now.
    pub fn components_seen(self, run: &RunId) -> Vec<Component> {
        let own = self.is_apart(run).then(|| self.drill_page.get()).flatten();
        match own {
            Some(page) if !page.components.is_empty() => page.components,
            Some(_) | None => self.components(),
        }
    }

    /// Whether an incident is posted to another page than the one that the settings name.
    fn is_apart(self, run: &RunId) -> bool {
        self.is_hosted(Channel::Page) && self.is_drill(run)
    }

    /// Reads this browser's page beside a hosted one, and follows its changes.
    pub(super) async fn follow_drills(self) {
        read_drills(self).await;
        match watch(move || leptos::task::spawn_local(read_drills(self))) {
            Ok(subscription) => subscription.forever(),
            Err(error) => self.alarm(format!("Drills of other tabs are not seen here: {error}.")),
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

    /// The channel in which a webhook tells the team of an incident; `None` where a person does, as in every drill.
    pub(super) fn team_channel_of(self, run: &RunId) -> Option<TeamChannel> {
        let channel = self.setup.with(|setup| setup.team()?.channel.clone())?;
        (!self.is_drill(run)).then_some(channel)
    }

    /// The service that takes what the team is told of an incident; `None` where a person copies it.
    pub fn told_through(self, run: &RunId) -> Option<ChatService> {
        Some(self.team_channel_of(run)?.service)
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
