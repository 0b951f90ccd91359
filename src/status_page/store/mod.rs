//! The status page's only state: what was last read of the page, when, and what became of the last
//! attempt. Reads at once when another tab changes something, and again after a while by itself.

mod kept;
pub mod passing;
mod past;
mod reading;
mod search;
mod shown;
mod turns;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::later::Later;
use super::route::Route;
use crate::domain::component::{Component, ComponentId};
use crate::domain::knowledge::Knowledge;
use crate::platform::{clock, page, storage::local};
use crate::ui::reactive::whenever;
use crate::ui::time::{Form, form_beside};
use crate::ui::{Lang, Remote, Theme};
use crate::views::{Minutes, words};

use kept::Looked;
use reading::{DAY, MINUTE, QUARTER, Reading, turn};
pub use search::{Asked, Search};
pub use shown::{PageState, Past};
pub use turns::{Turn, in_line, once_painted};

const THEME: &str = "theme";
const LANGUAGE: &str = "language";

/// The store. A handle: copies share the state.
#[derive(Clone, Copy)]
pub struct PageStore {
    shown: RwSignal<PageState>,
    now: RwSignal<DateTime<Utc>>,
    minute: RwSignal<u32>,
    quarter: RwSignal<u32>,
    day: RwSignal<u32>,
    theme: RwSignal<Theme>,
    spoken: RwSignal<Lang>,
    turn: RwSignal<Turn>,
    told: RwSignal<u32>,
    parts_told: RwSignal<u32>,
    past_told: RwSignal<u32>,
    pins: RwSignal<Vec<ComponentId>>,
    paused: RwSignal<bool>,
    knowledge: Memo<Knowledge>,
    known: Signal<DateTime<Utc>>,
    lost: Memo<Option<(DateTime<Utc>, Form)>>,
    looked: Looked,
    later: Later,
    route: ReadSignal<Route>,
    reading: StoredValue<Reading, LocalStorage>,
}

impl PageStore {
    /// Begins to read, and to follow the clock, the other tabs and the route.
    pub fn start(route: ReadSignal<Route>, later: Later) -> Self {
        let kept = local::get(THEME).ok().flatten();
        let start = clock::now();
        let now = RwSignal::new(start);
        let shown = RwSignal::new(PageState {
            last: kept::heard(),
            ..PageState::default()
        });
        let knowledge = Memo::new(move |_| {
            let now = now.get();
            shown.with(|shown| shown.knowledge(now))
        });
        let paused = RwSignal::new(false);
        let known = Signal::derive(move || {
            let as_of = shown.with(|shown| shown.as_of);
            knowledge.get().reaches(as_of, paused.get(), now.get())
        });
        let store = Self {
            shown,
            now,
            minute: RwSignal::new(turn(start, MINUTE)),
            quarter: RwSignal::new(turn(start, QUARTER)),
            day: RwSignal::new(2 * turn(start, DAY)),
            theme: RwSignal::new(kept.as_deref().map_or(Theme::Auto, Theme::from_word)),
            spoken: RwSignal::new(Lang::spoken()),
            turn: RwSignal::new(Turn::Nobody),
            told: RwSignal::new(0),
            parts_told: RwSignal::new(0),
            past_told: RwSignal::new(0),
            pins: RwSignal::new(kept::pins().unwrap_or_default()),
            paused,
            knowledge,
            known,
            lost: Memo::new(move |_| {
                let since = knowledge.get().lost_since()?;
                Some((since, form_beside(since, now.get())))
            }),
            looked: Looked::begin(start),
            later,
            route,
            reading: StoredValue::new_local(Reading::new()),
        };
        clock::every(1000, move |now| store.tick(now)).forever();
        // Without it the page is still read again after a while.
        if let Ok(seen) = page::on_visible(move |_| store.tick(clock::now())) {
            seen.forever();
        }
        if let Ok(heard) = page::on_online(move || store.reconnect()) {
            heard.forever();
        }
        whenever(move || {
            store.route.track();
            store.shown.update(|shown| shown.one = Remote::Loading);
            store.read();
        });
        store
    }

    pub fn shown(self) -> RwSignal<PageState> {
        self.shown
    }

    /// The time, to the second.
    pub fn now(self) -> RwSignal<DateTime<Utc>> {
        self.now
    }

