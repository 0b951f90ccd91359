//! SendGrid: one mail to many, with what differs put in by the vendor. It says nothing about single mails,
//! knows no key, and cannot be asked what it has.

mod client;
mod shared;
mod wire;

pub use client::Sendgrid;
pub use shared::{Part, key_for};
pub use wire::{at_fault, results, sending};

use super::Limits;
use crate::domain::after_loss::AfterLoss;

/// The vendor takes a thousand; half as many are in doubt when an answer is lost.
pub const LIMITS: Limits = Limits {
    mails: 500,
    bytes: 5_000_000,
};

/// A person decides.
pub const AFTER_LOSS: AfterLoss = AfterLoss::Offer;
