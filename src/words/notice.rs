//! What the responder is told of what leaves.

use super::sending;
use crate::delivery::notice::{MailingNotice, Notice};

/// The sentences of a notice.
pub fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Sent => "Sent.".to_owned(),
        Notice::NotSent(why) => format!("Not sent: {why}. Nobody got it."),
        Notice::NoAnswer(why) => {
            format!("No answer: {why}. It may already have been delivered.")
        }
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
