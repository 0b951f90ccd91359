//! Resend: mails one by one in batches under a key, by which a batch is taken once however often it is
//! sent within a day.

mod client;
mod wire;

pub use client::Resend;
pub use wire::{rehearsal, results, sending};

use super::Limits;
use crate::domain::after_loss::AfterLoss;

/// Mails in a batch, by the vendor's own limit; bytes so that a phone gets it out in time.
pub const LIMITS: Limits = Limits {
    mails: 100,
    bytes: 5_000_000,
};

/// How long a key is remembered.
pub const AFTER_LOSS: AfterLoss = AfterLoss::SendAgain;
