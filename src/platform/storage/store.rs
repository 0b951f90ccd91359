//! The database of this browser: named stores of text under text keys, by IndexedDB.
//!
//! A [`Database`] opens itself at its first use, and again after the browser has closed it. Every
//! change is one transaction: all of it is kept, or none.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use idb::TransactionMode;
use wasm_bindgen_futures::spawn_local;

use super::connection::{Connection, Shape, open};
use super::transaction;
pub use super::transaction::Transaction;
use crate::platform::{PlatformError, page};

/// A database and the stores in it. Cloning shares the connection.
#[derive(Clone)]
pub struct Database {
    shape: Rc<Shape>,
    connection: Rc<RefCell<Option<Connection>>>,
    /// An opening that another tab holds up is still queued in the browser: a second one would stand
    /// behind it and hear nothing.
    held_up: Rc<Cell<bool>>,
}

/// One record to write: store, key, value.
pub type Record<'a> = (&'a str, &'a str, &'a str);

impl Database {
    /// The database of that name below [`page::prefix`]. Raise `version` whenever `stores` grows: the
    /// new ones are then made beside the old ones, and nothing is deleted.
    pub fn new(name: &str, version: u32, stores: &'static [&'static str]) -> Self {
        let shape = Shape {
            name: format!("{}{name}", page::prefix()),
            version,
            stores,
        };
        Self {
            shape: Rc::new(shape),
            connection: Rc::default(),
            held_up: Rc::default(),
        }
    }

    /// The value under a key.
    pub async fn get(&self, store: &str, key: &str) -> Result<Option<String>, PlatformError> {
        self.read(&[store], async |at| at.get(store, key).await)
            .await
    }

    /// Every key and value, in the order of the keys.
    pub async fn all(&self, store: &str) -> Result<Vec<(String, String)>, PlatformError> {
        self.read(&[store], async |at| at.all(store).await).await
    }

    /// The keys from `from` up to but not including `until`, and their values, in order.
    pub async fn range(
        &self,
        store: &str,
        from: &str,
        until: &str,
    ) -> Result<Vec<(String, String)>, PlatformError> {
        self.read(&[store], async |at| at.range(store, from, until).await)
            .await
    }

    /// Writes one value.
    pub async fn put(&self, store: &str, key: &str, value: &str) -> Result<(), PlatformError> {
        self.put_many(&[(store, key, value)]).await
    }

    /// Writes all of these or none. From the moment that this is first polled, closing the page loses none.
    pub async fn put_many(&self, records: &[Record<'_>]) -> Result<(), PlatformError> {
        if records.is_empty() {
            return Ok(());
        }
        let mut stores: Vec<&str> = Vec::new();
        for (store, ..) in records {
            if !stores.contains(store) {
                stores.push(store);
            }
        }
        self.change(&stores, async |at| at.put_last(records).await)
            .await
    }

    /// Writes a value where none is, and says whether it did: what is there stays, whichever tab put it there.
    pub async fn keep(&self, store: &str, key: &str, value: &str) -> Result<bool, PlatformError> {
        self.change(&[store], async |at| {
            let is_free = at.get(store, key).await?.is_none();
            if is_free {
                at.put(store, key, value).await?;
            }
            Ok(is_free)
        })
        .await
    }

    /// Deletes what is under a key, if anything is.
    pub async fn delete(&self, store: &str, key: &str) -> Result<(), PlatformError> {
        self.change(&[store], async |at| at.delete(store, key).await)
            .await
    }

    /// Reads several things as they stood at one moment. The body must await nothing but the
    /// transaction: the browser ends one that stands idle.
    pub async fn read<T, E: From<PlatformError>>(
        &self,
        stores: &[&str],
        body: impl AsyncFnOnce(&Transaction) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = self.begin(stores, TransactionMode::ReadOnly).await?;
        transaction::run(begun, body).await
    }

    /// Reads and writes as one step that no other tab can come between; an error undoes all of it.
    /// The body must await nothing but the transaction: the browser ends one that stands idle.
    pub async fn change<T, E: From<PlatformError>>(
        &self,
        stores: &[&str],
        body: impl AsyncFnOnce(&Transaction) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = self.begin(stores, TransactionMode::ReadWrite).await?;
        transaction::run(begun, body).await
    }

    /// Deletes what is in every store. Other tabs that use the database go on using it.
    pub async fn empty(&self) -> Result<(), PlatformError> {
        let stores = self.shape.stores;
        self.change(stores, async |at| {
            for store in stores {
                at.clear(store).await?;
            }
            Ok(())
        })
        .await
    }

    async fn begin(
        &self,
        stores: &[&str],
        mode: TransactionMode,
    ) -> Result<idb::Transaction, PlatformError> {
        let connection = self.connect().await?;
        if let Ok(begun) = connection.transaction(stores, mode) {
            return Ok(begun);
        }
        // The browser may have closed it without a word: once more, with a fresh connection.
        connection.close();
        let connection = self.connect().await?;
        connection
            .transaction(stores, mode)
            .map_err(|error| transaction::failure(&error))
    }

    async fn connect(&self) -> Result<Connection, PlatformError> {
        let known = self.connection.borrow().clone();
        if let Some(known) = known.filter(|known| !known.is_gone()) {
            return Ok(known);
        }
        if self.held_up.get() {
            return Err(PlatformError::Blocked);
        }
        let (opening, blocked) = open(&self.shape)?;
        let mut opening = Box::pin(opening);
        match blocked.or(opening.as_mut()).await {
            Ok(database) => {
                let fresh = Connection::new(database);
                self.connection.replace(Some(fresh.clone()));
                Ok(fresh)
            }
            Err(PlatformError::Blocked) => {
                self.held_up.set(true);
                let this = self.clone();
                spawn_local(async move {
                    // Where it fails after all, the next use of the database opens it and is told.
                    if let Ok(database) = opening.await {
                        this.connection.replace(Some(Connection::new(database)));
                    }
                    this.held_up.set(false);
                });
                Err(PlatformError::Blocked)
            }
            Err(error) => Err(error),
        }
    }
}
