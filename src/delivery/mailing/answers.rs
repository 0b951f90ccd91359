//! What an answer, or its loss, means for a batch.

use chrono::{DateTime, TimeDelta, Utc};

use super::choices::ENDED;
use super::{Chunk, ChunkState, Fate, Lost, Mailing, Pause, Stopped};
use crate::domain::after_loss::AfterLoss;

/// How long a busy service is left alone where it did not say.
const BUSY_SECONDS: u32 = 10;
/// No service is left alone for longer than this.
const BUSIEST_SECONDS: u32 = 300;
/// How long is waited between attempts to find out what became of a batch.
const AGAIN: TimeDelta = TimeDelta::seconds(30);
/// The first and the longest wait before a batch is sent again under its key.
const FIRST_TRY_SECONDS: u32 = 5;
const LAST_TRY_SECONDS: u32 = 60;

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// One result a mail, in the batch's order: the service's id, or why it was refused.
    Results(Vec<Result<String, String>>),
    /// What is known of some mails, in the batch's order; the others may have been delivered. The service cannot be asked
    /// about them.
    PartlyLost {
        known: Vec<Option<Result<String, String>>>,
        /// Why the others are not known.
        why: String,
    },
    /// It did not leave.
    NotSent(String),
    /// The whole of it was refused; nothing happened.
    Refused(String),
    /// Too many requests; nothing happened.
    Busy {
        /// How long to wait, where that was said.
        after_seconds: Option<u32>,
    },
    /// The login at the edge has ended; nothing happened.
    LoginNeeded,
    /// It may have happened.
    Lost(String),
}

impl Mailing {
    /// Writes down that a batch leaves. Stored before the request is made, so that a console that is
    /// closed in the middle of it knows that it may have left.
    pub fn leaving(&mut self, number: u32, now: DateTime<Utc>) {
        let Some(chunk) = self.chunk_mut(number) else {
            return;
        };
        match &mut chunk.state {
            ChunkState::Waiting => chunk.state = ChunkState::Leaving { at: now },
            ChunkState::Unknown(lost) => {
                let wait = FIRST_TRY_SECONDS
                    .saturating_mul(2_u32.saturating_pow(lost.tries))
                    .min(LAST_TRY_SECONDS);
                lost.tries += 1;
                lost.not_before = now + TimeDelta::seconds(i64::from(wait));
            }
            ChunkState::Leaving { .. } | ChunkState::Done(_) => {}
        }
    }

    /// Takes in what came of sending a batch.
    pub fn answered(&mut self, number: u32, answer: Answer, now: DateTime<Utc>) {
        let Some(chunk) = self.chunks.iter_mut().find(|chunk| chunk.number == number) else {
            return;
        };
        let after = match &mut chunk.state {
            ChunkState::Waiting | ChunkState::Leaving { .. } => first(chunk, answer, now),
            ChunkState::Unknown(_) => repeated(chunk, answer, now),
            ChunkState::Done(_) => return,
        };
        match after {
            After::GoOn => {}
            After::Pause(pause) => self.pause_for(pause),
            After::Wait(until) => self.plan.not_before = Some(until),
        }
    }

    /// Takes in what the service has of a batch, or why it could not be asked.
    pub fn looked(
        &mut self,
        number: u32,
        answer: Result<Vec<(u32, String)>, Answer>,
        now: DateTime<Utc>,
    ) {
        let Some(chunk) = self.chunk_mut(number) else {
            return;
        };
        let people = chunk.people.len();
        let ChunkState::Unknown(lost) = &mut chunk.state else {
            return;
        };
        match answer {
            Ok(found) => {
                lost.looked += 1;
                for (item, id) in found {
                    let known = lost.found.iter().any(|(known, _)| *known == item);
                    if !known && usize::try_from(item).is_ok_and(|item| item < people) {
                        lost.found.push((item, id));
                    }
                }
                if lost.found.len() == people {
                    settle(chunk);
                }
            }
            Err(why) => {
                lost.not_before = now + AGAIN;
                match why {
                    // It is there, and says no more than this.
                    Answer::Refused(_) => lost.looked += 1,
                    Answer::LoginNeeded => self.pause_for(Pause::LoginNeeded),
                    Answer::Results(_)
                    | Answer::PartlyLost { .. }
                    | Answer::NotSent(_)
                    | Answer::Busy { .. }
                    | Answer::Lost(_) => {}
                }
            }
        }
    }

