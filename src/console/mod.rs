//! The responder console: `pages` show slices of the `desk` and pass intents on; the desk obeys the rules
//! of `sop`; the `runner` performs what they command and reports back.

pub mod app;
pub mod desk;
mod later;
pub mod pages;
pub mod paths;
pub mod router;
pub mod runner;
pub mod sending_words;

pub use app::mount;
pub use later::{Draw, Incidents, Parts, incidents};
pub use pages::rest::draw_rest;
