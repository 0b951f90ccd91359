//! Reading the list of a page's incidents, piece by piece while it arrives. The status page fetches this with its
//! later part: the state needs none of it.

use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::client::{KEPT_SINCE, PublicPage, kept_since, older, read, strange};
use super::cut::Cutter;
use super::past::Past;
use super::read::{MOST, joined, work};
use super::wire;
use crate::api::error::ApiError;
use crate::api::http::{self, Request};
use crate::domain::incident::{Incident, IncidentId};
use crate::domain::page::{Permalinked, Snapshot};
use crate::domain::past::with_known;
use crate::platform::{clock, first};

/// How much of a list is read at a time, in bytes: a slow phone reads it in less than 50 ms, and answers its
/// reader in between.
const BREATH: usize = 24 * 1024;

impl PublicPage {
    /// The page from its summary and the newest of its incidents, read anew. Where they cannot be read, what was
    /// known of them stays, unless the state hangs on them: then it is an error. With it, since when what tells the state was
    /// kept, where that is only a copy: the older of two.
    pub async fn whole(&self) -> Result<(Snapshot, Option<DateTime<Utc>>), ApiError> {
        let (silent, mut kept_since) = {
            let last = self.last.borrow();
            (last.files.lacks_incidents(), last.kept_since)
        };
        // Of a silent summary, whatever the list's length: one that is open may be an old one.
        let most = if silent { usize::MAX } else { MOST };
        let may_be_old = silent || kept_since.is_some();
        match self.newest(most, may_be_old).await {
            Ok((found, since)) => {
                self.keep(found, since.is_none());
                if silent {
                    kept_since = older(kept_since, since);
                }
            }
            Err(error) if silent => return Err(error),
            // What changed is not known yet: a later glance asks for the list again.
            Err(_) => self.last.borrow_mut().patience.failed(clock::now()),
        }
        Ok((self.known().ok_or_else(strange)?, kept_since))
    }

    /// The page as far as it was read; `None` where nothing is known of its incidents.
    pub fn known(&self) -> Option<Snapshot> {
        self.last.borrow().files.snapshot()
    }

    /// Takes over a file of the newest incidents; `None` where the page has no list. Of a copy that is not the source's own
    /// answer of now, or that calls open what the summary does not tell of, a later glance asks again, a few times.
    fn keep(&self, newest: Option<Value>, is_read: bool) {
        let mut last = self.last.borrow_mut();
        if is_read && (!last.is_doubted || last.patience.is_at_its_end()) {
            last.patience.read();
        } else {
            last.patience.failed(clock::now());
        }
        if newest.is_some() {
            last.files.incidents = newest;
        }
    }

    /// Ends an entry of the list that is over by the summary, and keeps in mind whether the two contradict each other.
    fn settle(&self, entry: &mut Value) {
        let mut last = self.last.borrow_mut();
        last.is_doubted |= last.files.settle(entry);
    }

    /// A file of the newest incidents, `most` of them at most: what comes behind them is not downloaded. `None`
    /// where the page has no list. With it, since when it was kept.
    async fn newest(
        &self,
        most: usize,
        may_be_old: bool,
    ) -> Result<(Option<Value>, Option<DateTime<Utc>>), ApiError> {
        let mut entries = Vec::new();
        let came = self
            .list(most == usize::MAX, may_be_old, &mut |entry| {
                entries.push(entry);
                enough(entries.len() >= most)
            })
            .await?;
        Ok(came.map_or((None, None), |came| {
            (Some(wire::file_of_incidents(entries)), came.kept_since)
        }))
    }

    /// A file of the past; `None` where the page has none of that name. A copy that was kept is as good as none while the
    /// page itself can be read.
    async fn file(&self, name: &str) -> Result<Option<Value>, ApiError> {
        let Some(answer) = self.ask(name).await? else {
            return Ok(None);
        };
        if answer.kept_since.is_some() && self.last.borrow().kept_since.is_none() {
            return Err(old());
        }
        read(&answer.text).map(Some)
    }

