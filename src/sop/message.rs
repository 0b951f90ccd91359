//! Messages: a template of the playbook, filled from an incident, for one channel.
//!
//! A `Sendable` can only be made here, by filling a template with nothing missing: a message with a gap
//! cannot be sent by construction (`product.md` section 4.1).

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::impact::Impact;
use crate::domain::incident::IncidentStatus;

use super::channel::Channel;
use super::event::{ComponentChange, SentMessage};
use super::facts::Facts;
use super::playbook::{Playbook, Purpose};
use super::severity::Severity;
use super::template::Gap;

/// What a template is filled from: frozen when Publish is pressed (`duties.md` rule 14).
#[derive(Debug, Clone, PartialEq)]
pub struct Filling {
    /// The facts; the playbook's true defaults stand in for blank ones.
    pub facts: Facts,
    /// The severity: decides cadence words and subject.
    pub severity: Severity,
    /// The status that the post sets.
    pub status: IncidentStatus,
    /// When the impact began.
    pub started: DateTime<Utc>,
    /// The UTC day on which the first impact began is the report's date.
    pub first_started: DateTime<Utc>,
    /// When the impact ended; needed by resolved messages and the report.
    pub ended: Option<DateTime<Utc>>,
    /// All episodes together, up to `ended`.
    pub duration: TimeDelta,
    /// The moment of sending, UTC.
    pub now: DateTime<Utc>,
    /// The promise to print as the last line, where one is to be printed (page only).
    pub promise: Option<DateTime<Utc>>,
    /// The sentence that bridges a change of severity, put in front of the progress.
    pub bridge: Option<String>,
    /// The title that the first post had, for the switch `keep_first_title`.
    pub first_title: Option<String>,
}

/// What a status-page post does besides its text; chosen in the composer, seen before sending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageOptions {
    /// The impact to set.
    pub impact: Option<Impact>,
    /// The components to change.
    pub components: Vec<ComponentChange>,
    /// Whether the vendor mails its own subscribers.
    pub notify_subscribers: bool,
}

/// A message that may leave: nothing is missing. Cannot be made by hand or read from storage.
#[derive(Debug, Clone, PartialEq)]
pub struct Sendable {
    record: SentMessage,
    filled: Filled,
}

/// The filled text, split as its channel needs it.
#[derive(Debug, Clone, PartialEq)]
enum Filled {
    Plain,
    Email(EmailPieces),
}

/// An email but for the recipient's name.
#[derive(Debug, Clone, PartialEq)]
struct EmailPieces;

/// An email as one recipient gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailParts {
    /// The subject.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

impl Sendable {
    /// What is written down before it leaves.
    pub fn record(&self) -> &SentMessage {
        &self.record
    }

    /// Where it goes.
    pub fn channel(&self) -> Channel {
        self.record.channel
    }

    /// The email for one recipient; "Hi there," where the name is missing. `None` for other channels.
    pub fn email_for(&self, _name: Option<&str>) -> Option<EmailParts> {
        match &self.filled {
            Filled::Plain => None,
            Filled::Email(EmailPieces) => None,
        }
    }
}

/// How a stretch of a preview came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The template's own words.
    Template,
    /// A value that was given or computed.
    Value,
    /// The playbook's true default for a blank fact.
    Default,
    /// A place that is still empty: shown as the SOP writes it.
    Gap,
    /// The recipient's name: shown as "[Name]" or as a sample.
    Recipient,
}

/// A stretch of a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its text.
    pub text: String,
    /// How it came to be.
    pub origin: Origin,
}

/// A message as far as it can be filled now: shown, never sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The title or subject, where the channel has one.
    pub title: Option<Vec<Stretch>>,
    /// The text.
    pub text: Vec<Stretch>,
    /// Every gap, title first.
    pub gaps: Vec<Gap>,
}

/// Fills the message of a purpose for sending.
///
/// # Errors
/// Every gap with its position, or that the playbook has no such message.
pub fn render(
    _playbook: &Playbook,
    _purpose: Purpose,
    _filling: &Filling,
    _options: &PageOptions,
) -> Result<Sendable, NotRendered> {
    Err(NotRendered::NoSuchMessage)
}

/// Fills the message of a purpose as far as it can be filled; `None` where the playbook has none.
pub fn preview(_playbook: &Playbook, _purpose: Purpose, _filling: &Filling) -> Option<Preview> {
    None
}

/// Why a message could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRendered {
    /// The playbook has no message for the purpose.
    #[error("the playbook has no such message")]
    NoSuchMessage,
    /// Places are empty.
    #[error("{} places are empty", .0.len())]
    Gaps(Vec<Gap>),
}
