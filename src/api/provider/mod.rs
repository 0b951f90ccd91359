//! The providers of the console, and the only place that names them all: what the team's settings name, or what this
//! browser keeps. A new one is a folder in `api`, an arm in each of these two files, and its name in `config`. Linked
//! by the console only.

mod mailer;
mod page;

pub use mailer::Mailer;
pub use page::Page;

/// What only the provider of this browser has: its mails, its failure switch, its records, word of its changes,
/// and their end.
pub use super::embedded::{
    FailureMode, FailureSwitch, Outbox, StoredMail, UnreadableRecord, Writer, forget, watch,
};

use super::embedded::Reader;
use super::http::Browser;
use super::mail::postmark::Postmark;
use super::mail::resend::Resend;
use super::mail::sendgrid::Sendgrid;
use super::statuspage::{self, Statuspage};
use super::team::Webhook;
use crate::config::{HostedMail, HostedPage, MailService, TeamChannel};

/// The hosts of the addresses that hosted services answer with. Of the mail services none answers with an address.
pub const LINK_HOSTS: [&str; 1] = statuspage::LINK_HOSTS;

impl Page {
    /// The page that the settings name; the one of this browser where they name none.
    pub fn of(hosted: Option<&HostedPage>) -> Self {
        match hosted {
            Some(hosted) => Self::Statuspage(Statuspage::new(Browser, &hosted.page_id)),
            None => Self::Embedded(Reader::new(), Writer::new()),
        }
    }
}

impl Mailer {
    /// The mail service that the settings name; the outbox of this browser where they name none.
    pub fn of(hosted: Option<&HostedMail>) -> Self {
        match hosted {
            None => Self::Embedded(Outbox::new()),
            Some(hosted) => match hosted.service {
                MailService::Postmark => {
                    Self::Postmark(Postmark::new(Browser, hosted.stream.clone()))
                }
                MailService::Resend => Self::Resend(Resend(Browser)),
                MailService::Sendgrid => Self::Sendgrid(Sendgrid(Browser)),
            },
        }
    }
}

/// What tells the team. None of this browser does: there a person copies the text.
pub type Team = Webhook<Browser>;

/// The channel that the settings name.
pub fn team(channel: &TeamChannel) -> Team {
    Webhook::new(Browser, channel.service)
}
