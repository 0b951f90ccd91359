//! The sandbox over the wire: what a client sees, and what the sandbox has then.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::needless_pass_by_value,
    missing_docs,
    reason = "a test that cannot go on must stop"
)]

mod client;
mod control;
mod faults;
mod mails;
mod public;
mod rates;
mod statuspage;
mod team;
