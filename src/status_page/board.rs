//! The status page's only state: what was last read of the page, when, and what became of the last
//! attempt. Reads at once when another tab changes something, and again after a while by itself.

use chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Utc};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::route::Route;
use super::source::{self, NoSource, Site, Source};
use crate::api::embedded;
use crate::api::error::ApiError;
use crate::domain::incident::Incident;
use crate::domain::page::{Overall, Snapshot, overall};
use crate::platform::{clock, page, storage::local};
use crate::ui::{Remote, Theme};
use crate::views::words;

const THEME: &str = "theme";
/// How often the page is read: in an open incident, otherwise, and while nobody looks.
const DURING: TimeDelta = TimeDelta::seconds(10);
const QUIET: TimeDelta = TimeDelta::seconds(60);
const HIDDEN: TimeDelta = TimeDelta::seconds(120);
/// How many months of history are shown at once, and at most.
const MONTHS: u32 = 3;
/// Five years: enough for any reader, and an end for a page of which nothing is known.
const MOST_MONTHS: u32 = 60;

/// The incidents of the last months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// How many months, the present one included.
    pub months: u32,
    /// The incidents that began in them, newest first.
    pub incidents: Vec<Incident>,
}

/// What is shown, all of it.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The organisation, once it is known.
    pub site: Option<Site>,
    /// Why there is no page to read, where that is so.
    pub trouble: Option<NoSource>,
    /// The page.
    pub page: Remote<Snapshot>,
    /// The incidents of the last months.
    pub past: Remote<Past>,
    /// The incident of the route.
    pub one: Remote<Option<Incident>>,
    /// When the page was last read.
    pub as_of: Option<DateTime<Utc>>,
    /// Since when it could not be read, while that is so.
    pub unreachable: Option<DateTime<Utc>>,
    /// What screen readers are told when something changed.
    pub said: String,
}

impl Shown {
    /// The one state that sums the page up; `None` while it is being read for the first time.
    pub fn overall(&self) -> Option<Overall> {
        match &self.page {
            Remote::Ready(snapshot) | Remote::Stale(snapshot, _) => Some(overall(snapshot)),
            Remote::Failed(_) => Some(Overall::Unknown),
            Remote::Loading | Remote::Slow => None,
        }
    }
}

/// The board. A handle: copies share the state.
#[derive(Clone, Copy)]
pub struct Board {
    shown: RwSignal<Shown>,
    now: RwSignal<DateTime<Utc>>,
    theme: RwSignal<Theme>,
    route: ReadSignal<Route>,
    reading: StoredValue<Reading, LocalStorage>,
}

/// The state of reading itself; nothing of it is shown.
struct Reading {
    source: Option<Source>,
    months: u32,
    busy: bool,
    again: bool,
    last: Option<DateTime<Utc>>,
}

impl Board {
    /// Begins to read, and to follow the clock, the other tabs and the route.
    pub fn start(route: ReadSignal<Route>) -> Self {
        let kept = local::get(THEME).ok().flatten();
        let board = Self {
            shown: RwSignal::new(Shown::default()),
            now: RwSignal::new(clock::now()),
            theme: RwSignal::new(kept.as_deref().map_or(Theme::Auto, Theme::from_word)),
            route,
            reading: StoredValue::new_local(Reading {
                source: None,
                months: MONTHS,
                busy: false,
                again: false,
                last: None,
            }),
        };
        clock::every(1000, move |now| board.tick(now)).forever();
        // Without these two the page is still read again after a while.
        if let Ok(changes) = embedded::watch(move || board.read()) {
            changes.forever();
        }
        if let Ok(seen) = page::on_visible(move |visible| {
            if visible {
                board.read();
            }
        }) {
            seen.forever();
        }
        Effect::new(move |_| {
            board.route.track();
            board.shown.update(|shown| shown.one = Remote::Loading);
            board.read();
        });
        board
    }

    /// What is shown.
    pub fn shown(self) -> RwSignal<Shown> {
        self.shown
    }

    /// The time, to the second.
    pub fn now(self) -> RwSignal<DateTime<Utc>> {
        self.now
    }

    /// The theme.
    pub fn theme(self) -> RwSignal<Theme> {
        self.theme
    }

    /// Keeps the theme for the next visit. Where nothing can be kept it lasts as long as the page.
    pub fn keep_theme(self, theme: Theme) {
        self.theme.set(theme);
        let _ = local::set(THEME, theme.word());
    }

