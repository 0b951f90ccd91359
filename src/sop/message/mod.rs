//! Messages: a template of the playbook, filled from an incident, for one channel.
//!
//! A `Sendable` can only be made here, by filling a template with nothing missing: a message with a gap
//! cannot be sent by construction (`docs/decisions.md`, "What must never happen", 1).

mod fill;
mod letter;
mod markup;
mod meant;
pub mod read_back;
mod samples;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::frozen::GREATEST_AGE;
use crate::domain::impact::Impact;
use crate::domain::incident::IncidentStatus;
use crate::domain::promise;

use super::channel::Channel;
use super::duty::DutyKind;
use super::event::{ComponentChange, PagePost, SentMessage};
use super::facts::Facts;
use super::playbook::{Playbook, Purpose};
use super::severity::Severity;
use super::template::{Gap, joined};

pub use super::template::{Origin, Stretch};
pub use letter::{EmailParts, Letter};
pub(super) use meant::meant;
pub use meant::{Meant, Standing, standing};
pub use samples::{Sample, samples};

/// What a template is filled from: frozen when Publish is pressed (`docs/duties.md` rule 14).
#[derive(Debug, Clone, PartialEq)]
pub struct Filling {
    /// The facts; the playbook's true defaults stand in for blank ones.
    pub facts: Facts,
    /// The severity: decides cadence words and subject.
    pub severity: Severity,
    /// The status that the post sets.
    pub status: IncidentStatus,
    /// When the impact of the first episode began; its UTC day is the report's date (rule 7).
    pub started: DateTime<Utc>,
    /// When the impact of this episode began: of an incident that was not reopened, the same moment.
    pub started_again: DateTime<Utc>,
    /// When the impact ended; needed by resolved messages and the report.
    pub ended: Option<DateTime<Utc>>,
    /// All episodes together, up to `ended`.
    pub duration: TimeDelta,
    /// How many episodes that is, from 1.
    pub periods: u32,
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
    pub components: Vec<ComponentChange>,
    /// Whether the vendor mails its own subscribers.
    pub notify_subscribers: bool,
}

/// A message that may leave: nothing is missing. It cannot be made by hand:
///
/// ```compile_fail,E0451
/// use allclear::sop::message::Sendable;
/// fn forged(record: allclear::sop::event::SentMessage) -> Sendable {
///     Sendable { record, block: String::new(), email: None, meant: Vec::new(), frozen_at: Default::default() }
/// }
/// ```
///
/// nor read from storage:
///
/// ```compile_fail,E0277
/// let forged: allclear::sop::message::Sendable = serde_json::from_str("{}").unwrap();
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Sendable {
    record: SentMessage,
    block: String,
    email: Option<Letter>,
    meant: Vec<Meant>,
    frozen_at: DateTime<Utc>,
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

    /// When its facts, times and promise were frozen; it may leave within a minute of that
    /// (`docs/duties.md` rule 14).
    pub fn frozen_at(&self) -> DateTime<Utc> {
        self.frozen_at
    }

    /// Whether its times are too old to leave at `now`, by the clock that it was frozen on (rule 14).
    pub fn is_stale(&self, now: DateTime<Utc>) -> bool {
        now - self.frozen_at > GREATEST_AGE
    }

    /// The SOP's block with the values put in, to the byte: before it is split into subject and parts,
    /// with the recipient's place still open, and without the promise line.
    pub fn block(&self) -> &str {
        &self.block
    }

    /// The email for one recipient; "Hi there," where the name is missing. `None` for other channels.
    pub fn email_for(&self, name: Option<&str>) -> Option<EmailParts> {
        Some(self.email.as_ref()?.for_name(name))
    }

    /// The email but for the recipient's name; `None` for other channels.
    pub fn letter(&self) -> Option<&Letter> {
        self.email.as_ref()
    }

    /// The same message, with the number of its recipients written down.
    #[must_use]
    pub fn to_recipients(mut self, recipients: u32) -> Self {
        self.record.recipients = Some(recipients);
        self
    }
}

