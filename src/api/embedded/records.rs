//! What the embedded provider keeps, and how its records are read back: a record that cannot be read
//! is put aside and told, never a reason to stop.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::api::error::ApiError;
use crate::platform::PlatformError;
use crate::platform::storage::store::{Database, Transaction};
use crate::platform::tabs::{Channel, Subscription};

/// Incidents as JSON, by id.
pub(super) const INCIDENTS: &str = "incidents";
/// The order of beginnings: a key of [`super::rules::order_key`], with [`OPEN`], [`OVER`] or
/// [`OVER_DEMO`].
pub(super) const ORDER: &str = "order";
/// Single records: [`COMPONENTS`], [`OPEN_LIST`], [`CHAOS`].
pub(super) const META: &str = "meta";
/// Receipts by operation.
pub(super) const OPERATIONS: &str = "operations";
/// Mails by time.
pub(super) const OUTBOX: &str = "outbox";
/// Results of batches, by operation and number.
pub(super) const BATCHES: &str = "batches";

/// The components, in the page's order.
pub(super) const COMPONENTS: &str = "components";
/// The order keys of the incidents that are open.
pub(super) const OPEN_LIST: &str = "open";
/// The failure switch.
pub(super) const CHAOS: &str = "chaos";

pub(super) const OPEN: &str = "open";
pub(super) const OVER: &str = "over";
pub(super) const OVER_DEMO: &str = "over, demonstration";

const NAME: &str = "provider";
const VERSION: u32 = 1;
/// All of them.
pub(super) const STORES: [&str; 6] = [INCIDENTS, ORDER, META, OPERATIONS, OUTBOX, BATCHES];

/// The provider's database.
pub(super) fn database() -> Database {
    Database::new(NAME, VERSION, &STORES)
}

/// Deletes everything that the provider keeps.
pub async fn forget() -> Result<(), PlatformError> {
    database().empty().await?;
    tell();
    Ok(())
}

/// Tells every tab that something has changed. A tab that cannot be told reads again by itself after a
/// while, so that this is no reason to call the change a failure.
pub(super) fn tell() {
    let _told = Channel::open(NAME).and_then(|channel| channel.publish("changed"));
}

/// Calls back after every change of the page, the outbox or the failure switch, in any tab, until the
/// handle is dropped.
pub fn watch(mut callback: impl FnMut() + 'static) -> Result<Subscription, PlatformError> {
    Channel::open(NAME)?.subscribe(move |_| callback())
}

/// A record that could not be read, with its raw text so that nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableRecord {
    /// Which kind of record.
    pub store: &'static str,
    pub key: String,
    /// Its text as it stands in the browser.
    pub raw: String,
    /// What is wrong with it.
    pub why: String,
}

impl UnreadableRecord {
    /// As an error of the one request that cannot do without it.
    pub(super) fn into_error(self) -> ApiError {
        ApiError::Garbled(format!(
            "a stored record ({} {}) cannot be read: {}",
            self.store, self.key, self.why
        ))
    }
}

/// A record that `read` can make something of: `Ok(None)` where there is none. For what the status page
/// reads, which does without the derived readers that the console's writing needs.
pub(super) async fn get_as<T>(
    at: &Transaction,
    store: &'static str,
    key: &str,
    read: fn(&Value) -> Option<T>,
) -> Result<Result<Option<T>, UnreadableRecord>, PlatformError> {
    let Some(raw) = at.get(store, key).await? else {
        return Ok(Ok(None));
    };
    let value: Result<Value, UnreadableRecord> = parse(store, key, raw.clone());
    Ok(value.and_then(|value| {
        read(&value).map(Some).ok_or_else(|| UnreadableRecord {
            store,
            key: key.to_owned(),
            raw,
            why: "it lacks what such a record has".to_owned(),
        })
    }))
}

/// A record: `Ok(None)` where there is none.
pub(super) async fn get<T: DeserializeOwned>(
    at: &Transaction,
    store: &'static str,
    key: &str,
) -> Result<Result<Option<T>, UnreadableRecord>, PlatformError> {
    let Some(raw) = at.get(store, key).await? else {
        return Ok(Ok(None));
    };
    Ok(parse(store, key, raw).map(Some))
}

pub(super) fn parse<T: DeserializeOwned>(
    store: &'static str,
    key: &str,
    raw: String,
) -> Result<T, UnreadableRecord> {
    serde_json::from_str(&raw).map_err(|error| UnreadableRecord {
        store,
        key: key.to_owned(),
        raw,
        why: error.to_string(),
    })
}

pub(super) async fn put(
    at: &Transaction,
    store: &str,
    key: &str,
    value: &impl Serialize,
) -> Result<(), ApiError> {
    let json = serde_json::to_string(value)
        .map_err(|error| ApiError::NotSent(format!("it cannot be written down: {error}")))?;
    Ok(at.put(store, key, &json).await?)
}
