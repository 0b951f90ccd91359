//! How bad an incident is for readers, in the field's five words.

use serde::{Deserialize, Serialize};

use super::component::ComponentState;

/// The impact of an incident, as status pages publish it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Impact {
    /// A notice: nothing is worse than usual.
    None,
    /// Planned work.
    Maintenance,
    /// A word that this version does not know, kept as it came.
    Unknown(String),
    /// Degraded for some.
    Minor,
    /// Partly down.
    Major,
    /// Down.
    Critical,
}

impl Impact {
    /// The impact's word in the Statuspage format.
    pub fn word(&self) -> &str {
        match self {
            Self::None => "none",
            Self::Maintenance => "maintenance",
            Self::Unknown(raw) => raw,
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}

impl Impact {
    /// The state of a component that an impact stands for; `None` where it says nothing of one.
    pub fn component_state(&self) -> Option<ComponentState> {
        match self {
            Self::None | Self::Maintenance | Self::Unknown(_) => None,
            Self::Minor => Some(ComponentState::DegradedPerformance),
            Self::Major => Some(ComponentState::PartialOutage),
            Self::Critical => Some(ComponentState::MajorOutage),
        }
    }
}

impl From<String> for Impact {
    fn from(word: String) -> Self {
        match word.as_str() {
            "none" => Self::None,
            "maintenance" => Self::Maintenance,
            "minor" => Self::Minor,
            "major" => Self::Major,
            "critical" => Self::Critical,
            _ => Self::Unknown(word),
        }
    }
}

impl From<Impact> for String {
    fn from(impact: Impact) -> Self {
        impact.word().to_owned()
    }
}
