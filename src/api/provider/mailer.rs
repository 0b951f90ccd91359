//! The mail service that the console sends through: kept in this browser, or hosted.

use crate::api::embedded::Outbox;
use crate::api::error::ApiError;
use crate::api::http::Browser;
use crate::api::mail::postmark::Postmark;
use crate::api::mail::resend::Resend;
use crate::api::mail::sendgrid::Sendgrid;
use crate::api::mail::{Batch, Found, Limits, MailResult, SendMail};
use crate::domain::after_loss::AfterLoss;

/// The service. Cloning shares its connection.
#[derive(Clone)]
pub enum Mailer {
    /// The outbox of this browser: nothing leaves it.
    Embedded(Outbox),
    Postmark(Postmark<Browser>),
    Resend(Resend<Browser>),
    Sendgrid(Sendgrid<Browser>),
}

impl SendMail for Mailer {
    fn name(&self) -> &'static str {
        match self {
            Self::Embedded(outbox) => outbox.name(),
            Self::Postmark(service) => service.name(),
            Self::Resend(service) => service.name(),
            Self::Sendgrid(service) => service.name(),
        }
    }

    fn is_hosted(&self) -> bool {
        match self {
            Self::Embedded(outbox) => outbox.is_hosted(),
            Self::Postmark(service) => service.is_hosted(),
            Self::Resend(service) => service.is_hosted(),
            Self::Sendgrid(service) => service.is_hosted(),
        }
    }

    fn limits(&self) -> Limits {
        match self {
            Self::Embedded(outbox) => outbox.limits(),
            Self::Postmark(service) => service.limits(),
            Self::Resend(service) => service.limits(),
            Self::Sendgrid(service) => service.limits(),
        }
    }

    fn after_loss(&self) -> AfterLoss {
        match self {
            Self::Embedded(outbox) => outbox.after_loss(),
            Self::Postmark(service) => service.after_loss(),
            Self::Resend(service) => service.after_loss(),
            Self::Sendgrid(service) => service.after_loss(),
        }
    }

    async fn send(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        match self {
            Self::Embedded(outbox) => outbox.send(batch).await,
            Self::Postmark(service) => service.send(batch).await,
            Self::Resend(service) => service.send(batch).await,
            Self::Sendgrid(service) => service.send(batch).await,
        }
    }

    async fn read_back(&self, op: &str, number: u32) -> Result<Vec<Found>, ApiError> {
        match self {
            Self::Embedded(outbox) => outbox.read_back(op, number).await,
            Self::Postmark(service) => service.read_back(op, number).await,
            Self::Resend(service) => service.read_back(op, number).await,
            Self::Sendgrid(service) => service.read_back(op, number).await,
        }
    }

    async fn rehearse(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        match self {
            Self::Embedded(outbox) => outbox.rehearse(batch).await,
            Self::Postmark(service) => service.rehearse(batch).await,
            Self::Resend(service) => service.rehearse(batch).await,
            Self::Sendgrid(service) => service.rehearse(batch).await,
        }
    }

    async fn try_key(&self) -> Result<(), ApiError> {
        match self {
            Self::Embedded(outbox) => outbox.try_key().await,
            Self::Postmark(service) => service.try_key().await,
            Self::Resend(service) => service.try_key().await,
            Self::Sendgrid(service) => service.try_key().await,
        }
    }
}
