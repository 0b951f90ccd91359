//! One transaction of the database: what can be done within it, and how it ends.

use std::future::IntoFuture;

use idb::request::PutStoreRequest;
use idb::{KeyRange, ObjectStore, Query, TransactionResult};
use wasm_bindgen::JsValue;
use web_sys::{IdbRequest, IdbTransaction};

use crate::platform::PlatformError;

pub(super) const WHAT: &str = "storage";

/// The stores of a database, as they stand in one transaction.
pub struct Transaction {
    inner: idb::Transaction,
    raw: IdbTransaction,
}

impl Transaction {
    /// The value under a key.
    pub async fn get(&self, store: &str, key: &str) -> Result<Option<String>, PlatformError> {
        let value = answer(self.store(store)?.get(JsValue::from_str(key))).await?;
        Ok(value.map(|value| text(&value)))
    }

    /// Writes a value.
    pub async fn put(&self, store: &str, key: &str, value: &str) -> Result<(), PlatformError> {
        let (key, value) = (JsValue::from_str(key), JsValue::from_str(value));
        answer(self.store(store)?.put(&value, Some(&key))).await?;
        Ok(())
    }

    /// Writes these as the last thing of the transaction and ends it, all before the first wait: by then the
    /// browser has everything in hand, and keeps it also where the page is closed now.
    pub(super) async fn put_last(
        &self,
        records: &[super::store::Record<'_>],
    ) -> Result<(), PlatformError> {
        let mut made = Vec::new();
        for (store, key, value) in records {
            let (key, value) = (JsValue::from_str(key), JsValue::from_str(value));
            let put = self.store(store)?.put(&value, Some(&key));
            let raw = DeafRequest(put.map_err(failed)?.into());
            // Listens from now on.
            let answer = PutStoreRequest::from(raw.0.clone()).into_future();
            made.push((raw, answer));
        }
        idb::Transaction::from(self.raw.clone())
            .commit()
            .map_err(failed)?;
        // The transaction knows that one has failed before it knows why.
        for (_raw, answer) in made {
            answer.await.map_err(failed)?;
        }
        Ok(())
    }

    /// Deletes what is under a key, if anything is.
    pub async fn delete(&self, store: &str, key: &str) -> Result<(), PlatformError> {
        answer(self.store(store)?.delete(JsValue::from_str(key))).await
    }

    /// Deletes everything in a store.
    pub async fn clear(&self, store: &str) -> Result<(), PlatformError> {
        answer(self.store(store)?.clear()).await
    }

    /// How many records a store holds.
    pub async fn count(&self, store: &str) -> Result<u32, PlatformError> {
        answer(self.store(store)?.count(None)).await
    }

    /// Every key and value, in the order of the keys.
    pub async fn all(&self, store: &str) -> Result<Vec<(String, String)>, PlatformError> {
        self.entries(store, None, None).await
    }

    /// The keys from `from` up to but not including `until`, and their values, in order.
    pub async fn range(
        &self,
        store: &str,
        from: &str,
        until: &str,
    ) -> Result<Vec<(String, String)>, PlatformError> {
        if from >= until {
            return Ok(Vec::new());
        }
        let (lower, upper) = (JsValue::from_str(from), JsValue::from_str(until));
        let range = KeyRange::bound(&lower, &upper, Some(false), Some(true));
        self.entries(store, Some(range.map_err(failed)?.into()), None)
            .await
    }

    /// The last `limit` keys and their values, last first.
    pub async fn last(
        &self,
        store: &str,
        limit: usize,
    ) -> Result<Vec<(String, String)>, PlatformError> {
        let keys = answer(self.store(store)?.get_all_keys(None, None)).await?;
        let Some(first) = keys.get(keys.len().saturating_sub(limit)) else {
            return Ok(Vec::new());
        };
        let range = KeyRange::lower_bound(first, Some(false)).map_err(failed)?;
        let mut entries = self.entries(store, Some(range.into()), None).await?;
        entries.reverse();
        Ok(entries)
    }

    /// Up to `limit` keys after this one, and their values, in order.
    pub async fn after(
        &self,
        store: &str,
        key: &str,
        limit: u32,
    ) -> Result<Vec<(String, String)>, PlatformError> {
        let range = KeyRange::lower_bound(&JsValue::from_str(key), Some(true)).map_err(failed)?;
        self.entries(store, Some(range.into()), Some(limit)).await
    }

    async fn entries(
        &self,
        store: &str,
        query: Option<Query>,
        limit: Option<u32>,
    ) -> Result<Vec<(String, String)>, PlatformError> {
        let store = self.store(store)?;
        let keys = answer(store.get_all_keys(query.clone(), limit)).await?;
        let values = answer(store.get_all(query, limit)).await?;
        Ok(keys
            .iter()
            .zip(&values)
            .map(|(key, value)| (text(key), text(value)))
            .collect())
    }

    fn store(&self, name: &str) -> Result<ObjectStore, PlatformError> {
        self.inner.object_store(name).map_err(failed)
    }
}

/// What a request comes to.
async fn answer<R, T>(made: Result<R, idb::Error>) -> Result<T, PlatformError>
where
    R: Into<IdbRequest> + From<IdbRequest> + IntoFuture<Output = Result<T, idb::Error>>,
{
    let raw = DeafRequest(made.map_err(failed)?.into());
    R::from(raw.0.clone()).await.map_err(failed)
}

/// Takes our listeners off a request, so that it may outlive a caller that lost interest.
struct DeafRequest(IdbRequest);

impl Drop for DeafRequest {
    fn drop(&mut self) {
        self.0.set_onsuccess(None);
        self.0.set_onerror(None);
    }
}

/// Runs a body within a transaction, and answers only when the browser has kept the outcome.
pub(super) async fn run<T, E: From<PlatformError>>(
    begun: idb::Transaction,
    body: impl AsyncFnOnce(&Transaction) -> Result<T, E>,
) -> Result<T, E> {
    let raw = Deaf(begun.into());
    // Listen before the first request: an outcome that nobody heard would be waited for for ever.
    let outcome = idb::Transaction::from(raw.0.clone()).into_future();
    let at = Transaction {
        inner: raw.0.clone().into(),
        raw: raw.0.clone(),
    };
    match body(&at).await {
        Ok(value) => match outcome.await {
            Ok(TransactionResult::Committed) => Ok(value),
            Ok(TransactionResult::Aborted) => Err(aborted(&raw.0).into()),
            Err(error) => Err(failure(&error).into()),
        },
        Err(error) => {
            // Where a request has failed, the browser has already undone everything by itself.
            let _undone = raw.0.abort();
            let _ended = outcome.await;
            Err(error)
        }
    }
}

/// Takes our listeners off a transaction, so that it may outlive a caller that lost interest.
struct Deaf(IdbTransaction);

impl Drop for Deaf {
    fn drop(&mut self) {
        self.0.set_oncomplete(None);
        self.0.set_onabort(None);
        self.0.set_onerror(None);
    }
}

fn aborted(transaction: &IdbTransaction) -> PlatformError {
    transaction.error().map_or_else(
        || PlatformError::Failed {
            what: WHAT,
            why: "the browser undid the change".to_owned(),
        },
        |error| PlatformError::thrown(WHAT, &error),
    )
}

/// The text of a stored value. What is not text was not written by us; its JSON is handed on, so that
/// whoever reads it can report it.
fn text(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| {
        js_sys::JSON::stringify(value)
            .ok()
            .and_then(|json| json.as_string())
            .unwrap_or_default()
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is the argument of map_err"
)]
fn failed(error: idb::Error) -> PlatformError {
    failure(&error)
}

/// What an error of the database means to us.
pub(super) fn failure(error: &idb::Error) -> PlatformError {
    use idb::Error as E;
    match error {
        E::IndexedDbNotFound(_) => PlatformError::Missing(WHAT),
        E::DomException(thrown) => PlatformError::thrown(WHAT, thrown),
        E::IndexedDbOpenFailed(thrown)
        | E::IndexedDbDeleteFailed(thrown)
        | E::ObjectStoreNotFound(thrown)
        | E::TransactionOpenFailed(thrown)
        | E::TransactionCommitError(thrown)
        | E::UpdateFailed(thrown)
        | E::DeleteFailed(thrown)
        | E::GetFailed(thrown) => PlatformError::thrown(WHAT, thrown),
        other => PlatformError::Failed {
            what: WHAT,
            why: other.to_string(),
        },
    }
}
