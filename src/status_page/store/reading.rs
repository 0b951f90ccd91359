//! How the store reads: when, what after what, and what becomes of an answer.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{PageStore, Turn, kept};
use crate::api::error::ApiError;
use crate::api::public_page::rhythm::{self, Seen};
use crate::domain::looked::seen_until;
use crate::domain::page::{Snapshot, goes_on, overall};
use crate::platform::{clock, id, page};
use crate::status_page::archive::Archive;
use crate::status_page::route::Route;
use crate::status_page::source::{self, Source};
use crate::ui::{Remote, Why, intl};

/// How often the page of this browser is read in an open incident: nobody pays for it.
const EMBEDDED: TimeDelta = TimeDelta::seconds(10);

/// Spans after which something that nobody read is another, in milliseconds.
pub(super) const MINUTE: i64 = 60_000;
pub(super) const QUARTER: i64 = 15 * MINUTE;
pub(super) const DAY: i64 = 24 * 60 * MINUTE;

/// The state of reading itself; nothing of it is shown.
pub(super) struct Reading {
    source: Option<Source>,
    busy: bool,
    again: bool,
    last: Option<DateTime<Utc>>,
    failures: u32,
    /// Whether the reading that is under way was told of a failure.
    failed: bool,
    chance: f64,
}

impl PageStore {
    pub(super) fn tick(self, now: DateTime<Utc>) {
        self.now.set(now);
        // Another day has begun, or one that had passed unread is known again.
        let days = turn(now, DAY) + turn(self.known.get_untracked(), DAY);
        for (signal, turn) in [
            (self.minute, turn(now, MINUTE)),
            (self.quarter, turn(now, QUARTER)),
            (self.day, days),
        ] {
            if signal.get_untracked() != turn {
                signal.set(turn);
            }
        }
        if self.paused.get_untracked() {
            return;
        }
        let open = self.goes_on();
        let due = self.reading.with_value(|reading| {
            let pause = reading.pause(open);
            // A clock that was set back must not stop the reading.
            let due = reading
                .last
                .is_none_or(|last| now - last >= pause || now < last);
            due && !reading.busy
        });
        if due {
            self.read();
        }
    }

    fn goes_on(self) -> bool {
        self.shown.with_untracked(|shown| {
            let mut pages = shown.page.value().into_iter();
            pages.any(goes_on)
        })
    }

    /// The device has a network again: reads soon, whatever failed without one.
    pub(super) fn reconnect(self) {
        let open = self.goes_on();
        self.reading.update_value(|reading| {
            reading.failures = 0;
            // What is under way was asked without a network.
            reading.again |= reading.busy;
            let soon = rhythm::reconnected(reading.chance) - reading.pause(open);
            reading.last = reading.last.map(|_| clock::now() + soon);
        });
    }

    /// Reads, or reads once more as soon as the reading that is under way has ended.
    pub(super) fn read(self) {
        let mut begin = false;
        self.reading.update_value(|reading| {
            begin = !reading.busy;
            reading.again = reading.busy;
            reading.busy = true;
        });
        if !begin {
            return;
        }
        spawn_local(async move {
            // Before anything is read: what it is shown in.
            self.take_turns(Turn::Page).await;
            loop {
                clock::breathe().await;
                self.read_once().await;
                // Also where nothing could be read.
                self.take_turns(Turn::LAST).await;
                self.later.fetch();
                let mut again = false;
                self.reading.update_value(|reading| {
                    again = reading.again;
                    reading.again = false;
                    reading.busy = again;
                    let failed = std::mem::take(&mut reading.failed);
                    reading.failures = if failed { reading.failures + 1 } else { 0 };
                    reading.last = Some(clock::now());
                    reading.chance = id::chance();
                });
                if !again {
                    return;
                }
            }
        });
    }

