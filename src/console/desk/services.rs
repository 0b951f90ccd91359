//! Which services the desk works with: those that the team's settings name, or those of this browser.

use leptos::prelude::*;

use crate::api::provider::{Mailer, Outbox, Page};

use super::Desk;

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
}
