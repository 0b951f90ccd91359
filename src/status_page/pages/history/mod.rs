//! The past: incidents by month, newest first, each with its permalink; of one component or of all, and
//! those with some words in them. The page holds a window of it, whatever its length.

mod filters;
mod month;

use chrono::{DateTime, Utc};
use leptos::html::Div;
use leptos::prelude::*;

use super::age::age;
use crate::domain::incident::Incident;
use crate::domain::past::{self, Listed, PORTION, ROWS, Seen, Window, is_told};
use crate::status_page::link;
use crate::status_page::router::Router;
use crate::status_page::store::{Asked, PageState, PageStore, Past, Search, once_painted};
use crate::ui::moment::zone;
use crate::ui::{
    Button, Notice, NoticeTone, PageHeading, Remote, because, reactive, show_remote, whenever,
};
use crate::views::words;

use filters::Filters;

/// What the reader has chosen to see. A handle: copies share the state.
#[derive(Clone, Copy)]
struct Chosen {
    asked: RwSignal<Asked>,
    window: RwSignal<Window>,
    /// The windows that were left for an earlier one.
    before: RwSignal<Vec<Window>>,
    search: Search,
}

impl Chosen {
    /// What is shown begins with its newest again.
    fn begin(self) {
        self.window.set(Window::default());
        self.before.set(Vec::new());
    }

    /// Whether the whole window is: what is not on the screen yet is drawn later.
    fn is_drawn(self, seen: Memo<Option<Seen>>) -> bool {
        let rows = self.window.with(|window| window.rows);
        rows >= ROWS || seen.with(|seen| seen.as_ref().is_none_or(|seen| seen.rows() < rows))
    }

    /// Whether everything is shown, not only what was found.
    fn is_all(self) -> bool {
        self.search.found().with(Option::is_none)
    }
}

/// The page.
#[component]
pub fn History(
    store: PageStore,
    /// Where we are.
    router: Router,
    /// Whether the reader came by a link.
    focus: bool,
) -> impl IntoView {
    let title = words::say().incident_history;
    router.name(title);
    let asked = Asked {
        words: router.asked(link::WORDS).unwrap_or_default(),
        component: router.asked(link::COMPONENT).unwrap_or_default(),
    };
    // Whoever comes back to a list that is here finds the place where they left it: the page is as long as it was.
    let is_here = store
        .shown()
        .with_untracked(|shown| shown.past.value().is_some());
    let rows = if is_here { ROWS } else { PORTION };
    let chosen = Chosen {
        window: RwSignal::new(Window {
            rows,
            ..Window::default()
        }),
        before: RwSignal::new(Vec::new()),
        search: Search::new(&asked),
        asked: RwSignal::new(asked),
    };
    whenever(move || {
        let list = store.past_told().get();
        let is_here = store
            .shown()
            .with_untracked(|shown| shown.past.value().is_some());
        chosen.asked.with(|asked| {
            if is_here {
                chosen
                    .search
                    .look(store, list, asked, move || chosen.begin());
            }
        });
    });
    let seen = Memo::new(move |_| {
        store.past_told().track();
        // A month may have begun.
        store.quarter().track();
        let shown = store.shown();
        let read = store.known().get_untracked();
        shown.with_untracked(|shown| {
            // Of what was never read to its end only months with something are shown: the others may have had it.
            let all = !matches!(&shown.past, Remote::Stale(past, _) if !past.whole);
            let mut seen = window(read, shown.past.value()?, chosen, all);
            // Of a list that is still being read nobody knows yet what lies before.
            seen.earlier = seen.earlier.filter(|_| !shown.reads_past());
            Some(seen)
        })
    });
    whenever(move || {
        if !chosen.is_drawn(seen) {
            once_painted(move || {
                // Whoever has left the page misses nothing.
                let _gone = chosen.window.try_update(|window| window.rows += PORTION);
            });
        }
    });
    let list = reactive(move || {
        store.past_told().track();
        store.day().track();
        let all = chosen.is_all();
        let shown = store.shown();
        shown.with_untracked(|shown| {
            let list = |past: &Past| seen.with(|seen| months(seen.as_ref(), past, all, store));
            // Never read to its end: what is known of it is not old, but not all.
            if let Remote::Stale(past, why) = &shown.past
                && !past.whole
            {
                let why = because(words::later::say().rest_not_read, *why);
                let shown = list(past);
                return view! {
                    <Notice tone=NoticeTone::Warn>{why}</Notice>
                    {shown}
                }
                .into_any();
            }
            show_remote(&shown.past, list)
        })
    });
    let found = reactive(move || {
        if chosen.is_all() {
            return ().into_any();
        }
        let matches = chosen.search.found();
        matches.with(|found| {
            let found = found.as_ref().filter(|found| found.done);
            found
                .map(|found| words::later::found(found.places.len()))
                .into_any()
        })
    });
    view! {
        <PageHeading focus=focus>{title}</PageHeading>
        {age(store)}
        <Filters store=store router=router chosen=chosen />
        <p class="small quiet" aria-live="polite">
            {found}
        </p>
        <Steps chosen=chosen seen=seen>
            {list}
        </Steps>
    }
}

