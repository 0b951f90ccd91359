//! The playbook as a whole: the file beside the product, its problems, and the messages made from it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that falls over has failed"
)]

mod checked;
mod common;
mod config;
mod email;
mod file;
mod golden;
mod hostile;
mod lint;
mod problems;
mod template;
mod weight;

/// The playbook that the product ships.
const SOP: &str = include_str!("../../public/console/sop.toml");
