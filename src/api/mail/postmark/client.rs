//! Sending through Postmark.

use super::wire::NAME;
use super::{AFTER_LOSS, LIMITS, found, key_taken, results, search, sending, trial_of_key};
use crate::api::error::ApiError;
use crate::api::http::Net;
use crate::api::mail::{Batch, Found, Limits, MailResult, SendMail};
use crate::domain::after_loss::AfterLoss;

/// Postmark, reached through the edge of this host.
#[derive(Debug, Clone)]
pub struct Postmark<N> {
    net: N,
    stream: Option<String>,
}

impl<N: Net> Postmark<N> {
    /// Postmark, through a message stream where one is named.
    pub fn new(net: N, stream: Option<String>) -> Self {
        Self { net, stream }
    }

    async fn hand_in(&self, batch: &Batch, test: bool) -> Result<Vec<MailResult>, ApiError> {
        let request = sending(&self.net.site_path(), self.stream.as_deref(), batch, test);
        results(&self.net.send(&request).await?, batch.mails.len())
    }
}

impl<N: Net> SendMail for Postmark<N> {
    fn name(&self) -> &'static str {
        NAME
    }

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
            let request = search(&self.net.site_path(), self.stream.as_deref(), op, from);
            let page = found(&self.net.send(&request).await?, op, number, from)?;
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
        key_taken(&self.net.send(&trial_of_key(&self.net.site_path())).await?)
    }
}
