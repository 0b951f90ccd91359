//! One open connection to a database, and what it takes to open one.

use std::cell::{Cell, RefCell};
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use idb::request::futures::OpenDatabaseRequestFuture;
use idb::{DatabaseEvent, ObjectStoreParams, TransactionMode};

use super::transaction::{self, WHAT};
use crate::platform::PlatformError;

/// What a database is to look like.
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) version: u32,
    pub(super) stores: &'static [&'static str],
}

/// A connection. The last clone closes it: one that nobody holds would keep newer versions out.
#[derive(Clone)]
pub(super) struct Connection(Rc<Open>);

struct Open {
    inner: idb::Database,
    /// The browser has closed it, or a newer version of the app needed it closed.
    gone: Rc<Cell<bool>>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.inner.close();
    }
}

impl Connection {
    /// Gives way by itself when a newer version of the app wants to change the database.
    pub(super) fn new(mut database: idb::Database) -> Self {
        let gone = Rc::new(Cell::new(false));
        let closed = Rc::clone(&gone);
        database.on_close(move |_| closed.set(true));
        let outdated = Rc::clone(&gone);
        database.on_version_change(move |event| {
            outdated.set(true);
            if let Ok(database) = event.database() {
                database.close();
            }
        });
        Self(Rc::new(Open {
            inner: database,
            gone,
        }))
    }

    pub(super) fn is_gone(&self) -> bool {
        self.0.gone.get()
    }

    /// Lets what is running end, and begins nothing more.
    pub(super) fn close(&self) {
        self.0.gone.set(true);
        self.0.inner.close();
    }

    pub(super) fn transaction(
        &self,
        stores: &[&str],
        mode: TransactionMode,
    ) -> Result<idb::Transaction, idb::Error> {
        self.0.inner.transaction(stores, mode)
    }
}

/// Begins to open a database; the signal tells when another tab holds the opening up.
pub(super) fn open(shape: &Shape) -> Result<(OpenDatabaseRequestFuture, Blocked), PlatformError> {
    let factory = idb::Factory::new().map_err(|_| PlatformError::Missing(WHAT))?;
    let mut request = factory
        .open(&shape.name, Some(shape.version))
        .map_err(|error| transaction::failure(&error))?;
    let stores = shape.stores;
    request.on_upgrade_needed(move |event| {
        // A store that cannot be made is missed, and told, by the first transaction that wants it.
        if let Ok(database) = event.database() {
            let there = database.store_names();
            for store in stores
                .iter()
                .filter(|store| !there.iter().any(|known| known == *store))
            {
                let _made = database.create_object_store(store, ObjectStoreParams::new());
            }
        }
    });
    let blocked = Blocked::default();
    let signal = blocked.clone();
    request.on_blocked(move |_| signal.raise());
    Ok((request.into_future(), blocked))
}

/// The signal that other tabs keep a database from being changed.
#[derive(Clone, Default)]
pub(super) struct Blocked(Rc<RefCell<(bool, Option<Waker>)>>);

impl Blocked {
    pub(super) fn raise(&self) {
        let mut state = self.0.borrow_mut();
        state.0 = true;
        if let Some(waker) = state.1.take() {
            waker.wake();
        }
    }

    /// What the request comes to, unless it is blocked first.
    pub(super) async fn or<T>(
        &self,
        request: impl Future<Output = Result<T, idb::Error>>,
    ) -> Result<T, PlatformError> {
        let mut request = pin!(request);
        poll_fn(|context| {
            if let Poll::Ready(done) = request.as_mut().poll(context) {
                return Poll::Ready(done.map_err(|error| transaction::failure(&error)));
            }
            let mut state = self.0.borrow_mut();
            if state.0 {
                return Poll::Ready(Err(PlatformError::Blocked));
            }
            state.1 = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}
