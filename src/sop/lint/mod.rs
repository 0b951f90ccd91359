//! Before you send: what is missing, untrue or unwise in a message, found before it leaves
//! (`docs/decisions.md`, "What must never happen").

mod contradictions;
pub(crate) mod shapes;
mod size;
mod spans;
mod wording;

use chrono::{DateTime, Utc};

use crate::config::ChatService;
use crate::domain::component::{Component, ComponentId};
use crate::domain::incident::{Incident, IncidentId};
use crate::domain::order::by_key;
use crate::domain::page::Snapshot;

use super::channel::Channel;
use super::facts::Fact;
use super::message::{Filling, Origin, PageOptions, Preview};
use super::patience::UNFINISHED;
use super::playbook::{Playbook, Purpose, Variant};
use super::run::{LedgerRow, LedgerState};
use super::template::{Computed, Gap, Source, joined};

/// A finding about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whether it keeps the message from leaving.
    pub blocks: bool,
    /// It was read out of free words and may be wrong: a person is asked this, and may send all the same, with a reason
    /// that the log keeps. It is the same question for as long as its words are.
    pub asks: Option<String>,
    /// What is wrong and what to do, in one or two sentences.
    pub text: String,
    /// The fact to change, if any: the console moves the focus there.
    pub fact: Option<Fact>,
    /// Another text of the playbook that does not have the problem.
    pub offer: Option<Variant>,
}

impl Finding {
    pub(super) fn blocking(text: impl Into<String>) -> Self {
        Self {
            blocks: true,
            asks: None,
            text: text.into(),
            fact: None,
            offer: None,
        }
    }

    /// It blocks until a person says "Send anyway".
    fn asking(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            asks: Some(text.clone()),
            ..Self::blocking(text)
        }
    }

    /// The question without what changes by the minute.
    fn in_short(self, question: String) -> Self {
        Self {
            asks: Some(question),
            ..self
        }
    }

    pub(super) fn warning(text: impl Into<String>) -> Self {
        Self {
            blocks: false,
            ..Self::blocking(text)
        }
    }

    pub(super) fn about(self, fact: Option<Fact>) -> Self {
        Self { fact, ..self }
    }

    fn offering(self, offer: Option<Variant>) -> Self {
        Self { offer, ..self }
    }
}

/// A message and everything around it that it is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    pub playbook: &'a Playbook,
    /// What the message is for.
    pub purpose: Purpose,
    /// What it is filled from; `promise` is the clock's.
    pub filling: &'a Filling,
    /// The message as it stands; `None` where the playbook has none.
    pub preview: Option<&'a Preview>,
    /// The playbook's id of the incident's type.
    pub incident_type: &'a str,
    /// All components of the page as they will be after this post (see [`after`]).
    pub components: &'a [Component],
    /// The page as it is now, where it could be read.
    pub page: Option<&'a Snapshot>,
    /// The incident's own id on the page.
    pub own: Option<&'a IncidentId>,
    /// The components that the incident touches.
    pub touched: &'a [ComponentId],
    /// Whether an approver has still to be recorded (rule 13).
    pub needs_approval: bool,
    /// The service whose webhook takes what the team is told; `None` where a person copies it.
    pub team: Option<ChatService>,
}

impl Checked<'_> {
    fn text(&self) -> String {
        self.preview
            .map(|preview| joined(&preview.text))
            .unwrap_or_default()
    }

    fn title(&self) -> Option<String> {
        self.preview
            .and_then(|preview| preview.title.as_deref())
            .map(joined)
    }

    /// Title and text.
    fn all(&self) -> String {
        match self.title() {
            Some(title) => format!("{title}\n{}", self.text()),
            None => self.text(),
        }
    }

    /// The texts that are read for what they promise and claim: each fact that stands in the message, as one line, and
    /// what is left of the message without them. A title that readers know already is not: it was asked about when it
    /// was new.
    fn spoken(&self) -> Vec<(Option<Fact>, String)> {
        let is_new = self.title() != self.filling.first_title;
        let stretches = self.preview.iter().flat_map(|preview| {
            let title = preview.title.iter().flatten().filter(|_| is_new);
            title.chain(&preview.text)
        });
        let mut own = String::new();
        let mut said: Vec<(Option<Fact>, String)> = Vec::new();
        for stretch in stretches {
            match stretch.origin {
                Origin::Fact(fact) => {
                    own.push(' ');
                    let is_known = said.iter().any(|(known, _)| *known == Some(fact));
                    // Without the playbook's sentence that may stand before it.
                    let value = self.filling.facts.get(fact).filter(|_| !is_known);
                    said.extend(value.map(|value| (Some(fact), contradictions::one_line(value))));
                }
                Origin::Value
                | Origin::Default
                | Origin::Template
                | Origin::Gap
                | Origin::Recipient => own.push_str(&stretch.text),
            }
        }
        said.push((None, own));
        said
    }

    /// The variant, where the playbook has such a text and it is not the one that is shown.
    fn offer(&self, variant: Variant) -> Option<Variant> {
        let other = Purpose {
            variant,
            ..self.purpose
        };
        let exists = self.playbook.message(other).is_some();
        (exists && self.purpose.variant != variant).then_some(variant)
    }

    /// Open incidents of the page besides this one.
    fn others(&self) -> impl Iterator<Item = &Incident> {
        let open = self.page.into_iter().flat_map(Snapshot::open_incidents);
        open.filter(|incident| Some(&incident.id) != self.own)
    }

    /// The facts that stand in the message, and their values. The others have no field beside it.
    fn facts(&self) -> impl Iterator<Item = (Fact, &str)> {
        let stands = |fact| {
            let stretches = self.preview.iter().flat_map(|preview| {
                let title = preview.title.iter().flatten();
                title.chain(&preview.text)
            });
            stretches
                .into_iter()
                .any(|stretch| stretch.origin == Origin::Fact(fact))
        };
        let facts = self.filling.facts.iter();
        facts.filter(move |(fact, _)| stands(*fact))
    }

    /// The fact of the message whose value has a property.
    fn fact_that(&self, has: impl Fn(&str) -> bool) -> Option<Fact> {
        self.facts()
            .find(|(_, value)| has(value))
            .map(|(fact, _)| fact)
    }
}