/// What the window shows of the past; `quiet` months too, where nothing was.
fn window(read: DateTime<Utc>, past: &Past, chosen: Chosen, quiet: bool) -> Seen {
    // What says no moment comes last, and stands with the last that does.
    let incidents = &past.found.incidents;
    let last = incidents.iter().rfind(|incident| incident.is_dated());
    let last = last.map_or(read, Incident::began_at);
    let listed = |place: usize| {
        let incident = incidents.get(place)?;
        Some(Listed {
            place,
            began: incident.began_at().max(last),
            open: incident.is_open(),
        })
    };
    chosen.search.found().with(|found| {
        let places: Vec<Listed> = match found {
            None => (0..past.found.incidents.len()).filter_map(listed).collect(),
            Some(found) => found.places.iter().copied().filter_map(listed).collect(),
        };
        let quiet = quiet && found.is_none();
        past::months(read, &places, chosen.window.get(), quiet, &zone)
    })
}

fn months(seen: Option<&Seen>, past: &Past, all: bool, store: PageStore) -> AnyView {
    let months = seen.map_or(&[][..], |seen| seen.months.as_slice());
    let (read, now) = (store.known().get_untracked(), store.now().get_untracked());
    let months: Vec<AnyView> = months
        .iter()
        .map(|month| month::show(month, past, all, is_told(month.first, read, now, &zone)))
        .collect();
    let reading = store.shown().with_untracked(PageState::reads_past);
    let open = seen.and_then(|seen| month::going_on(&seen.open, past));
    let reading = reading
        .then(|| view! { <p class="remark">{words::later::say().still_reading}</p> }.into_any());
    view! {
        {open}
        {months}
        {reading}
    }
    .into_any()
}

/// A window, and the ways to the others. The buttons stay where they are while the window changes, so that
/// whoever presses one keeps it.
#[component]
fn Steps(
    /// What the reader has chosen to see.
    chosen: Chosen,
    /// What the window shows.
    seen: Memo<Option<Seen>>,
    /// The window.
    children: Children,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    // Where the window moves on, what is shown is new from its beginning: there the reader goes on.
    let begin = move || {
        if let Some(place) = place.get_untracked() {
            place.scroll_into_view();
            let _ = place.focus();
        }
    };
    let next = move || seen.with(|seen| seen.as_ref().and_then(|seen| seen.earlier));
    // Below what is still being drawn it would move; from then on it keeps its place, and whoever has its focus keeps it.
    let has_next = Memo::new(move |stood: Option<&bool>| {
        next().is_some() && (stood == Some(&true) || chosen.is_drawn(seen))
    });
    let has_before = Memo::new(move |_| !chosen.before.with(Vec::is_empty));
    let on = move |()| {
        let (now, Some(next)) = (chosen.window.get_untracked(), untrack(next)) else {
            return;
        };
        chosen.window.set(next);
        if next.skipped != now.skipped {
            chosen.before.update(|before| before.push(now));
            begin();
        }
    };
    let back = move |()| {
        let mut last = None;
        chosen.before.update(|before| last = before.pop());
        chosen.window.set(last.unwrap_or_default());
        begin();
    };
    let later = reactive(move || {
        let there = has_before.get();
        let button = there.then(|| {
            view! { <Button on_press=back>{words::later::say().later_months}</Button> }.into_any()
        });
        button.into_any()
    });
    let earlier = reactive(move || {
        let there = has_next.get();
        let button = there.then(|| {
            view! { <Button on_press=on>{words::later::say().earlier_months}</Button> }.into_any()
        });
        button.into_any()
    });
    view! {
        <div node_ref=place tabindex="-1" class="past-window">
            {children()}
        </div>
        <div class="section no-print" hidden=move || !has_next.get() && !has_before.get()>
            <div class="section-body past-steps">{later} {earlier}</div>
        </div>
    }
}
