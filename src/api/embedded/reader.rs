//! Reading the embedded page.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::rc::Rc;

use chrono::{DateTime, Utc};

use super::read;
use super::records::{self, COMPONENTS, INCIDENTS, META, OPEN, OPEN_LIST, ORDER, UnreadableRecord};
use super::rules::{order_key_from, read_order_key};
use crate::api::error::ApiError;
use crate::api::page::ReadPage;
use crate::domain::component::Component;
use crate::domain::impact::Impact;
use crate::domain::incident::{Incident, IncidentId};
use crate::domain::order::by_key;
use crate::domain::page::{Reach, Snapshot};
use crate::platform::PlatformError;
use crate::platform::storage::store::{Database, Transaction};

/// How many incidents that are over a snapshot holds.
const RECENT: usize = 50;
const STORES: [&str; 3] = [INCIDENTS, ORDER, META];

/// Reads the page that this browser keeps. Cloning shares the connection.
#[derive(Clone)]
pub struct Reader {
    database: Database,
    corrupt: Rc<RefCell<Vec<UnreadableRecord>>>,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// A reader. Nothing is opened before the first question.
    pub fn new() -> Self {
        Self {
            database: records::database(),
            corrupt: Rc::default(),
        }
    }

    /// Whether nobody has set up a page in this browser yet.
    pub async fn is_empty(&self) -> Result<bool, ApiError> {
        is_empty(&self.database).await
    }

    /// The records that the last reading could not read.
    pub fn corrupt(&self) -> Vec<UnreadableRecord> {
        self.corrupt.borrow().clone()
    }

    /// Reads, and remembers what could not be read.
    async fn read<T>(
        &self,
        body: impl AsyncFnOnce(&Transaction, &mut Vec<UnreadableRecord>) -> Result<T, PlatformError>,
    ) -> Result<T, ApiError> {
        let mut corrupt = Vec::new();
        let read = self
            .database
            .read(&STORES, async |at| body(at, &mut corrupt).await)
            .await;
        self.corrupt.replace(corrupt);
        Ok(read?)
    }
}

impl ReadPage for Reader {
    async fn snapshot(&self) -> Result<Snapshot, ApiError> {
        let read = self.read(async |at, corrupt| {
            let components = records::get_as(at, META, COMPONENTS, read::components).await?;
            corrupt.extend(components.as_ref().err().cloned());
            let open = open_keys(at, corrupt).await?;
            let newest = at.last(ORDER, RECENT + open.len()).await?;
            let recent: Vec<String> = newest
                .into_iter()
                .map(|(key, _)| key)
                .filter(|key| !open.contains(key))
                .take(RECENT)
                .collect();

            let mut incidents = Vec::new();
            for key in open {
                let found = incident_at(at, &key, corrupt).await?;
                incidents.extend(found.or_else(|| unreadable(&key)));
            }
            let mut reach = Reach::All;
            let is_full = recent.len() == RECENT;
            for key in recent {
                let found = incident_at(at, &key, corrupt).await?;
                // What goes on may have begun long before, and tells nothing of what is left out.
                if let (true, Some(oldest)) = (is_full, &found) {
                    reach = Reach::Since(oldest.began_at());
                }
                incidents.extend(found);
            }
            let incidents = newest_first(incidents);
            let components: Vec<Component> = match components {
                Ok(components) => components.unwrap_or_default(),
                // What goes on is told without them; where nothing does, nothing is known.
                Err(broken) if incidents.is_empty() => return Ok(Err(broken)),
                Err(_) => Vec::new(),
            };
            Ok(Ok(Snapshot {
                components,
                incidents,
                reach,
                ..Snapshot::default()
            }))
        });
        read.await?.map_err(UnreadableRecord::into_error)
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, ApiError> {
        let read = self
            .read(async |at, corrupt| {
                let found = records::get_as(at, INCIDENTS, &id.0, read::incident).await?;
                corrupt.extend(found.as_ref().err().cloned());
                Ok(found)
            })
            .await?;
        read.map_err(UnreadableRecord::into_error)
    }

    async fn history(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<Incident>, ApiError> {
        self.read(async |at, corrupt| {
            let keys = at
                .range(ORDER, &order_key_from(from), &order_key_from(until))
                .await?;
            let mut incidents = Vec::new();
            for (key, _) in keys {
                incidents.extend(incident_at(at, &key, corrupt).await?);
            }
            Ok(newest_first(incidents))
        })
        .await
    }
}

/// Whether a database holds no page.
pub(super) async fn is_empty(database: &Database) -> Result<bool, ApiError> {
    let empty = database
        .read(&[META, INCIDENTS], async |at| {
            let configured = at.get(META, COMPONENTS).await?.is_some();
            Ok::<_, PlatformError>(!configured && at.count(INCIDENTS).await? == 0)
        })
        .await;
    Ok(empty?)
}

/// The order keys of the open incidents. Where their list cannot be read, the order itself tells.
pub(super) async fn open_keys(
    at: &Transaction,
    corrupt: &mut Vec<UnreadableRecord>,
) -> Result<Vec<String>, PlatformError> {
    match records::get_as(at, META, OPEN_LIST, read::keys).await? {
        Ok(list) => Ok(list.unwrap_or_default()),
        Err(broken) => {
            corrupt.push(broken);
            let order = at.all(ORDER).await?;
            Ok(order
                .into_iter()
                .filter(|(_, word)| word == OPEN)
                .map(|(key, _)| key)
                .collect())
        }
    }
}

async fn incident_at(
    at: &Transaction,
    key: &str,
    corrupt: &mut Vec<UnreadableRecord>,
) -> Result<Option<Incident>, PlatformError> {
    let Some((_, id)) = read_order_key(key) else {
        return Ok(None);
    };
    Ok(or_report(
        records::get_as(at, INCIDENTS, &id.0, read::incident).await?,
        corrupt,
    ))
}

fn or_report<T>(
    read: Result<Option<T>, UnreadableRecord>,
    corrupt: &mut Vec<UnreadableRecord>,
) -> Option<T> {
    read.unwrap_or_else(|broken| {
        corrupt.push(broken);
        None
    })
}

/// What stands for an open incident whose record cannot be read: leaving it out would show a page
/// that is better than anybody knows.
fn unreadable(key: &str) -> Option<Incident> {
    let (began, id) = read_order_key(key)?;
    Some(Incident {
        id,
        // It has none any more: each language says so.
        name: String::new(),
        impact: Impact::Unknown("unreadable".to_owned()),
        created_at: began,
        started_at: None,
        updates: Vec::new(),
        components: Vec::new(),
        postmortem: None,
        demo: false,
    })
}

fn newest_first(incidents: Vec<Incident>) -> Vec<Incident> {
    by_key(incidents, |incident| {
        (Reverse(incident.began_at()), incident.id.clone())
    })
}
