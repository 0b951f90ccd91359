//! What the console asks of the team's own channel: one notice, through a webhook whose address the edge alone knows. A
//! webhook cannot be asked what it has, and cannot be told that a notice is the same as before: one whose answer was lost is
//! repeated by a person or by nobody.

mod client;
mod wire;

pub use client::{Webhook, answer};
pub use wire::request;

use super::error::ApiError;

#[expect(async_fn_in_trait, reason = "used in one thread, never as an object")]
pub trait TellTeam {
    /// Has the service put a notice into the channel; its id there, where the service says one.
    async fn tell(&self, text: &str) -> Result<Option<String>, ApiError>;
}
