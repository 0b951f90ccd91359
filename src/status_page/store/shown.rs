//! What the store shows, all of it, and what follows from it.

use chrono::{DateTime, Utc};

use crate::domain::knowledge::Knowledge;
use crate::domain::page::{Overall, Permalinked, Snapshot, notices, overall};
use crate::status_page::archive::Found;
use crate::status_page::route::Route;
use crate::status_page::source::{NoSource, Site};
use crate::ui::Remote;

/// The incidents of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The incidents.
    pub found: Found,
    /// Whether the list was read to its end.
    pub whole: bool,
}

/// What is shown, all of it.
#[derive(Debug, Clone, Default)]
pub struct PageState {
    /// The organisation, once it is known.
    pub site: Option<Site>,
    /// Why there is no page to read, where that is so.
    pub trouble: Option<NoSource>,
    pub page: Remote<Snapshot>,
    /// The incidents of the past.
    pub past: Remote<Past>,
    /// The incident or the planned work of the route, where the page as it is now does not tell of it.
    pub one: Remote<Option<Permalinked>>,
    /// When the page was last read.
    pub as_of: Option<DateTime<Utc>>,
    /// Since when it could not be read, while that is so.
    pub unreachable: Option<DateTime<Utc>>,
    /// When the source gave what is shown, where that is only what the service worker kept.
    pub kept_since: Option<DateTime<Utc>>,
    /// Whether the list of incidents was asked for: without it nothing is known of the past.
    pub whole: bool,
    /// What screen readers are told when something changed.
    pub said: String,
    /// What this browser heard last, at an earlier visit or before a reload, and when.
    pub last: Option<(Overall, DateTime<Utc>)>,
}

impl PageState {
    /// The one state that sums the page up; `None` while it is being read for the first time.
    pub fn overall(&self) -> Option<Overall> {
        match &self.page {
            Remote::Ready(snapshot) | Remote::Stale(snapshot, _) => Some(overall(snapshot)),
            Remote::Failed(_) => Some(self.last.map_or(Overall::Unknown, |(state, _)| state)),
            Remote::Loading | Remote::Slow => None,
        }
    }

    /// Tells screen readers something. What they have been told before they are told again only where the text is
    /// another, so that a space makes it one.
    pub fn say(&mut self, words: String) {
        let again = !words.is_empty() && words == self.said;
        self.said = words;
        if again {
            self.said.push('\u{a0}');
        }
    }

    /// As of when the state is that is shown: where nothing could be read yet, as of when an earlier visit heard it.
    pub fn told_at(&self) -> Option<DateTime<Utc>> {
        match &self.page {
            Remote::Ready(_) | Remote::Stale(..) => self.as_of,
            Remote::Failed(_) => self.last.map(|(_, at)| at),
            Remote::Loading | Remote::Slow => None,
        }
    }

    /// How well what is shown is known; where nothing could be read yet, and nothing is told of an earlier visit,
    /// nothing is in doubt.
    pub fn knowledge(&self, now: DateTime<Utc>) -> Knowledge {
        // Whatever it was that could not be read: what an earlier visit heard is only the last that was known.
        let unanswered = self.unreachable.is_some() || matches!(self.page, Remote::Failed(_));
        self.told_at().map_or(Knowledge::Known, |at| {
            Knowledge::at(Some(at), unanswered, now)
        })
    }

    /// Whether what a route shows is known, or certainly not to be had: what stands below it does not move then.
    pub fn is_known(&self, route: &Route) -> bool {
        match route {
            Route::Home | Route::Rule | Route::Unknown => self.page.is_settled(),
            Route::History => self.past.is_settled(),
            Route::Incident(id) => {
                let mut pages = self.page.value().into_iter();
                self.one.is_settled() || pages.any(|page| page.tells_of(id))
            }
        }
    }

    /// Whether texts are as they were typed: of the page that this browser keeps nobody else has made markup.
    pub fn typed(&self) -> bool {
        let mut sites = self.site.iter();
        sites.any(|site| site.this_browser_only)
    }

    /// Whether only the newest of the past is here, and the rest on its way. What failed is on no way any more.
    pub fn reads_past(&self) -> bool {
        matches!(&self.past, Remote::Ready(past) if !past.whole)
    }

    /// Whether planned work is announced or running, which comes with the later part.
    pub fn has_planned(&self) -> bool {
        let mut pages = self.page.value().into_iter();
        pages.any(|page| !page.maintenances.is_empty())
    }

    /// How many mere notices stand.
    pub fn notices(&self) -> usize {
        self.page.value().map_or(0, notices)
    }
}
