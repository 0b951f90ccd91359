//! A list as it is kept: what somebody said of it in its first line, its text below.

use chrono::{DateTime, Utc};

use super::Picked;

/// What stands between the parts of the first line: no name of a file holds it.
const BETWEEN: char = '\u{1}';
const EVERYBODY: &str = "everybody";

/// What somebody said of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// The file that it came from; typed or pasted where there is none.
    pub file: Option<String>,
    /// The columns that somebody chose.
    pub picked: Option<Picked>,
    /// Whether everybody is meant, whatever services they use.
    pub everybody: bool,
    /// When it was given, where no email was owed then.
    pub unasked: Option<DateTime<Utc>>,
}

impl About {
    /// A list as it is kept, with its text.
    pub fn kept(&self, text: &str) -> String {
        let file = self.file.as_deref().unwrap_or_default();
        let picked = self.picked.map(Picked::kept).unwrap_or_default();
        let everybody = if self.everybody { EVERYBODY } else { "" };
        let unasked = self
            .unasked
            .map(|given| given.timestamp_millis().to_string());
        let unasked = unasked.unwrap_or_default();
        let line = [file, picked.as_str(), everybody, unasked.as_str()].join(&BETWEEN.to_string());
        format!("{}\n{text}", line.trim_end_matches(BETWEEN))
    }

    /// What was said of a kept list, and its text.
    pub fn restored(kept: &str) -> (Self, &str) {
        let (line, text) = kept.split_once('\n').unwrap_or_default();
        let mut parts = line.split(BETWEEN);
        let file = parts.next().filter(|file| !file.is_empty());
        let about = Self {
            file: file.map(str::to_owned),
            picked: parts.next().and_then(Picked::restored),
            everybody: parts.next() == Some(EVERYBODY),
            unasked: parts.next().and_then(|given| {
                let milliseconds = given.parse().ok()?;
                DateTime::from_timestamp_millis(milliseconds)
            }),
        };
        (about, text)
    }
}

impl Picked {
    /// `2` or `2,0`.
    fn kept(self) -> String {
        match self.name {
            Some(name) => format!("{},{name}", self.address),
            None => self.address.to_string(),
        }
    }

    fn restored(kept: &str) -> Option<Self> {
        let (address, name) = match kept.split_once(',') {
            Some((address, name)) => (address, Some(name.parse().ok()?)),
            None => (kept, None),
        };
        Some(Self {
            address: address.parse().ok()?,
            name,
        })
    }
}
