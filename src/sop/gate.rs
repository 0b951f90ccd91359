//! The one gate (`docs/decisions.md`, "Decided since", 1): whatever sends, publishes, copies or records a text asks it,
//! and what leaves is made by it, at the moment of freezing. The button shows the reason of the same gate.

mod public_text;
mod unchanged;

use chrono::{DateTime, Utc};

use crate::config::ChatService;
use crate::domain::component::Component;
use crate::domain::page::Snapshot;

use super::channel::Channel;
use super::compose;
use super::facts::Facts;
use super::lint::{self, Checked, Finding};
use super::message::{self, Filling, PageOptions, Preview, Sendable, promise_for, render};
use super::playbook::{Playbook, Purpose};
use super::run::{Actor, Phase, Refusal, State};

pub use public_text::PublicText;

/// What somebody wants to let leave, and everything that it is judged by.
#[derive(Debug, Clone)]
pub struct Wish<'a> {
    pub playbook: &'a Playbook,
    /// The incident at this moment.
    pub state: &'a State,
    /// What the message is for.
    pub purpose: Purpose,
    /// The facts as they are typed.
    pub facts: Facts,
    /// The status that a page post sets; other channels ignore it.
    pub status: crate::domain::incident::IncidentStatus,
    /// Whether the promise line is printed.
    pub promise: bool,
    /// What a page post does besides its text.
    pub options: PageOptions,
    /// The page as it is now, where it could be read.
    pub page: Option<&'a Snapshot>,
    /// All components, as far as they are known: of the page, or of the configuration.
    pub components: &'a [Component],
    /// Whoever sends it.
    pub sender: Actor<'a>,
    /// The moment.
    pub now: DateTime<Utc>,
    /// The service whose webhook takes what the team is told; `None` where a person copies it.
    pub team: Option<ChatService>,
    /// Whether it is "No change": made so by [`Wish::no_change`].
    pub unchanged: bool,
}

/// What the gate finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// What the message is filled from.
    pub filling: Filling,
    /// The message as it would leave; `None` where the playbook has none.
    pub preview: Option<Preview>,
    /// Everything that is to be said about it; what blocks comes first.
    pub findings: Vec<Finding>,
    /// A message waits in its undo window on this channel.
    pub waits: bool,
}

/// Why a message may not leave now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Another one of its channel waits in its undo window.
    Waits,
    /// A finding blocks. Where it may be sent anyway, a reason is asked for.
    Finding(Finding),
    /// The playbook cannot make it.
    NotMade,
}

/// Why the approval that stands lets somebody else send, and not this sender (rule 13).
fn not_for(state: &State, channel: Channel, sender: Actor<'_>) -> Option<Finding> {
    let approval = state.approval.as_ref().filter(|_| channel.is_public())?;
    let why = approval.lets(sender, state.page_incident.is_some()).err()?;
    Some(Finding::blocking(if why == Refusal::ApprovalWasTyped {
        "The approval is a typed name. Somebody else has to log in on their own console and approve, or you say that you are alone on duty."
    } else {
        "Whoever approved it does not send it. Somebody else sends, or you say that you are alone on duty."
    }))
}

/// Why a message is not one of this stage of the incident.
fn untimely(state: &State, purpose: Purpose) -> Option<Finding> {
    state.phase.lets(purpose.channel, purpose.kind).err()?;
    Some(Finding::blocking(match state.phase {
        Phase::Open => "The incident is not resolved yet.",
        Phase::Resolved => {
            "The incident is over, and this says that it goes on. If it does, reopen it first."
        }
        Phase::InError => "The incident was declared in error, and this says that it goes on.",
    }))
}

impl Wish<'_> {
    pub fn ask(&self) -> Gate {
        let filling = self.filling();
        let preview = message::preview(self.playbook, self.purpose, &filling);
        let components = lint::after(self.components, &self.options);
        let channel = self.purpose.channel;
        let unanswered = lint::unanswered(&self.state.ledger, channel, self.now);
        let found = lint::findings(&Checked {
            playbook: self.playbook,
            purpose: self.purpose,
            filling: &filling,
            preview: preview.as_ref(),
            incident_type: &self.state.kind,
            components: &components,
            page: self.page,
            own: self.state.page_incident.as_ref(),
            touched: &self.state.components,
            needs_approval: self.state.needs_approval,
            team: self.team,
        });
        let waits = |channel: Channel| {
            let mut waiting = self.state.about_to_leave.iter();
            waiting.any(|frozen| frozen.message.channel == channel)
        };
        Gate {
            findings: untimely(self.state, self.purpose)
                .into_iter()
                .chain(not_for(self.state, channel, self.sender))
                .chain(self.hides_a_change(preview.as_ref()))
                .chain(unanswered)
                .chain(found)
                .chain(self.says_it_again())
                .collect(),
            filling,
            preview,
            waits: waits(channel),
        }
    }

    /// Freezes the message: what leaves is what the gate was asked about, at this very moment. `answered` are the
    /// questions of the lint that a person saw, and gave a reason to send it all the same.
    ///
    /// # Errors
    /// Why it may not leave.
    pub fn freeze(&self, answered: &[String]) -> Result<Sendable, Held> {
        let gate = self.ask();
        if let Some(held) = gate.held(answered) {
            return Err(held);
        }
        let meant = match self.purpose.channel {
            Channel::Page => message::meant(
                &self.state.components,
                &self.options,
                self.page,
                self.state.page_incident.as_ref(),
            ),
            Channel::Team | Channel::Email | Channel::X | Channel::LinkedIn => Vec::new(),
        };
        // What is as proposed already is not written again.
        let options = PageOptions {
            components: compose::real_changes(&self.options, self.page),
            ..self.options.clone()
        };
        render(self.playbook, self.purpose, &gate.filling, &options)
            .map(|message| message.meaning(meant))
            .map_err(|_| Held::NotMade)
    }

    fn filling(&self) -> Filling {
        let mut filling = compose::filling(
            self.playbook,
            self.state,
            self.facts.clone(),
            self.purpose,
            self.status.clone(),
            self.promise,
            self.now,
        );
        if filling.promise.is_some() {
            let (severity, status) = (filling.severity, &filling.status);
            filling.promise = promise_for(self.playbook, severity, status, self.now);
        }
        filling
    }
}

impl Gate {
    /// Why the message may not leave, where a person has answered these questions with a reason.
    pub fn held(&self, answered: &[String]) -> Option<Held> {
        if self.waits {
            return Some(Held::Waits);
        }
        let is_answered = |asks: &String| answered.contains(asks);
        let blocks =
            |finding: &&Finding| finding.blocks && !finding.asks.as_ref().is_some_and(is_answered);
        self.findings
            .iter()
            .find(blocks)
            .cloned()
            .map(Held::Finding)
    }

    /// Whether nothing but what may be sent with a reason keeps it from leaving.
    pub fn may_be_sent_anyway(&self) -> bool {
        self.held(&[]).is_some() && self.held(&self.asked_about()).is_none()
    }

    /// What the lint asks about.
    pub fn asked_about(&self) -> Vec<String> {
        let asks = self.findings.iter();
        asks.filter_map(|finding| finding.asks.clone()).collect()
    }
}
