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
    Lost(String),
    /// An answer came that cannot be understood.
    #[error("{0}")]
    Garbled(String),
}

impl ApiError {
    /// Whether the same request may be made again without a person's decision: it certainly did nothing.
    pub fn retryable(&self) -> bool {
        match self {
            Self::NotSent(_) => true,
            Self::Refused(_) | Self::Lost(_) | Self::Garbled(_) => false,
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
