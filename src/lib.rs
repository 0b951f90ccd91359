//! Allclear: incident communication that runs an organisation's SOP in the browser.
//!
//! One crate, two static apps: the public **status page** and the **responder console**. Two wings over
//! one ground floor; neither wing knows the other:
//!
//! ```text
//! bin/status  -> status_page: pages -> store           -> api -> domain
//! bin/console -> console:     pages -> desk -> runner  -> api
//!                                        \-> delivery   -> api, sop
//!                                        \-> sop        -> domain
//! both wings' pages -> views -> ui
//! ```
//!
//! **What leaves** goes one way: the desk enters an event by the rules of `sop`, which command; `delivery` says what is
//! to be done next, told the time and what came of it; `console::runner` does it in a [`World`] of traits. The runner is
//! written as plain `async` functions: the compiler makes the machine of steps, so that the same code runs in a browser
//! and, in `tests/delivery`, in a world whose clock stands still, whose tabs die before and after every step and whose
//! services fail as told. `api::provider` is the only place that names every provider; `desk::screen::shown` is all that pages
//! see of the desk: signals that can be read.
//!
//! [`World`]: console::runner::world::World
//!
//! **What a provider can do** is asked of its trait (`is_shared`, `is_hosted`, `limits`, `after_loss`) and answered beside its
//! code: a table of capabilities would be a second home for each answer. The desk stands before the setup was read, as the
//! frame and the drafts do. It gets its providers before it reads the first incident and uses none earlier.
//!
//! **The work per second** does not grow with old incidents: `sop::board` folds again only what goes on, and gives the very same
//! list while nothing has happened, so that nobody compares what is over. The logs are read in portions, what was open first.
//!
//! `domain` (the field's nouns), `sop` (the SOP as data and rules), `delivery`, `console::runner`, `config` and what is
//! pure in `api` (the hosted adapters among it) compile everywhere and are tested on the host; everything above needs a
//! browser and exists only on wasm32. What each module may not know is proved by `tests/architecture.rs`.
//!
//! The rules stand in `docs/`: the customer's SOP word for word (`docs/sop.md`), how we read it and what must never
//! happen (`docs/decisions.md`), and the exact rules of duties with their worked examples (`docs/duties.md`).

pub mod api;
pub mod config;
pub mod console;
pub mod delivery;
pub mod domain;
pub mod sop;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub mod platform;
#[cfg(target_arch = "wasm32")]
pub mod status_page;
#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod views;

#[cfg(target_arch = "wasm32")]
pub use console::{Draw, IncidentPart, Parts, draw_rest, incident_part, mount as mount_console};
