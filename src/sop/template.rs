//! Templates: text with typed places, parsed once, filled without ever expanding a value again.
//!
//! A place is written as the SOP writes it: `[Service Name]`, or a declared phrase ("every 15 minutes").
//! Which names are places is declared in the playbook, so `[URGENT]` stays literal.

use super::facts::Fact;

/// Where a place's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// Asked of responders.
    Fact(Fact),
    /// Computed.
    Computed(Computed),
    /// The recipient's name, filled per recipient; the place and its leading space vanish without one.
    RecipientName,
}

/// A value that is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Computed {
    /// When the impact began: "2024-01-15 14:05 UTC".
    Started,
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

impl Template {
    /// The template's text as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}
