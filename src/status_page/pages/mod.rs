//! One file per route: each reads slices of the store and lays out views.

mod age;
mod history;
mod home;
mod incident;
mod not_found;
pub mod rest;
mod rule;

pub use home::Home;
