//! The outside world: what the apps ask of a status page, a mail service and the team's channel, as traits that the
//! embedded provider and the hosted services implement. Knows the domain, not the SOP. What needs no
//! browser compiles, and is tested, on the host.

pub mod edge;
pub mod embedded;
pub mod error;
pub mod http;
pub mod mail;
pub mod page;
pub mod public_page;
pub mod statuspage;
pub mod team;

#[cfg(target_arch = "wasm32")]
pub mod provider;
