//! What happened to an incident, as entries of its log. The log is what is stored, merged and
//! exported; every state is derived from it (`docs/duties.md` rule 15).

mod id;
mod read;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::course;
use crate::domain::impact::Impact;
use crate::domain::incident::{IncidentId, IncidentStatus};
use crate::domain::web_link::web_link;

use super::channel::Channel;
use super::duty::{DutyKey, DutyKind};
use super::facts::{Fact, Facts};
use super::severity::Severity;

pub use id::{BadEventId, EventId};

/// One entry of an incident's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Its id, and its place in the order.
    pub id: EventId,
    /// When, on the device's own clock, UTC.
    pub at: DateTime<Utc>,
    /// How far the device's clock was ahead of the server's, in milliseconds, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset_ms: Option<i64>,
    /// Who ("You are", or the login at the edge).
    pub who: String,
    /// Whether the edge vouched for that name: it is a login, and nobody typed it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub vouched: bool,
    #[serde(flatten)]
    pub what: EventKind,
}

impl Event {
    /// Whether `approver` is the login that entered this, for which the edge vouched.
    pub fn approves_as_itself(&self, approver: &str) -> bool {
        self.vouched && self.who.trim() == approver.trim()
    }

    /// When it happened by the server's clock, as far as the device's error is known.
    pub fn corrected(&self) -> DateTime<Utc> {
        let offset = TimeDelta::try_milliseconds(self.offset_ms.unwrap_or(0)).unwrap_or_default();
        self.at.checked_sub_signed(offset).unwrap_or(self.at)
    }
}

/// Whether personal data is affected: decides the regulator's clock of a security incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonalData {
    /// Known to be affected.
    Affected,
    /// Known not to be affected.
    NotAffected,
    /// Not known yet; counts as affected for the clock.
    Unknown,
}

/// A component of the page as an incident leaves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentChange {
    pub id: ComponentId,
    /// The state it is given.
    pub state: ComponentState,
}

/// A message as it left, byte for byte: what the ledger shows and the evidence file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentMessage {
    /// Where it went.
    pub channel: Channel,
    /// What kind of message it is.
    pub kind: DutyKind,
    /// The title (status page) or subject (email), where the channel has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text: the page's body, the email's text part with its per-recipient place still open, a
    /// post's text.
    pub text: String,
    /// The email's HTML part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// Status page only: what the post did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PagePost>,
    /// Email only: to how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipients: Option<u32>,
}

impl SentMessage {
    /// Whether it is a post among an incident's updates: on the page, and not the post-mortem beside them.
    pub fn is_post(&self) -> bool {
        self.channel == Channel::Page && !self.is_postmortem()
    }

    /// The end of the impact that a post prints which ends the incident: by its text, or as another device shared it.
    pub fn printed_end(&self) -> Option<DateTime<Utc>> {
        let page = self.page.as_ref().filter(|page| page.status.is_over())?;
        course::resolved(&self.text).or(page.ended)
    }

    /// Whether it is the public text of a post-mortem.
    pub fn is_postmortem(&self) -> bool {
        self.channel == Channel::Page && self.kind == DutyKind::Postmortem
    }
}

/// What a status-page post did besides its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePost {
    /// The status it set.
    pub status: IncidentStatus,
    /// The severity it was made under; its cadence sets when the next update opens (rule 15).
    pub severity: Severity,
    /// The promise that its text printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<DateTime<Utc>>,
    /// The impact it set, where it set one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Impact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<ComponentChange>,
    /// Whether the vendor was asked to mail its own subscribers.
    #[serde(default)]
    pub notified_subscribers: bool,
    /// The end that its text prints, where the text is with another device: read by [`SentMessage::printed_end`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<DateTime<Utc>>,
}

/// The proof that a send arrived.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Receipt {
    /// The vendor's id for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor_id: Option<String>,
    /// Where it can be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Receipt {
    /// The link, where it may be followed; anything else is shown as text.
    pub fn web_link(&self) -> Option<&str> {
        self.link.as_deref().and_then(web_link)
    }
}

/// How a send ended, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum SendOutcome {
    /// Accepted. For email: the first batch was accepted, which meets the duty (rule 9).
    Accepted {
        /// The proof.
        receipt: Receipt,
    },
    /// Refused, or never left: nobody got it.
    Failed {
        /// What went wrong, for people.
        reason: String,
    },
    /// The answer was lost: it may have been delivered.
    Unknown {
        /// What is known, for people.
        reason: String,
    },
}

