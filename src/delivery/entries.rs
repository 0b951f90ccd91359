//! What the log is told of a mailing (`docs/duties.md` rule 9), compared with what it has. A service's words may quote an
//! address, and the log keeps what it is told: the address stands with the batches alone, and goes with them.

use super::mailing::{Answer, ChunkState, Fate, Mailing};
use crate::sop::event::{EventKind, Receipt, SendOutcome};
use crate::sop::run::evidence::without_addresses;
use crate::sop::run::{LedgerRow, LedgerState};

/// Where a mailing stands when the log is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// A batch was answered, or read back.
    Underway(Option<Answer>),
    /// It waits for a person.
    Resting,
    /// Everybody has a final state.
    Over,
}

/// What the log may lack at most: an answer, and how it ended.
pub const AT_MOST: usize = 2;

const NO_ANSWER: &str = "no answer came";
const ALL_REFUSED: &str = "every mail was refused; the list of those who were not reached says why, as long as it is kept";
const NOBODY: &str = "nobody could be mailed";

/// The next thing that the log does not know. The first batch that is accepted meets the duty; an answer that was lost
/// makes the send unknown until more is known. `link` leads to where the mails can be seen.
pub fn missing(
    row: &LedgerRow,
    mailing: &Mailing,
    moment: &Moment,
    link: Option<String>,
) -> Option<EventKind> {
    let op = mailing.plan.op.clone();
    let tally = mailing.tally();
    let outcome = match (&row.state, first_id(mailing), moment) {
        (LedgerState::Sent { .. }, _, Moment::Over) => {
            let count = |people| u32::try_from(people).unwrap_or(u32::MAX);
            let (failed, unknown) = (count(tally.failed), count(tally.unknown));
            let unknown = Some(unknown).filter(|unknown| *unknown > 0);
            let known = row.not_reached == Some(failed) && row.unknown == unknown;
            return (!known).then_some(EventKind::EmailFinished {
                op,
                failed,
                unknown,
            });
        }
        (LedgerState::Sent { .. }, _, Moment::Underway(_) | Moment::Resting) => return None,
        (_, Some(id), _) => SendOutcome::Accepted {
            receipt: Receipt {
                vendor_id: Some(id),
                link,
            },
        },
        (
            LedgerState::Queued,
            None,
            Moment::Underway(Some(Answer::Lost(why) | Answer::PartlyLost { why, .. })),
        ) => SendOutcome::Unknown {
            reason: without_address(why).unwrap_or_else(|| NO_ANSWER.to_owned()),
        },
        (LedgerState::Queued, None, Moment::Resting | Moment::Over) if tally.unknown > 0 => {
            SendOutcome::Unknown {
                reason: NO_ANSWER.to_owned(),
            }
        }
        (LedgerState::Queued, None, Moment::Over) => SendOutcome::Failed {
            reason: why_nobody(mailing),
        },
        // Nothing is proved yet.
        (LedgerState::Queued | LedgerState::Failed { .. } | LedgerState::Unknown { .. }, _, _) => {
            return None;
        }
    };
    Some(EventKind::SendAnswered { op, outcome })
}

fn fates(mailing: &Mailing) -> impl Iterator<Item = &Fate> {
    mailing.chunks.iter().flat_map(|chunk| match &chunk.state {
        ChunkState::Done(fates) => fates.as_slice(),
        ChunkState::Waiting | ChunkState::Leaving { .. } | ChunkState::Unknown(_) => &[],
    })
}

fn first_id(mailing: &Mailing) -> Option<String> {
    fates(mailing).find_map(|fate| match fate {
        Fate::Accepted(id) => Some(id.clone()),
        Fate::Refused(_) | Fate::Unknown | Fate::Moved => None,
    })
}

/// Why nobody was mailed.
fn why_nobody(mailing: &Mailing) -> String {
    let mut refused = fates(mailing).filter_map(|fate| match fate {
        Fate::Refused(why) => Some(without_address(why)),
        Fate::Accepted(_) | Fate::Unknown | Fate::Moved => None,
    });
    let Some(first) = refused.next() else {
        return NOBODY.to_owned();
    };
    first
        .filter(|first| refused.all(|why| why.as_ref() == Some(first)))
        .unwrap_or_else(|| ALL_REFUSED.to_owned())
}

/// A reason with every address in it left out; `None` where one may still stand there, as one between quotation marks.
fn without_address(why: &str) -> Option<String> {
    Some(without_addresses(why)).filter(|why| !why.contains('@'))
}
