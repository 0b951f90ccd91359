//! A batch: the people in it, and what is known of it.

use chrono::{DateTime, Utc};

use super::Tally;
use crate::sop::message::Letter;
use crate::sop::recipients::Recipient;

/// Bytes of a mail in a request beside its own texts: keys, sender, metadata.
const FRAME: usize = 1_024;

/// Somebody who is to get the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The address; empty once it was forgotten.
    pub address: String,
    /// The name, where it is known.
    pub name: Option<String>,
}

impl From<&Recipient> for Person {
    fn from(recipient: &Recipient) -> Self {
        Self {
            address: recipient.address.clone(),
            name: recipient.name.clone(),
        }
    }
}

/// How much the service takes in one batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub mails: usize,
    /// Bytes of a request's body.
    pub bytes: usize,
}

/// A batch of a sending. Its number is never used again, so that the service can tell it from all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Its number within the operation, from 0.
    pub number: u32,
    /// Who is in it, in the order of sending.
    pub people: Vec<Person>,
    /// What is known of it.
    pub state: ChunkState,
}

/// What is known of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChunkState {
    /// It has not left.
    Waiting,
    /// Written down as leaving; its answer is not here.
    Leaving {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// Its answer was lost; what can be found out is being found out.
    Unknown(Lost),
    /// Everybody in it has a final state; one a person, in their order.
    Done(Vec<Fate>),
}

/// A loss, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// When it left.
    pub since: DateTime<Utc>,
    /// What went wrong, for people.
    pub why: String,
    /// How often the service was asked since, with an answer.
    pub looked: u32,
    /// How often it was sent again under the same key.
    pub tries: u32,
    /// The next attempt is made no sooner.
    pub not_before: DateTime<Utc>,
    /// What the service has of it: places and ids.
    pub found: Vec<(u32, String)>,
}

/// What became of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Accepted, with the service's id.
    Accepted(String),
    /// Refused or never sent, with the reason.
    Refused(String),
    /// It may have been delivered.
    Unknown,
    /// A person chose to send it once more: a later batch has it.
    Moved,
}

impl Chunk {
    /// Whether it has not left.
    pub fn is_waiting(&self) -> bool {
        self.state == ChunkState::Waiting
    }

    /// Whether everybody in it has a final state.
    pub fn is_done(&self) -> bool {
        matches!(self.state, ChunkState::Done(_))
    }

    /// Forgets the addresses and names of those who were reached, or whom a later batch has; whether there were
    /// any. Their places stay, so that the numbers do.
    pub fn forget_reached(&mut self) -> bool {
        let ChunkState::Done(fates) = &self.state else {
            return false;
        };
        let mut any = false;
        for (person, fate) in self.people.iter_mut().zip(fates) {
            match fate {
                Fate::Accepted(_) | Fate::Moved => {
                    any |= !person.address.is_empty();
                    person.address.clear();
                    person.name = None;
                }
                Fate::Refused(_) | Fate::Unknown => {}
            }
        }
        any
    }

    pub(super) fn count(&self, tally: &mut Tally) {
        let ChunkState::Done(fates) = &self.state else {
            tally.all += self.people.len();
            tally.open += self.people.len();
            if !self.is_waiting() {
                tally.doubtful += self.people.len();
            }
            return;
        };
        for fate in fates {
            match fate {
                Fate::Accepted(_) => tally.accepted += 1,
                Fate::Refused(_) => tally.failed += 1,
                Fate::Unknown => tally.unknown += 1,
                Fate::Moved => continue,
            }
            tally.all += 1;
        }
    }

    /// Everybody in it ends so.
    pub(super) fn end_all(&mut self, fate: &Fate) {
        self.state = ChunkState::Done(vec![fate.clone(); self.people.len()]);
    }
}

/// People in batches that fit, by number of mails and by bytes. One mail that is too large for the
/// service stands alone: the service itself says so then.
pub(super) fn parted(people: Vec<Person>, room: Room, letter: &Letter) -> Vec<Vec<Person>> {
    let weigh = Weigh::of(letter);
    let mut parts: Vec<Vec<Person>> = Vec::new();
    let mut left = 0;
    for person in people {
        let bytes = weigh.bytes(&person);
        match parts.last_mut() {
            Some(part) if part.len() < room.mails && bytes <= left => {
                left -= bytes;
                part.push(person);
            }
            Some(_) | None => {
                left = room.bytes.saturating_sub(bytes);
                parts.push(vec![person]);
            }
        }
    }
    parts
}

/// How many bytes of a request a mail takes at most, without writing each of a hundred thousand.
struct Weigh {
    /// A mail to somebody without a name.
    base: usize,
    /// How often the name stands in it.
    names: usize,
}

impl Weigh {
    fn of(letter: &Letter) -> Self {
        let size = |name: Option<&str>| {
            let parts = letter.for_name(name);
            [parts.subject, parts.text, parts.html]
                .iter()
                .map(|part| json_length(part))
                .sum::<usize>()
        };
        let (one, two) = (size(Some("a")), size(Some("aa")));
        Self {
            base: size(None) + FRAME,
            names: two.saturating_sub(one),
        }
    }

    fn bytes(&self, person: &Person) -> usize {
        // A letter of a name takes at most six bytes more: as `&quot;`, or as `\u0000`.
        let name = person.name.as_ref().map_or(0, String::len) * 6;
        self.base + name * (self.names + 1) + person.address.len() * 2
    }
}

/// How many bytes a text takes as JSON.
fn json_length(text: &str) -> usize {
    text.bytes()
        .map(|byte| match byte {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 2,
            0..=0x1f => 6,
            _ => 1,
        })
        .sum::<usize>()
        + 2
}
