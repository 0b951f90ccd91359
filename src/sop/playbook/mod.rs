//! The playbook: an organisation's SOP as data, read from `public/console/sop.toml`.
//!
//! These are the validated types. `parse` turns the file's text into them or gives *all* of its
//! problems at once, each with line, key, what is wrong and what would be right.

use chrono::{NaiveDate, TimeDelta};

use crate::domain::component::ComponentState;
use crate::domain::impact::Impact;
use crate::domain::ordered::ShortMap;

use super::channel::Channel;
use super::duty::{DutyKind, Mode};
use super::facts::Fact;
use super::severity::Severity;
use super::template::{Placeholders, Template};

mod additions;
mod addresses;
mod checklists;
mod messages;
mod placeholders;
mod purposes;
mod read;
mod rules;
mod sections;

pub use crate::config::problem::Problem;
pub use addresses::{ForeignAddress, foreign_addresses};
pub use read::{Loaded, load, parse};

/// An organisation's SOP.
#[derive(Debug, Clone, PartialEq)]
pub struct Playbook {
    /// What the SOP says about itself.
    pub meta: Meta,
    /// What each severity demands; all four are there.
    pub severities: Severities,
    /// The incident types, in the SOP's order; never empty.
    pub types: Vec<IncidentType>,
    /// The messages, by what they are for.
    pub messages: Vec<Message>,
    /// The post-incident clocks.
    pub clocks: Clocks,
    /// The three checklists.
    pub checklists: Checklists,
    /// Switches and texts that the SOP does not have: our additions.
    pub additions: Additions,
    /// What the form calls each fact.
    pub fact_labels: ShortMap<Fact, String>,
    /// True defaults of facts ("We are still confirming who is affected.").
    pub fact_defaults: ShortMap<Fact, String>,
    /// Which names and phrases in templates are places.
    pub placeholders: Placeholders,
    /// What stands in the place of a recipient's name that is not known ("there").
    pub nameless: String,
    /// The SOP's prose sections that the messages do not cover, for reading.
    pub sections: Vec<Section>,
}

/// What the SOP says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    pub title: String,
    /// Its version; each incident remembers the version it ran under.
    pub version: String,
    /// Who keeps it.
    pub owner: String,
    /// When it was last changed.
    pub last_updated: NaiveDate,
    /// When it is to be reviewed; a banner says when that is past.
    pub next_review: NaiveDate,
    /// How often it is reviewed ("Quarterly").
    pub review_interval: String,
}

/// The rules of the four severities.
#[derive(Debug, Clone, PartialEq)]
pub struct Severities {
    /// Critical.
    pub p0: SeverityRules,
    /// High.
    pub p1: SeverityRules,
    /// Medium.
    pub p2: SeverityRules,
    /// Low.
    pub p3: SeverityRules,
}

impl Severities {
    pub fn of(&self, severity: Severity) -> &SeverityRules {
        match severity {
            Severity::P0 => &self.p0,
            Severity::P1 => &self.p1,
            Severity::P2 => &self.p2,
            Severity::P3 => &self.p3,
        }
    }
}

/// What a severity demands (`docs/duties.md`, windows).
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a question of its own in the file"
)]
#[derive(Debug, Clone, PartialEq)]
pub struct SeverityRules {
    /// "Critical", "High", "Medium", "Low".
    pub name: String,
    /// The SOP's sentence on impact.
    pub impact_text: String,
    /// The SOP's words on the response time.
    pub response_text: String,
    /// The SOP's words on channels.
    pub communication_text: String,
    /// The SOP's examples.
    pub examples: String,
    /// R: how long the first messages may take.
    pub response: TimeDelta,
    /// C: how often the page is updated; `None` where it is updated on change.
    pub cadence: Option<TimeDelta>,
    /// S: how long the first social posts may take; `None` where there are none.
    pub social: Option<TimeDelta>,
    /// Whether the first email is required.
    pub email: bool,
    /// How strongly the first page post is asked for: required, conditional or optional.
    pub page: Mode,
    /// Whether the report is required.
    pub report: bool,
    /// Whether the post-mortem is required (else offered).
    pub postmortem_required: bool,
    /// The cadence as a phrase: "every 15 minutes", "every hour", "as we learn more".
    pub cadence_words: String,
    /// The impact set on the hosted page.
    pub public_impact: Impact,
    /// The state proposed for the affected components.
    pub component_state: ComponentState,
    /// Whether first post, reopening and a raise into it ask the vendor to mail its subscribers.
    pub notify_subscribers: bool,
    /// The SOP's timeline lines for this severity, as (when, what).
    pub timeline: Vec<TimelineLine>,
}

/// One line of the SOP's communication timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineLine {
    /// "0-15 minutes"
    pub when: String,
    /// "Initial status page update, email notification (if applicable)"
    pub what: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentType {
    /// Its id in logs: "outage", "breach", "security", "integration".
    pub id: String,
    /// Its name in the SOP.
    pub name: String,
    /// The SOP's description.
    pub description: String,
    /// The severity proposed for it.
    pub default_severity: Severity,
    /// Whether every public message waits for a named approver (rule 13).
    pub approval: bool,
    /// Whether it starts the regulator's clock.
    pub regulator: Regulator,
}

