//! What an incident's log says at a moment: everything about a run but its duties.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::domain::component::ComponentId;
use crate::domain::incident::{IncidentId, IncidentStatus};
use crate::domain::ordered::ShortSet;
use crate::domain::web_link::service_link;
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::event::{EventKind, PersonalData, SentMessage};
use crate::sop::facts::Facts;
use crate::sop::patience::UNFINISHED;
use crate::sop::severity::Severity;

use super::command::Refusal;

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The incident goes on.
    Open,
    /// It is resolved; the resolved messages, the report and the post-mortem may still be owed.
    Resolved,
    /// It was declared in error; a retraction may still be owed where something was public.
    InError,
}

impl Phase {
    /// Whether what a message of a kind says is so at this stage: one rule for what is proposed, what is answered after all
    /// and what goes on leaving.
    pub fn fits(self, kind: DutyKind) -> bool {
        match kind {
            DutyKind::First | DutyKind::Update | DutyKind::Raised | DutyKind::Reopened => {
                self == Self::Open
            }
            DutyKind::Resolved | DutyKind::Report | DutyKind::Postmortem => self != Self::Open,
            DutyKind::Regulator => true,
        }
    }

    /// Whether such a message may leave: what is so, Resolved on the page, which is the resolution itself, and what the team
    /// is told late.
    ///
    /// # Errors
    /// Why not.
    pub fn lets(self, channel: Channel, kind: DutyKind) -> Result<(), Refusal> {
        let resolves = channel == Channel::Page && kind == DutyKind::Resolved;
        if resolves || self.fits(kind) {
            return Ok(());
        }
        match self {
            Self::Open => Err(Refusal::NotResolvedYet),
            Self::Resolved | Self::InError if channel.is_public() => Err(Refusal::Over),
            Self::Resolved | Self::InError => Ok(()),
        }
    }
}

/// The state of a run at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// How far it has come.
    pub phase: Phase,
    /// The severity now.
    pub severity: Severity,
    /// The worst severity it ever had; decides on report and post-mortem.
    pub worst_severity: Severity,
    /// The playbook's id of the incident type.
    pub kind: String,
    /// The components it touches.
    pub components: Vec<ComponentId>,
    /// Those of them that came after the declaration, and when.
    pub added: Vec<(ComponentId, DateTime<Utc>)>,
    pub facts: Facts,
    /// The episode, from 1.
    pub episode: u32,
    /// When and by whom it was declared.
    pub declared_at: DateTime<Utc>,
    pub declared_by: String,
    /// When the impact of this episode began.
    pub impact_started: DateTime<Utc>,
    /// When the impact of the first episode began: the report's `[Date]`.
    pub first_impact_started: DateTime<Utc>,
    /// When the impact of this episode ended, where it was said.
    pub impact_ended: Option<DateTime<Utc>>,
    /// When the organisation became aware, where that was not the declaration.
    pub became_aware: Option<DateTime<Utc>>,
    /// Whether personal data is affected, where that was asked.
    pub personal_data: Option<PersonalData>,
    /// When this episode was resolved.
    pub resolved_at: Option<DateTime<Utc>>,
    /// When its impact ended, as messages print it: minutes before the resolution, where that was said or told.
    pub ended_at: Option<DateTime<Utc>>,
    /// All episodes together, up to the end of the impact or to `now` (`docs/duties.md` rule 7).
    pub duration: TimeDelta,
    /// The episodes before this one, together: what a message's own end of impact is added to.
    pub earlier_episodes: TimeDelta,
    /// Whether public messages wait for an approver now (rule 13).
    pub needs_approval: bool,
    /// The approval that holds now.
    pub approval: Option<Approval>,
    /// The last page post that counts.
    pub page: Option<PageLast>,
    /// The incident's id on the page, once it is there.
    pub page_incident: Option<IncidentId>,
    /// The time of the first public update, on any channel.
    pub first_public_at: Option<DateTime<Utc>>,
    /// Messages in their undo window, in whichever tab, oldest first.
    pub about_to_leave: Vec<Frozen>,
    /// Messages that were about to leave and were cut off: nobody got them, and nothing was sent on their channel since.
    pub not_sent: Vec<Frozen>,
    /// What was sent, oldest first.
    pub ledger: Vec<LedgerRow>,
    /// The checklist's boxes that were ticked by hand.
    pub ticked: ShortSet<String>,
    /// The post-mortem, once it was done.
    pub postmortem: Option<PostmortemRecord>,
    /// The version of the SOP that it runs under.
    pub sop_version: String,
    /// Whether it is an exercise.
    pub drill: bool,
    /// Why it was declared in error, where it was.
    pub error_reason: Option<String>,
}

