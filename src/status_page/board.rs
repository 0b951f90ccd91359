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
pub const MONTHS: u32 = 3;
/// Five years: enough for any reader, and an end for a page of which nothing is known.
pub const MOST_MONTHS: u32 = 60;

/// The incidents of the last months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// How many months, the present one included.
    pub months: u32,
    /// The incidents that began in them, newest first.
    pub incidents: Vec<Incident>,
}

/// The board. A handle: copies share the state.
#[derive(Clone, Copy)]
pub struct Board {
    site: RwSignal<Option<Site>>,
    trouble: RwSignal<Option<NoSource>>,
    page: RwSignal<Remote<Snapshot>>,
    past: RwSignal<Remote<Past>>,
    one: RwSignal<Remote<Option<Incident>>>,
    as_of: RwSignal<Option<DateTime<Utc>>>,
    unreachable: RwSignal<Option<DateTime<Utc>>>,
    now: RwSignal<DateTime<Utc>>,
    months: RwSignal<u32>,
    said: RwSignal<String>,
    theme: RwSignal<Theme>,
    route: Signal<Route>,
    reading: StoredValue<Reading, LocalStorage>,
}

/// The state of reading itself; nothing of it is shown.
#[derive(Default)]
struct Reading {
    source: Option<Source>,
    busy: bool,
    again: bool,
    last: Option<DateTime<Utc>>,
}

impl Board {
    /// Begins to read, and to follow the clock, the other tabs and the route.
    pub fn start(route: Signal<Route>) -> Self {
        let kept = local::get(THEME).ok().flatten();
        let board = Self {
            site: RwSignal::new(None),
            trouble: RwSignal::new(None),
            page: RwSignal::new(Remote::Loading),
            past: RwSignal::new(Remote::Loading),
            one: RwSignal::new(Remote::Loading),
            as_of: RwSignal::new(None),
            unreachable: RwSignal::new(None),
            now: RwSignal::new(clock::now()),
            months: RwSignal::new(MONTHS),
            said: RwSignal::new(String::new()),
            theme: RwSignal::new(kept.as_deref().map_or(Theme::Auto, Theme::from_word)),
            route,
            reading: StoredValue::new_local(Reading::default()),
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
            board.one.set(Remote::Loading);
            board.read();
        });
        board
    }

    /// The organisation, once it is known.
    pub fn site(self) -> Signal<Option<Site>> {
        self.site.into()
    }

    /// Why there is no page to read, where that is so.
    pub fn trouble(self) -> Signal<Option<NoSource>> {
        self.trouble.into()
    }

    /// The page.
    pub fn page(self) -> Signal<Remote<Snapshot>> {
        self.page.into()
    }

    /// The one state that sums the page up; `None` while it is being read for the first time.
    pub fn overall(self) -> Memo<Option<Overall>> {
        Memo::new(move |_| {
            self.page.with(|page| match page {
                Remote::Ready(snapshot) | Remote::Stale(snapshot, _) => Some(overall(snapshot)),
                Remote::Failed(_) => Some(Overall::Unknown),
                Remote::Loading | Remote::Slow => None,
            })
        })
    }

    /// The incidents of the last months.
    pub fn past(self) -> Signal<Remote<Past>> {
        self.past.into()
    }

    /// The incident of the route.
    pub fn one(self) -> Signal<Remote<Option<Incident>>> {
        self.one.into()
    }

    /// When the page was last read.
    pub fn as_of(self) -> Signal<Option<DateTime<Utc>>> {
        self.as_of.into()
    }

    /// Since when it could not be read, while that is so.
    pub fn unreachable(self) -> Signal<Option<DateTime<Utc>>> {
        self.unreachable.into()
    }

    /// The time, to the second.
    pub fn now(self) -> Signal<DateTime<Utc>> {
        self.now.into()
    }

    /// How many months of history are asked for.
    pub fn months(self) -> Signal<u32> {
        self.months.into()
    }

    /// What screen readers are told when something changed.
    pub fn said(self) -> Signal<String> {
        self.said.into()
    }

    /// The theme.
    pub fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    /// Keeps the theme for the next visit. Where nothing can be kept it lasts as long as the page.
    pub fn keep_theme(self, theme: Theme) {
        self.theme.set(theme);
        let _ = local::set(THEME, theme.word());
    }

    /// Shows earlier months too.
    pub fn show_earlier(self) {
        self.months
            .update(|months| *months = (*months + MONTHS).min(MOST_MONTHS));
        self.read();
    }

    fn tick(self, now: DateTime<Utc>) {
        self.now.set(now);
        let open = self.page.with_untracked(|page| {
            page.value()
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
        match source.snapshot().await {
            Ok(snapshot) => self.show(snapshot),
            Err(error) => {
                self.unreachable
                    .update(|since| *since = since.or(Some(clock::now())));
                self.page
                    .update(|page| *page = std::mem::take(page).refreshed(Err(error.to_string())));
            }
        }
        match self.route.get_untracked() {
            Route::Home | Route::Unknown => {}
            Route::History => {
                let months = self.months.get_untracked();
                let (from, until) = span(clock::now(), months);
                let found = source.history(from, until).await;
                renew(self.past, found.map(|incidents| Past { months, incidents }));
            }
            Route::Incident(id) => {
                let found = source.incident(&id).await;
                // The reader may have gone on while it was fetched.
                if self.route.get_untracked() == Route::Incident(id) {
                    renew(self.one, found);
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
                self.site.set(Some(site));
                self.trouble.set(None);
                self.reading
                    .update_value(|reading| reading.source = Some(source.clone()));
                Some(source)
            }
            Err(trouble) => {
                let why = trouble.to_string();
                renew(
                    self.page,
                    Err::<Snapshot, _>(ApiError::Refused(why.clone())),
                );
                renew(self.past, Err::<Past, _>(ApiError::Refused(why.clone())));
                renew(self.one, Err::<Option<Incident>, _>(ApiError::Refused(why)));
                // The same trouble again redraws nothing.
                if self
                    .trouble
                    .with_untracked(|known| known.as_ref() != Some(&trouble))
                {
                    self.trouble.set(Some(trouble));
                }
                None
            }
        }
    }

    fn show(self, snapshot: Snapshot) {
        self.as_of.set(Some(clock::now()));
        self.unreachable.set(None);
        let news = self
            .page
            .with_untracked(|page| page.value().and_then(|old| news(old, &snapshot)));
        if let Some(news) = news {
            self.said.set(news);
        }
        renew(self.page, Ok::<_, ApiError>(snapshot));
    }
}

/// Takes an outcome over, and wakes nobody where nothing changed.
fn renew<T>(signal: RwSignal<Remote<T>>, outcome: Result<T, ApiError>)
where
    T: PartialEq + Send + Sync + 'static,
{
    let same = signal.with_untracked(|old| match (old, &outcome) {
        (Remote::Ready(old), Ok(new)) => old == new,
        _ => false,
    });
    if !same {
        let outcome = outcome.map_err(|error| error.to_string());
        signal.update(|old| *old = std::mem::take(old).refreshed(outcome));
    }
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
