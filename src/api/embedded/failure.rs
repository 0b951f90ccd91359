//! The failure switches: what a network, a service and a disk can do to a request, on purpose. For
//! drills and tests; kept in this browser, shared by its tabs, linked by the console only.

use super::records::{self, CHAOS, META};
use crate::api::error::ApiError;
use crate::platform::storage::store::Database;
use crate::platform::{PlatformError, clock};

/// How long a slow request takes.
const SLOW_MS: u32 = 6_000;

/// What happens to requests to the embedded provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FailureMode {
    /// They work.
    #[default]
    None,
    /// They are refused; nothing happens there.
    Refuse,
    /// They are performed, and the answer is lost.
    LoseAnswer,
    /// They do not leave.
    Offline,
    /// They work after six seconds.
    Slow,
    StorageFull,
}

impl FailureMode {
    /// All of them, the harmless one first.
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Refuse,
        Self::LoseAnswer,
        Self::Offline,
        Self::Slow,
        Self::StorageFull,
    ];

    /// The word that it is kept as.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Refuse => "refuse",
            Self::LoseAnswer => "lose-answer",
            Self::Offline => "offline",
            Self::Slow => "slow",
            Self::StorageFull => "storage-full",
        }
    }

    /// What a person reads on the switch.
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "Everything works",
            Self::Refuse => "Requests are refused",
            Self::LoseAnswer => "Answers are lost",
            Self::Offline => "No network",
            Self::Slow => "Everything is slow",
            Self::StorageFull => "Storage is full",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|chaos| chaos.word() == word)
    }
}

/// The switch, as this browser keeps it.
#[derive(Clone)]
pub struct FailureSwitch {
    database: Database,
}

impl Default for FailureSwitch {
    fn default() -> Self {
        Self::new()
    }
}

impl FailureSwitch {
    /// The switch. Nothing is opened before the first question.
    pub fn new() -> Self {
        Self::of(records::database())
    }

    pub(super) fn of(database: Database) -> Self {
        Self { database }
    }

    /// How it stands. A word that nobody knows reads as no chaos.
    pub async fn get(&self) -> Result<FailureMode, PlatformError> {
        let word = self.database.get(META, CHAOS).await?;
        Ok(word
            .and_then(|word| FailureMode::from_word(&word))
            .unwrap_or_default())
    }

    /// Turns it.
    pub async fn set(&self, chaos: FailureMode) -> Result<(), PlatformError> {
        self.database.put(META, CHAOS, chaos.word()).await?;
        records::tell();
        Ok(())
    }

    /// Lets a request through, late or not at all, and says what is to become of its answer.
    pub(super) async fn admit(&self) -> Result<Answer, ApiError> {
        match self.get().await? {
            FailureMode::None => Ok(Answer::Arrives),
            FailureMode::LoseAnswer => Ok(Answer::IsLost),
            FailureMode::Slow => {
                clock::sleep(SLOW_MS).await;
                Ok(Answer::Arrives)
            }
            FailureMode::Refuse => Err(ApiError::Refused(
                "the provider refused it (failure switch)".to_owned(),
            )),
            FailureMode::Offline => Err(ApiError::NotSent(
                "there is no network (failure switch)".to_owned(),
            )),
            FailureMode::StorageFull => Err(ApiError::NotSent(format!(
                "{} (failure switch)",
                PlatformError::Full
            ))),
        }
    }
}

/// What becomes of the answer to a request that was performed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Arrives,
    IsLost,
}

impl Answer {
    pub(super) fn deliver<T>(self, answer: T) -> Result<T, ApiError> {
        match self {
            Self::Arrives => Ok(answer),
            Self::IsLost => Err(ApiError::Unanswered(
                "the answer did not arrive (failure switch)".to_owned(),
            )),
        }
    }
}
