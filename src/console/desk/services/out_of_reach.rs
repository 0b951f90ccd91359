//! What keeps hosted services from being used now, and which messages that holds back.

use chrono::TimeDelta;
use leptos::prelude::*;

use crate::api::edge::clock::ServerClock;
use crate::sop::channel::Channel;

use super::session::Session;
use crate::console::desk::Desk;

/// From here on a difference between the clocks is said.
const SKEWED_MS: i64 = 60_000;

/// What keeps hosted services from being used now, for the banner and for a send that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutOfReach {
    /// What is wrong, and what that means.
    pub text: String,
    /// Whether logging in mends it.
    pub by_login: bool,
    /// Whether a message is held back instead of tried: it would certainly not arrive.
    pub holds: bool,
}

impl Desk {
    /// What keeps hosted services from being used now; `None` while nothing does.
    pub fn out_of_reach(self) -> Option<OutOfReach> {
        let session = self.edge.session.get();
        if session == Session::Local {
            return None;
        }
        let (text, by_login, holds) = if self.edge.online.get() {
            match session {
                Session::Local | Session::Asking | Session::LoggedIn(_) => return None,
                Session::Unset { by_login: true } => (
                    "The team’s settings are behind a login, and yours has ended. What you type is kept. Nothing is posted or mailed until you have logged in and tried again.".to_owned(),
                    true,
                    true,
                ),
                Session::Unset { by_login: false } => (
                    "console/team.toml could not be read, so nobody knows what this console posts to and mails through. What you type is kept, and nothing is posted or mailed. Readiness says what is wrong.".to_owned(),
                    false,
                    true,
                ),
                Session::Ended => (
                    "Your login has ended. Nothing is lost. What you type is kept, and nothing is sent until you log in.".to_owned(),
                    true,
                    true,
                ),
                Session::NoEdge => (
                    "No edge here: hosted services cannot be reached from this host. Nothing can be sent; see deploy/ for how to set one up.".to_owned(),
                    false,
                    false,
                ),
                Session::Silent(why) => (
                    format!("The edge of this host does not answer: {why}. What you type is kept. It is asked again every 10 seconds."),
                    false,
                    false,
                ),
            }
        } else {
            (
                "This device is offline. What you type is kept, and nothing is sent until the network is back.".to_owned(),
                false,
                true,
            )
        };
        Some(OutOfReach {
            text,
            by_login,
            holds,
        })
    }

    /// Whether messages of a channel leave through a hosted service.
    pub fn is_hosted(self, channel: Channel) -> bool {
        self.vendor_console(channel).is_some()
    }

    /// The hosted service's own console behind a channel: where to post when nothing here reaches it.
    pub fn vendor_console(self, channel: Channel) -> Option<String> {
        self.setup.with(|setup| {
            let team = setup.team()?;
            match channel {
                Channel::Page => team.page.as_ref().map(|page| page.console.clone()),
                Channel::Email => team.mail.as_ref().map(|mail| mail.console.clone()),
                Channel::Team => team.channel.as_ref().map(|channel| channel.console.clone()),
                Channel::X | Channel::LinkedIn => None,
            }
        })
    }

    /// Why a message of a channel is held back now instead of sent; `None` while it may leave.
    pub fn held(self, channel: Channel) -> Option<String> {
        let what = self.out_of_reach().filter(|what| what.holds)?;
        let is_unset = self
            .edge
            .session
            .with(|session| matches!(session, Session::Unset { .. }));
        let by_a_service = matches!(channel, Channel::Page | Channel::Email);
        (is_unset && by_a_service || self.is_hosted(channel)).then_some(what.text)
    }

    /// What is to be said of this device's clock; `None` while it is right.
    pub fn skew(self) -> Option<String> {
        let offset = self.edge.clock.with(ServerClock::offset_ms)?;
        if offset.abs() < SKEWED_MS {
            return None;
        }
        // The server tells whole seconds: a second more or less must not make ten minutes nine.
        let minutes = (offset.abs() + 30_000) / 60_000;
        let span = crate::words::span(TimeDelta::minutes(minutes));
        let side = if offset > 0 { "ahead" } else { "behind" };
        Some(format!(
            "This device’s clock is {span} {side}; Allclear counts by the server’s. Set the device’s clock right when you can."
        ))
    }
}
