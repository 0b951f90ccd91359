//! The SOP's rules, on the host: the worked examples of `duties.md`, property tests, the score, the
//! checklists, the report, the evidence file and the decisions.
#![cfg(not(target_arch = "wasm32"))]

mod decisions;
mod duties;
mod duties_later;
mod properties;
mod rules;
mod support;
