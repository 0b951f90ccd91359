//! Which services the desk works with: those that the team's settings name, or those of this browser. What asks them
//! comes with an incident's pages ([`ServiceCalls`]), so that a board that is opened to look needs none of it.
//!
//! - `session`: whether and as whom we are logged in; `out_of_reach`: what keeps us from the services;
//! - `probes`, `page`, `outbox`: what asking them told; `failure`: the switch that lets them fail.

pub mod failure;
mod out_of_reach;
pub mod outbox;
pub mod page;
pub mod probes;
pub mod session;

use leptos::prelude::*;

use crate::api::provider::{Mailer, Outbox, Page};

use super::outgoing::Work;
use super::{Desk, cut_off, mailing, recipients};

/// What asks the services.
#[derive(Clone, Copy)]
pub struct ServiceCalls {
    /// Begins, once the logs were read: takes up what was interrupted, says what was cut off, and reads the page.
    pub(super) begin: fn(Desk) -> Work,
    /// Reads the page.
    pub(super) refresh: fn(Desk) -> Work,
    /// Puts the demonstration on the page of this browser.
    pub(super) add_demo: fn(Desk) -> Work,
}

impl ServiceCalls {
    /// All of it.
    pub const fn new() -> Self {
        Self {
            begin: |desk| {
                recipients::sweep(desk);
                Box::pin(begin(desk))
            },
            refresh: |desk| Box::pin(page::refresh(desk)),
            add_demo: |desk| Box::pin(page::add_demo(desk)),
        }
    }
}

async fn begin(desk: Desk) {
    mailing::open(desk).await;
    cut_off::settle(desk).await;
    page::open(desk).await;
}

impl Desk {
    /// Posts to the page and mails through the service of the team's settings from now on.
    pub(super) fn choose_services(self) {
        self.setup.with_untracked(|setup| {
            let team = setup.team();
            self.service
                .set_value(Page::of(team.and_then(|team| team.page.as_ref())));
            self.mailer
                .set_value(Mailer::of(team.and_then(|team| team.mail.as_ref())));
        });
    }

    /// Begins to ask the services, once. Where what asks them cannot be fetched, [`Desk::begin_late`] does.
    pub(super) async fn begin_services(self) {
        let Some(calls) = self.later.calls().await else {
            return;
        };
        if !self.begun.get_value() {
            self.begun.set_value(true);
            // What follows the desk lives as long as it does, and not as long as a page.
            let begun = self
                .owner
                .with_value(|owner| owner.with(|| (calls.begin)(self)));
            begun.await;
        }
    }

    /// Begins as soon as what asks the services is here after all.
    pub(super) fn begin_late(self) {
        let late = !self.begun.get_value() && self.later.can_reach();
        if late && !untrack(|| self.is_loading()) {
            leptos::task::spawn_local(self.begin_services());
        }
    }

    /// Reads the page again, where what reads it can be had.
    pub(super) async fn read_page(self) {
        if let Some(calls) = self.later.calls().await {
            (calls.refresh)(self).await;
        }
    }

    /// Puts a year of made-up incidents on the page, labelled as such.
    pub fn add_demo(self) {
        leptos::task::spawn_local(async move {
            match self.later.calls().await {
                Some(calls) => (calls.add_demo)(self).await,
                None => self.alarm("The demonstration could not be added: a part of the console could not be fetched."),
            }
        });
    }

    /// The status page that is posted to.
    pub fn service(self) -> Page {
        self.service.get_value()
    }

    /// The service that mails leave through.
    pub fn mailer(self) -> Mailer {
        self.mailer.get_value()
    }

    /// The mails that are kept in this browser.
    pub fn outbox(self) -> Outbox {
        self.outbox.get_value()
    }

    /// "Name <address>" of the sender, and the address for answers.
    pub fn sender(self) -> (String, String) {
        self.setup.with_untracked(|setup| {
            setup
                .team()
                .map(|team| (team.sender(), team.reply_to.clone()))
                .unwrap_or_default()
        })
    }
}
