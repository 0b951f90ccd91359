//! An email but for the recipient's name: what a sending that goes on for minutes, and through a closed
//! tab, is written from. It can be put away and taken back, but only beside the log's own record of it.

use serde_json::{Value, json};

use super::markup;
use crate::sop::event::SentMessage;

/// An email but for the recipient's name.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    pub(super) subject: String,
    pub(super) text: Vec<Segment>,
    pub(super) html: Vec<Segment>,
    pub(super) nameless: String,
}

/// A stretch of an email's part.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Segment {
    /// The same for everybody.
    Fixed(String),
    /// The recipient's name; as it is written in the template.
    Name(String),
}

/// An email as one recipient gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailParts {
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

impl Letter {
    /// The email for one recipient; "Hi there," where the name is missing.
    pub fn for_name(&self, name: Option<&str>) -> EmailParts {
        let name = name
            .filter(|name| !name.trim().is_empty())
            .unwrap_or(&self.nameless);
        let escaped = markup::escape(name);
        EmailParts {
            subject: self.subject.clone(),
            text: together(&self.text, Some(name)),
            html: together(&self.html, Some(&escaped)),
        }
    }

    /// The HTML part with its per-recipient place still open.
    pub(super) fn open_html(&self) -> String {
        together(&self.html, None)
    }

    /// How it is put away.
    pub fn kept(&self) -> Value {
        let part = |segments: &[Segment]| {
            let segments = segments.iter().map(|segment| match segment {
                Segment::Fixed(text) => Value::from(text.as_str()),
                Segment::Name(written) => json!([written]),
            });
            segments.collect::<Value>()
        };
        json!({
            "subject": self.subject,
            "text": part(&self.text),
            "html": part(&self.html),
            "nameless": self.nameless,
        })
    }

    /// Takes back what was put away, where it says exactly what the log says was sent; `None` otherwise.
    pub fn restored(kept: &Value, record: &SentMessage) -> Option<Self> {
        let letter = Self {
            subject: kept.get("subject")?.as_str()?.to_owned(),
            text: segments(kept.get("text")?)?,
            html: segments(kept.get("html")?)?,
            nameless: kept.get("nameless")?.as_str()?.to_owned(),
        };
        let same = record.title.as_deref() == Some(&letter.subject)
            && record.text == together(&letter.text, None)
            && record.html.as_deref() == Some(&letter.open_html());
        same.then_some(letter)
    }
}

fn segments(part: &Value) -> Option<Vec<Segment>> {
    let segments = part.as_array()?.iter().map(|segment| match segment {
        Value::Array(written) => Some(Segment::Name(written.first()?.as_str()?.to_owned())),
        other => Some(Segment::Fixed(other.as_str()?.to_owned())),
    });
    segments.collect()
}

/// The segments as one text; without a name, its place stays as it is written.
fn together(segments: &[Segment], name: Option<&str>) -> String {
    segments
        .iter()
        .map(|segment| match segment {
            Segment::Fixed(text) => text.as_str(),
            Segment::Name(written) => name.unwrap_or(written),
        })
        .collect()
}
