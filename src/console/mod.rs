//! The responder console: `pages` show slices of the `desk` and pass intents on; the desk obeys the rules
//! of `sop`; the `runner` performs what they command and reports back.

pub mod app;
pub mod desk;
pub mod pages;
pub mod paths;
pub mod runner;
pub mod words;

pub use app::mount;
