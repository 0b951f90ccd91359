//! An incident as readers see it: a title, an impact, and updates of which the newest counts.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::component::{Component, ComponentId, ComponentState, touched};
use super::impact::Impact;
use super::postmortem::Postmortem;

/// An incident's id on its page: opaque and stable; part of its permalink.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IncidentId(pub String);

/// How far the work on an incident has come, in the field's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum IncidentStatus {
    /// The cause is being looked for.
    Investigating,
    /// The cause is known.
    Identified,
    /// A cure is in place and is being watched.
    Monitoring,
    /// It is over.
    Resolved,
    /// It is over, and a postmortem has been published.
    Postmortem,
    /// A word that this version does not know, kept as it came. Counts as unresolved.
    Unknown(String),
}

impl IncidentStatus {
    /// The four that a responder chooses from, in the order of the work.
    pub const CHOICES: [Self; 4] = [
        Self::Investigating,
        Self::Identified,
        Self::Monitoring,
        Self::Resolved,
    ];

    /// The status's word in the Statuspage format.
    pub fn word(&self) -> &str {
        match self {
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
            Self::Postmortem => "postmortem",
            Self::Unknown(raw) => raw,
        }
    }

    /// The status as the SOP's messages write it.
    pub fn name(&self) -> &str {
        match self {
            Self::Investigating => "Investigating",
            Self::Identified => "Identified",
            Self::Monitoring => "Monitoring",
            Self::Resolved => "Resolved",
            Self::Postmortem => "Postmortem",
            Self::Unknown(raw) => raw,
        }
    }

    /// Whether the incident is over.
    pub fn is_over(&self) -> bool {
        match self {
            Self::Resolved | Self::Postmortem => true,
            Self::Investigating | Self::Identified | Self::Monitoring | Self::Unknown(_) => false,
        }
    }
}

impl From<String> for IncidentStatus {
    fn from(word: String) -> Self {
        match word.as_str() {
            "investigating" => Self::Investigating,
            "identified" => Self::Identified,
            "monitoring" => Self::Monitoring,
            "resolved" => Self::Resolved,
            "postmortem" => Self::Postmortem,
            _ => Self::Unknown(word),
        }
    }
}

impl From<IncidentStatus> for String {
    fn from(status: IncidentStatus) -> Self {
        status.word().to_owned()
    }
}

/// One message on an incident's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentUpdate {
    /// Opaque id, unique on the page.
    pub id: String,
    /// The status that it sets.
    pub status: IncidentStatus,
    /// Its text as it was sent. May hold vendor markup; it is data, never markup of ours.
    pub body: String,
    /// When it appeared, as the page dates it.
    pub created_at: DateTime<Utc>,
    /// When it was told, where it was dated back: later than `created_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_at: Option<DateTime<Utc>>,
    /// What it changed on components.
    #[serde(default)]
    pub affected: Vec<AffectedComponent>,
}

/// A component's change of state in an update.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AffectedComponent {
    /// Where the page says which component it was.
    #[serde(default)]
    pub id: Option<ComponentId>,
    /// Its name at the time.
    pub name: String,
    /// The state that it was given, where the page says.
    #[serde(default)]
    pub state: Option<ComponentState>,
    /// The state that it was in until then, where the page says (`old_status` in the Statuspage format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<ComponentState>,
}

/// An incident on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Opaque id.
    pub id: IncidentId,
    /// The title as it stands now; empty where the page gives none.
    pub name: String,
    /// How bad it is for readers.
    pub impact: Impact,
    /// When it appeared on the page.
    pub created_at: DateTime<Utc>,
    /// When the impact began, where the page says.
    #[serde(default)]
    pub started_at: Option<DateTime<Utc>>,
    /// The updates, newest first.
    pub updates: Vec<IncidentUpdate>,
    /// The components it touches.
    #[serde(default)]
    pub components: Vec<ComponentId>,
    /// The published postmortem, if any.
    #[serde(default)]
    pub postmortem: Option<Postmortem>,
    /// Whether it was made up for a demonstration. Readers are told so.
    #[serde(default)]
    pub demo: bool,
}

/// Whether a source gave a moment: in the place of one that it left out, or that cannot be read, the count of time begins.
pub fn is_given(at: DateTime<Utc>) -> bool {
    at > DateTime::UNIX_EPOCH
}

impl IncidentUpdate {
    /// When readers could learn of it first.
    pub fn was_told_at(&self) -> DateTime<Utc> {
        self.told_at.unwrap_or(self.created_at)
    }
}

impl Incident {
    /// The status that the newest update gives; an incident without updates is `Investigating`.
    pub fn status(&self) -> IncidentStatus {
        self.updates
            .first()
            .map_or(IncidentStatus::Investigating, |update| {
                update.status.clone()
            })
    }

    /// Whether it is still going on.
    pub fn is_open(&self) -> bool {
        !self.status().is_over()
    }

    /// Whether anything in its entry says when it began.
    pub fn is_dated(&self) -> bool {
        is_given(self.began_at())
    }

    /// The update that first told that it is over, for an incident that is.
    pub fn closing(&self) -> Option<&IncidentUpdate> {
        self.updates
            .iter()
            .take_while(|update| update.status.is_over())
            .last()
    }

    /// When the page was first told that it is over, for an incident that is, as far as the page says.
    pub fn resolved_at(&self) -> Option<DateTime<Utc>> {
        let at = self.closing().map(|update| update.created_at);
        at.filter(|at| is_given(*at))
    }

    /// What it says of a component: the state that its newest update which names it gave it; else, where it touches it,
    /// what its impact stands for.
    pub fn says_of(&self, component: &ComponentId) -> Option<ComponentState> {
        let given = self.updates.iter().find_map(|update| {
            let affected = update.affected.iter();
            let mut named = affected.filter(|affected| affected.id.as_ref() == Some(component));
            named.find_map(|affected| affected.state.clone())
        });
        given.or_else(|| {
            let touched = self.components.contains(component);
            touched.then(|| self.impact.component_state()).flatten()
        })
    }

    /// When it began, as far as the page says.
    pub fn began_at(&self) -> DateTime<Utc> {
        self.started_at.unwrap_or(self.created_at)
    }
}

/// The names of the components that something touches: as the page calls them, and those that it no longer shows as an
/// update called them.
pub fn touched_by_name(
    touches: &[ComponentId],
    updates: &[IncidentUpdate],
    components: &[Component],
) -> Vec<String> {
    let mut names = touched(touches, components);
    let gone = |id: &&ComponentId| components.iter().all(|component| component.id != **id);
    for id in touches.iter().filter(gone) {
        names.extend(name_told(&id.0, updates).map(str::to_owned));
    }
    names
}

/// How updates call the component of an id, if one of them names it.
pub fn name_told<'a>(id: &str, updates: &'a [IncidentUpdate]) -> Option<&'a str> {
    let mut affected = updates.iter().flat_map(|update| &update.affected);
    let is_it = |each: &&AffectedComponent| {
        each.id.as_ref().is_some_and(|known| known.0 == id) && !each.name.is_empty()
    };
    Some(affected.find(is_it)?.name.as_str())
}
