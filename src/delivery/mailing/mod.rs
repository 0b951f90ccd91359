//! Sending one email to many: who is in which batch, what is known of each, and what is to be done next.
//!
//! Pure: told the time and what came of each request, it says the next step. Three promises hold whatever
//! fails and whenever the console is closed (`docs/decisions.md`, "What must never happen"): nobody is mailed twice without a
//! person having chosen so, nobody is lost, and everybody ends in exactly one final state.
//!
//! - `chunk`: a batch and what is known of it;
//! - `next`: what is to be done now;
//! - `answers`: what an answer, or its loss, means;
//! - `choices`: what a person may decide: pause, resume, once more; `acts`: what of it now;
//! - `store`: how it is put away; `summary`: what stays of it when its recipients are deleted;
//! - `failures`: the list of those who were not reached;
//! - `turn`: which tab of this browser sends.

mod acts;
mod answers;
mod choices;
mod chunk;
mod failures;
mod next;
mod store;
mod summary;
mod turn;

use chrono::{DateTime, Utc};

use crate::sop::message::Letter;
use crate::sop::run::RunId;

pub use acts::{Act, acts};
pub use answers::Answer;
pub use choices::{Intent, Which};
pub use chunk::{Chunk, ChunkState, Fate, Lost, Person, Room};
pub use failures::{Missed, csv, missed};
pub use next::Step;
pub use store::{KeepError, Unreadable};
pub use summary::Summary;
pub use turn::{BEAT_MS, Beat, is_free};

/// What is going on with a sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Nothing: it waits for a person, or is over.
    Resting,
    /// This tab asks the other consoles whether somebody else sends it.
    Asking,
    /// This tab is sending.
    Sending,
    /// This tab is finding out what became of a batch.
    FindingOut,
    /// Another tab of this browser has it.
    Elsewhere,
}

/// One sending.
#[derive(Debug, Clone, PartialEq)]
pub struct Mailing {
    /// What is the same for all of it.
    pub plan: Plan,
    /// The batches, by number.
    pub chunks: Vec<Chunk>,
}

/// What is the same for all batches of a sending, frozen when it began.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The operation's id.
    pub op: String,
    /// The incident.
    pub run: RunId,
    /// The mail service that it goes through, by name: another one knows nothing of it.
    pub service: String,
    /// When it began.
    pub begun_at: DateTime<Utc>,
    /// "Name <address>" of the sender.
    pub from: String,
    /// The address for answers.
    pub reply_to: String,
    /// The email.
    pub letter: Letter,
    /// The SHA-256 of the list in normal form, where it could be taken.
    pub hash: Option<String>,
    /// Why nothing new leaves; `None` while it goes on.
    pub pause: Option<Pause>,
    /// Nothing new leaves before this: the service asked for patience.
    pub not_before: Option<DateTime<Utc>>,
    /// A person has decided to leave what is unknown as it is.
    pub unknown_left: bool,
    /// What a person has stopped; `None` while it goes on by itself as far as it can.
    pub stopped: Option<Stopped>,
}

/// What is no longer done, because a person has decided so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Finding out what became of batches whose answer was lost.
    Looking,
    /// That, and sending: whoever waits does not get the mail.
    All,
}

/// Why nothing new leaves until a person goes on with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pause {
    /// A person pressed Pause.
    ByPerson,
    /// The console was closed in the middle of it.
    Interrupted,
    /// The login at the edge has ended.
    LoginNeeded,
    /// A request could not leave.
    NotSent(String),
    /// The service refused a whole batch.
    Refused(String),
    /// An answer was lost, and the service cannot be asked what it has.
    Lost(String),
    /// The incident has changed, so that it might not be begun now, or not without a question.
    Changed,
}

/// How many are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Everybody.
    pub all: usize,
    /// Accepted by the service.
    pub accepted: usize,
    /// Refused, or never left.
    pub failed: usize,
    /// May have been delivered; nobody can find out.
    pub unknown: usize,
    /// Not sent yet, or no answer yet.
    pub open: usize,
    /// Those of them who may have it already: their batch has left, and its answer is not here.
    pub doubtful: usize,
}

impl Tally {
    /// How many have a final state.
    pub fn done(&self) -> usize {
        self.all - self.open
    }

    /// How many certainly did not get it yet, and still may.
    pub fn not_sent(&self) -> usize {
        self.open - self.doubtful
    }
}

impl Mailing {
    /// A sending of `plan` to `people`, nothing of it sent yet.
    pub fn new(plan: Plan, people: Vec<Person>, room: Room) -> Self {
        let mut mailing = Self {
            plan,
            chunks: Vec::new(),
        };
        mailing.add(people, room);
        mailing
    }

    /// How many are in which state.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for chunk in &self.chunks {
            chunk.count(&mut tally);
        }
        tally
    }

    /// A batch.
    pub fn chunk(&self, number: u32) -> Option<&Chunk> {
        self.chunks.iter().find(|chunk| chunk.number == number)
    }

    fn chunk_mut(&mut self, number: u32) -> Option<&mut Chunk> {
        self.chunks.iter_mut().find(|chunk| chunk.number == number)
    }

    /// Puts people into new batches behind all others; the batches' numbers.
    fn add(&mut self, people: Vec<Person>, room: Room) -> Vec<u32> {
        let first = self.chunks.last().map_or(0, |last| last.number + 1);
        let parts = chunk::parted(people, room, &self.plan.letter);
        let numbers: Vec<u32> = (first..).take(parts.len()).collect();
        for (number, people) in numbers.iter().zip(parts) {
            self.chunks.push(Chunk {
                number: *number,
                people,
                state: ChunkState::Waiting,
            });
        }
        numbers
    }
}
