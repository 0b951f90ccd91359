//! Writing to the embedded page. Linked by the console only.

use chrono::{DateTime, Utc};

use super::failure::FailureSwitch;
use super::reader;
use super::records::{
    self, COMPONENTS, INCIDENTS, META, OPEN, OPEN_LIST, OPERATIONS, ORDER, OVER, OVER_DEMO,
    UnreadableRecord,
};
use super::rules::{self, FreshIds};
use crate::api::error::ApiError;
use crate::api::page::{Post, PostReceipt, PostmortemThere, WritePage};
use crate::domain::component::{Component, ComponentId, ComponentState};
use crate::domain::incident::{Incident, IncidentId};
use crate::platform::storage::store::{Database, Transaction};
use crate::platform::{id, page};

/// Everything that a change of an incident touches.
pub(super) const STORES: [&str; 4] = [INCIDENTS, ORDER, META, OPERATIONS];

/// Writes to the page that this browser keeps. Cloning shares the connection.
#[derive(Clone)]
pub struct Writer {
    pub(super) database: Database,
    switch: FailureSwitch,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// A writer. Nothing is opened before the first change.
    pub fn new() -> Self {
        let database = records::database();
        Self {
            switch: FailureSwitch::of(database.clone()),
            database,
        }
    }

    /// Whether nobody has set up a page in this browser yet.
    pub async fn is_empty(&self) -> Result<bool, ApiError> {
        reader::is_empty(&self.database).await
    }

    /// Sets the page up with the configured components: their order, names and groups. A component
    /// that the page already had keeps its state; one that is no longer configured goes.
    pub async fn seed_components(&self, wanted: &[Component]) -> Result<(), ApiError> {
        let changed = self
            .database
            .change(&[META], async |at| {
                let read = records::get::<Vec<Component>>(at, META, COMPONENTS).await?;
                // A list that cannot be read says nothing worth keeping.
                let current = read.ok().flatten();
                let next = rules::configure(current.as_deref().unwrap_or_default(), wanted);
                if current.as_ref() == Some(&next) {
                    return Ok::<_, ApiError>(false);
                }
                records::put(at, META, COMPONENTS, &next).await?;
                Ok(true)
            })
            .await?;
        if changed {
            records::tell();
        }
        Ok(())
    }
}

impl WritePage for Writer {
    async fn publish(&self, post: &Post) -> Result<PostReceipt, ApiError> {
        let answer = self.switch.admit().await?;
        let fresh = FreshIds {
            incident: id::short()?,
            update: id::short()?,
        };
        let receipt = self
            .database
            .change(&STORES, async |at| {
                if let Some(first) = needed(records::get(at, OPERATIONS, &post.op).await?)? {
                    return Ok::<_, ApiError>(first);
                }
                let current = match &post.incident {
                    Some(id) => Some(existing(at, id).await?),
                    None => opened_before(at, post).await?,
                };
                let before = current.as_ref().map(rules::order_key);
                let mut components = components(at).await?;
                let next = rules::publish(current, &mut components, post, fresh)?;
                let receipt = receipt(&next, post);
                if !post.components.is_empty() {
                    records::put(at, META, COMPONENTS, &components).await?;
                }
                save(at, before, &next).await?;
                records::put(at, OPERATIONS, &post.op, &receipt).await?;
                records::put(at, OPERATIONS, &opening(post), &receipt).await?;
                Ok(receipt)
            })
            .await?;
        records::tell();
        answer.deliver(receipt)
    }

    async fn set_components(
        &self,
        changes: &[(ComponentId, ComponentState)],
    ) -> Result<(), ApiError> {
        let answer = self.switch.admit().await?;
        self.database
            .change(&[META], async |at| {
                let mut components = components(at).await?;
                rules::set_components(&mut components, changes)?;
                records::put(at, META, COMPONENTS, &components).await
            })
            .await?;
        records::tell();
        answer.deliver(())
    }

    async fn draft_postmortem(&self, _: &IncidentId, _: &str) -> Result<(), ApiError> {
        Err(ApiError::Refused(
            "the page of this browser keeps no drafts; what is typed is kept anyway".to_owned(),
        ))
    }

    async fn publish_postmortem(
        &self,
        incident: &IncidentId,
        body: &str,
        now: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        let answer = self.switch.admit().await?;
        self.database
            .change(&STORES, async |at| {
                let current = existing(at, incident).await?;
                let before = rules::order_key(&current);
                let next = rules::publish_postmortem(current, body, now)?;
                save(at, Some(before), &next).await
            })
            .await?;
        records::tell();
        answer.deliver(())
    }

    async fn postmortem(&self, incident: &IncidentId) -> Result<PostmortemThere, ApiError> {
        let answer = self.switch.admit().await?;
        let found = self
            .database
            .change(&STORES, async |at| existing(at, incident).await)
            .await?;
        answer.deliver(PostmortemThere {
            published: found.postmortem.map(|known| known.body),
            draft: None,
        })
    }
}

/// Writes an incident and moves it to its place in the order.
pub(super) async fn save(
    at: &Transaction,
    before: Option<String>,
    incident: &Incident,
) -> Result<(), ApiError> {
    let key = rules::order_key(incident);
    let mut broken = Vec::new();
    let listed = reader::open_keys(at, &mut broken).await?;
    let mut open = listed.clone();
    open.retain(|known| *known != key && Some(known) != before.as_ref());
    if incident.is_open() {
        open.push(key.clone());
    }
    if let Some(before) = before.filter(|before| *before != key) {
        at.delete(ORDER, &before).await?;
    }
    let word = match (incident.is_open(), incident.demo) {
        (true, _) => OPEN,
        (false, true) => OVER_DEMO,
        (false, false) => OVER,
    };
    at.put(ORDER, &key, word).await?;
    if open != listed || !broken.is_empty() {
        records::put(at, META, OPEN_LIST, &open).await?;
    }
    records::put(at, INCIDENTS, &incident.id.0, incident).await
}

/// Under which name is kept where a run's incident is.
fn opening(post: &Post) -> String {
    format!("run/{}", post.run)
}

/// The incident that a post of the same run opened, though its answer was lost or another tab made it.
async fn opened_before(at: &Transaction, post: &Post) -> Result<Option<Incident>, ApiError> {
    match needed(records::get::<PostReceipt>(at, OPERATIONS, &opening(post)).await?)? {
        Some(first) => needed(records::get(at, INCIDENTS, &first.incident.0).await?),
        None => Ok(None),
    }
}

async fn existing(at: &Transaction, id: &IncidentId) -> Result<Incident, ApiError> {
    needed(records::get(at, INCIDENTS, &id.0).await?)?
        .ok_or_else(|| ApiError::Refused(format!("the page has no incident {}", id.0)))
}

pub(super) async fn components(at: &Transaction) -> Result<Vec<Component>, ApiError> {
    Ok(needed(records::get(at, META, COMPONENTS).await?)?.unwrap_or_default())
}

/// A record that a change cannot do without: where it cannot be read, nothing is changed.
fn needed<T>(read: Result<T, UnreadableRecord>) -> Result<T, ApiError> {
    read.map_err(UnreadableRecord::into_error)
}

fn receipt(incident: &Incident, post: &Post) -> PostReceipt {
    let update = incident
        .updates
        .first()
        .map(|update| update.id.clone())
        .unwrap_or_default();
    PostReceipt {
        incident: incident.id.clone(),
        update,
        at: post.now,
        link: Some([page::site_path().as_str(), "incidents/", &incident.id.0].concat()),
    }
}
