//! Reading an event from JSON. Written by hand, field by field: a derived reader of so many variants,
//! with the event's own fields beside theirs, is several times the code that a browser has to fetch.
//! Writing is derived, and a test holds the two together.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::{Error, Map, Value, from_value};

use super::{Event, EventKind, SendOutcome};

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Fields(Map::deserialize(deserializer)?);
        event(fields).map_err(D::Error::custom)
    }
}

impl Event {
    /// Reads an event from a value.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(in crate::sop) fn of(value: Value) -> Result<Self, Error> {
        match value {
            Value::Object(fields) => event(Fields(fields)),
            _ => Err(Error::custom("it is no object")),
        }
    }
}

/// What is left to read.
struct Fields(Map<String, Value>);

impl Fields {
    /// A field that has to be there.
    fn need<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, Error> {
        let value = self.0.remove(name);
        named(
            name,
            value
                .ok_or_else(|| Error::custom("it is missing"))
                .and_then(from_value),
        )
    }

    /// A field that may be left out.
    fn may<T: DeserializeOwned + Default>(&mut self, name: &'static str) -> Result<T, Error> {
        let value = self.0.remove(name);
        named(name, value.map_or_else(|| Ok(T::default()), from_value))
    }
}

fn named<T>(name: &str, read: Result<T, Error>) -> Result<T, Error> {
    read.map_err(|error| Error::custom(format_args!("`{name}`: {error}")))
}

fn event(mut from: Fields) -> Result<Event, Error> {
    Ok(Event {
        id: from.need("id")?,
        at: from.need("at")?,
        offset_ms: from.may("offset_ms")?,
        who: from.need("who")?,
        vouched: from.may("vouched")?,
        what: what(from)?,
    })
}

fn what(mut from: Fields) -> Result<EventKind, Error> {
    let name: String = from.need("event")?;
    Ok(match name.as_str() {
        "declared" => EventKind::Declared {
            impact_started: from.need("impact_started")?,
            severity: from.need("severity")?,
            kind: from.need("kind")?,
            components: from.need("components")?,
            became_aware: from.may("became_aware")?,
            personal_data: from.may("personal_data")?,
            facts: from.need("facts")?,
            sop_version: from.need("sop_version")?,
            drill: from.may("drill")?,
        },
        "fact-set" => EventKind::FactSet {
            fact: from.need("fact")?,
            value: from.need("value")?,
        },
        "time-set" => EventKind::TimeSet {
            time: from.need("time")?,
            value: from.need("value")?,
        },
        "components-set" => EventKind::ComponentsSet {
            components: from.need("components")?,
        },
        "severity-changed" => EventKind::SeverityChanged {
            to: from.need("to")?,
            reason: from.may("reason")?,
        },
        "type-changed" => EventKind::TypeChanged {
            to: from.need("to")?,
        },
        "personal-data-set" => EventKind::PersonalDataSet {
            to: from.need("to")?,
        },
        "about-to-leave" => EventKind::AboutToLeave {
            op: from.need("op")?,
            message: from.need("message")?,
            leaves_at: from.need("leaves_at")?,
        },
        "withdrawn" => EventKind::Withdrawn {
            op: from.need("op")?,
            why: from.need("why")?,
        },
        "send-started" => EventKind::SendStarted {
            op: from.need("op")?,
            message: from.need("message")?,
        },
        "send-answered" => EventKind::SendAnswered {
            op: from.need("op")?,
            outcome: outcome(&mut from)?,
        },
        "email-finished" => EventKind::EmailFinished {
            op: from.need("op")?,
            failed: from.need("failed")?,
            unknown: from.may("unknown")?,
        },
        "posted-by-hand" => EventKind::PostedByHand {
            message: from.need("message")?,
            posted_at: from.need("posted_at")?,
            link: from.may("link")?,
        },
        "components-changed" => EventKind::ComponentsChanged {
            components: from.need("components")?,
        },
        "answered-post" => EventKind::AnsweredPost {
            duty: from.need("duty")?,
        },
        "skipped" => EventKind::Skipped {
            duty: from.need("duty")?,
            reason: from.need("reason")?,
        },
        "approved" => EventKind::Approved {
            approver: from.need("approver")?,
            alone: from.may("alone")?,
        },
        "resolved-without-page" => EventKind::ResolvedWithoutPage,
        "reopened" => EventKind::Reopened,
        "declared-in-error" => EventKind::DeclaredInError {
            reason: from.need("reason")?,
        },
        "ticked" => EventKind::Ticked {
            item: from.need("item")?,
            on: from.need("on")?,
        },
        "postmortem-done" => EventKind::PostmortemDone {
            text: from.need("text")?,
            held_on: from.need("held_on")?,
            participants: from.need("participants")?,
        },
        "regulator-notified" => EventKind::RegulatorNotified {
            reference: from.may("reference")?,
            notified_at: from.may("notified_at")?,
        },
        "page-incident" => EventKind::PageIncident {
            id: from.need("page_incident")?,
        },
        "page-left" => EventKind::PageLeft,
        "claimed" => EventKind::Claimed {
            op: from.need("op")?,
            kind: from.need("kind")?,
            episode: from.need("episode")?,
        },
        "note" => EventKind::Note {
            text: from.need("text")?,
        },
        other => return Err(Error::custom(format_args!("no event is called `{other}`"))),
    })
}

fn outcome(from: &mut Fields) -> Result<SendOutcome, Error> {
    let name: String = from.need("outcome")?;
    Ok(match name.as_str() {
        "accepted" => SendOutcome::Accepted {
            receipt: from.need("receipt")?,
        },
        "failed" => SendOutcome::Failed {
            reason: from.need("reason")?,
        },
        "unknown" => SendOutcome::Unknown {
            reason: from.need("reason")?,
        },
        other => {
            return Err(Error::custom(format_args!(
                "no outcome is called `{other}`"
            )));
        }
    })
}