/// The components of a page as they will be after a post.
pub fn after(components: &[Component], options: &PageOptions) -> Vec<Component> {
    components
        .iter()
        .map(|component| {
            let change = options
                .components
                .iter()
                .find(|change| change.id == component.id);
            let state = change.map_or(&component.state, |change| &change.state);
            Component {
                state: state.clone(),
                ..component.clone()
            }
        })
        .collect()
}

/// What the last send on a channel says to the next: one on its way blocks; one whose answer was lost may
/// already have been delivered (`docs/decisions.md`, "What must never happen", 2), and so may one that was on its way for an hour: its
/// console may be gone for good.
pub fn unanswered(ledger: &[LedgerRow], channel: Channel, now: DateTime<Utc>) -> Option<Finding> {
    let last = ledger
        .iter()
        .rev()
        .find(|row| row.message.channel == channel && !row.message.is_postmortem())?;
    match &last.state {
        LedgerState::Sent { .. } | LedgerState::Failed { .. } => None,
        LedgerState::Queued if now - last.at <= UNFINISHED => Some(Finding::blocking(
            "A message is on its way here. Wait for its answer before you send another.",
        )),
        LedgerState::Queued | LedgerState::Unknown { .. } => {
            let people = last
                .message
                .recipients
                .map_or(String::new(), |count| match count {
                    1 => " to 1 person".to_owned(),
                    count => format!(" to {count} people"),
                });
            Some(Finding::warning(format!(
                "The last message here got no answer: it may already have been delivered{people}. Look \
                 before you send it again.",
            )))
        }
    }
}

/// Everything that is to be said about a message before it is sent; what blocks comes first.
pub fn findings(checked: &Checked<'_>) -> Vec<Finding> {
    let Some(preview) = checked.preview else {
        return vec![Finding::blocking(
            "The playbook has no text for this message. Post it by hand, and record it here.",
        )];
    };
    let mut found = Vec::new();
    if checked.needs_approval && checked.purpose.channel.is_public() {
        found.push(Finding::blocking(
            "An approver has to be recorded before anything public is sent about this incident.",
        ));
    }
    found.extend(gaps(checked, preview));
    found.extend(contradictions::find(checked));
    found.extend(size::find(checked));
    found.extend(wording::find(checked, preview));
    found.dedup();
    by_key(found, |finding| !finding.blocks)
}

/// One finding for each thing that is missing.
fn gaps(checked: &Checked<'_>, preview: &Preview) -> Vec<Finding> {
    let mut said: Vec<Source> = Vec::new();
    let mut found = Vec::new();
    for Gap {
        written, source, ..
    } in &preview.gaps
    {
        if said.contains(source) {
            continue;
        }
        said.push(*source);
        found.push(match source {
            Source::Fact(fact) => {
                let label = checked.playbook.label(*fact);
                Finding::blocking(format!("“{label}” is missing: fill it in.")).about(Some(*fact))
            }
            Source::Computed(Computed::Resolved | Computed::Duration) => Finding::blocking(
                "It is not known when the impact ended: say when, under “Impact ended”.",
            ),
            Source::Computed(Computed::Status) => {
                Finding::blocking("The status is not one that can be posted: choose another.")
            }
            Source::Computed(
                Computed::Started
                | Computed::StartedAgain
                | Computed::LastUpdated
                | Computed::Cadence
                | Computed::Date
                | Computed::Severity,
            )
            | Source::RecipientName => Finding::blocking(format!("{written} cannot be filled.")),
        });
    }
    found
}
