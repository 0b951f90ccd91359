//! What is to be done now.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Chunk, ChunkState, Lost, Mailing, Pause, Stopped, Tally};
use crate::domain::after_loss::AfterLoss;

/// Longest that anything is looked for by itself.
const LONGEST: TimeDelta = TimeDelta::hours(24);
/// Longest after its loss that a batch is sent again by itself. It may never have arrived, and what is old is sent by a
/// person or not at all.
const AGAIN: TimeDelta = TimeDelta::minutes(5);

/// The next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Write down that this batch leaves, then send it.
    Send(u32),
    /// Ask the service what it has of this batch.
    ReadBack(u32),
    /// Nothing more is done about this batch, because nothing can be or a person has stopped it: count it so.
    GiveUp(u32),
    /// Nothing before this time.
    WaitUntil(DateTime<Utc>),
    /// Everything was tried; some may have been delivered and some not: a person decides.
    Offer(Tally),
    /// Nothing new leaves until a person goes on with it.
    Paused,
    /// Everybody has a final state.
    Finished(Tally),
}

impl Mailing {
    /// What is to be done at `now`.
    pub fn next(&self, now: DateTime<Utc>, after_loss: AfterLoss) -> Step {
        if let Some(chunk) = self.stopped() {
            return Step::GiveUp(chunk.number);
        }
        let mut soonest: Option<DateTime<Utc>> = None;
        let mut hold = false;
        for chunk in &self.chunks {
            let ChunkState::Unknown(lost) = &chunk.state else {
                continue;
            };
            let at = match recover(chunk, lost, now, after_loss) {
                Recover::Now(Step::Send(number)) if self.is_held() => return Step::GiveUp(number),
                Recover::Now(step) => return step,
                Recover::At(at) => at,
            };
            // Until the service has answered once since the loss, everything else would be lost too.
            hold |= lost.looked == 0;
            soonest = Some(soonest.map_or(at, |known| known.min(at)));
        }
        let waiting = self.chunks.iter().find(|chunk| chunk.is_waiting());
        if let Some(waiting) = waiting.filter(|_| self.plan.pause.is_none() && !hold) {
            match self.plan.not_before.filter(|at| now < *at) {
                None => return Step::Send(waiting.number),
                Some(at) => soonest = Some(soonest.map_or(at, |known| known.min(at))),
            }
        }
        if let Some(at) = soonest {
            return Step::WaitUntil(at);
        }
        let tally = self.tally();
        if tally.open > 0 {
            Step::Paused
        } else if tally.unknown > 0 && !self.plan.unknown_left {
            Step::Offer(tally)
        } else {
            Step::Finished(tally)
        }
    }

    /// Whether nothing may leave, not even again under its key: a person has said so, or has to be asked.
    fn is_held(&self) -> bool {
        matches!(self.plan.pause, Some(Pause::ByPerson | Pause::Changed))
    }

    /// A batch without a final state about which nothing is done any more.
    fn stopped(&self) -> Option<&Chunk> {
        let stopped = self.plan.stopped?;
        self.chunks.iter().find(|chunk| match chunk.state {
            ChunkState::Unknown(_) => true,
            ChunkState::Waiting => stopped == Stopped::All,
            ChunkState::Leaving { .. } | ChunkState::Done(_) => false,
        })
    }
}

enum Recover {
    Now(Step),
    At(DateTime<Utc>),
}

fn recover(chunk: &Chunk, lost: &Lost, now: DateTime<Utc>, after_loss: AfterLoss) -> Recover {
    let waited = now.signed_duration_since(lost.since);
    let give_up = Recover::Now(Step::GiveUp(chunk.number));
    match after_loss {
        // Where the clock was set back, nobody knows how long ago that was.
        AfterLoss::SendAgain if waited.abs() < AGAIN => {
            due(Step::Send(chunk.number), lost.not_before, now)
        }
        AfterLoss::SendAgain | AfterLoss::Offer => give_up,
        AfterLoss::ReadBack { after_seconds } => {
            let looked = usize::try_from(lost.looked).unwrap_or(usize::MAX);
            match after_seconds.get(looked) {
                Some(seconds) if waited < LONGEST => {
                    let at = lost.since + TimeDelta::seconds(i64::from(*seconds));
                    due(Step::ReadBack(chunk.number), at.max(lost.not_before), now)
                }
                Some(_) | None => give_up,
            }
        }
    }
}

fn due(step: Step, at: DateTime<Utc>, now: DateTime<Utc>) -> Recover {
    if now < at {
        Recover::At(at)
    } else {
        Recover::Now(step)
    }
}
