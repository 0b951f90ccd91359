//! Sending through SendGrid.

use super::{AFTER_LOSS, LIMITS, results, sending};
use crate::api::error::ApiError;
use crate::api::http;
use crate::api::mail::{Batch, Found, Limits, MailResult, SendMail};
use crate::domain::after_loss::AfterLoss;
use crate::platform::{id, page};

/// SendGrid, reached through the edge of this host.
#[derive(Debug, Clone)]
pub struct Sendgrid;

impl Sendgrid {
    async fn hand_in(batch: &Batch, test: bool) -> Result<Vec<MailResult>, ApiError> {
        let request = sending(&page::site_path(), batch, &id::random()?, test)?;
        results(&http::send(&request).await?, batch)
    }
}

impl SendMail for Sendgrid {
    fn limits(&self) -> Limits {
        LIMITS
    }

    fn after_loss(&self) -> AfterLoss {
        AFTER_LOSS
    }

    async fn send(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        Self::hand_in(batch, false).await
    }

    async fn read_back(&self, _op: &str, _number: u32) -> Result<Vec<Found>, ApiError> {
        Err(ApiError::Refused(
            "SendGrid cannot be asked what it has".to_owned(),
        ))
    }

    async fn rehearse(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        Self::hand_in(batch, true).await
    }

    async fn try_key(&self) -> Result<(), ApiError> {
        // A rehearsal goes with it already.
        Ok(())
    }
}
