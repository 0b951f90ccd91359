//! Sending to Statuspage, one request a second at most.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::errors::{self, Target};
use super::queue::{Kind, Queue, Ticket, Turn};
use super::request::{List, PER_PAGE, Pages};
use super::wire;
use crate::api::error::ApiError;
use crate::api::http::{self, Net, Request};
use crate::api::page::{
    Live, Metadata, Post, PostReceipt, PostmortemThere, ReadPage, SharePage, WritePage,
};
use crate::api::public_page::wire as format;
use crate::domain::component::{Component, ComponentId, ComponentState};
use crate::domain::incident::{Incident, IncidentId};
use crate::domain::order::by_key;
use crate::domain::page::Snapshot;

/// How often a request that met "too many requests" is made: it did nothing so far.
const TRIES: usize = 4;
/// No page has more pages of a list than this; a vendor that never ends is not followed for ever.
const MOST_PAGES: usize = 100;
/// How long a list of components is good for, for every page that reading it takes: reading them again
/// and again must not take the team's requests.
const GOOD_FOR: TimeDelta = TimeDelta::seconds(10);
/// How long a post waits for its turn. After that what was read before it, and the times in its text, count as old: it is
/// prepared anew (`docs/duties.md` rule 14).
const LONGEST_WAIT: TimeDelta = TimeDelta::seconds(5);

/// A page on Statuspage. Cloning shares the queue.
#[derive(Debug, Clone)]
pub struct Statuspage<N> {
    net: N,
    pages: Pages,
    queue: Rc<RefCell<Queue>>,
    components: Rc<RefCell<Option<Kept>>>,
}

/// The components as they were last read.
#[derive(Debug, Clone)]
struct Kept {
    good_until: DateTime<Utc>,
    components: Vec<Component>,
}

/// A place in the queue, given up when nobody waits for it any more.
struct Place<'a> {
    queue: &'a RefCell<Queue>,
    ticket: Ticket,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.queue.borrow_mut().leave(self.ticket);
    }
}

impl<N: Net> Statuspage<N> {
    /// The page of an id, reached through `/api/statuspage/v1/` on this host.
    pub fn new(net: N, page_id: &str) -> Self {
        Self {
            pages: Pages::new(&net.site_path(), page_id),
            net,
            queue: Rc::default(),
            components: Rc::default(),
        }
    }

    /// Waits for a turn, asks, and reads the answer. "Too many requests" is asked again by itself, because
    /// it certainly did nothing; anything else is the caller's to judge.
    async fn ask(&self, request: &Request, target: Target) -> Result<Value, ApiError> {
        for _ in 1..TRIES {
            match self.ask_once(request, target, None).await {
                Err(error) if error.is_short_pause() => {}
                answer @ (Ok(_) | Err(_)) => return answer,
            }
        }
        self.ask_once(request, target, None).await
    }

    /// The same, once, and within `longest` or not at all: whoever asks may have something to look at before it is asked
    /// again.
    async fn ask_once(
        &self,
        request: &Request,
        target: Target,
        longest: Option<TimeDelta>,
    ) -> Result<Value, ApiError> {
        let is_write = request.method.is_write();
        let kind = if is_write { Kind::Write } else { Kind::Read };
        self.wait(kind, longest).await?;
        let answer = match self.net.send(request).await {
            Ok(response) => errors::read(&response, is_write, target),
            Err(error) => Err(error),
        };
        let mut queue = self.queue.borrow_mut();
        if let Err(ApiError::Busy { after_seconds }) = &answer {
            queue.too_many(*after_seconds, self.net.now());
        } else {
            queue.answered();
        }
        answer
    }