/// Why a message that was about to leave does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WithdrawnBecause {
    /// A person pressed Undo.
    Undone,
    /// The console was closed, or the browser ended, before it left. Nobody got it.
    CutOff,
    /// It could not leave in time, or somebody else had sent the same.
    Held,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum EventKind {
    /// An incident was declared. The first event of a run.
    Declared {
        /// When the impact began.
        impact_started: DateTime<Utc>,
        severity: Severity,
        /// The playbook's id of the incident type.
        kind: String,
        /// The components it touches.
        components: Vec<ComponentId>,
        /// When the organisation became aware, where that was not now.
        #[serde(skip_serializing_if = "Option::is_none")]
        became_aware: Option<DateTime<Utc>>,
        /// Whether personal data is affected, where the type asks.
        #[serde(skip_serializing_if = "Option::is_none")]
        personal_data: Option<PersonalData>,
        /// What was known then.
        facts: Facts,
        /// The version of the SOP that it runs under.
        sop_version: String,
        /// Whether it is an exercise.
        drill: bool,
    },
    /// A fact was set or changed.
    FactSet {
        fact: Fact,
        /// To what; blank unsets it.
        value: String,
    },
    /// The impact's start or end, or the time of becoming aware, was set or corrected.
    TimeSet {
        time: TimeFact,
        /// To when.
        value: DateTime<Utc>,
    },
    /// The components that the incident touches were changed.
    ComponentsSet {
        /// To these.
        components: Vec<ComponentId>,
    },
    /// The severity was raised or lowered.
    SeverityChanged {
        to: Severity,
        /// Why, where said.
        reason: String,
    },
    /// The incident's type was changed.
    TypeChanged {
        /// The playbook's id of the new type.
        to: String,
    },
    /// Whether personal data is affected was learned.
    PersonalDataSet {
        /// What is known.
        to: PersonalData,
    },
    /// A message was frozen and waits in its undo window: every tab sees it, and it can be taken back.
    AboutToLeave {
        /// The operation's id that it will have.
        op: String,
        /// Exactly what is to leave.
        message: SentMessage,
        /// When its window closes, by the clock of the device that froze it.
        leaves_at: DateTime<Utc>,
    },
    /// A message that was about to leave does not: somebody pressed Undo, or its console was closed.
    Withdrawn {
        /// The operation.
        op: String,
        why: WithdrawnBecause,
    },
    /// A message leaves: written down before it does.
    SendStarted {
        /// The operation's id.
        op: String,
        /// Exactly what leaves.
        message: SentMessage,
    },
    /// How that send ended. A later answer to the same operation replaces an unknown one.
    SendAnswered {
        /// The operation's id.
        op: String,
        /// How.
        #[serde(flatten)]
        outcome: SendOutcome,
    },
    /// Every recipient of an email has a final state (rule 9).
    EmailFinished {
        /// The operation's id.
        op: String,
        /// How many did not get it.
        failed: u32,
        /// How many may have got it or not, where that is not known of all.
        #[serde(skip_serializing_if = "Option::is_none")]
        unknown: Option<u32>,
    },
    /// Somebody did it by hand elsewhere: posted, mailed, told (rule 11).
    PostedByHand {
        /// Exactly what was posted, as far as known; `text` may be empty.
        message: SentMessage,
        /// When it was posted.
        posted_at: DateTime<Utc>,
        /// Where it can be seen.
        #[serde(skip_serializing_if = "Option::is_none")]
        link: Option<String>,
    },
    /// Components changed on the page without a post: closes no duty (rule 1).
    ComponentsChanged {
        /// To these states.
        components: Vec<ComponentChange>,
    },
    /// An "if needed" or optional duty was answered with Post (rule 12).
    AnsweredPost { duty: DutyKey },
    /// A duty was skipped, with a reason (rule 8).
    Skipped {
        duty: DutyKey,
        /// Why; never empty.
        reason: String,
    },
    /// A named approver allowed the public messages (rule 13).
    Approved {
        approver: String,
        /// The approver is also the sender, "alone on duty".
        alone: bool,
    },
    /// The button Resolve, for incidents with nothing on the page (rule 6).
    ResolvedWithoutPage,
    /// The incident goes on after all (rule 7). `impact_started` is this event's own time.
    Reopened,
    /// It was no incident (rule 10).
    DeclaredInError {
        /// Why.
        reason: String,
    },
    /// A box of a checklist was ticked or cleared by hand.
    Ticked {
        /// The item's id in the playbook.
        item: String,
        /// Whether it is ticked.
        on: bool,
    },
    /// The post-mortem was held and written down, as the internal record. What readers get of it is a message of its
    /// own, to the page and of the kind `Postmortem`.
    PostmortemDone {
        /// Its text; empty where it was written on another device.
        text: String,
        /// The day on which it was held.
        held_on: NaiveDate,
        /// Who took part.
        participants: Vec<String>,
    },
    RegulatorNotified {
        /// The reference that the regulator gave, if any.
        #[serde(skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
        /// When it was notified, where that was not now.
        #[serde(skip_serializing_if = "Option::is_none")]
        notified_at: Option<DateTime<Utc>>,
    },
    /// The incident's place on the page became known.
    PageIncident {
        /// Its id there. Not stored as `id`: that is the event's own, beside it.
        #[serde(rename = "page_incident")]
        id: IncidentId,
    },
    /// The incident gave its place on the page up, because it was deleted there or is not taken back: the next post opens
    /// a new one.
    PageLeft,
    /// A device means to send an email: said before it does, so that two consoles do not both send. Of
    /// several live claims on one duty the one with the lowest event id holds.
    Claimed {
        /// The operation that it is for.
        op: String,
        /// The duty's kind.
        kind: DutyKind,
        episode: u32,
    },
    /// A remark for the record.
    Note { text: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeFact {
    /// The impact began.
    ImpactStarted,
    ImpactEnded,
    /// The organisation became aware.
    BecameAware,
}

impl TimeFact {
    /// What people call it, on screen and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::ImpactStarted => "Impact started",
            Self::ImpactEnded => "Impact ended",
            Self::BecameAware => "Became aware",
        }
    }
}