    /// Counts as unknown whatever of a batch was not found; where the sending was ended, a batch that waits gets nothing.
    pub fn give_up(&mut self, number: u32) {
        let stopped = self.plan.stopped;
        let Some(chunk) = self.chunk_mut(number) else {
            return;
        };
        if chunk.is_waiting() && stopped == Some(Stopped::All) {
            chunk.end_all(&Fate::Refused(ENDED.to_owned()));
        }
        let ChunkState::Unknown(lost) = &chunk.state else {
            return;
        };
        let nothing_known = (lost.looked == 0 && stopped.is_none()).then(|| lost.why.clone());
        settle(chunk);
        if let Some(why) = nothing_known {
            self.pause_for(Pause::Lost(why));
        }
    }

    /// Takes the sending up again after the console was closed: what was leaving may have left, and what
    /// waits is left to a person. The numbers of the batches that have changed.
    pub fn recover(&mut self, now: DateTime<Utc>) -> Vec<u32> {
        let mut changed = Vec::new();
        for chunk in &mut self.chunks {
            if let ChunkState::Leaving { at } = &chunk.state {
                let why = "the console was closed before the answer came".to_owned();
                chunk.state = ChunkState::Unknown(lost(why, *at, now));
                changed.push(chunk.number);
            }
        }
        if self.plan.pause.is_none() {
            self.pause_for(Pause::Interrupted);
        }
        changed
    }

    /// The device is offline. Where the answer to a batch was lost, what waits is left to a person: the network
    /// may be back in a minute or in the morning, and nothing leaves by itself then.
    pub fn offline(&mut self) {
        let is_lost = |chunk: &Chunk| matches!(chunk.state, ChunkState::Unknown(_));
        if self.plan.pause.is_none() && self.chunks.iter().any(is_lost) {
            self.pause_for(Pause::NotSent("this device was offline".to_owned()));
        }
    }

    /// Where the device's clock was set back, a time that was noted by the old one may be hours ahead, and longer than
    /// anything is waited for: it counts as now. When a batch was lost that may be sent again stays as it was noted, as
    /// its key may be forgotten by now.
    pub fn heed_clock(&mut self, now: DateTime<Utc>, after_loss: AfterLoss) {
        let farthest = now + TimeDelta::seconds(i64::from(BUSIEST_SECONDS));
        let heed = |noted: &mut DateTime<Utc>| {
            if *noted > farthest {
                *noted = now;
            }
        };
        if let Some(noted) = &mut self.plan.not_before {
            heed(noted);
        }
        for chunk in &mut self.chunks {
            if let ChunkState::Unknown(lost) = &mut chunk.state {
                heed(&mut lost.not_before);
                if after_loss != AfterLoss::SendAgain {
                    lost.since = lost.since.min(now);
                }
            }
        }
    }

    /// A pause is for what waits; where nothing does, there is nothing to pause.
    pub(super) fn pause_for(&mut self, pause: Pause) {
        if self.chunks.iter().any(Chunk::is_waiting) {
            self.plan.pause = Some(pause);
        }
    }
}

/// What follows for the batches that wait.
enum After {
    GoOn,
    Pause(Pause),
    Wait(DateTime<Utc>),
}

