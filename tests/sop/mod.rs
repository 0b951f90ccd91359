//! The SOP's rules, on the host: the worked examples of `docs/duties.md`, property tests, the score, the
//! checklists, the report, the evidence file and the decisions.

#[rustfmt::skip] // Steps, one a line.
mod actions;
#[rustfmt::skip] // Steps, one a line.
mod board;
#[rustfmt::skip] // Changes, one a line.
mod chain;
mod checklist;
#[rustfmt::skip] // Steps, one a line.
mod components;
pub(crate) mod decisions;
#[rustfmt::skip] // Tables, laid out as in docs/duties.md.
mod duties;
#[rustfmt::skip] // Tables, laid out as in docs/duties.md.
mod duties_later;
#[rustfmt::skip] // A chain, one link a line.
mod event_kinds;
mod evidence;
#[rustfmt::skip] // Steps, one a line.
mod foreseen;
#[rustfmt::skip] // Steps, one a line.
mod gate;
#[rustfmt::skip] // Steps, one a line.
mod handover;
#[rustfmt::skip] // Steps, one a line.
mod ics;
#[rustfmt::skip] // Lists, one a line.
mod lists;
mod nobody_dropped;
#[rustfmt::skip] // Steps, one a line.
mod own_times;
mod paper;
#[rustfmt::skip] // Steps, one a line.
mod postmortem;
mod properties;
#[rustfmt::skip] // Steps, one a line.
mod proposed;
#[rustfmt::skip] // Links, some a line.
mod receipts;
mod recipients;
#[rustfmt::skip] // Steps, one a line.
mod retention;
#[rustfmt::skip] // Tables, laid out as in docs/duties.md.
mod rules;
mod score;
#[rustfmt::skip] // Steps, one a line.
mod services;
#[rustfmt::skip] // Tables.
mod shared;
pub(crate) mod support;
#[rustfmt::skip] // Lists, one a line.
mod suppressions;
#[rustfmt::skip] // Steps, one a line.
mod told;
#[rustfmt::skip] // Steps, one a line.
mod unchanged;
