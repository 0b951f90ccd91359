//! Where a message goes. The order is the order of Next due among duties due at the same time.

use serde::{Deserialize, Serialize};

/// A channel of the SOP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// The organisation's own people.
    Team,
    /// The status page.
    Page,
    /// Affected users.
    Email,
    /// X, once Twitter.
    X,
    /// LinkedIn.
    #[serde(rename = "linkedin")]
    LinkedIn,
}

impl Channel {
    /// All channels, in the order of Next due.
    pub const ALL: [Self; 5] = [Self::Team, Self::Page, Self::Email, Self::X, Self::LinkedIn];

    /// Whether people outside the organisation read it. Approval locks these (`docs/duties.md` rule 13).
    pub fn is_public(self) -> bool {
        match self {
            Self::Team => false,
            Self::Page | Self::Email | Self::X | Self::LinkedIn => true,
        }
    }

    /// Whether it is one of the two social networks.
    pub fn is_social(self) -> bool {
        match self {
            Self::X | Self::LinkedIn => true,
            Self::Team | Self::Page | Self::Email => false,
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Team => "Internal team",
            Self::Page => "Status page",
            Self::Email => "Email",
            Self::X => "X",
            Self::LinkedIn => "LinkedIn",
        }
    }

    /// The word for it in the playbook and in logs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Page => "page",
            Self::Email => "email",
            Self::X => "x",
            Self::LinkedIn => "linkedin",
        }
    }
}
