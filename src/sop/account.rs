//! Which of the organisation's accounts a channel posts to: the team's settings do not know channels.

use crate::config::{Account, TeamConfig};

use super::channel::Channel;

impl TeamConfig {
    /// The account on a social network; `None` for other channels and where there is none.
    pub fn account(&self, channel: Channel) -> Option<&Account> {
        match channel {
            Channel::X => self.x.as_ref(),
            Channel::LinkedIn => self.linkedin.as_ref(),
            Channel::Team | Channel::Page | Channel::Email => None,
        }
    }

    /// The address that opens a network's composer; the text goes at its end, percent-encoded.
    pub fn share_address(&self, channel: Channel) -> Option<&str> {
        self.account(channel).map(|account| account.share.as_str())
    }
}
