//! How the past is read, and what is shown of it while it is on its way.

use std::rc::Rc;

use leptos::prelude::*;

use super::reading::why;
use super::{PageStore, Past};
use crate::api::error::ApiError;
use crate::status_page::archive::{Archive, Found};
use crate::ui::Remote;

impl PageStore {
    /// Reads the past, where something `may` have come to it. Its newest incidents are shown while the rest is
    /// still on its way, and `begun` is called then and in the end; what was known before stays until all is there.
    pub(super) async fn read_past(
        self,
        archive: Result<Rc<dyn Archive>, ApiError>,
        may: bool,
        begun: impl Fn(&dyn Archive) + Copy + 'static,
    ) {
        let (known, had) = self.shown.with_untracked(|shown| {
            let had = shown.past.value().is_some_and(|past| past.whole);
            (had && matches!(shown.past, Remote::Ready(_)), had)
        });
        if known && !may {
            return;
        }
        let found = match &archive {
            Ok(archive) => {
                let here = Rc::clone(archive);
                let newest = move |found| {
                    begun(&*here);
                    if !had {
                        self.show_past(Ok(Past {
                            found,
                            whole: false,
                        }));
                    }
                };
                archive.history(Box::new(newest)).await
            }
            Err(gone) => Err(gone.clone()),
        };
        self.note(found.is_err());
        if let Ok(archive) = &archive {
            begun(&**archive);
            if found.is_err() {
                self.show_known_past(&**archive);
            }
        }
        self.show_past(found.map(|found| Past { found, whole: true }));
    }

    /// Shows what is known of a past that could not be read.
    fn show_known_past(self, archive: &dyn Archive) {
        self.shown.update(|shown| {
            let before = shown.past.value();
            let incidents =
                archive.beside(before.map_or(&[][..], |past| past.found.incidents.as_slice()));
            if before.is_some() || !incidents.is_empty() {
                let all_since = before.and_then(|past| past.found.all_since);
                let whole = before.is_some_and(|past| past.whole);
                let found = Found {
                    incidents,
                    all_since,
                };
                let past = Past { found, whole };
                // The same as before stays as old as it is.
                if shown.past.value() != Some(&past) {
                    shown.past = Remote::Ready(Box::new(past));
                }
            }
        });
    }

    fn show_past(self, past: Result<Past, ApiError>) {
        let mut same = false;
        self.shown.update(|shown| {
            let known = shown.past.value();
            same = match &past {
                Ok(past) => known == Some(past),
                Err(_) => known.is_some(),
            };
            let before = shown.past.stale();
            shown.past.refresh(past.map_err(why));
            same &= shown.past.stale() == before;
        });
        if !same {
            self.past_told.update(|told| *told += 1);
        }
    }
}
