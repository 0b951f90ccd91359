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
        self.number() <= other.number()
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

    fn number(self) -> u8 {
        match self {
            Self::P0 => 0,
            Self::P1 => 1,
            Self::P2 => 2,
            Self::P3 => 3,
        }
    }
}
