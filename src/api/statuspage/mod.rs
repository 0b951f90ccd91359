//! Atlassian Statuspage's manage API v1, reached through the edge, which adds the key. Builders to requests,
//! the vendor's names in `wire`, one conversion each way; only `client` sends.

pub mod errors;
pub mod queue;
pub mod request;
pub mod wire;

mod client;

pub use client::Statuspage;
