//! Allclear: incident communication that runs an organisation's SOP in the browser.
//!
//! One crate, two static apps: the public **status page** and the **responder console**. Two wings over
//! one ground floor; neither wing knows the other:
//!
//! ```text
//! bin/status  -> status_page: pages -> board           -> api -> domain
//! bin/console -> console:     pages -> desk -> runner  -> api, platform
//!                                        \-> sop        -> domain
//! both wings' pages -> views -> ui
//! ```
//!
//! `domain` (the field's nouns), `sop` (the SOP as data and rules), `config` and what is pure in `api`
//! compile everywhere and are tested on the host; everything above needs a browser and exists only on wasm32. What each module may
//! not know is proved by `tests/architecture.rs`.
//!
//! The law stands in `docs/`: the customer's SOP word for word (`docs/sop.md`), how we read it and what must never
//! happen (`docs/decisions.md`), and the exact rules of duties with their worked examples (`docs/duties.md`).

pub mod api;
pub mod config;
pub mod domain;
pub mod sop;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod console;
#[cfg(target_arch = "wasm32")]
pub mod platform;
#[cfg(target_arch = "wasm32")]
pub mod status_page;
#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod views;

#[cfg(target_arch = "wasm32")]
pub use console::{Draw, Incidents, Parts, draw_rest, incidents, mount as mount_console};
