//! The embedded mail service: what is sent lands in an outbox in this browser, with both parts as
//! they would arrive. No address leaves. Linked by the console only.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::failure::FailureSwitch;
use super::records::{self, BATCHES, OUTBOX, UnreadableRecord};
use super::rules;
use crate::api::error::ApiError;
use crate::api::mail::{Batch, Found, Limits, Mail, MailResult, SendMail};
use crate::domain::after_loss::AfterLoss;
use crate::platform::PlatformError;
use crate::platform::storage::store::Database;

const BATCH: usize = 50;
/// Addresses of this domain are refused, so that a failure list can be seen.
const REFUSED: &str = "@refused.example";

/// A mail in the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredMail {
    /// Its id here, by which [`Outbox::read`] finds it.
    pub id: String,
    /// The operation that sent it.
    pub op: String,
    /// The number of its batch within the operation.
    pub batch: u32,
    /// The sender.
    pub from: String,
    /// The address for answers.
    pub reply_to: String,
    /// When it was accepted.
    pub at: DateTime<Utc>,
    /// The mail as it would arrive.
    pub mail: Mail,
}

/// The embedded mail service. Cloning shares the connection.
#[derive(Clone)]
pub struct Outbox {
    database: Database,
    switch: FailureSwitch,
}

impl Default for Outbox {
    fn default() -> Self {
        Self::new()
    }
}

impl Outbox {
    /// The outbox. Nothing is opened before the first mail or question.
    pub fn new() -> Self {
        let database = records::database();
        Self {
            switch: FailureSwitch::of(database.clone()),
            database,
        }
    }

    /// The newest `limit` mails, newest first, and the records that could not be read.
    pub async fn list(
        &self,
        limit: usize,
    ) -> Result<(Vec<StoredMail>, Vec<UnreadableRecord>), ApiError> {
        let records = self
            .database
            .read(&[OUTBOX], async |at| at.last(OUTBOX, limit).await)
            .await
            .map_err(|error: PlatformError| ApiError::from(error))?;
        let mut corrupt = Vec::new();
        let mails = records
            .into_iter()
            .filter_map(|(key, raw)| {
                records::parse(OUTBOX, &key, raw)
                    .map_err(|broken| corrupt.push(broken))
                    .ok()
            })
            .collect();
        Ok((mails, corrupt))
    }

    /// How many mails there are.
    pub async fn count(&self) -> Result<u32, ApiError> {
        let counted: Result<u32, PlatformError> = self
            .database
            .read(&[OUTBOX], async |at| at.count(OUTBOX).await)
            .await;
        Ok(counted?)
    }

    pub async fn read(&self, id: &str) -> Result<Option<StoredMail>, ApiError> {
        let Some(raw) = self.database.get(OUTBOX, id).await? else {
            return Ok(None);
        };
        records::parse(OUTBOX, id, raw)
            .map(Some)
            .map_err(UnreadableRecord::into_error)
    }

    /// Throws every mail away; which batches were sent stays known, so that none is sent again.
    pub async fn clear(&self) -> Result<(), ApiError> {
        let cleared: Result<(), PlatformError> = self
            .database
            .change(&[OUTBOX], async |at| at.clear(OUTBOX).await)
            .await;
        cleared?;
        records::tell();
        Ok(())
    }
}

impl SendMail for Outbox {
    fn name(&self) -> &'static str {
        "the embedded outbox"
    }

    fn is_hosted(&self) -> bool {
        false
    }

    fn limits(&self) -> Limits {
        Limits {
            mails: BATCH,
            bytes: usize::MAX,
        }
    }

    fn after_loss(&self) -> AfterLoss {
        // A batch is taken once, for as long as its record is kept.
        AfterLoss::SendAgain
    }

    async fn send(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        if batch.mails.len() > BATCH {
            return Err(ApiError::Refused(format!(
                "a batch holds at most {BATCH} mails"
            )));
        }
        let answer = self.switch.admit().await?;
        let results = self
            .database
            .change(&[OUTBOX, BATCHES], async |at| {
                let key = format!("{}|{}", batch.op, batch.number);
                let first = records::get(at, BATCHES, &key)
                    .await?
                    .map_err(UnreadableRecord::into_error)?;
                if let Some(first) = first {
                    return Ok(first);
                }
                let mut results = Vec::with_capacity(batch.mails.len());
                for (index, mail) in batch.mails.iter().enumerate() {
                    let result = judge(mail).map_or_else(
                        || MailResult::Accepted(mail_id(batch, index)),
                        |reason| MailResult::Refused(reason.to_owned()),
                    );
                    if let MailResult::Accepted(id) = &result {
                        records::put(at, OUTBOX, id, &stored(id, batch, mail)).await?;
                    }
                    results.push(result);
                }
                records::put(at, BATCHES, &key, &results).await?;
                Ok::<_, ApiError>(results)
            })
            .await?;
        records::tell();
        answer.deliver(results)
    }

    async fn read_back(&self, op: &str, number: u32) -> Result<Vec<Found>, ApiError> {
        let kept = self
            .database
            .read(&[BATCHES], async |at| {
                records::get::<Vec<MailResult>>(at, BATCHES, &format!("{op}|{number}")).await
            })
            .await?
            .map_err(UnreadableRecord::into_error)?;
        let found = (0..).zip(kept.unwrap_or_default());
        Ok(found
            .filter_map(|(item, result)| match result {
                MailResult::Accepted(id) => Some(Found { item, id }),
                MailResult::Refused(_) | MailResult::Lost(_) => None,
            })
            .collect())
    }

    async fn rehearse(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        let judged = batch.mails.iter().map(|mail| {
            judge(mail).map_or_else(
                || MailResult::Accepted("rehearsal".to_owned()),
                |reason| MailResult::Refused(reason.to_owned()),
            )
        });
        Ok(judged.collect())
    }

    async fn try_key(&self) -> Result<(), ApiError> {
        // There is none.
        Ok(())
    }
}

/// Why a mail service would not take a mail.
fn judge(mail: &Mail) -> Option<&'static str> {
    if !email_address::EmailAddress::is_valid(&mail.to) {
        Some("this is no address")
    } else if mail.to.to_ascii_lowercase().ends_with(REFUSED) {
        Some("the recipient's server refused it")
    } else if mail.subject.contains(['\r', '\n']) {
        Some("the subject has more than one line")
    } else {
        None
    }
}

/// Sorts by time, then by place in the operation.
fn mail_id(batch: &Batch, index: usize) -> String {
    format!(
        "{}{}|{:06}|{index:03}",
        rules::order_key_from(batch.now),
        batch.op,
        batch.number
    )
}

fn stored(id: &str, batch: &Batch, mail: &Mail) -> StoredMail {
    StoredMail {
        id: id.to_owned(),
        op: batch.op.clone(),
        batch: batch.number,
        from: batch.from.clone(),
        reply_to: batch.reply_to.clone(),
        at: batch.now,
        mail: mail.clone(),
    }
}
