//! The page that this browser keeps, behind one pointer: its reader and the browser's database are a part that
//! readers of a hosted page never fetch.

use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};

use super::archive::{Answer, Archive, Found, Newest};
use crate::api::embedded::{self, Reader};
use crate::api::page::ReadPage;
use crate::domain::incident::{Incident, IncidentId};
use crate::domain::page::{Permalinked, Snapshot};
use crate::platform::clock;

/// Clocks differ: what was posted from a device that is ahead is not left out.
const A_YEAR: TimeDelta = TimeDelta::days(366);

/// The kept page: all of it is past and present in one.
pub trait Kept: Archive {
    /// Calls back whenever another tab changes something, for as long as the page lives.
    fn watch(&self, changed: Box<dyn FnMut()>);
}

impl Archive for Reader {
    fn whole(&self) -> Answer<(Snapshot, Option<DateTime<Utc>>)> {
        let reader = self.clone();
        Box::pin(async move { Ok((reader.snapshot().await?, None)) })
    }

    fn permalinked(&self, id: IncidentId) -> Answer<Option<Permalinked>> {
        let reader = self.clone();
        Box::pin(async move {
            let found = ReadPage::incident(&reader, &id).await?;
            Ok(found.map(Permalinked::Incident))
        })
    }

    fn history(&self, _: Newest) -> Answer<Found> {
        let reader = self.clone();
        Box::pin(async move {
            let until: DateTime<Utc> = clock::now() + A_YEAR;
            Ok(Found {
                incidents: ReadPage::history(&reader, DateTime::UNIX_EPOCH, until).await?,
                all_since: None,
            })
        })
    }

    fn known(&self) -> Option<Snapshot> {
        None
    }

    fn beside(&self, before: &[Incident]) -> Vec<Incident> {
        before.to_vec()
    }
}

impl Kept for Reader {
    fn watch(&self, changed: Box<dyn FnMut()>) {
        // Without it the page is still read again after a while.
        if let Ok(changes) = embedded::watch(changed) {
            changes.forever();
        }
    }
}

pub fn open() -> Rc<dyn Kept> {
    Rc::new(Reader::new())
}
