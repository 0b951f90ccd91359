//! How a sending is put away, as JSON: the plan in one record, each batch in one of its own. Written and
//! read by hand: a derived reader is several times the code that a browser has to fetch.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Chunk, ChunkState, Fate, Lost, Pause, Person, Plan, Stopped};
use crate::sop::event::SentMessage;
use crate::sop::message::Letter;
use crate::sop::run::RunId;

/// A record that cannot be taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is no record of ours, or only a part of one.
    #[error("a stored record of this sending cannot be read")]
    Broken,
    /// The email in it is not the one that the log says was sent.
    #[error("the stored email is not the one that the log says was sent")]
    OtherEmail,
}

/// Why a sending could not be kept or taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// What the browser said.
    #[error("{0}")]
    Storage(String),
    /// The record.
    #[error("{0}")]
    Unreadable(#[from] Unreadable),
    /// Another tab has taken the sending over.
    #[error("another tab has taken over the sending")]
    TakenOver,
}

impl Plan {
    /// How it is put away.
    pub fn kept(&self) -> String {
        let (pause, why) = match &self.pause {
            None => (None, None),
            Some(Pause::ByPerson) => (Some("person"), None),
            Some(Pause::Interrupted) => (Some("interrupted"), None),
            Some(Pause::LoginNeeded) => (Some("login"), None),
            Some(Pause::NotSent(why)) => (Some("not-sent"), Some(why)),
            Some(Pause::Refused(why)) => (Some("refused"), Some(why)),
            Some(Pause::Lost(why)) => (Some("lost"), Some(why)),
            Some(Pause::Changed) => (Some("changed"), None),
        };
        json!({
            "op": self.op,
            "run": self.run.0,
            "service": self.service,
            "begun": self.begun_at.timestamp_millis(),
            "from": self.from,
            "reply_to": self.reply_to,
            "letter": self.letter.kept(),
            "hash": self.hash,
            "pause": pause,
            "why": why,
            "not_before": self.not_before.map(|at| at.timestamp_millis()),
            "unknown_left": self.unknown_left,
            "stopped": self.stopped.map(|stopped| match stopped {
                Stopped::Looking => "looking",
                Stopped::All => "all",
            }),
        })
        .to_string()
    }

    /// The operation and the incident of a stored plan.
    pub fn whose(kept: &str) -> Option<(String, RunId)> {
        let kept: Value = serde_json::from_str(kept).ok()?;
        Some((text(&kept, "op")?, RunId(text(&kept, "run")?)))
    }

    /// Takes a plan back, beside the log's record of what was sent.
    ///
    /// # Errors
    /// Why it cannot be gone on with.
    pub fn restored(kept: &str, record: &SentMessage) -> Result<Self, Unreadable> {
        let kept: Value = serde_json::from_str(kept).map_err(|_| Unreadable::Broken)?;
        let letter = kept.get("letter").ok_or(Unreadable::Broken)?;
        let letter = Letter::restored(letter, record).ok_or(Unreadable::OtherEmail)?;
        plan(&kept, letter).ok_or(Unreadable::Broken)
    }
}

fn plan(kept: &Value, letter: Letter) -> Option<Plan> {
    let why = || text(kept, "why").unwrap_or_default();
    Some(Plan {
        op: text(kept, "op")?,
        run: RunId(text(kept, "run")?),
        service: text(kept, "service")?,
        begun_at: time(kept, "begun")?,
        from: text(kept, "from")?,
        reply_to: text(kept, "reply_to")?,
        letter,
        hash: text(kept, "hash"),
        pause: match kept.get("pause")?.as_str() {
            None => None,
            Some("person") => Some(Pause::ByPerson),
            Some("interrupted") => Some(Pause::Interrupted),
            Some("login") => Some(Pause::LoginNeeded),
            Some("not-sent") => Some(Pause::NotSent(why())),
            Some("refused") => Some(Pause::Refused(why())),
            Some("lost") => Some(Pause::Lost(why())),
            Some("changed") => Some(Pause::Changed),
            Some(_) => return None,
        },
        not_before: time(kept, "not_before"),
        unknown_left: kept.get("unknown_left")?.as_bool()?,
        // Earlier versions knew no such thing.
        stopped: match kept.get("stopped").and_then(Value::as_str) {
            Some("looking") => Some(Stopped::Looking),
            Some("all") => Some(Stopped::All),
            Some(_) | None => None,
        },
    })
}

