//! Templates: text with typed places, parsed once, filled without ever expanding a value again.
//!
//! A place is written as the SOP writes it: `[Service Name]`, or a declared phrase ("every 15 minutes").
//! Which names are places is declared in the playbook, so `[URGENT]` stays literal.

use crate::config::words::nearest;
use crate::domain::ordered::{ShortMap, ShortSet};

use super::facts::Fact;
use super::lint::shapes;

/// Where a place's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// Asked of responders.
    Fact(Fact),
    Computed(Computed),
    /// The recipient's name, filled per recipient; the playbook says what stands there without one.
    RecipientName,
}

/// A value that is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Computed {
    /// When the impact began: "2024-01-15 14:05 UTC".
    Started,
    /// When it began again, of an incident that was reopened.
    StartedAgain,
    /// When the message was frozen for sending.
    LastUpdated,
    /// When the impact ended.
    Resolved,
    /// Impact started to resolved, in words, over all episodes.
    Duration,
    /// "every 15 minutes", "every hour", "as we learn more".
    Cadence,
    /// "Investigating", "Identified", "Monitoring", "Resolved".
    Status,
    /// "January 15, 2024": the UTC day on which the impact began.
    Date,
    /// "P0 (Critical)": for the team's own notices.
    Severity,
}

/// What a declared name in square brackets stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    /// Always the same.
    As(Source),
    /// A time: each message says which, in order of occurrence.
    Timestamp,
    /// Its declaration is broken: no text that uses it can be filled.
    Broken,
}

/// Which names and phrases are places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placeholders {
    /// Names in square brackets.
    pub names: ShortMap<String, Declared>,
    pub phrases: ShortMap<String, Computed>,
    /// Names in square brackets that are plain text although they look like places.
    pub literal: ShortSet<String>,
}

/// A parsed template.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    source: String,
    pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that stays as it is.
    Text(String),
    /// A place to fill.
    Place {
        /// As it is written, brackets included.
        written: String,
        /// Where its value comes from.
        source: Source,
        /// Where it stands in the template, in bytes.
        position: usize,
    },
}

/// A place that could not be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// As it is written: `[symptom]`.
    pub written: String,
    /// What would fill it.
    pub source: Source,
    /// Where it stands in the template, in bytes.
    pub position: usize,
}

/// How a stretch of a filled text came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The template's own words.
    Template,
    /// What responders said of a fact.
    Fact(Fact),
    /// A value that was computed, or is taken from an earlier message.
    Value,
    /// The playbook's true default for a blank fact.
    Default,
    /// A place that is still empty: shown as the SOP writes it.
    Gap,
    /// The recipient's name: shown as "[Name]" or as a sample.
    Recipient,
}

/// A stretch of a filled text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub text: String,
    /// How it came to be.
    pub origin: Origin,
}

/// What stands in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A value that was given or computed.
    Given(String),
    /// A true default.
    Default(String),
    /// It is filled per recipient, later.
    PerRecipient,
    /// Nothing yet.
    Missing,
}

/// What is wrong with a place in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands in the template, in bytes.
    pub position: usize,
    /// As it is written, brackets included; empty where a place is missing.
    pub written: String,
    /// What is wrong.
    pub what: FaultKind,
}

/// What can be wrong with a place in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// It looks like a place and is not declared; the declared name that it most likely means.
    Undeclared {
        /// That name, where one is near.
        near: Option<String>,
    },
    /// It is written as another template language writes its places: `{{x}}`, `<x>`, `${x}`, `%x%`.
    Foreign,
    /// Its declaration is broken.
    Broken,
    /// No time is said for it.
    NoTime,
    /// More times are said than the text has places for.
    TooManyTimes,
}

impl Template {
    /// Reads a template: the places that are declared become places, everything else stays as it is.
    ///
    /// `times` says which time each place of [`Declared::Timestamp`] is, in order.
    ///
    /// # Errors
    /// Every place that is not declared, broken, or without a time.
    pub fn parse(
        text: &str,
        placeholders: &Placeholders,
        times: &[Computed],
    ) -> Result<Self, Vec<Fault>> {
        let mut parser = Parser {
            placeholders,
            times: times.iter(),
            pieces: Vec::new(),
            faults: Vec::new(),
        };
        parser.run(text);
        if parser.times.next().is_some() {
            let what = FaultKind::TooManyTimes;
            parser.faults.push(Fault {
                position: text.len(),
                written: String::new(),
                what,
            });
        }
        if parser.faults.is_empty() {
            Ok(Self {
                source: text.to_owned(),
                pieces: parser.pieces,
            })
        } else {
            Err(parser.faults)
        }
    }

    /// The template's text as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The template without its first bytes: where its places stand is still counted from its beginning.
    #[must_use]
    pub fn without_first(&self, bytes: usize) -> Self {
        let mut start = 0;
        let mut pieces = Vec::new();
        for piece in &self.pieces {
            let length = match piece {
                Piece::Text(text) => text.len(),
                Piece::Place { written, .. } => written.len(),
            };
            match piece {
                Piece::Text(text) if start + length > bytes => {
                    let kept = text.get(bytes.saturating_sub(start)..).unwrap_or(text);
                    pieces.push(Piece::Text(kept.to_owned()));
                }
                Piece::Place { .. } if start >= bytes => pieces.push(piece.clone()),
                Piece::Text(_) | Piece::Place { .. } => {}
            }
            start += length;
        }
        Self {
            source: self.source.get(bytes..).unwrap_or_default().to_owned(),
            pieces,
        }
    }

