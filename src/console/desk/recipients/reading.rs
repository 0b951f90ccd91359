//! Reading a list and choosing from it, a few rows at a time.

use std::sync::Arc;

use chrono::TimeDelta;
use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::platform::{clock, crypto};
use crate::sop::recipients::{Chosen, Filter, List, Never, Picked, Reader};
use crate::sop::run::RunId;

/// Rows of a list, or people of it, between two looks at the clock.
const AT_ONCE: usize = 50;
/// How long is worked without letting anything else happen.
const TURN: TimeDelta = TimeDelta::milliseconds(12);
/// A text of more bytes is read bit by bit.
const SHORT: usize = 20_000;
/// A list of more people is chosen from bit by bit.
const FEW: usize = 400;

/// Whether a text is worked on bit by bit.
pub(super) fn is_long(text: &str) -> bool {
    text.len() > SHORT
}

/// Lets everything else happen that waits.
async fn breathe() {
    clock::sleep(0).await;
}

/// Reads a file of those who are never mailed.
pub(super) async fn never_of(text: &str) -> List {
    let mut reader = Reader::new(text).for_never();
    while for_a_turn(|| reader.step(AT_ONCE)) {
        breathe().await;
    }
    reader.into_list()
}

impl Desk {
    pub(super) fn read_recipients(self, run: &RunId) {
        let turn = self.recipients.next_turn(run);
        let Some((text, picked)) = self.recipients.lists.with_untracked(|lists| {
            let loaded = lists.get(run)?;
            Some((Arc::clone(&loaded.text), loaded.about.picked))
        }) else {
            return;
        };
        self.recipients.put(run, |loaded| loaded.hash = None);
        if !is_long(&text) {
            let mut reader = Reader::new(&text).by(picked);
            while reader.step(usize::MAX) {}
            let mut normalised = String::new();
            while reader.normalise(usize::MAX, &mut normalised) {}
            self.finish_reading(run, reader.into_list());
            let run = run.clone();
            leptos::task::spawn_local(async move {
                self.fingerprint(&run, &text, picked, normalised).await;
            });
            return;
        }
        self.recipients.put(run, |loaded| loaded.reading = Some(0));
        let run = run.clone();
        leptos::task::spawn_local(async move {
            breathe().await;
            let mut reader = Reader::new(&text).by(picked);
            breathe().await;
            while for_a_turn(|| reader.step(AT_ONCE)) {
                if !self.recipients.is_turn(&run, turn) {
                    return;
                }
                let percent = Some(reader.percent());
                self.recipients.put(&run, |loaded| loaded.reading = percent);
                breathe().await;
            }
            let mut normalised = String::with_capacity(text.len());
            while for_a_turn(|| reader.normalise(AT_ONCE, &mut normalised)) {
                breathe().await;
            }
            breathe().await;
            self.fingerprint(&run, &text, picked, normalised).await;
            let list = reader.into_list();
            if self.recipients.is_turn(&run, turn) {
                self.finish_reading(&run, list);
            }
        });
    }

    fn finish_reading(self, run: &RunId, list: List) {
        self.recipients.put(run, |loaded| {
            loaded.list = Arc::new(list);
            loaded.is_read = true;
        });
        self.choose_recipients(run);
    }

    /// Says the fingerprint of what was read of a text, where that is still the list. Without HTTPS there is none: the
    /// numbers have to do.
    async fn fingerprint(
        self,
        run: &RunId,
        text: &Arc<str>,
        picked: Option<Picked>,
        normalised: String,
    ) {
        let hash = crypto::sha256_hex(normalised.as_bytes()).await.ok();
        self.recipients.put(run, |loaded| {
            if Arc::ptr_eq(&loaded.text, text) && loaded.about.picked == picked {
                loaded.hash = hash;
            }
        });
    }

    /// Chooses anew who of the list is meant. While it is being read, that is done at its end.
    pub fn choose_recipients(self, run: &RunId) {
        let list = self.recipients.lists.with_untracked(|lists| {
            let loaded = lists.get(run).filter(|loaded| loaded.is_read)?;
            Some(Arc::clone(&loaded.list))
        });
        let Some(list) = list else {
            return;
        };
        let turn = self.recipients.next_turn(run);
        let filter = untrack(|| self.filter(run, list.has_services));
        if list.people.len() <= FEW {
            let chosen = Arc::new(Chosen::of(&list.people, &filter));
            return self.chosen(run, chosen);
        }
        self.recipients
            .put(run, |loaded| loaded.reading = Some(100));
        let run = run.clone();
        leptos::task::spawn_local(async move {
            let mut chosen = Chosen::default();
            let mut until = clock::now() + TURN;
            for people in list.people.chunks(AT_ONCE) {
                if clock::now() >= until {
                    breathe().await;
                    if !self.recipients.is_turn(&run, turn) {
                        return;
                    }
                    until = clock::now() + TURN;
                }
                chosen.take(people, &filter);
            }
            self.chosen(&run, Arc::new(chosen));
        });
    }

    fn chosen(self, run: &RunId, chosen: Arc<Chosen>) {
        self.recipients.put(run, |loaded| {
            loaded.chosen = chosen;
            loaded.reading = None;
        });
    }

    fn filter(self, run: &RunId, has_services: bool) -> Filter {
        let filter = Filter {
            never: Never::parse(&self.recipients.never.get()),
            services: None,
        };
        let services = self.affected_services(run);
        if !has_services || services.is_empty() || self.recipients.is_everybody(run) {
            return filter;
        }
        filter.for_services(services.iter().map(String::as_str))
    }
}

/// Works for as long as one may; whether there may be more to do.
fn for_a_turn(mut work: impl FnMut() -> bool) -> bool {
    let until = clock::now() + TURN;
    while clock::now() < until {
        if !work() {
            return false;
        }
    }
    true
}
