//! What an adapter needs of the world: requests that are answered, a clock, patience, and chance. A browser gives them
//! ([`Browser`](super::Browser)), or a test whose services stand beside it.

use std::future::Future;

use chrono::{DateTime, Utc};

use super::{Request, Response};
use crate::api::error::ApiError;

/// The way out. Cloning leads to the same world.
pub trait Net: Clone {
    /// The time by this device's clock.
    fn now(&self) -> DateTime<Utc>;
    /// Waits so many milliseconds.
    fn sleep(&self, ms: u32) -> impl Future<Output = ()>;
    /// Sends a request and waits for the whole answer. A status of failure is an answer, not an error.
    ///
    /// # Errors
    /// It did not leave, or it may have happened.
    fn send(&self, request: &Request) -> impl Future<Output = Result<Response, ApiError>>;
    /// Where the site stands on its host, with a slash at its end: the edge's paths begin there.
    fn site_path(&self) -> String;
    /// Letters and digits that nobody can guess.
    ///
    /// # Errors
    /// This browser gives none.
    fn random(&self) -> Result<String, ApiError>;
}
