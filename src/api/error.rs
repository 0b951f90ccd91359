//! Errors of the outside world, named for what the caller does about them.

/// Why a request to a provider did not end well. Lower-case fragments that read after "could not …: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// The provider said no; nothing happened there.
    #[error("{0}")]
    Refused(String),
    /// It never left this browser: no network, storage denied or full.
    #[error("{0}")]
    NotSent(String),
    /// It left, and no answer came back: it may have happened.
    #[error("{0}")]
    Unanswered(String),
    /// An answer came that cannot be understood: it may have happened.
    #[error("{0}")]
    Garbled(String),
    /// The login at the edge has ended; nothing happened. Log in again, then do it again.
    #[error("your login has ended")]
    LoginNeeded,
    /// Too many requests; nothing happened. It may be asked again after so many seconds, where that was said.
    #[error("the service is busy: too many requests")]
    Busy {
        /// How long to wait, in seconds.
        after_seconds: Option<u32>,
    },
    /// What was to be read or changed is not there: deleted, or never was. Nothing happened.
    #[error("{0}")]
    Gone(String),
}

impl ApiError {
    /// Whether it was only too much at once, for so short a while that it is asked again by itself. A longer
    /// pause is for a person to wait out, who is told so.
    pub fn is_short_pause(&self) -> bool {
        const PATIENCE_SECONDS: u32 = 30;
        if let Self::Busy { after_seconds } = self {
            after_seconds.is_none_or(|seconds| seconds <= PATIENCE_SECONDS)
        } else {
            false
        }
    }

    /// Why, with how long to wait where that was said.
    pub fn in_full(&self) -> String {
        let Self::Busy { after_seconds } = self else {
            return self.to_string();
        };
        let wait = match after_seconds {
            None => "in a minute".to_owned(),
            Some(0 | 1) => "in a second".to_owned(),
            Some(seconds @ 2..=90) => format!("in {seconds} seconds"),
            Some(seconds) => format!("in {} minutes", seconds.div_ceil(60)),
        };
        format!("{self}; nothing was sent; try again {wait}")
    }

    /// Whether a write that ended so may have happened all the same.
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Unanswered(_) | Self::Garbled(_) => true,
            Self::Refused(_)
            | Self::NotSent(_)
            | Self::LoginNeeded
            | Self::Busy { .. }
            | Self::Gone(_) => false,
        }
    }
}

/// What the browser could not do never left it.
#[cfg(target_arch = "wasm32")]
impl From<crate::platform::PlatformError> for ApiError {
    fn from(error: crate::platform::PlatformError) -> Self {
        Self::NotSent(error.to_string())
    }
}