    async fn read_once(self) {
        let Some(source) = self.source().await else {
            return;
        };
        clock::breathe().await;
        intl::prepare();
        clock::breathe().await;
        let (told, kept_since, more, dated) = match source.glance().await {
            Ok(glance) => (
                glance.page.map(Ok),
                glance.kept_since,
                glance.more,
                glance.dated,
            ),
            Err(error) => (Some(Err(error)), None, false, None),
        };
        clock::breathe().await;
        // Before anything is dated by it, and at once: no age is reckoned from two clocks.
        if let Some(dated) = dated {
            self.later.hear(&dated);
            self.now.set(clock::now());
        }
        let before = self
            .shown
            .with_untracked(|shown| shown.page.value().cloned());
        // Of a page whose summary is silent on incidents, only its past tells the state.
        let silent = told.is_none();
        if let Some(page) = told {
            self.show(page, kept_since, more);
            self.take_turns(Turn::LAST).await;
        }
        if !more {
            self.announce(before.as_ref()).await;
            if !self.route.with_untracked(wants_past) {
                return;
            }
        }
        let archive = source.archive(self.later).await;
        // There the list of the past tells the page's newest, too: it is asked for once.
        let together =
            more && !silent && self.route.with_untracked(|route| *route == Route::History);
        if more && !together {
            let whole = match &archive {
                Ok(archive) => archive.whole().await,
                Err(gone) => Err(gone.clone()),
            };
            // What a glance told stands without the past.
            if silent || whole.is_ok() {
                let (page, old) = match whole {
                    Ok((page, old)) => (Ok(page), old),
                    Err(error) => (Err(error), None),
                };
                self.show(page, old, false);
            }
            self.announce(before.as_ref()).await;
        }
        match (self.route.get_untracked(), archive) {
            (Route::Home | Route::Rule | Route::Unknown, _) => {}
            (Route::History, archive) => {
                let begun = move |archive: &dyn Archive| {
                    if together && let Some(page) = archive.known() {
                        self.show(Ok(page), kept_since, false);
                    }
                };
                self.read_past(archive, more || !source.tells_changes(), begun)
                    .await;
                if together {
                    self.announce(before.as_ref()).await;
                }
            }
            (Route::Incident(id), archive) => {
                // Nothing that was not read now is to be read of it.
                let known = self.shown.with_untracked(|shown| {
                    let mut pages = shown.page.value().into_iter();
                    let told = matches!(shown.one, Remote::Ready(_));
                    pages.any(|page| page.tells_of(&id)) || told && !more
                });
                if known && source.tells_changes() {
                    return;
                }
                let found = match archive {
                    Ok(archive) => archive.permalinked(id.clone()).await,
                    Err(gone) => Err(gone),
                };
                self.note(found.is_err());
                // The reader may have gone on while it was fetched.
                if self.route.get_untracked() == Route::Incident(id) {
                    self.shown
                        .update(|shown| shown.one.refresh(found.map_err(why)));
                }
            }
        }
    }

    /// Whatever of a reading fails, its page leaves the source alone for longer.
    pub(super) fn note(self, failed: bool) {
        self.reading
            .update_value(|reading| reading.failed |= failed);
    }

    /// The source, configured at the first reading.
    async fn source(self) -> Option<Source> {
        if let Some(source) = self.reading.with_value(|reading| reading.source.clone()) {
            return Some(source);
        }
        match source::configured(self.later).await {
            Ok((site, source)) => {
                let has_moved = kept::has_moved(source.address());
                self.shown.update(|shown| {
                    shown.last = shown.last.filter(|_| !has_moved);
                    shown.site = Some(site);
                    shown.trouble = None;
                });
                self.told.update(|told| *told += 1);
                if let Source::Embedded(kept) = &source {
                    kept.watch(Box::new(move || {
                        if !self.paused.get_untracked() {
                            self.read();
                        }
                    }));
                }
                self.reading
                    .update_value(|reading| reading.source = Some(source.clone()));
                Some(source)
            }
            Err(trouble) => {
                self.note(true);
                self.shown.update(|shown| {
                    shown.page.refresh(Err(Why::Unreadable));
                    shown.past.refresh(Err(Why::Unreadable));
                    shown.one.refresh(Err(Why::Unreadable));
                    shown.trouble = Some(trouble);
                });
                self.past_told.update(|told| *told += 1);
                None
            }
        }
    }

