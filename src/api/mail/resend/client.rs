//! Sending through Resend.

use super::wire::NAME;
use super::{AFTER_LOSS, LIMITS, rehearsal, results, sending};
use crate::api::error::ApiError;
use crate::api::http::Net;
use crate::api::mail::{Batch, Found, Limits, MailResult, SendMail};
use crate::domain::after_loss::AfterLoss;

/// Resend, reached through the edge of this host.
#[derive(Debug, Clone)]
pub struct Resend<N>(pub N);

impl<N: Net> SendMail for Resend<N> {
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
        let request = sending(&self.0.site_path(), batch);
        results(&self.0.send(&request).await?, batch.mails.len())
    }

    async fn read_back(&self, _op: &str, _number: u32) -> Result<Vec<Found>, ApiError> {
        // A batch is sent again under its key instead.
        Ok(Vec::new())
    }

    async fn rehearse(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        let request = rehearsal(&self.0.site_path(), batch);
        results(&self.0.send(&request).await?, batch.mails.len())
    }

    async fn try_key(&self) -> Result<(), ApiError> {
        // A rehearsal goes with it already.
        Ok(())
    }
}
