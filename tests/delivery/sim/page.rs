//! A status page and a mail service that do as the embedded provider does, and count.

use std::collections::BTreeMap;
use std::rc::Rc;

use allclear::api::embedded::rules::{self, FreshIds};
use allclear::api::error::ApiError;
use allclear::api::mail::{Batch, Found, Limits, MailResult, SendMail};
use allclear::api::page::{Live, Metadata, Post, PostReceipt, PostmortemThere, WritePage};
use allclear::domain::after_loss::AfterLoss;
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::{Incident, IncidentId};
use chrono::{DateTime, Utc};

use super::{Shared, Step, struck};

/// What a service does to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    NotSent,
    Refused,
    Login,
    Busy,
    LostBefore,
    LostAfter,
    Garbled,
}

impl Fault {
    pub const ALL: [Self; 8] = [
        Self::None,
        Self::NotSent,
        Self::Refused,
        Self::Login,
        Self::Busy,
        Self::LostBefore,
        Self::LostAfter,
        Self::Garbled,
    ];
}

/// The page.
#[derive(Debug, Default)]
pub struct PageHere {
    pub incidents: BTreeMap<String, Incident>,
    pub receipts: BTreeMap<String, PostReceipt>,
    /// Whether it can tell what it did with an operation.
    pub remembers: bool,
    pub postmortems: u32,
    pub component_changes: u32,
}

/// The mails that arrived, and the answers that are known by their key.
#[derive(Debug)]
pub struct Outbox {
    pub delivered: BTreeMap<String, u32>,
    pub answers: BTreeMap<String, Vec<MailResult>>,
    pub after_loss: AfterLoss,
}

impl Default for Outbox {
    fn default() -> Self {
        Self {
            delivered: BTreeMap::new(),
            answers: BTreeMap::new(),
            after_loss: AfterLoss::SendAgain,
        }
    }
}

/// A way to them from one tab: a provider of a few lines, as any other would be one.
#[derive(Clone)]
pub struct Services {
    pub sim: Shared,
    pub tab: &'static str,
}

impl Services {
    async fn asked<T>(
        &self,
        effect: impl FnOnce(&Self) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        Step::of(&self.sim, self.tab).await;
        let fault = self
            .sim
            .borrow_mut()
            .faults
            .pop_front()
            .unwrap_or(Fault::None);
        let answer = struck(fault, || effect(self));
        Step::of(&self.sim, self.tab).await;
        answer
    }
}

impl Services {
    /// An incident of the page, as a console reads it.
    pub fn live_one(&self, id: &IncidentId) -> Option<Live> {
        let sim = self.sim.borrow();
        let incident = sim.page.incidents.get(&id.0)?.clone();
        Some(Live {
            incident,
            metadata: Metadata::default(),
            standing: Vec::new(),
            link: None,
        })
    }
}

impl WritePage for Services {
    async fn publish(&self, post: &Post) -> Result<PostReceipt, ApiError> {
        self.asked(|services| {
            let mut sim = services.sim.borrow_mut();
            let page = &mut sim.page;
            if let Some(known) = page.receipts.get(&post.op).filter(|_| page.remembers) {
                return Ok(known.clone());
            }
            let opened = page
                .receipts
                .get(&format!("run/{}", post.run))
                .map(|known| known.incident.clone());
            let current = post
                .incident
                .clone()
                .or(opened)
                .and_then(|id| page.incidents.get(&id.0).cloned());
            let count = page.receipts.len();
            let fresh = FreshIds {
                incident: format!("incident{count}"),
                update: format!("update{count}"),
            };
            let mut components = Vec::new();
            let next = rules::publish(current, &mut components, post, fresh)?;
            let receipt = PostReceipt {
                incident: next.id.clone(),
                update: next.updates[0].id.clone(),
                at: post.now,
                link: None,
            };
            page.incidents.insert(next.id.0.clone(), next);
            page.receipts.insert(post.op.clone(), receipt.clone());
            page.receipts
                .insert(format!("run/{}", post.run), receipt.clone());
            Ok(receipt)
        })
        .await
    }

