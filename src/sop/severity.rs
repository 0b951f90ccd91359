//! The four severities of the SOP. What each demands is in the playbook, not here.

use serde::{Deserialize, Serialize};

/// A severity. It has no `Ord` on purpose: "lower number is worse" misleads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Critical: completely unavailable.
    P0,
    /// High: degraded, major features unavailable.
    P1,
    /// Medium: minor degradation.
    P2,
    /// Low: minimal impact.
    P3,
}

impl Severity {
    /// All severities, worst first.
    pub const ALL: [Self; 4] = [Self::P0, Self::P1, Self::P2, Self::P3];

    /// "P0" to "P3".
    pub fn word(self) -> &'static str {
        match self {
            Self::P0 => "P0",
            Self::P1 => "P1",
            Self::P2 => "P2",
            Self::P3 => "P3",
        }
    }

    /// Whether it is as bad as `other` or worse.
    pub fn is_at_least_as_severe_as(self, other: Self) -> bool {
        self.level() <= other.level()
    }

    /// The worse of two.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        if self.is_at_least_as_severe_as(other) {
            self
        } else {
            other
        }
    }

    /// 0 for P0 to 3 for P3: for putting incidents in order, the worst first.
    pub fn level(self) -> u8 {
        match self {
            Self::P0 => 0,
            Self::P1 => 1,
            Self::P2 => 2,
            Self::P3 => 3,
        }
    }
}

/// What is broken: the first of the two questions that suggest a severity (`docs/decisions.md`, "Types and severity").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// Everything, or data is at risk.
    Everything,
    /// A major feature.
    Major,
    /// Something small or slow.
    Minor,
    /// Only how it looks.
    Looks,
}

/// For how many: the second question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Affects {
    /// Most users.
    Most,
    /// Some users.
    Some,
    /// Nobody knows; counts as most.
    Unsure,
}

/// The severity that the two answers suggest; unsure means the higher one. The responder decides.
pub fn suggested(broken: Broken, affects: Affects) -> Severity {
    match (broken, affects) {
        (Broken::Everything, Affects::Most | Affects::Some | Affects::Unsure) => Severity::P0,
        (Broken::Major, Affects::Most | Affects::Some | Affects::Unsure)
        | (Broken::Minor, Affects::Most | Affects::Unsure) => Severity::P1,
        (Broken::Minor, Affects::Some) => Severity::P2,
        (Broken::Looks, Affects::Most | Affects::Some | Affects::Unsure) => Severity::P3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsure_means_the_higher_severity() {
        for (broken, most, some) in [
            (Broken::Everything, Severity::P0, Severity::P0),
            (Broken::Major, Severity::P1, Severity::P1),
            (Broken::Minor, Severity::P1, Severity::P2),
            (Broken::Looks, Severity::P3, Severity::P3),
        ] {
            assert_eq!(suggested(broken, Affects::Most), most, "{broken:?}");
            assert_eq!(suggested(broken, Affects::Unsure), most, "{broken:?}");
            assert_eq!(suggested(broken, Affects::Some), some, "{broken:?}");
        }
    }
}