/// When an incident type starts the regulator's 72-hour clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Regulator {
    Never,
    /// Only while personal data is affected, or nobody knows.
    PersonalData,
    Always,
}

/// What a message is for: the key by which it is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Purpose {
    /// Where it goes. X and LinkedIn share the X texts: look up with `Channel::X`.
    pub channel: Channel,
    pub kind: DutyKind,
    /// Which of several texts for the same purpose.
    pub variant: Variant,
}

/// Which of several texts for the same purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// The usual text.
    Usual,
    /// The SOP's text is too long for the channel (X): a shorter one.
    Short,
    /// The usual text would be untrue ("All systems are operational"): a true one.
    True,
    /// A retraction: the incident was declared in error.
    Retraction,
}

/// A message of the SOP, or an addition of ours.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its id in the file ("page-first").
    pub id: String,
    /// Its heading in the SOP ("Incident Started").
    pub name: String,
    pub purpose: Purpose,
    /// The title (page) or subject (email); for P1 see `Additions::plain_subject_for`.
    pub title: Option<Template>,
    /// The subject without "[URGENT]", used for the severities in `title_plain_for`.
    pub title_plain: Option<Template>,
    /// The severities that use `title_plain`.
    pub title_plain_for: Vec<Severity>,
    /// The body, the SOP's block byte for byte (email blocks begin with their "Subject:" line).
    pub body: Template,
    /// What the SOP says of the status that goes with it ("Investigating / Identified / Monitoring").
    pub status: Option<String>,
    /// Whether it is an addition of ours and not the SOP's.
    pub addition: bool,
}

/// The post-incident clocks, as real seconds, never local days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    /// Report, from resolution.
    pub report: TimeDelta,
    /// Post-mortem, from resolution.
    pub postmortem: TimeDelta,
    /// Regulator, from becoming aware.
    pub regulator: TimeDelta,
}

/// The three checklists of the SOP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklists {
    /// Before an incident: readiness.
    pub before: Vec<ChecklistItem>,
    pub during: Vec<ChecklistItem>,
    pub after: Vec<ChecklistItem>,
}

/// One box to tick, worded as in the SOP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistItem {
    /// Its id in logs.
    pub id: String,
    /// Its words.
    pub text: String,
    /// What ticks it by itself; `None` where only a person can.
    pub ticked_by: Option<Ticker>,
}

/// What ticks a checklist's box by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ticker {
    /// All duties of this kind on these channels are done (several: all that were asked for).
    Duties {
        kind: DutyKind,
        /// The channels; empty for duties without one.
        channels: Vec<Channel>,
    },
    /// Something that readiness can check, by its name ("status-page", "templates", "social", "team").
    Check(String),
}

/// Our additions to the SOP: each can be seen, and switched off where it makes sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Additions {
    /// Whether status-page messages end with "Next update by …" where there is a cadence.
    pub promise_line: bool,
    /// Whether the title of the first post is kept instead of the SOP's changing titles.
    pub keep_first_title: bool,
    /// Whether "our email list covers the page's subscribers": turns the vendor's own mails off.
    pub list_covers_subscribers: bool,
    /// What "No change" says as progress.
    pub no_change: String,
    /// The sentence that bridges a raise; the new cadence words follow from `cadence_words`.
    pub bridge_raised: Template,
    /// The sentence that bridges a lowering.
    pub bridge_lowered: Template,
    /// Words that the wording lint forbids for approval-bound types (detail on an attack).
    pub forbidden_words: Vec<String>,
    /// Claims about everyone, which are seldom true ("all users").
    pub sweeping_claims: Vec<String>,
    /// Words that put blame on people.
    pub blame_words: Vec<String>,
}

/// A section of the SOP's prose, for the SOP page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub heading: String,
    /// Its text, paragraphs and `- ` lists.
    pub text: String,
}

impl Playbook {
    /// What the form calls a fact.
    pub fn label(&self, fact: Fact) -> &str {
        self.fact_labels
            .get(&fact)
            .map_or(fact.word(), String::as_str)
    }

    pub fn incident_type(&self, id: &str) -> Option<&IncidentType> {
        self.types.iter().find(|candidate| candidate.id == id)
    }

    /// The message for a purpose; LinkedIn uses X's (`docs/decisions.md`, reading 26).
    pub fn message(&self, purpose: Purpose) -> Option<&Message> {
        let channel = match purpose.channel {
            Channel::LinkedIn => Channel::X,
            other @ (Channel::Team | Channel::Page | Channel::Email | Channel::X) => other,
        };
        let purpose = Purpose { channel, ..purpose };
        self.messages
            .iter()
            .find(|message| message.purpose == purpose)
    }
}
