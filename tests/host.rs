//! Every test that needs no browser: one program, so that it is linked once.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that falls over has failed"
)]

mod api;
mod delivery;
mod domain;
#[rustfmt::skip] // Units, many a line.
mod linear;
mod playbook;
mod sop;