    /// Takes over what was read of the page; `more` where its past is still to be read.
    fn show(self, page: Result<Snapshot, ApiError>, kept_since: Option<DateTime<Utc>>, more: bool) {
        let now = clock::now();
        let reached = page.is_ok() && kept_since.is_none();
        self.note(!reached);
        let (mut same, mut same_parts) = (false, false);
        let was_whole = self.shown.with_untracked(|shown| shown.whole);
        self.shown.update(|shown| {
            shown.unreachable = if reached {
                None
            } else {
                shown.unreachable.or(Some(now))
            };
            if let Ok(snapshot) = &page {
                shown.whole = !more || shown.whole;
                shown.kept_since = kept_since;
                shown.as_of = Some(kept_since.unwrap_or(now));
                let known = shown.page.value();
                // Planned work that is over, or an incident that was deleted, stands under its address as it was told last, until
                // it is read by itself.
                if let Route::Incident(id) = self.route.get_untracked()
                    && !snapshot.tells_of(&id)
                    && let Some(told) = known.and_then(|known| known.permalinked(&id))
                {
                    shown.one = Remote::Ready(Box::new(Some(told)));
                }
                same_parts = known.is_some_and(|known| known.components == snapshot.components)
                    && shown.whole == was_whole;
                same = same_parts && known == Some(snapshot);
                if reached {
                    kept::keep_heard(overall(snapshot), now);
                    // An old copy tells nothing that was not seen before.
                    if page::visible() {
                        self.looked.keep(seen_until(snapshot, now));
                    }
                }
            } else {
                // What was known stands.
                same = shown.page.value().is_some();
                same_parts = same;
            }
            shown.page.refresh(page.map_err(why));
        });
        if !same_parts {
            self.parts_told.update(|told| *told += 1);
        }
        if !same {
            self.told.update(|told| *told += 1);
        }
    }

    /// Tells screen readers what a reading has changed, once and when all of it was read.
    async fn announce(self, before: Option<&Snapshot>) {
        let now = self
            .shown
            .with_untracked(|shown| shown.page.value().cloned());
        let (Some(before), Some(now)) = (before, now) else {
            return;
        };
        if now == *before {
            return;
        }
        let at_home = self.route.with_untracked(|route| *route == Route::Home);
        if let Some(said) = self.later.news(before, &now, at_home).await {
            self.shown.update(|shown| shown.say(said));
        }
    }
}

impl Reading {
    /// Nothing was read yet.
    pub(super) fn new() -> Self {
        Self {
            source: None,
            busy: false,
            again: false,
            last: None,
            failures: 0,
            failed: false,
            chance: id::chance(),
        }
    }

    /// The pause before the next reading.
    fn pause(&self, open: bool) -> TimeDelta {
        let seen = Seen {
            open,
            visible: page::visible(),
            failures: self.failures,
        };
        match (&self.source, seen) {
            (
                Some(Source::Embedded(_)),
                Seen {
                    open: true,
                    visible: true,
                    ..
                },
            ) => EMBEDDED,
            (Some(_) | None, _) => rhythm::pause(seen, self.chance),
        }
    }
}

/// Which span of so many milliseconds it is: another one begins right after its border, when what ended there is over.
pub(super) fn turn(now: DateTime<Utc>, span: i64) -> u32 {
    let count = (now.timestamp_millis() - 1).div_euclid(span);
    u32::try_from(count).unwrap_or_default()
}

/// Whether a route shows more than the page as it is now.
fn wants_past(route: &Route) -> bool {
    match route {
        Route::History | Route::Incident(_) => true,
        Route::Home | Route::Rule | Route::Unknown => false,
    }
}

/// Why a source could not be read, as far as a reader can do anything with it.
#[inline(never)]
pub(super) fn why(error: ApiError) -> Why {
    match error {
        ApiError::NotSent(_) | ApiError::Unanswered(_) | ApiError::Garbled(_) => Why::Unreadable,
        ApiError::Refused(_) | ApiError::LoginNeeded | ApiError::Gone(_) => Why::Refused,
        ApiError::Busy { .. } => Why::Busy,
    }
}
