//! Postmark: mails one by one in batches, a result for each, and a search that finds them again by the
//! operation that stands in their metadata.

mod client;
mod wire;

pub use client::Postmark;
pub use wire::{Page, found, key_taken, results, search, sending, trial_of_key};

use super::Limits;
use crate::domain::after_loss::AfterLoss;

/// Mails in a batch, by the vendor's own limit. Its limit of 50 MB is left alone: a phone has to get the
/// batch out within the time that an answer may take.
pub const LIMITS: Limits = Limits {
    mails: 500,
    bytes: 5_000_000,
};

/// Its index lags behind, so that one look is not enough.
pub const AFTER_LOSS: AfterLoss = AfterLoss::ReadBack {
    after_seconds: &[30, 120],
};
