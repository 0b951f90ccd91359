//! The embedded provider: a status page and a mail service that live in this browser, so that the
//! whole job runs on a fresh machine, in a demonstration and in a drill. Nothing of it leaves the
//! browser, and it is shared by all its tabs.
//!
//! The status page links [`Reader`] and [`watch`] only; [`Writer`], [`Outbox`], the demonstration and
//! the failure switches belong to the console.

pub mod demo;
pub mod read;
pub mod rules;

#[cfg(target_arch = "wasm32")]
mod failure;
#[cfg(target_arch = "wasm32")]
mod outbox;
#[cfg(target_arch = "wasm32")]
mod reader;
#[cfg(target_arch = "wasm32")]
mod records;
#[cfg(target_arch = "wasm32")]
mod seeding;
#[cfg(target_arch = "wasm32")]
mod writer;

#[cfg(target_arch = "wasm32")]
pub use failure::{FailureMode, FailureSwitch};
#[cfg(target_arch = "wasm32")]
pub use outbox::{Outbox, StoredMail};
#[cfg(target_arch = "wasm32")]
pub use reader::Reader;
#[cfg(target_arch = "wasm32")]
pub use records::{UnreadableRecord, forget, watch};
#[cfg(target_arch = "wasm32")]
pub use writer::Writer;
