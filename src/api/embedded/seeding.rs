//! Putting the demonstration on the embedded page, and taking it off again. Linked by the console
//! only.

use chrono::{DateTime, Utc};

use super::demo;
use super::records::{self, INCIDENTS, ORDER, OVER_DEMO};
use super::rules::read_order_key;
use super::writer::{self, STORES, Writer};
use crate::api::error::ApiError;
use crate::platform::storage::store::Transaction;

impl Writer {
    /// Puts a year of made-up incidents on the page, in place of an earlier demonstration. Says how
    /// many. The page's components are needed first: see [`Writer::seed_components`].
    pub async fn seed_demo(&self, seed: u64, now: DateTime<Utc>) -> Result<usize, ApiError> {
        let count = self
            .database
            .change(&STORES, async |at| {
                remove(at).await?;
                let incidents = demo::history(seed, now, &writer::components(at).await?);
                for incident in &incidents {
                    writer::save(at, None, incident).await?;
                }
                Ok::<_, ApiError>(incidents.len())
            })
            .await?;
        records::tell();
        Ok(count)
    }

    /// Takes the demonstration off the page. Says how many incidents it was.
    pub async fn clear_demo(&self) -> Result<usize, ApiError> {
        let count = self.database.change(&STORES, remove).await?;
        if count > 0 {
            records::tell();
        }
        Ok(count)
    }

    /// Whether a demonstration is on the page.
    pub async fn has_demo(&self) -> Result<bool, ApiError> {
        let order = self.database.all(ORDER).await?;
        Ok(order.iter().any(|(_, word)| word == OVER_DEMO))
    }
}

/// A demonstration incident that somebody has reopened is theirs until it is over again.
async fn remove(at: &Transaction) -> Result<usize, ApiError> {
    let mut count = 0;
    for (key, _) in at
        .all(ORDER)
        .await?
        .into_iter()
        .filter(|(_, word)| word == OVER_DEMO)
    {
        at.delete(ORDER, &key).await?;
        if let Some((_, id)) = read_order_key(&key) {
            at.delete(INCIDENTS, &id.0).await?;
        }
        count += 1;
    }
    Ok(count)
}
