//! What the log and the responder are told of a sending (`docs/duties.md` rule 9).

use leptos::prelude::untrack;

use crate::console::desk::Desk;
use crate::console::desk::mailing::{Live, Summary};
use crate::console::paths::Route;
use crate::console::sending_words as words;
use crate::sop::event::{EventKind, Receipt, SendOutcome};
use crate::sop::mailing::{Answer, ChunkState, Fate, Mailing, Tally};
use crate::sop::run::{LedgerRow, LedgerState};

use super::entered;

/// Where a sending stands when the log is told of it.
enum Moment {
    /// A batch was answered, or read back.
    Underway(Option<Answer>),
    /// It waits for a person.
    Resting,
    /// Everybody has a final state.
    Over,
}

/// After a batch. The first one that is accepted meets the duty; an answer that was lost makes the send
/// unknown until more is known.
pub(super) async fn progress(desk: Desk, live: &Live, came: Option<Answer>) {
    tell(desk, live, &Moment::Underway(came)).await;
}

/// It waits for a person now.
pub(super) async fn rests(desk: Desk, live: &Live) {
    tell(desk, live, &Moment::Resting).await;
    let mailing = live.borrow();
    let tally = mailing.tally();
    desk.alarm(match &mailing.plan.pause {
        Some(pause) if tally.open > 0 => words::stopped(pause, tally),
        Some(_) | None => words::offered(tally),
    });
}

/// Everybody has a final state.
pub(super) async fn finished(desk: Desk, live: &Live, tally: Tally) {
    tell(desk, live, &Moment::Over).await;
    let mailing = live.borrow();
    let is_sent =
        row(desk, &mailing).is_some_and(|row| matches!(row.state, LedgerState::Sent { .. }));
    if is_sent && tally.failed > 0 {
        desk.alarm(words::not_reached(tally));
    }
    // A list that was deleted meanwhile takes the addresses of its sending with it.
    let summary = Summary::of(&mailing);
    if untrack(|| desk.recipients.of(&mailing.plan.run)).is_none() {
        desk.tidy_sending(summary);
    }
}

/// What the log may lack at most: an answer, and how it ended.
const AT_MOST: usize = 2;

/// Enters what the log does not know of it yet, one event after the other. Each is stored before the next:
/// a tab that is closed in between finds the rest to be said when it is opened again.
async fn tell(desk: Desk, live: &Live, moment: &Moment) {
    let run = live.borrow().plan.run.clone();
    for _event in 0..AT_MOST {
        let missing = missing(desk, &live.borrow(), moment);
        let Some(what) = missing else { return };
        if !entered(desk, &run, what).await {
            return;
        }
    }
}

fn row(desk: Desk, mailing: &Mailing) -> Option<LedgerRow> {
    desk.ledger_row(&mailing.plan.run, &mailing.plan.op)
}

/// The next thing that the log does not know.
fn missing(desk: Desk, mailing: &Mailing, moment: &Moment) -> Option<EventKind> {
    let row = row(desk, mailing)?;
    let op = mailing.plan.op.clone();
    let tally = mailing.tally();
    let outcome = match (row.state, first_id(mailing), moment) {
        (LedgerState::Sent { .. }, _, Moment::Over) => {
            let failed = u32::try_from(tally.failed).unwrap_or(u32::MAX);
            let known = row.not_reached == Some(failed);
            return (!known).then_some(EventKind::EmailFinished { op, failed });
        }
        (LedgerState::Sent { .. }, _, Moment::Underway(_) | Moment::Resting) => return None,
        (_, Some(id), _) => SendOutcome::Accepted {
            receipt: Receipt {
                vendor_id: Some(id),
                link: (!desk.mailer_of(&mailing.plan.run).is_hosted())
                    .then(|| Route::Outbox.path()),
            },
        },
        (LedgerState::Queued, None, Moment::Underway(Some(Answer::Lost(why)))) => {
            SendOutcome::Unknown {
                reason: why.clone(),
            }
        }
        (LedgerState::Queued, None, Moment::Resting | Moment::Over) if tally.unknown > 0 => {
            SendOutcome::Unknown {
                reason: "no answer came".to_owned(),
            }
        }
        (LedgerState::Queued, None, Moment::Over) => SendOutcome::Failed {
            reason: first_refusal(mailing).unwrap_or_else(|| "nobody could be mailed".to_owned()),
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

fn first_refusal(mailing: &Mailing) -> Option<String> {
    fates(mailing).find_map(|fate| match fate {
        Fate::Refused(why) => Some(why.clone()),
        Fate::Accepted(_) | Fate::Unknown | Fate::Moved => None,
    })
}
