//! What the responder is told of what leaves.

use super::sending;
use crate::delivery::notice::{Found, Notice};

const AGAIN: &str = "Publish it again on its page";
const KEPT: &str = "The post-mortem is recorded here";

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
        Notice::MailingStopped(why) => format!(
            "The sending has stopped: {why}. Nothing of it is lost; reload this page to go on with it."
        ),
        Notice::OtherService { then, now } => format!(
            "A sending was begun through {then}, and the settings name {now} now: {now} knows nothing of it. \
             Set {then} again, or end the sending."
        ),
        Notice::NothingMore(why) => format!("Nothing more was sent: {why}."),
        Notice::Stopped(pause, tally) => sending::stopped(pause, *tally),
        Notice::Offered(tally) => sending::offered(*tally),
        Notice::NotReached(tally) => sending::not_reached(*tally),
        Notice::PostmortemPublished(found) => match found {
            Found::Answered => "The post-mortem is on the status page.".to_owned(),
            Found::Asked => "The post-mortem is on the status page: the answer was lost, and it was found there.".to_owned(),
            Found::Before => "The post-mortem is on the status page already.".to_owned(),
        },
        Notice::PostmortemNotPublished(Found::Asked | Found::Before, why) => {
            format!("{KEPT}, and is not on the status page: {why}. {AGAIN}.")
        }
        Notice::PostmortemNotPublished(Found::Answered, why) => {
            format!("{KEPT}, but could not be published: {why}. {AGAIN}.")
        }
        Notice::PostmortemUnknown(why) => format!(
            "{KEPT}. No answer came ({why}), so it may be on the status page already. {AGAIN}; it stays one post-mortem."
        ),
        Notice::PostmortemNotAsked(why) => {
            format!("The status page could not be read, so nothing was published: {why}.")
        }
    }
}