    async fn set_components(&self, _: &[(ComponentId, ComponentState)]) -> Result<(), ApiError> {
        self.asked(|services| {
            services.sim.borrow_mut().page.component_changes += 1;
            Ok(())
        })
        .await
    }

    async fn draft_postmortem(&self, _: &IncidentId, _: &str) -> Result<(), ApiError> {
        Ok(())
    }

    async fn publish_postmortem(
        &self,
        incident: &IncidentId,
        body: &str,
        now: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        self.asked(|services| {
            let mut sim = services.sim.borrow_mut();
            let known = sim.page.incidents.remove(&incident.0);
            let known = known.ok_or_else(|| ApiError::Gone("it is not there".into()))?;
            let next = rules::publish_postmortem(known, body, now)?;
            sim.page.incidents.insert(incident.0.clone(), next);
            sim.page.postmortems += 1;
            Ok(())
        })
        .await
    }

    async fn postmortem(&self, incident: &IncidentId) -> Result<PostmortemThere, ApiError> {
        self.asked(|services| {
            let sim = services.sim.borrow();
            let known = sim.page.incidents.get(&incident.0);
            let published = known.and_then(|known| known.postmortem.as_ref());
            Ok(PostmortemThere {
                published: published.map(|known| known.body.clone()),
                draft: None,
            })
        })
        .await
    }
}

/// A service's words about a batch, which may name whom it is to.
fn quoting(error: ApiError, batch: &Batch) -> ApiError {
    let named = batch.mails.first().map_or("", |mail| &mail.to);
    let said = |why: String| format!("{why}: {named}");
    match error {
        ApiError::Refused(why) => ApiError::Refused(said(why)),
        ApiError::Unanswered(why) => ApiError::Unanswered(said(why)),
        ApiError::Garbled(why) => ApiError::Garbled(said(why)),
        ApiError::NotSent(why) => ApiError::NotSent(said(why)),
        ApiError::Gone(why) => ApiError::Gone(said(why)),
        error @ (ApiError::LoginNeeded | ApiError::Busy { .. }) => error,
    }
}

impl SendMail for Services {
    fn name(&self) -> &'static str {
        "the test service"
    }

    fn limits(&self) -> Limits {
        Limits {
            mails: 3,
            bytes: usize::MAX,
        }
    }

    fn after_loss(&self) -> AfterLoss {
        self.sim.borrow().outbox.after_loss
    }

    async fn send(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        self.asked(|services| {
            let mut sim = services.sim.borrow_mut();
            let outbox = &mut sim.outbox;
            let key = format!("{}|{}", batch.op, batch.number);
            let by_key = matches!(outbox.after_loss, AfterLoss::SendAgain);
            if let Some(known) = outbox.answers.get(&key).filter(|_| by_key) {
                return Ok(known.clone());
            }
            let mut results = Vec::new();
            for (item, mail) in batch.mails.iter().enumerate() {
                if mail.to.starts_with("refused") {
                    results.push(MailResult::Refused(format!("inactive: {}", mail.to)));
                } else {
                    *outbox.delivered.entry(mail.to.clone()).or_default() += 1;
                    results.push(MailResult::Accepted(format!("{key}-{item}")));
                }
            }
            outbox.answers.insert(key, results.clone());
            Ok(results)
        })
        .await
        .map_err(|error| quoting(error, batch))
    }

    async fn read_back(&self, op: &str, number: u32) -> Result<Vec<Found>, ApiError> {
        self.asked(|services| {
            let sim = services.sim.borrow();
            let known = sim.outbox.answers.get(&format!("{op}|{number}")).cloned();
            let found = (0..).zip(known.unwrap_or_default());
            Ok(found
                .filter_map(|(item, result)| match result {
                    MailResult::Accepted(id) => Some(Found { item, id }),
                    MailResult::Refused(_) | MailResult::Lost(_) => None,
                })
                .collect())
        })
        .await
    }

    async fn rehearse(&self, _: &Batch) -> Result<Vec<MailResult>, ApiError> {
        Ok(Vec::new())
    }

    async fn try_key(&self) -> Result<(), ApiError> {
        Ok(())
    }
}

/// A way of one tab.
pub fn services(sim: &Shared, tab: &'static str) -> Services {
    Services {
        sim: Rc::clone(sim),
        tab,
    }
}