    /// Shows earlier months too.
    pub fn show_earlier(self) {
        self.reading.update_value(|reading| {
            reading.months = (reading.months + MONTHS).min(MOST_MONTHS);
        });
        self.read();
    }

    fn tick(self, now: DateTime<Utc>) {
        self.now.set(now);
        let open = self.shown.with_untracked(|shown| {
            shown
                .page
                .value()
                .is_some_and(|snapshot| snapshot.open_incidents().next().is_some())
        });
        let pause = match (page::visible(), open) {
            (false, _) => HIDDEN,
            (true, true) => DURING,
            (true, false) => QUIET,
        };
        let due = self.reading.with_value(|reading| {
            // A clock that was set back must not stop the reading.
            reading
                .last
                .is_none_or(|last| now - last >= pause || now < last)
        });
        if due {
            self.read();
        }
    }

    /// Reads, or reads once more as soon as the reading that is under way has ended.
    fn read(self) {
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
            loop {
                self.read_once().await;
                let mut again = false;
                self.reading.update_value(|reading| {
                    again = reading.again;
                    reading.again = false;
                    reading.busy = again;
                    reading.last = Some(clock::now());
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
        let page = source.snapshot().await;
        self.show(page);
        match self.route.get_untracked() {
            Route::Home | Route::Unknown => {}
            Route::History => {
                let months = self.reading.with_value(|reading| reading.months);
                let (from, until) = span(clock::now(), months);
                let found = source.history(from, until).await;
                let found = found.map(|incidents| Past { months, incidents });
                self.shown.update(|shown| renew(&mut shown.past, found));
            }
            Route::Incident(id) => {
                let found = source.incident(&id).await;
                // The reader may have gone on while it was fetched.
                if self.route.get_untracked() == Route::Incident(id) {
                    self.shown.update(|shown| renew(&mut shown.one, found));
                }
            }
        }
    }

    /// The source, configured at the first reading.
    async fn source(self) -> Option<Source> {
        if let Some(source) = self.reading.with_value(|reading| reading.source.clone()) {
            return Some(source);
        }
        match source::configured().await {
            Ok((site, source)) => {
                self.shown.update(|shown| {
                    shown.site = Some(site);
                    shown.trouble = None;
                });
                self.reading
                    .update_value(|reading| reading.source = Some(source.clone()));
                Some(source)
            }
            Err(trouble) => {
                self.shown.update(|shown| {
                    let why = ApiError::NotSent(trouble.to_string());
                    renew(&mut shown.page, Err(why.clone()));
                    renew(&mut shown.past, Err(why.clone()));
                    renew(&mut shown.one, Err(why));
                    shown.trouble = Some(trouble);
                });
                None
            }
        }
    }

    fn show(self, page: Result<Snapshot, ApiError>) {
        let now = clock::now();
        self.shown.update(|shown| {
            if let Ok(snapshot) = &page {
                shown.as_of = Some(now);
                shown.unreachable = None;
                if let Some(news) = shown.page.value().and_then(|old| news(old, snapshot)) {
                    shown.said = news;
                }
            } else {
                shown.unreachable = shown.unreachable.or(Some(now));
            }
            renew(&mut shown.page, page);
        });
    }
}

/// Takes an outcome over.
fn renew<T>(remote: &mut Remote<T>, outcome: Result<T, ApiError>) {
    *remote = std::mem::take(remote).refreshed(outcome.map_err(|error| error.to_string()));
}

/// What changed on the page, in a sentence: the newest update that was not there before.
fn news(old: &Snapshot, new: &Snapshot) -> Option<String> {
    new.incidents.iter().find_map(|incident| {
        let update = incident.updates.first()?;
        let known = old
            .incidents
            .iter()
            .find(|known| known.id == incident.id)
            .is_some_and(|known| known.updates.iter().any(|each| each.id == update.id));
        (!known).then(|| format!("{}: {}", incident.name, words::status(&update.status)))
    })
}

/// From the first of the month, so many months back, to the end of the present one.
fn span(now: DateTime<Utc>, months: u32) -> (DateTime<Utc>, DateTime<Utc>) {
    let this = first_of_month(now);
    let from = this
        .checked_sub_months(Months::new(months.saturating_sub(1)))
        .unwrap_or(this);
    let until = this
        .checked_add_months(Months::new(1))
        .unwrap_or(DateTime::<Utc>::MAX_UTC);
    (from, until)
}

/// The first moment of a moment's month, in UTC.
fn first_of_month(at: DateTime<Utc>) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(at.year(), at.month(), 1)
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .map_or(at, |start| start.and_utc())
}
