//! The SOP as data and rules: the playbook, its templates, the duties that follow from an incident's
//! log, and the locks that stand before a message is sent.
//!
//! `duties(sop, run, now)` is the heart. Nothing here reads a clock, the network or storage: every
//! function is told the time.

mod account;
pub mod board;
pub mod by_hand;
pub mod channel;
pub mod checklist;
pub mod compose;
pub mod duty;
pub mod event;
pub mod facts;
pub mod foreseen;
pub mod gate;
pub mod lint;
pub mod message;
pub mod patience;
pub mod playbook;
pub mod recipients;
pub mod report;
pub mod retention;
pub mod run;
pub mod score;
pub mod services;
pub mod severity;
pub mod shared;
pub mod template;
pub mod x_length;