    /// Waits for a turn, and no longer than `longest`: nothing was asked then.
    async fn wait(&self, kind: Kind, longest: Option<TimeDelta>) -> Result<(), ApiError> {
        let began = self.net.now();
        let ticket = self.queue.borrow_mut().enter(kind);
        let _place = Place {
            queue: &self.queue,
            ticket,
        };
        loop {
            let turn = self.queue.borrow_mut().turn(ticket, self.net.now());
            match turn {
                Turn::Now => return Ok(()),
                Turn::After(wait) => {
                    let waited = self.net.now() - began;
                    if longest.is_some_and(|longest| waited + wait > longest) {
                        let seconds = u32::try_from((wait.num_milliseconds() + 999) / 1000);
                        return Err(ApiError::Busy {
                            after_seconds: seconds.ok(),
                        });
                    }
                    let ms = wait.num_milliseconds().clamp(1, 60_000);
                    self.net.sleep(u32::try_from(ms).unwrap_or(1000)).await;
                }
            }
        }
    }

    /// The entries of a list, page after page.
    async fn all(&self, list: impl Fn(usize) -> List) -> Result<Vec<Value>, ApiError> {
        let mut all: Vec<Value> = Vec::new();
        for page in 1..=MOST_PAGES {
            let found = self.page(list(page)).await?;
            let count = found.len();
            // A service that knows no pages answers with the same one again.
            let again = found
                .first()
                .is_some_and(|first| all.iter().any(|known| format::same_id(known, first)));
            if again {
                break;
            }
            all.extend(found);
            if count < PER_PAGE {
                break;
            }
        }
        Ok(all)
    }

    async fn page(&self, list: List) -> Result<Vec<Value>, ApiError> {
        match self.ask(&self.pages.list(list), Target::Page).await? {
            Value::Array(entries) => Ok(entries),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_) => Err(http::garbled(false)),
        }
    }

    /// Everything among the incidents that is unresolved or recent, planned work included, each once.
    async fn incidents(&self) -> Result<Vec<Value>, ApiError> {
        let unresolved = self.all(|page| List::Unresolved { page }).await?;
        // Read later, and so nearer to the truth where both lists have it.
        let mut found = self.page(List::Recent).await?;
        for entry in unresolved {
            if !found.iter().any(|known| format::same_id(known, &entry)) {
                found.push(entry);
            }
        }
        Ok(found)
    }

    async fn components(&self) -> Result<Vec<Component>, ApiError> {
        let kept = self.components.borrow().clone();
        if let Some(kept) = kept.filter(|kept| self.net.now() < kept.good_until) {
            return Ok(kept.components);
        }
        let entries = self.all(|page| List::Components { page }).await?;
        let pages = i32::try_from(entries.len() / PER_PAGE).unwrap_or(i32::MAX) + 1;
        let components = format::components(&entries, true);
        // Whoever is told that there are none adds some, and looks again.
        *self.components.borrow_mut() = (!components.is_empty()).then(|| Kept {
            good_until: self.net.now() + GOOD_FOR * pages,
            components: components.clone(),
        });
        Ok(components)
    }

    /// What was changed, or came with an incident, is known without reading it again.
    fn changed(&self, changes: &[(ComponentId, ComponentState)]) {
        if let Some(kept) = self.components.borrow_mut().as_mut() {
            for component in &mut kept.components {
                if let Some((_, state)) = changes.iter().find(|(id, _)| *id == component.id) {
                    component.state = state.clone();
                }
            }
        }
    }
}

fn live(entries: &[Value]) -> Vec<Live> {
    let found = entries.iter().filter_map(wire::live).collect();
    by_key(found, |live: &Live| {
        (Reverse(live.incident.began_at()), live.incident.id.clone())
    })
}

fn incidents(entries: &[Value]) -> Vec<Incident> {
    live(entries)
        .into_iter()
        .map(|live| live.incident)
        .collect()
}

