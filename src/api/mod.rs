//! The outside world: what the apps ask of a status page and of a mail service, as traits that the
//! embedded provider implements today and hosted ones tomorrow. Knows the domain, not the SOP. What
//! needs no browser compiles, and is tested, on the host.

pub mod embedded;
pub mod error;
pub mod mail;
pub mod page;

#[cfg(target_arch = "wasm32")]
pub mod http;
