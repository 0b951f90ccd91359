//! What the responder is told of what leaves. The sentences are in `words`.

use chrono::{DateTime, Utc};

use super::mailing::{Pause, Tally};
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::event::SentMessage;
use crate::sop::run::{Outdated, Refusal};

/// Which message it is about: several may leave together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageName {
    pub channel: Channel,
    pub kind: DutyKind,
}

impl From<SentMessage> for MessageName {
    fn from(message: SentMessage) -> Self {
        Self {
            channel: message.channel,
            kind: message.kind,
        }
    }
}

/// Something to tell. Reasons are fragments for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A message was accepted, at this moment.
    Sent(Option<MessageName>, DateTime<Utc>),
    /// Nobody got a message.
    NotSent(Option<MessageName>, String),
    /// A message may have been delivered.
    NoAnswer(Option<MessageName>, String),
    /// Components were not changed.
    ComponentsNotChanged(String),
}

/// The same of a mailing. These come with an incident's pages, the others with the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailingNotice {
    /// A mailing cannot go on: what it has come to could not be stored or read.
    MailingStopped(String),
    /// A mailing was begun through one service, and the settings name another one now.
    OtherService {
        /// The service that knows of it.
        then: String,
        /// The service that the settings name.
        now: String,
    },
    /// A mailing is not gone on with, because another console sends it.
    NothingMore(String),
    /// A mailing is not gone on with, because it may not be.
    NotPermitted(Refusal),
    /// A mailing is not gone on with, because nobody was asked about what it says that is no longer so.
    Outdated(Outdated),
    /// A mailing waits for a person, for this reason.
    Stopped(Pause, Tally),
    /// The service has refused to say what became of a batch.
    NotFoundOut(String),
    /// Nobody can find out about some of a mailing.
    Offered(Tally),
    /// A mailing is over, and some were not reached.
    NotReached(Tally),
}

impl MailingNotice {
    /// Whether something went wrong: what a person has stopped has not.
    pub fn is_alarm(&self) -> bool {
        !matches!(self, Self::Stopped(Pause::ByPerson, _))
    }
}

impl Notice {
    /// Whether something went wrong.
    pub fn is_alarm(&self) -> bool {
        !matches!(self, Self::Sent(..))
    }
}