impl<N: Net> ReadPage for Statuspage<N> {
    async fn snapshot(&self) -> Result<Snapshot, ApiError> {
        let components = self.components().await?;
        let entries = self.incidents().await?;
        let planned = entries.iter().filter(|entry| format::is_planned(entry));
        Ok(Snapshot {
            components,
            incidents: incidents(&entries),
            maintenances: format::maintenances(planned),
            ..Snapshot::default()
        })
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, ApiError> {
        Ok(self.live_one(id).await?.map(|live| live.incident))
    }

    async fn history(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<Incident>, ApiError> {
        let mut found = incidents(&self.page(List::Recent).await?);
        found.retain(|incident| (from..until).contains(&incident.began_at()));
        Ok(found)
    }
}

impl<N: Net> WritePage for Statuspage<N> {
    /// Asked once, and soon: while the service was too busy, somebody else may have posted.
    async fn publish(&self, post: &Post) -> Result<PostReceipt, ApiError> {
        let target = match post.incident {
            Some(_) => Target::Incident,
            None => Target::Page,
        };
        let answer = self
            .ask_once(&self.pages.publish(post)?, target, Some(LONGEST_WAIT))
            .await?;
        self.changed(&post.components);
        wire::receipt(&answer, post).ok_or_else(|| http::garbled(true))
    }

    async fn set_components(
        &self,
        changes: &[(ComponentId, ComponentState)],
    ) -> Result<(), ApiError> {
        for change in changes {
            let (id, state) = change;
            let request = self.pages.component(id, state)?;
            let answer = self.ask(&request, Target::Component).await?;
            if !wire::is_component(&answer, id) {
                return Err(http::garbled(true));
            }
            self.changed(std::slice::from_ref(change));
        }
        Ok(())
    }

    async fn draft_postmortem(&self, incident: &IncidentId, body: &str) -> Result<(), ApiError> {
        let draft = self.pages.postmortem_draft(incident, body)?;
        let answer = self.ask(&draft, Target::Incident).await?;
        let draft = wire::postmortem(&answer).and_then(|there| there.draft);
        draft.map(drop).ok_or_else(|| http::garbled(true))
    }

    async fn publish_postmortem(
        &self,
        incident: &IncidentId,
        body: &str,
        _now: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        // Whatever became of the draft, readers do not see it.
        self.draft_postmortem(incident, body)
            .await
            .map_err(unpublished)?;
        let publish = self.pages.postmortem_publish(incident)?;
        let answer = self.ask(&publish, Target::Incident).await?;
        let published = wire::postmortem(&answer).and_then(|there| there.published);
        published.map(drop).ok_or_else(|| http::garbled(true))
    }

    async fn postmortem(&self, incident: &IncidentId) -> Result<PostmortemThere, ApiError> {
        let read = self.pages.postmortem(incident)?;
        match self.ask(&read, Target::Incident).await {
            Ok(answer) => wire::postmortem(&answer).ok_or_else(|| http::garbled(false)),
            // The vendor says so of an incident without one, too.
            Err(ApiError::Gone(_)) => Ok(PostmortemThere::default()),
            Err(error) => Err(error),
        }
    }
}

/// A publication that was never asked for, because its draft was not known to be there.
fn unpublished(error: ApiError) -> ApiError {
    match error {
        ApiError::Unanswered(why) | ApiError::Garbled(why) => ApiError::NotSent(why),
        known @ (ApiError::Refused(_)
        | ApiError::NotSent(_)
        | ApiError::LoginNeeded
        | ApiError::Busy { .. }
        | ApiError::Gone(_)) => known,
    }
}

impl<N: Net> SharePage for Statuspage<N> {
    async fn live(&self) -> Result<Vec<Live>, ApiError> {
        let lives = live(&self.incidents().await?);
        for live in &lives {
            self.changed(&live.standing);
        }
        Ok(lives)
    }

    async fn live_one(&self, id: &IncidentId) -> Result<Option<Live>, ApiError> {
        let Ok(request) = self.pages.incident(id) else {
            return Ok(None);
        };
        match self.ask(&request, Target::Incident).await {
            Ok(answer) => {
                let read = wire::live(&answer);
                if let Some(live) = &read {
                    self.changed(&live.standing);
                }
                Ok(read)
            }
            Err(ApiError::Gone(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn keep_beside(&self, id: &IncidentId, metadata: &Metadata) -> Result<Live, ApiError> {
        let request = self.pages.keep_beside(id, metadata)?;
        let answer = self.ask(&request, Target::Incident).await?;
        wire::live(&answer).ok_or_else(|| http::garbled(true))
    }
}
