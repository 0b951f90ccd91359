//! Atlassian Statuspage's manage API v1, reached through the edge, which adds the key. Builders to requests,
//! the vendor's names in `wire`, one conversion each way; only `client` sends.

pub mod errors;
pub mod queue;
pub mod request;
pub mod wire;

mod client;

/// The hosts of the addresses that the vendor gives of an incident (`shortlink` in its API v1).
pub const LINK_HOSTS: [&str; 1] = ["stspg.io"];

pub use client::Statuspage;