/// Who allowed the public messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The approver's name, or login.
    pub approver: String,
    /// Whether it is a login, for which the edge vouched.
    pub vouched: bool,
    /// The approver is also the sender, "alone on duty".
    pub alone: bool,
    /// When.
    pub at: DateTime<Utc>,
}

/// The last page post that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLast {
    /// When it was posted.
    pub at: DateTime<Utc>,
    /// The status it set.
    pub status: IncidentStatus,
    /// Its title, where it is known.
    pub title: Option<String>,
    /// The promise that stands, where one was printed.
    pub promise: Option<DateTime<Utc>>,
}

/// The post-mortem, as it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostmortemRecord {
    /// Its text; empty where it was written on another device.
    pub text: String,
    /// The day on which it was held.
    pub held_on: NaiveDate,
    /// Who took part.
    pub participants: Vec<String>,
}

/// A message that was frozen and has not left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The operation's id that it will have.
    pub op: String,
    /// Exactly what is to leave.
    pub message: SentMessage,
    /// When it was frozen.
    pub frozen_at: DateTime<Utc>,
    /// When its undo window closes.
    pub leaves_at: DateTime<Utc>,
    /// Who froze it.
    pub who: String,
    /// On which device: it leaves from there.
    pub device: String,
    /// It was cut off before it left.
    pub cut_off: bool,
    /// The severity of then.
    pub(super) severity: Severity,
    /// How many messages stood in the ledger then: what stands behind them is newer, whatever the clocks say.
    pub(super) rows: usize,
}

/// How a send stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerState {
    /// Written down, not answered yet.
    Queued,
    /// Accepted, or posted by hand.
    Sent {
        /// When.
        at: DateTime<Utc>,
    },
    /// Nobody got it.
    Failed {
        /// Why.
        reason: String,
    },
    /// It may have been delivered.
    Unknown {
        /// What is known.
        reason: String,
    },
}

impl LedgerRow {
    /// The link of its receipt, where it may be followed; anything else is shown as text. What a person gave may lead
    /// anywhere on the web; what a service answered, only to `hosts`.
    pub fn link(&self, hosts: &[String]) -> Option<&str> {
        if self.by_hand {
            return self.receipt.web_link();
        }
        service_link(self.receipt.link.as_deref()?, hosts)
    }

    /// Whether it is an email of which the service has accepted a batch while not every recipient has a final state.
    pub fn is_partly_sent(&self) -> bool {
        let is_mailing = !self.by_hand && self.message.channel == Channel::Email;
        let is_sent = matches!(self.state, LedgerState::Sent { .. });
        is_mailing && is_sent && self.not_reached.is_none()
    }

    /// What closes an email of which not every recipient has a final state, by so long after it began that its sender is
    /// waited for no more: nobody here knows who got it, so it may not have reached any of them (rule 9).
    pub fn left_at_that(&self, now: DateTime<Utc>) -> Option<EventKind> {
        let is_given_up = self.is_partly_sent() && now - self.at > UNFINISHED;
        let (op, all) = self.op.clone().zip(self.message.recipients)?;
        is_given_up.then_some(EventKind::EmailFinished {
            op,
            failed: 0,
            unknown: Some(all),
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// The operation's id; `None` for what was posted by hand.
    pub op: Option<String>,
    /// Exactly what was sent.
    pub message: SentMessage,
    /// When it was started or posted.
    pub at: DateTime<Utc>,
    /// When its words were made: nothing that came later is in them.
    pub frozen_at: DateTime<Utc>,
    /// By whom.
    pub who: String,
    /// How it stands.
    pub state: LedgerState,
    /// The proof, if any.
    pub receipt: crate::sop::event::Receipt,
    /// Posted by hand elsewhere.
    pub by_hand: bool,
    /// Email only, once every recipient has a final state: how many did not get it (rule 9).
    pub not_reached: Option<u32>,
    /// And how many may have got it or not, where that is not known of all.
    pub unknown: Option<u32>,
}
