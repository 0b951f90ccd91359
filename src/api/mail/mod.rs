//! What the console asks of a mail service, and the services that are spoken.

mod address;
mod answer;
pub mod postmark;
pub mod resend;
pub mod sendgrid;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::error::ApiError;
use crate::domain::after_loss::AfterLoss;

/// One mail, complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The recipient's address.
    pub to: String,
    /// The recipient's name, where it is known.
    pub name: Option<String>,
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// A batch of mails of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The operation's id and the batch's number within it: the same batch is never sent twice.
    pub op: String,
    /// From 0.
    pub number: u32,
    /// "Name <address>" of the sender.
    pub from: String,
    /// The address for answers.
    pub reply_to: String,
    pub mails: Vec<Mail>,
    /// The moment of sending, UTC.
    pub now: DateTime<Utc>,
}

/// What became of one mail of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailResult {
    /// Accepted, with the service's id.
    Accepted(String),
    /// Refused, with the service's reason.
    Refused(String),
    /// It may have been delivered; why that is not known. Only of some mails of a batch: where the answer to all of them
    /// was lost, that is the batch's error.
    Lost(String),
}

/// How much a service takes in one batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub mails: usize,
    /// Bytes of the request's body.
    pub bytes: usize,
}

/// A mail that the service has of a batch, found by reading back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The mail's place in its batch, from 0.
    pub item: u32,
    /// The service's id.
    pub id: String,
}

#[expect(async_fn_in_trait, reason = "used in one thread, never as an object")]
pub trait SendMail {
    /// What people call the service.
    fn name(&self) -> &'static str;
    /// Whether mails really leave.
    fn is_hosted(&self) -> bool {
        true
    }
    /// How much a batch may hold.
    fn limits(&self) -> Limits;
    /// What may be done when an answer was lost.
    fn after_loss(&self) -> AfterLoss;
    /// Sends a batch; one result a mail, in the batch's order.
    async fn send(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError>;
    /// What the service has of a batch, for services that can be read back.
    async fn read_back(&self, op: &str, number: u32) -> Result<Vec<Found>, ApiError>;
    /// Has the service check a batch as if it were sent; nothing is delivered.
    async fn rehearse(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError>;
    /// Whether the service takes the key that real mails go with, where a rehearsal goes without it.
    async fn try_key(&self) -> Result<(), ApiError>;
}