impl Chunk {
    /// How it is put away.
    pub fn kept(&self) -> String {
        let people = self
            .people
            .iter()
            .map(|person| json!([person.address, person.name]));
        let mut kept = json!({ "number": self.number, "people": people.collect::<Value>() });
        let (name, value) = match &self.state {
            ChunkState::Waiting => ("waiting", Value::Null),
            ChunkState::Leaving { at } => ("leaving", json!(at.timestamp_millis())),
            ChunkState::Unknown(lost) => (
                "unknown",
                json!({
                    "since": lost.since.timestamp_millis(),
                    "why": lost.why,
                    "looked": lost.looked,
                    "tries": lost.tries,
                    "not_before": lost.not_before.timestamp_millis(),
                    "found": lost.found,
                }),
            ),
            ChunkState::Done(fates) => ("done", fates.iter().map(fate).collect()),
        };
        if let Some(fields) = kept.as_object_mut() {
            fields.insert(name.to_owned(), value);
        }
        kept.to_string()
    }

    /// Takes a batch back.
    ///
    /// # Errors
    /// That it cannot be read.
    pub fn restored(kept: &str) -> Result<Self, Unreadable> {
        let kept: Value = serde_json::from_str(kept).map_err(|_| Unreadable::Broken)?;
        chunk(&kept).ok_or(Unreadable::Broken)
    }
}

fn fate(fate: &Fate) -> Value {
    match fate {
        Fate::Accepted(id) => json!(["ok", id]),
        Fate::Refused(why) => json!(["no", why]),
        Fate::Unknown => json!(["unknown"]),
        Fate::Moved => json!(["moved"]),
    }
}

fn chunk(kept: &Value) -> Option<Chunk> {
    let people: Option<Vec<Person>> = kept
        .get("people")?
        .as_array()?
        .iter()
        .map(|person| {
            Some(Person {
                address: person.get(0)?.as_str()?.to_owned(),
                name: person.get(1)?.as_str().map(str::to_owned),
            })
        })
        .collect();
    let people = people?;
    let state = if let Some(at) = time(kept, "leaving") {
        ChunkState::Leaving { at }
    } else if let Some(lost) = kept.get("unknown") {
        ChunkState::Unknown(Lost {
            since: time(lost, "since")?,
            why: text(lost, "why")?,
            looked: number(lost, "looked")?,
            tries: number(lost, "tries")?,
            not_before: time(lost, "not_before")?,
            found: lost
                .get("found")?
                .as_array()?
                .iter()
                .map(found)
                .collect::<Option<_>>()?,
        })
    } else if let Some(fates) = kept.get("done") {
        let fates: Vec<Fate> = fates
            .as_array()?
            .iter()
            .map(read_fate)
            .collect::<Option<_>>()?;
        (fates.len() == people.len()).then_some(ChunkState::Done(fates))?
    } else {
        kept.get("waiting").map(|_| ChunkState::Waiting)?
    };
    Some(Chunk {
        number: number(kept, "number")?,
        people,
        state,
    })
}

fn read_fate(kept: &Value) -> Option<Fate> {
    let detail = || kept.get(1)?.as_str().map(str::to_owned);
    match kept.get(0)?.as_str()? {
        "ok" => detail().map(Fate::Accepted),
        "no" => detail().map(Fate::Refused),
        "unknown" => Some(Fate::Unknown),
        "moved" => Some(Fate::Moved),
        _ => None,
    }
}

fn found(kept: &Value) -> Option<(u32, String)> {
    let item = u32::try_from(kept.get(0)?.as_u64()?).ok()?;
    Some((item, kept.get(1)?.as_str()?.to_owned()))
}

fn text(of: &Value, name: &str) -> Option<String> {
    of.get(name)?.as_str().map(str::to_owned)
}

fn number(of: &Value, name: &str) -> Option<u32> {
    u32::try_from(of.get(name)?.as_u64()?).ok()
}

fn time(of: &Value, name: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(of.get(name)?.as_i64()?)
}