    /// What is known for what changes by the minute.
    pub fn minutes(self) -> Minutes {
        Minutes {
            known: self.known,
            minute: self.minute,
        }
    }

    /// Changes right after each full quarter of an hour.
    pub fn quarter(self) -> RwSignal<u32> {
        self.quarter
    }

    /// Changes when another day has begun, in UTC, and when it becomes known of another.
    pub fn day(self) -> RwSignal<u32> {
        self.day
    }

    /// What is fetched after the first state.
    pub fn later(self) -> Later {
        self.later
    }

    pub fn theme(self) -> RwSignal<Theme> {
        self.theme
    }

    /// Keeps the theme for the next visit. Where nothing can be kept it lasts as long as the page.
    pub fn keep_theme(self, theme: Theme) {
        self.theme.set(theme);
        let _ = local::set(THEME, theme.word());
    }

    /// The language, which everything is drawn anew for.
    pub fn spoken(self) -> RwSignal<Lang> {
        self.spoken
    }

    /// Speaks another language, and keeps it for the next visit as the theme is kept.
    pub fn speak(self, lang: Lang) {
        lang.speak();
        // Without a document there would be nobody to speak to.
        let _ = page::set_language(lang.tag());
        let _ = local::set(LANGUAGE, lang.tag());
        kept::keep_heard_anew();
        // What was said was said in the other language.
        self.shown.update(|shown| shown.said.clear());
        self.spoken.set(lang);
    }

    /// Changes when what is told of the page and its organisation does, and only then: a reading that finds the
    /// same changes its age alone.
    pub fn told(self) -> RwSignal<u32> {
        self.told
    }

    /// Changes when the components do, or when it becomes known what became of them: a list of them stands while
    /// something else is told.
    pub fn parts_told(self) -> RwSignal<u32> {
        self.parts_told
    }

    /// What a component is called where its group does not stand over it.
    pub fn called(self, component: &Component) -> String {
        self.shown.with_untracked(|shown| {
            let all = shown.page.value().map_or(&[][..], |page| &page.components);
            words::part(&component.name_among(all)).to_owned()
        })
    }

    /// The reader's own components.
    pub fn pins(self) -> RwSignal<Vec<ComponentId>> {
        self.pins
    }

    /// Makes a component the reader's own, or no longer.
    pub fn pin(self, component: &ComponentId) {
        self.pins.update(|pins| {
            let had = pins.contains(component);
            let changed = |mut list: Vec<ComponentId>| {
                list.retain(|pin| pin != component);
                if !had {
                    list.push(component.clone());
                }
                list
            };
            // Another tab may have kept others. Where nothing can be kept, those of this one last as long as the page.
            let kept = changed(kept::pins().unwrap_or_else(|| pins.clone()));
            *pins = if kept::keep_pins(&kept) {
                kept
            } else {
                changed(std::mem::take(pins))
            };
        });
    }

    /// Whether the reader has stopped the reading.
    pub fn paused(self) -> RwSignal<bool> {
        self.paused
    }

    /// Stops the reading by itself, or goes on with it at once.
    pub fn pause(self, pause: bool) {
        self.paused.set(pause);
        if !pause {
            self.read();
        }
    }

    /// How well what is shown is known.
    pub fn knowledge(self) -> Memo<Knowledge> {
        self.knowledge
    }

    /// Whether all stands that tells what the route is about. The static frame is shown until then (`first/frame.mjs`).
    pub fn stands(self) -> bool {
        let route = self.route;
        route.with(|route| {
            let drawn = match route {
                Route::Home => self.turn.get() == Turn::LAST,
                Route::History | Route::Incident(_) | Route::Rule | Route::Unknown => {
                    self.later.is_settled()
                }
            };
            drawn && self.shown.with(|shown| shown.is_known(route))
        })
    }

    /// Up to when it is known how things are.
    pub fn known(self) -> Signal<DateTime<Utc>> {
        self.known
    }

    /// Since when nothing is known, and how much of that time is to be said: its day where that is not today.
    pub fn lost(self) -> Memo<Option<(DateTime<Utc>, Form)>> {
        self.lost
    }

    /// When the reader last looked, before this look.
    pub fn looked(self) -> Option<DateTime<Utc>> {
        self.looked.before
    }

    /// Changes when the incidents of the past do.
    pub fn past_told(self) -> RwSignal<u32> {
        self.past_told
    }
}
