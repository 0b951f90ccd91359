//! Sending through Postmark.

use super::{AFTER_LOSS, LIMITS, found, key_taken, results, search, sending, trial_of_key};
use crate::api::error::ApiError;
use crate::api::http;
use crate::api::mail::{Batch, Found, Limits, MailResult, SendMail};
use crate::domain::after_loss::AfterLoss;
use crate::platform::page;

/// Postmark, reached through the edge of this host.
#[derive(Debug, Clone)]
pub struct Postmark {
    stream: Option<String>,
}

impl Postmark {
    /// Postmark, through a message stream where one is named.
    pub fn new(stream: Option<String>) -> Self {
        Self { stream }
    }

    async fn hand_in(&self, batch: &Batch, test: bool) -> Result<Vec<MailResult>, ApiError> {
        let request = sending(&page::site_path(), self.stream.as_deref(), batch, test);
        results(&http::send(&request).await?, batch.mails.len())
    }
}

impl SendMail for Postmark {
    fn limits(&self) -> Limits {
        LIMITS
    }

    fn after_loss(&self) -> AfterLoss {
        AFTER_LOSS
    }

    async fn send(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        self.hand_in(batch, false).await
    }

    async fn read_back(&self, op: &str, number: u32) -> Result<Vec<Found>, ApiError> {
        let mut all = Vec::new();
        let mut offset = Some(0);
        while let Some(from) = offset {
            let request = search(&page::site_path(), self.stream.as_deref(), op, from);
            let page = found(&http::send(&request).await?, op, number, from)?;
            all.extend(page.found);
            offset = page.next;
        }
        Ok(all)
    }

    async fn rehearse(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        self.hand_in(batch, true).await
    }

    async fn try_key(&self) -> Result<(), ApiError> {
        // A rehearsal goes with the public test token: it says nothing of the key.
        key_taken(&http::send(&trial_of_key(&page::site_path())).await?)
    }
}
