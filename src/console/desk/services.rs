//! Which services the desk works with: those that the team's settings name, or those of this browser.

use leptos::prelude::*;

use crate::api::embedded::Outbox;
use crate::api::mail::Mailer;
use crate::api::mail::postmark::Postmark;
use crate::api::mail::resend::Resend;
use crate::api::mail::sendgrid::Sendgrid;
use crate::api::provider::Page;
use crate::api::statuspage::Statuspage;
use crate::config::MailService;

use super::Desk;

impl Desk {
    /// Posts to the hosted page and mails through the hosted service from now on, where the team's settings
    /// name one.
    pub(super) fn choose_services(self) {
        let hosted = self
            .setup
            .with_untracked(|setup| setup.team().and_then(|team| team.page.clone()));
        if let Some(hosted) = hosted {
            self.service
                .set_value(Page::Statuspage(Statuspage::new(hosted.page_id)));
        }
        let mail = self
            .setup
            .with_untracked(|setup| setup.team().and_then(|team| team.mail.clone()));
        if let Some(mail) = mail {
            self.mailer.set_value(match mail.service {
                MailService::Postmark => Mailer::Postmark(Postmark::new(mail.stream)),
                MailService::Resend => Mailer::Resend(Resend),
                MailService::Sendgrid => Mailer::Sendgrid(Sendgrid),
            });
        }
    }

    /// The status page that is posted to.
    pub fn service(self) -> Page {
        self.service.get_value()
    }

    /// The service that mails leave through.
    pub fn mailer(self) -> Mailer {
        self.mailer.get_value()
    }

    /// The embedded provider's mails.
    pub fn outbox(self) -> Outbox {
        self.outbox.get_value()
    }
}
