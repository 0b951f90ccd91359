//! Finding incidents by their words and their component: after the key that asks for it, and a slice of the list at a
//! time, so that the page answers its reader's next key in between.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::PageStore;
use crate::domain::find::holds;
use crate::domain::incident::Incident;
use crate::domain::past::ROWS;
use crate::domain::text::plain;
use crate::platform::{clock, text};

/// How much is looked at in one go, in bytes: some milliseconds on a slow phone. Putting a text into small
/// letters counts as much as looking at it this often.
const SLICE: usize = 192 * 1024;
const LOWERING: usize = 8;

/// What is looked for. Empty words and an empty id leave nothing out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Words of the title or of the updates.
    pub words: String,
    /// The id of a component that it touches.
    pub component: String,
}

impl Asked {
    /// Whether everything is.
    pub fn is_all(&self) -> bool {
        self.words.trim().is_empty() && self.component.is_empty()
    }
}

/// What was found: places in the list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matches {
    pub places: Vec<usize>,
    /// Whether the whole list was looked at.
    pub done: bool,
}

/// The search. A handle: copies share the texts.
#[derive(Clone, Copy)]
pub struct Search {
    state: StoredValue<State, LocalStorage>,
    found: RwSignal<Option<Matches>>,
}

#[derive(Default)]
struct State {
    /// What can be searched of each incident, in small letters.
    texts: Vec<String>,
    /// Which list the texts are of.
    list: u32,
    /// Which search is the latest.
    turn: u32,
    /// Whether something else is looked for than what was told last.
    other: bool,
}

impl Search {
    /// Nothing was looked for yet.
    pub fn new(asked: &Asked) -> Self {
        let nothing = (!asked.is_all()).then(Matches::default);
        Self {
            state: StoredValue::new_local(State::default()),
            found: RwSignal::new(nothing),
        }
    }

    /// What was found last; nothing where all are shown.
    pub fn found(self) -> RwSignal<Option<Matches>> {
        self.found
    }

    /// Looks through the list that the store has now, which is its `list`th; ends the search before. The first that are
    /// found are told as soon as they fill a window. Before something else is told than what was looked for until then,
    /// it calls `begin`.
    pub fn look(self, store: PageStore, list: u32, asked: &Asked, begin: impl Fn() + 'static) {
        let is_all = asked.is_all();
        let words = text::lower(asked.words.trim());
        let component = asked.component.clone();
        let (mut turn, mut is_new) = (0, false);
        self.state.update_value(|state| {
            state.turn += 1;
            turn = state.turn;
            is_new = state.list != list;
            if is_new {
                state.list = list;
                state.texts.clear();
            } else {
                state.other = true;
            }
        });
        let mut places = Vec::new();
        let mut next = 0;
        let mut told = false;
        // Of another list the places that were found are nobody's: a short one is looked through at once.
        if is_new && (is_all || self.slice(store, &words, &component, &mut next, &mut places)) {
            self.tell((!is_all).then_some(Matches { places, done: true }), &begin);
            return;
        }
        spawn_local(async move {
            loop {
                clock::sleep(0).await;
                if self.state.try_with_value(|state| state.turn) != Some(turn) {
                    return;
                }
                let done = is_all || self.slice(store, &words, &component, &mut next, &mut places);
                if done || !told && places.len() >= ROWS {
                    told = true;
                    let places = places.clone();
                    self.tell((!is_all).then_some(Matches { places, done }), &begin);
                }
                if done {
                    return;
                }
            }
        });
    }

    fn tell(self, matches: Option<Matches>, begin: &dyn Fn()) {
        let mut other = false;
        self.state
            .update_value(|state| other = std::mem::take(&mut state.other));
        if other {
            begin();
        }
        if matches.is_some() || self.found.with_untracked(Option::is_some) {
            self.found.set(matches);
        }
    }

    /// Looks at a slice; `true` at the end of the list.
    fn slice(
        self,
        store: PageStore,
        words: &str,
        component: &str,
        next: &mut usize,
        places: &mut Vec<usize>,
    ) -> bool {
        let mut looked = 0;
        let mut done = true;
        let shown = store.shown();
        let _ = shown.try_with_untracked(|shown| {
            let Some(past) = shown.past.value() else {
                return;
            };
            self.state.update_value(|state| {
                for incident in past.found.incidents.iter().skip(*next) {
                    if looked >= SLICE {
                        done = false;
                        return;
                    }
                    looked += 256;
                    let fits = component.is_empty() || touches(incident, component);
                    if !words.is_empty() && state.texts.len() <= *next {
                        let lower = searchable(incident, shown.typed());
                        looked += lower.len() * LOWERING;
                        state.texts.push(lower);
                    }
                    let text = state.texts.get(*next).filter(|_| !words.is_empty());
                    looked += text.map_or(0, String::len);
                    if fits && text.is_none_or(|text| text.contains(words)) {
                        places.push(*next);
                    }
                    *next += 1;
                }
            });
        });
        done
    }
}

/// Whether an incident touches a component, as far as its page says.
fn touches(incident: &Incident, component: &str) -> bool {
    let mut affected = incident.updates.iter().flat_map(|update| &update.affected);
    incident.components.iter().any(|id| id.0 == component)
        || affected.any(|one| one.id.as_ref().is_some_and(|id| id.0 == component))
}

/// What readers see of an incident, in small letters.
fn searchable(incident: &Incident, typed: bool) -> String {
    let mut all = text::lower(&incident.name);
    for update in &incident.updates {
        let body = &update.body;
        all.push('\n');
        all.push_str(&if typed || !(holds(body, '<') || holds(body, '&')) {
            text::lower(body)
        } else {
            text::lower(&plain(body))
        });
    }
    all
}