/// The answer to a batch that had not left before.
fn first(chunk: &mut Chunk, answer: Answer, now: DateTime<Utc>) -> After {
    match answer {
        Answer::Results(results) if results.len() == chunk.people.len() => {
            end(chunk, results.into_iter().map(Some));
            After::GoOn
        }
        Answer::PartlyLost { known, why } if known.len() == chunk.people.len() => {
            end(chunk, known.into_iter());
            After::Pause(Pause::Lost(why))
        }
        Answer::Results(_) | Answer::PartlyLost { .. } => {
            let why = "the service answered with more or fewer results than mails".to_owned();
            chunk.state = ChunkState::Unknown(lost(why, now, now));
            After::GoOn
        }
        Answer::Lost(why) => {
            chunk.state = ChunkState::Unknown(lost(why, now, now));
            After::GoOn
        }
        Answer::Refused(why) => {
            chunk.end_all(&Fate::Refused(why.clone()));
            After::Pause(Pause::Refused(why))
        }
        Answer::NotSent(why) => {
            chunk.state = ChunkState::Waiting;
            After::Pause(Pause::NotSent(why))
        }
        Answer::LoginNeeded => {
            chunk.state = ChunkState::Waiting;
            After::Pause(Pause::LoginNeeded)
        }
        Answer::Busy { after_seconds } => {
            chunk.state = ChunkState::Waiting;
            After::Wait(now + patience(after_seconds))
        }
    }
}

/// The answer to a batch that was sent again under its key, and may have arrived the first time.
fn repeated(chunk: &mut Chunk, answer: Answer, now: DateTime<Utc>) -> After {
    let ChunkState::Unknown(lost) = &mut chunk.state else {
        return After::GoOn;
    };
    match answer {
        Answer::Results(results) if results.len() == chunk.people.len() => {
            end(chunk, results.into_iter().map(Some));
            After::GoOn
        }
        Answer::Results(_) | Answer::PartlyLost { .. } | Answer::Lost(_) => After::GoOn,
        // It says nothing about the first time.
        Answer::Refused(why) => {
            chunk.end_all(&Fate::Unknown);
            After::Pause(Pause::Refused(why))
        }
        Answer::NotSent(_) => {
            lost.not_before = lost.not_before.max(now + AGAIN);
            After::GoOn
        }
        Answer::LoginNeeded => {
            lost.not_before = lost.not_before.max(now + AGAIN);
            After::Pause(Pause::LoginNeeded)
        }
        Answer::Busy { after_seconds } => {
            lost.not_before = lost.not_before.max(now + patience(after_seconds));
            After::GoOn
        }
    }
}

/// What became of each mail; nothing where nobody knows.
fn end(chunk: &mut Chunk, results: impl Iterator<Item = Option<Result<String, String>>>) {
    let fates = results.map(|result| match result {
        Some(Ok(id)) => Fate::Accepted(id),
        Some(Err(why)) => Fate::Refused(why),
        None => Fate::Unknown,
    });
    chunk.state = ChunkState::Done(fates.collect());
}

/// What was found is accepted; the rest stays unknown.
fn settle(chunk: &mut Chunk) {
    let ChunkState::Unknown(lost) = &chunk.state else {
        return;
    };
    let mut fates = vec![Fate::Unknown; chunk.people.len()];
    for (item, id) in &lost.found {
        let fate = usize::try_from(*item)
            .ok()
            .and_then(|item| fates.get_mut(item));
        if let Some(fate) = fate {
            *fate = Fate::Accepted(id.clone());
        }
    }
    chunk.state = ChunkState::Done(fates);
}

fn lost(why: String, since: DateTime<Utc>, now: DateTime<Utc>) -> Lost {
    Lost {
        since,
        why,
        looked: 0,
        tries: 0,
        not_before: now + TimeDelta::seconds(i64::from(FIRST_TRY_SECONDS)),
        found: Vec::new(),
    }
}

fn patience(after_seconds: Option<u32>) -> TimeDelta {
    let seconds = after_seconds
        .unwrap_or(BUSY_SECONDS)
        .clamp(1, BUSIEST_SECONDS);
    TimeDelta::seconds(i64::from(seconds))
}
