//! The SOP's rules, on the host: the worked examples of `duties.md`, property tests, the score, the
//! checklists, the report, the evidence file and the decisions.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers of tests fail loudly, as the tests themselves may"
)]

mod checklist;
mod decisions;
#[rustfmt::skip] // Tables, laid out as in duties.md.
mod duties;
#[rustfmt::skip] // Tables, laid out as in duties.md.
mod duties_later;
mod evidence;
mod paper;
mod properties;
#[rustfmt::skip] // Tables, laid out as in duties.md.
mod rules;
mod score;
mod support;
