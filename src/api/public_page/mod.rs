//! A page that speaks the public Statuspage v2 format, read without an account: whatever it leaves out,
//! nulls or calls by a word that nobody knows.

pub mod cut;
pub mod incident;
pub mod past;
pub mod read;
pub mod rhythm;
pub mod wire;

#[cfg(target_arch = "wasm32")]
mod client;
#[cfg(target_arch = "wasm32")]
mod list;

#[cfg(target_arch = "wasm32")]
pub use client::{Dated, Glance, PublicPage};