    /// Whether a source fills one of its places.
    pub fn uses(&self, wanted: Source) -> bool {
        self.pieces.iter().any(|piece| match piece {
            Piece::Text(_) => false,
            Piece::Place { source, .. } => *source == wanted,
        })
    }

    /// Puts the values in. A value stays as it is, whatever it holds; an empty place stays as written
    /// and is a gap.
    pub fn fill(&self, value_of: impl Fn(Source) -> Value) -> (Vec<Stretch>, Vec<Gap>) {
        let mut gaps = Vec::new();
        let stretches = self
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Stretch {
                    text: text.clone(),
                    origin: Origin::Template,
                },
                Piece::Place {
                    written,
                    source,
                    position,
                } => {
                    let (text, origin) = match value_of(*source) {
                        Value::Given(text) => match source {
                            Source::Fact(fact) => (text, Origin::Fact(*fact)),
                            Source::Computed(_) | Source::RecipientName => (text, Origin::Value),
                        },
                        Value::Default(text) => (text, Origin::Default),
                        Value::PerRecipient => (written.clone(), Origin::Recipient),
                        Value::Missing => {
                            let (source, position) = (*source, *position);
                            gaps.push(Gap {
                                written: written.clone(),
                                source,
                                position,
                            });
                            (written.clone(), Origin::Gap)
                        }
                    };
                    Stretch { text, origin }
                }
            })
            .collect();
        (stretches, gaps)
    }
}

/// The text of some stretches, one after the other.
pub fn joined(stretches: &[Stretch]) -> String {
    stretches
        .iter()
        .map(|stretch| stretch.text.as_str())
        .collect()
}

struct Parser<'a> {
    placeholders: &'a Placeholders,
    times: std::slice::Iter<'a, Computed>,
    pieces: Vec<Piece>,
    faults: Vec<Fault>,
}

impl Parser<'_> {
    fn run(&mut self, text: &str) {
        let mut plain = String::new();
        let mut rest = text;
        let mut within_word = false;
        while let Some(letter) = rest.chars().next() {
            let position = text.len() - rest.len();
            let found = self
                .bracket(rest, position)
                .or_else(|| if within_word { None } else { self.phrase(rest) });
            if let Some((written, source)) = found {
                if !plain.is_empty() {
                    self.pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                rest = rest.get(written.len()..).unwrap_or_default();
                self.pieces.push(Piece::Place {
                    written,
                    source,
                    position,
                });
                within_word = false;
            } else {
                if letter != '['
                    && let Some(written) = shapes::begins_with(rest)
                {
                    self.faults.push(Fault {
                        position,
                        written: written.to_owned(),
                        what: FaultKind::Foreign,
                    });
                    rest = rest.get(written.len()..).unwrap_or_default();
                    continue;
                }
                plain.push(letter);
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
                within_word = letter.is_alphanumeric();
            }
        }
        if !plain.is_empty() {
            self.pieces.push(Piece::Text(plain));
        }
    }

    /// The place that begins here with a bracket.
    fn bracket(&mut self, rest: &str, position: usize) -> Option<(String, Source)> {
        let inner = rest.strip_prefix('[')?;
        let end = inner.find(['[', ']', '\n'])?;
        let name = inner.get(..end)?;
        let after = inner.get(end..)?.strip_prefix(']')?;
        let written = format!("[{name}]");
        let what = match self.placeholders.names.get(name) {
            Some(Declared::As(source)) => return Some((written, *source)),
            Some(Declared::Timestamp) => match self.times.next() {
                Some(time) => return Some((written, Source::Computed(*time))),
                None => FaultKind::NoTime,
            },
            Some(Declared::Broken) => FaultKind::Broken,
            None => {
                let near = nearest(name, self.placeholders.names.keys().map(String::as_str));
                // A link's text is no place; what the SOP shouts in CAPITALS is listed as literal.
                let plain = self.placeholders.literal.contains(name)
                    || (near.is_none() && !shapes::looks_like_a_place(name))
                    || after.starts_with('(');
                if plain {
                    return None;
                }
                FaultKind::Undeclared {
                    near: near.map(str::to_owned),
                }
            }
        };
        self.faults.push(Fault {
            position,
            written,
            what,
        });
        None
    }

    /// The phrase that begins here, as a whole word; the longest where several do.
    fn phrase(&self, rest: &str) -> Option<(String, Source)> {
        self.placeholders
            .phrases
            .iter()
            .filter(|(phrase, _)| {
                rest.strip_prefix(phrase.as_str()).is_some_and(|after| {
                    !phrase.is_empty() && !after.starts_with(char::is_alphanumeric)
                })
            })
            .max_by_key(|(phrase, _)| phrase.len())
            .map(|(phrase, computed)| (phrase.clone(), Source::Computed(*computed)))
    }
}
