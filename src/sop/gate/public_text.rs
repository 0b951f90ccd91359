//! What readers get of a post-mortem, before the same gate as any message (`docs/decisions.md`, "Decided since", 5).

use chrono::{DateTime, Utc};

use crate::domain::component::Component;
use crate::domain::incident::IncidentStatus;
use crate::domain::markdown;
use crate::domain::page::Snapshot;
use crate::sop::channel::Channel;
use crate::sop::compose;
use crate::sop::duty::DutyKind;
use crate::sop::facts::{Fact, Facts};
use crate::sop::lint::{self, Checked, Finding};
use crate::sop::message::{self, Origin, Preview, Sendable, Stretch};
use crate::sop::patience::UNFINISHED;
use crate::sop::playbook::{Playbook, Purpose, Variant};
use crate::sop::report::TO_BE_WRITTEN;
use crate::sop::run::{Actor, LedgerState, Phase, State};

use super::{Gate, Held, not_for};

/// The text as somebody wants to publish it, and everything that it is judged by.
#[derive(Debug, Clone, Copy)]
pub struct PublicText<'a> {
    pub playbook: &'a Playbook,
    /// The incident at this moment.
    pub state: &'a State,
    pub text: &'a str,
    /// The page as it is now, where it could be read.
    pub page: Option<&'a Snapshot>,
    /// All components, as far as they are known.
    pub components: &'a [Component],
    /// Whoever publishes it.
    pub sender: Actor<'a>,
    /// The moment.
    pub now: DateTime<Utc>,
}

impl PublicText<'_> {
    pub fn ask(&self) -> Gate {
        let purpose = Purpose {
            channel: Channel::Page,
            kind: DutyKind::Postmortem,
            variant: Variant::Usual,
        };
        // The whole of it was typed: it is read as one fact is.
        let mut facts = Facts::default();
        let words = sentences(self.text);
        facts.set(Fact::Summary, words.clone());
        let status = IncidentStatus::Resolved;
        let filling = compose::filling(
            self.playbook,
            self.state,
            facts,
            purpose,
            status,
            false,
            self.now,
        );
        let preview = Preview {
            title: None,
            text: vec![Stretch {
                text: self.text.to_owned(),
                origin: Origin::Value,
            }],
            gaps: Vec::new(),
        };
        // What is read is what readers see: the brackets of a link are signs, and no placeholder.
        let seen = Preview {
            title: None,
            text: vec![Stretch {
                text: words,
                origin: Origin::Fact(Fact::Summary),
            }],
            gaps: Vec::new(),
        };
        let found = lint::findings(&Checked {
            playbook: self.playbook,
            purpose,
            filling: &filling,
            preview: Some(&seen),
            incident_type: &self.state.kind,
            components: self.components,
            page: self.page,
            own: self.state.page_incident.as_ref(),
            touched: &self.state.components,
            needs_approval: self.state.needs_approval,
            team: None,
        });
        // Nothing of it is filled in elsewhere.
        let found = found.into_iter().map(|finding| Finding {
            fact: None,
            offer: None,
            ..finding
        });
        let unwritten = self.text.contains(TO_BE_WRITTEN).then(|| {
            Finding::blocking(format!(
                "“{TO_BE_WRITTEN}” still stands in it: write that part, or take it out with its heading."
            ))
        });
        let waits = self
            .state
            .about_to_leave
            .iter()
            .any(|frozen| frozen.message.channel == Channel::Page);
        Gate {
            filling,
            preview: Some(preview),
            findings: self
                .not_now()
                .into_iter()
                .chain(not_for(self.state, Channel::Page, self.sender))
                .chain(unwritten)
                .chain(found)
                .collect(),
            waits,
        }
    }

    /// Why there is nothing to publish yet, or not again: the same that is asked once more when it is frozen.
    fn not_now(&self) -> Option<Finding> {
        let why = match self.state.phase {
            Phase::Open => "The post-mortem comes after the resolution.",
            Phase::InError => "It was declared in error: no post-mortem is owed.",
            Phase::Resolved => {
                let mut rows = self.state.ledger.iter().rev();
                let last = rows.find(|row| row.message.is_postmortem())?;
                let waits = last.state == LedgerState::Queued && self.now - last.at <= UNFINISHED;
                return waits.then(|| Finding::blocking("It is on its way to the status page."));
            }
        };
        Some(Finding::blocking(why))
    }

    /// The text as it leaves, frozen at this moment, where a person has answered these questions with a reason.
    ///
    /// # Errors
    /// Why it may not leave.
    pub fn freeze(&self, answered: &[String]) -> Result<Sendable, Held> {
        match self.ask().held(answered) {
            Some(held) => Err(held),
            None => message::postmortem(self.text, self.now).ok_or(Held::NotMade),
        }
    }
}

/// The words of a text in Markdown, each block a sentence of its own: a heading or an entry of a list says nothing about
/// the one behind it.
fn sentences(text: &str) -> String {
    let mut words = String::new();
    for line in markdown::plain(text).lines() {
        words.push_str(line);
        words.push_str(if line.ends_with(['.', '!', '?']) {
            "\n"
        } else {
            ".\n"
        });
    }
    words
}