/// A message as far as it can be filled now: shown, never sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The title or subject, where the channel has one.
    pub title: Option<Vec<Stretch>>,
    pub text: Vec<Stretch>,
    /// Every gap, title first.
    pub gaps: Vec<Gap>,
}

/// Fills the message of a purpose for sending.
///
/// # Errors
/// Every gap with its position, title first; or that the playbook has no such message.
pub fn render(
    playbook: &Playbook,
    purpose: Purpose,
    filling: &Filling,
    options: &PageOptions,
) -> Result<Sendable, NotRendered> {
    let message = playbook
        .message(purpose)
        .ok_or(NotRendered::NoSuchMessage)?;
    let filled = fill::fill(playbook, message, filling);
    if !filled.gaps.is_empty() {
        return Err(NotRendered::Gaps(filled.gaps));
    }
    let title = filled.title.as_deref().map(joined);
    let email = filled.letter.as_deref().map(|letter| {
        let subject = title.clone().unwrap_or_default();
        let html = markup::html(&subject, letter);
        Letter {
            subject,
            text: markup::text(letter),
            html,
            nameless: playbook.nameless.clone(),
        }
    });
    let page = (purpose.channel == Channel::Page).then(|| PagePost {
        status: filling.status.clone(),
        severity: filling.severity,
        promise: filled.promise,
        impact: options.impact.clone(),
        components: options.components.clone(),
        notified_subscribers: options.notify_subscribers,
        ended: None,
    });
    let record = SentMessage {
        channel: purpose.channel,
        kind: purpose.kind,
        title,
        text: joined(&filled.text),
        html: email.as_ref().map(Letter::open_html),
        page,
        recipients: None,
    };
    Ok(Sendable {
        record,
        block: joined(&filled.block),
        email,
        meant: Vec::new(),
        frozen_at: filling.now,
    })
}

/// Fills the message of a purpose as far as it can be filled; `None` where the playbook has none.
pub fn preview(playbook: &Playbook, purpose: Purpose, filling: &Filling) -> Option<Preview> {
    let filled = fill::fill(playbook, playbook.message(purpose)?, filling);
    Some(Preview {
        title: filled.title,
        text: filled.text,
        gaps: filled.gaps,
    })
}

/// The public text of a post-mortem, as a message that may leave; `None` where it says nothing.
pub(super) fn postmortem(text: &str, now: DateTime<Utc>) -> Option<Sendable> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let record = SentMessage {
        channel: Channel::Page,
        kind: DutyKind::Postmortem,
        title: None,
        text: text.to_owned(),
        html: None,
        page: None,
        recipients: None,
    };
    Some(Sendable {
        record,
        block: text.to_owned(),
        email: None,
        meant: Vec::new(),
        frozen_at: now,
    })
}

/// The promise that a status-page post made at `now` prints; `None` where the playbook or the severity
/// has none, and for a post that ends the incident.
pub fn promise_for(
    playbook: &Playbook,
    severity: Severity,
    status: &IncidentStatus,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let cadence = playbook.severities.of(severity).cadence?;
    (playbook.additions.promise_line && !status.is_over()).then(|| promise::promised(now, cadence))
}

/// The sentence that bridges a change of severity; `None` where there was no change or the playbook
/// has no sentence for it.
pub fn bridge(playbook: &Playbook, from: Severity, to: Severity) -> Option<String> {
    if from == to {
        return None;
    }
    let raised = to.is_at_least_as_severe_as(from);
    let additions = &playbook.additions;
    let template = if raised {
        &additions.bridge_raised
    } else {
        &additions.bridge_lowered
    };
    let (stretches, gaps) = template.fill(|source| fill::without_facts(playbook, to, source));
    let text = joined(&stretches);
    (gaps.is_empty() && !text.is_empty()).then_some(text)
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
