//! The responder console: `pages` show slices of the `desk` and pass intents on; the desk obeys the rules
//! of `sop`; the `runner` performs what they command and reports back. The runner needs no browser, nor do
//! the rules of whose drafts are shown and what tabs tell each other of them, and the test of a hosted page.

pub mod elsewhere;
pub mod runner;
pub mod test_incident;
pub mod whose;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod later;
#[cfg(target_arch = "wasm32")]
mod pages;
#[cfg(target_arch = "wasm32")]
mod paths;
#[cfg(target_arch = "wasm32")]
mod router;

#[cfg(target_arch = "wasm32")]
pub use app::mount;
#[cfg(target_arch = "wasm32")]
pub use later::{Draw, IncidentPart, Parts, incident_part};
#[cfg(target_arch = "wasm32")]
pub use pages::rest::draw_rest;