    /// Tells `each` the entries of the list of incidents, one by one while they arrive, until it has enough; `None` where
    /// the page has no list. An error means that what was told is not the whole, or that there is only a copy that was kept
    /// and that may not be. A `long` list may take its time as long as it goes on.
    async fn list(
        &self,
        long: bool,
        may_be_old: bool,
        each: &mut dyn FnMut(Value) -> ControlFlow<()>,
    ) -> Result<Option<Came>, ApiError> {
        let request = Request::get(format!("{}/{}.json", self.url, wire::INCIDENTS));
        let mut stream = http::open(&request, first::list()).await?;
        match stream.status {
            404 => return Ok(None),
            200..=299 => {}
            status => return Err(ApiError::Refused(http::refusal(status))),
        }
        let kept = stream.headers.iter().find(|(name, _)| name == KEPT_SINCE);
        let came = Came {
            kept_since: kept.and_then(|(_, since)| kept_since(since)),
        };
        if kept.is_some() && !may_be_old {
            return Err(old());
        }
        self.last.borrow_mut().is_doubted = false;
        let mut cutter = Cutter::new(wire::INCIDENTS);
        let mut read = 0;
        while let Some(piece) = stream.piece().await? {
            if long {
                stream.go_on();
            }
            cutter.feed(&piece);
            while let Some(element) = cutter.take().map_err(|_| strange())? {
                let mut entry = entry(&element)?;
                self.settle(&mut entry);
                if each(entry).is_break() {
                    return Ok(Some(came));
                }
                read += element.len();
                if read >= BREATH {
                    read = 0;
                    clock::sleep(0).await;
                }
            }
        }
        if cutter.is_whole() {
            Ok(Some(came))
        } else {
            Err(strange())
        }
    }

    /// All incidents that the page lists, and those that its summary tells of beside, each once and newest first, and
    /// since when none is missing among them; `None` where all are listed. As soon as the first are there, the page is
    /// [known](Self::known) with its newest, as [`Self::whole`] reads them, and `begun` is told them. An error means that
    /// what was told is not the whole.
    pub async fn recent(
        &self,
        begun: &dyn Fn(&[Incident]),
    ) -> Result<(Vec<Incident>, Option<DateTime<Utc>>), ApiError> {
        let mut past = Past::default();
        let is_kept = self.last.borrow().kept_since.is_some();
        let read = self
            .list(true, is_kept, &mut |entry| {
                if past.takes(&entry) {
                    let newest = wire::file_of_incidents(past.newest.clone());
                    self.keep(Some(newest), !is_kept);
                }
                if past.adds(&entry) && past.listed.len() == MOST {
                    begun(&joined(
                        past.listed.clone(),
                        &self.last.borrow().files.summary,
                    ));
                }
                enough(false)
            })
            .await;
        if past.entries < MOST {
            match &read {
                Ok(Some(came)) => {
                    let newest = wire::file_of_incidents(std::mem::take(&mut past.newest));
                    self.keep(Some(newest), came.kept_since.is_none());
                }
                Ok(None) => self.keep(None, true),
                Err(_) => self.last.borrow_mut().patience.failed(clock::now()),
            }
        }
        if read?.is_none() {
            return Err(strange());
        }
        let all_since = past.all_since();
        let found = joined(past.listed, &self.last.borrow().files.summary);
        Ok((found, all_since))
    }

    /// The incidents that are known while the list of the past cannot be read anew: those of `before`, and those that
    /// the rest of the page tells of.
    pub fn beside(&self, before: &[Incident]) -> Vec<Incident> {
        with_known(
            before,
            self.known().map_or_else(Vec::new, |page| page.incidents),
        )
    }

    /// An incident or planned work; `None` where the page has none of that id. Its lists are asked for only where what
    /// was read of the page does not tell of it.
    pub async fn permalinked(&self, id: &IncidentId) -> Result<Option<Permalinked>, ApiError> {
        let known = self.last.borrow().files.permalinked(id);
        if known.is_some() {
            return Ok(known);
        }
        let mut found = None;
        let is_kept = self.last.borrow().kept_since.is_some();
        let listed = self
            .list(true, is_kept, &mut |entry| {
                let is_it = wire::is_of(&entry, &id.0);
                found = is_it.then(|| wire::permalinked(&entry));
                enough(is_it)
            })
            .await?;
        if found.is_some() {
            return Ok(found);
        }
        if listed.is_none() {
            return Err(strange());
        }
        // A summary tells of planned work only until it is over.
        let past = self.file(wire::PLANNED).await?;
        let planned = past.as_ref().and_then(wire::maintenances_of);
        Ok(work(planned.unwrap_or_default(), id))
    }
}

/// How a list came.
#[derive(Debug, Clone, Copy)]
struct Came {
    /// When the source gave it, where it is only what was kept.
    kept_since: Option<DateTime<Utc>>,
}

/// An entry of a list. What only the browser's reader takes, half a letter or a number without end, is no reason to lose the
/// list: the summary is read by that one as well.
fn entry(element: &[u8]) -> Result<Value, ApiError> {
    serde_json::from_slice(element).or_else(|_| read(&String::from_utf8_lossy(element)))
}

fn old() -> ApiError {
    ApiError::NotSent("only an old copy of it can be read".to_owned())
}

fn enough(is_enough: bool) -> ControlFlow<()> {
    if is_enough {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}
