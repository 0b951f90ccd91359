//! What the responder is told of what leaves.

use super::sending;
use crate::delivery::notice::{MailingNotice, MessageName, Notice};
use crate::domain::utc_text;

/// The sentences of a notice.
pub fn notice(notice: &Notice) -> String {
    let of = |about: &Option<MessageName>, what: String| match about {
        Some(about) => format!("{}. {what}", super::message(about.channel, about.kind)),
        None => what,
    };
    match notice {
        Notice::Sent(about, at) => of(about, format!("Sent at {}.", utc_text::clock(*at))),
        Notice::NotSent(about, why) => of(about, format!("Not sent: {why}. Nobody got it.")),
        Notice::NoAnswer(about, why) => of(
            about,
            format!("No answer: {why}. It may already have been delivered."),
        ),
        Notice::ComponentsNotChanged(why) => {
            format!("The components could not be changed: {why}.")
        }
    }
}

/// The sentences of a notice of a mailing.
pub fn mailing_notice(notice: &MailingNotice) -> String {
    match notice {
        MailingNotice::MailingStopped(why) => format!(
            "The sending has stopped: {why}. Nothing of it is lost; reload this page to go on with it."
        ),
        MailingNotice::OtherService { then, now } => format!(
            "A sending was begun through {then}, and the settings name {now} now: {now} knows nothing of it. \
             Set {then} again, or end the sending."
        ),
        MailingNotice::NothingMore(why) => format!("Nothing more was sent: {why}."),
        MailingNotice::NotPermitted(why) => {
            format!("Nothing more was sent: {}.", super::refusal(*why))
        }
        MailingNotice::Outdated(outdated) => format!(
            "Nothing more was sent. {} Press again to decide.",
            sending::outdated(*outdated)
        ),
        MailingNotice::Stopped(pause, tally) => sending::stopped(pause, *tally),
        MailingNotice::NotFoundOut(why) => format!(
            "What became of a batch could not be looked up: {why}. It may already have been delivered."
        ),
        MailingNotice::Offered(tally) => sending::offered(*tally),
        MailingNotice::NotReached(tally) => sending::not_reached(*tally),
    }
}
