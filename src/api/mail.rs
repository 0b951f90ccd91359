//! What the console asks of a mail service.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::error::ApiError;

/// One mail, complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The recipient's address.
    pub to: String,
    /// The recipient's name, where it is known.
    pub name: Option<String>,
    /// The subject.
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
    /// The mails.
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
}

/// Sending mail.
#[expect(async_fn_in_trait, reason = "used in one thread, never as an object")]
pub trait SendMail {
    /// How many mails a batch may hold.
    fn batch_size(&self) -> usize;
    /// Sends a batch; one result a mail, in the batch's order.
    async fn send(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError>;
}
