//! Sending through SendGrid.

use super::{AFTER_LOSS, LIMITS, results, sending};
use crate::api::error::ApiError;
use crate::api::http::Net;
use crate::api::mail::{Batch, Found, Limits, MailResult, SendMail};
use crate::domain::after_loss::AfterLoss;

/// SendGrid, reached through the edge of this host.
#[derive(Debug, Clone)]
pub struct Sendgrid<N>(pub N);

impl<N: Net> Sendgrid<N> {
    async fn hand_in(&self, batch: &Batch, test: bool) -> Result<Vec<MailResult>, ApiError> {
        let request = sending(&self.0.site_path(), batch, &self.0.random()?, test)?;
        results(&self.0.send(&request).await?, batch)
    }
}

impl<N: Net> SendMail for Sendgrid<N> {
    fn name(&self) -> &'static str {
        "SendGrid"
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

    async fn read_back(&self, _op: &str, _number: u32) -> Result<Vec<Found>, ApiError> {
        Err(ApiError::Refused(
            "SendGrid cannot be asked what it has".to_owned(),
        ))
    }

    async fn rehearse(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        self.hand_in(batch, true).await
    }

    async fn try_key(&self) -> Result<(), ApiError> {
        // A rehearsal goes with it already.
        Ok(())
    }
}
