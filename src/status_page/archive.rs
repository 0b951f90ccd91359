//! What reading the past takes, behind one pointer, so that a later part can bring it: the list of incidents of a
//! hosted page, or the page that this browser keeps.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use chrono::{DateTime, Utc};

use crate::api::error::ApiError;
use crate::api::public_page::PublicPage;
use crate::domain::incident::{Incident, IncidentId};
use crate::domain::page::{Permalinked, Snapshot};

/// An answer on its way.
pub type Answer<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;
/// Who is told the beginning of a long list while the rest is on its way.
pub type Newest = Box<dyn Fn(Found)>;

/// Incidents of the past.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Those that are known, newest first.
    pub incidents: Vec<Incident>,
    /// Since when none is missing, where the source lists no more than its newest.
    pub all_since: Option<DateTime<Utc>>,
}

/// What is asked of the past, as an object.
pub trait Archive {
    /// The page with the newest incidents of its past, and since when what tells its state was kept, where that is a copy.
    fn whole(&self) -> Answer<(Snapshot, Option<DateTime<Utc>>)>;
    /// One incident, or planned work.
    fn permalinked(&self, id: IncidentId) -> Answer<Option<Permalinked>>;
    /// All incidents of the past, newest first.
    fn history(&self, newest: Newest) -> Answer<Found>;
    /// The page as far as it was read, with the newest of its past once [`Self::history`] has told them; `None` where only
    /// [`Self::whole`] tells it.
    fn known(&self) -> Option<Snapshot>;
    /// What is known while they cannot be read: those of `before`, and those that the page as it is now tells of.
    fn beside(&self, before: &[Incident]) -> Vec<Incident>;
}

impl Archive for PublicPage {
    fn whole(&self) -> Answer<(Snapshot, Option<DateTime<Utc>>)> {
        let page = self.clone();
        Box::pin(async move { page.whole().await })
    }

    fn permalinked(&self, id: IncidentId) -> Answer<Option<Permalinked>> {
        let page = self.clone();
        Box::pin(async move { page.permalinked(&id).await })
    }

    fn history(&self, newest: Newest) -> Answer<Found> {
        let page = self.clone();
        Box::pin(async move {
            let begun = |incidents: &[Incident]| {
                newest(Found {
                    incidents: incidents.to_vec(),
                    all_since: incidents.last().map(|incident| incident.created_at),
                });
            };
            let (incidents, all_since) = page.recent(&begun).await?;
            Ok(Found {
                incidents,
                all_since,
            })
        })
    }

    fn known(&self) -> Option<Snapshot> {
        PublicPage::known(self)
    }

    fn beside(&self, before: &[Incident]) -> Vec<Incident> {
        PublicPage::beside(self, before)
    }
}

/// Opens the archive of a hosted page.
pub fn of_page(page: PublicPage) -> Rc<dyn Archive> {
    Rc::new(page)
}
