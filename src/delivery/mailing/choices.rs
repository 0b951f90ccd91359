//! What a person may decide about a sending.

use chrono::{DateTime, Utc};

use super::{Chunk, ChunkState, Fate, Mailing, Pause, Person, Room, Stopped};
use crate::sop::recipients::Never;

const NEVER: &str = "they are on the list “Never mail these”";
/// Why somebody gets no mail of a sending that was ended.
pub(super) const ENDED: &str = "the sending was ended before its turn came";

/// Whom to send it to once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those who certainly did not get it.
    Failed,
    /// Those who may have got it already.
    Unknown,
}

/// What a sending is taken up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// It was just begun.
    Begin,
    /// The console was opened: what can be found out is found out, nothing new leaves.
    Recover,
    /// It goes on.
    Resume,
    /// Once more, to some.
    OnceMore(Which),
    /// The same two, where a person was told what the mail says that is no longer so.
    ResumeAnyway,
    OnceMoreAnyway(Which),
    /// What is unknown stays so.
    LeaveUnknown,
    /// Nothing more is sent, not even again under a key that the service may remember.
    End,
}

impl Intent {
    /// Whether something new leaves because of it, so that the other consoles are asked first.
    pub fn goes_on(self) -> bool {
        match self {
            Self::Resume | Self::OnceMore(_) | Self::ResumeAnyway | Self::OnceMoreAnyway(_) => true,
            Self::Begin | Self::Recover | Self::LeaveUnknown | Self::End => false,
        }
    }

    /// Whether a person was told what the mail says that is no longer so.
    pub fn is_anyway(self) -> bool {
        match self {
            Self::ResumeAnyway | Self::OnceMoreAnyway(_) => true,
            Self::Begin
            | Self::Recover
            | Self::Resume
            | Self::OnceMore(_)
            | Self::LeaveUnknown
            | Self::End => false,
        }
    }

    /// The same, whatever the mail says that is no longer so.
    #[must_use]
    pub fn anyway(self) -> Self {
        match self {
            Self::Resume => Self::ResumeAnyway,
            Self::OnceMore(which) => Self::OnceMoreAnyway(which),
            Self::Begin
            | Self::Recover
            | Self::ResumeAnyway
            | Self::OnceMoreAnyway(_)
            | Self::LeaveUnknown
            | Self::End => self,
        }
    }

    /// Whether it only ends what was begun: nothing leaves because of it, and nothing is asked of the service, so that
    /// it may be meant for another one.
    pub fn settles(self) -> bool {
        match self {
            Self::LeaveUnknown | Self::End => true,
            Self::Begin
            | Self::Recover
            | Self::Resume
            | Self::OnceMore(_)
            | Self::ResumeAnyway
            | Self::OnceMoreAnyway(_) => false,
        }
    }
}

impl Mailing {
    /// Takes it up. The numbers of the batches that have changed.
    pub fn take_up(&mut self, intent: Intent, room: Room, now: DateTime<Utc>) -> Vec<u32> {
        let mut changed = if intent == Intent::Begin {
            Vec::new()
        } else {
            self.recover(now)
        };
        match intent {
            Intent::Begin | Intent::Recover => {}
            Intent::Resume | Intent::ResumeAnyway => self.resume(),
            Intent::OnceMore(which) | Intent::OnceMoreAnyway(which) => {
                changed.extend(self.once_more(which, room));
            }
            Intent::LeaveUnknown => self.leave_unknown(),
            Intent::End => self.end(),
        }
        changed
    }

    /// What is going on with it while it waits: a service that is busy is waited for; a batch whose answer was lost is
    /// being looked for.
    pub fn waits_for(&self) -> super::Doing {
        let is_lost = |chunk: &super::Chunk| matches!(chunk.state, ChunkState::Unknown(_));
        if self.chunks.iter().any(is_lost) {
            super::Doing::FindingOut
        } else {
            super::Doing::Sending
        }
    }

    /// Nothing new leaves from now on.
    pub fn pause(&mut self) {
        self.plan.pause = Some(Pause::ByPerson);
    }

    /// Nothing new leaves from now on, because the incident has changed: neither the batch whose turn it is, which stays
    /// unknown where it may have left before, nor what waits.
    pub fn pause_for_change(&mut self, number: u32) {
        self.give_up(number);
        self.pause_for(Pause::Changed);
    }

    /// Finds out nothing more: what is unknown stays so, and what waits is left to a person.
    pub fn stop_looking(&mut self) {
        self.plan.stopped = Some(Stopped::Looking);
        if self.plan.pause.is_none() {
            self.pause_for(Pause::ByPerson);
        }
    }

    /// Ends it: nothing more is sent or found out, and it is over.
    pub fn end(&mut self) {
        self.plan.stopped = Some(Stopped::All);
        self.plan.pause = None;
        self.plan.unknown_left = true;
    }

    /// It goes on.
    pub fn resume(&mut self) {
        self.plan.stopped = None;
        self.plan.pause = None;
        self.plan.not_before = None;
    }

    /// What is unknown stays so, and the sending is over.
    pub fn leave_unknown(&mut self) {
        self.stop_looking();
        self.plan.unknown_left = true;
    }

    /// Leaves out of a batch that has not left whoever is never mailed by now, however long ago the people were
    /// chosen: they stand among those who were not reached. The numbers of the batches that have changed.
    pub fn leave_out(&mut self, number: u32, never: &Never) -> Vec<u32> {
        let last = self.chunks.last().map_or(0, |last| last.number + 1);
        let Some(chunk) = self.chunk_mut(number).filter(|chunk| chunk.is_waiting()) else {
            return Vec::new();
        };
        let people = std::mem::take(&mut chunk.people).into_iter();
        let (out, rest): (Vec<Person>, Vec<Person>) =
            people.partition(|person| never.holds(&person.address));
        let ended = Fate::Refused(NEVER.to_owned());
        if rest.is_empty() {
            chunk.people = out;
            chunk.end_all(&ended);
            return vec![number];
        }
        chunk.people = rest;
        if out.is_empty() {
            return Vec::new();
        }
        let mut aside = Chunk {
            number: last,
            people: out,
            state: ChunkState::Waiting,
        };
        aside.end_all(&ended);
        self.chunks.push(aside);
        vec![number, last]
    }

    /// Sends it once more, in new batches, to those who failed or are unknown; the numbers of all batches
    /// that have changed. Only ever by a person's choice.
    pub fn once_more(&mut self, which: Which, room: Room) -> Vec<u32> {
        let mut again: Vec<Person> = Vec::new();
        let mut changed = Vec::new();
        for chunk in &mut self.chunks {
            let ChunkState::Done(fates) = &mut chunk.state else {
                continue;
            };
            let before = again.len();
            for (fate, person) in fates.iter_mut().zip(&chunk.people) {
                let meant = match fate {
                    Fate::Refused(_) => which == Which::Failed,
                    Fate::Unknown => which == Which::Unknown,
                    Fate::Accepted(_) | Fate::Moved => false,
                };
                if meant {
                    *fate = Fate::Moved;
                    again.push(person.clone());
                }
            }
            if again.len() > before {
                changed.push(chunk.number);
            }
        }
        if !again.is_empty() {
            changed.extend(self.add(again, room));
            self.plan.unknown_left = false;
            self.resume();
        }
        changed
    }
}
