//! What is typed and not yet said. Each keystroke goes into a small synchronous journal for the field in
//! focus, and a moment later into the browser's database: what is typed survives a reload.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::platform::{clock, storage, text};
use crate::sop::facts::{Fact, Facts};
use crate::sop::run::RunId;

use super::keep::{Keep, Saving};

const JOURNAL: &str = "journal";
const PAUSE_MS: u32 = 400;

/// What is typed and not yet said, by field.
#[derive(Clone, Copy)]
pub struct Drafts {
    texts: RwSignal<BTreeMap<String, String>>,
    keep: StoredValue<Keep, LocalStorage>,
    saving: RwSignal<Saving>,
    turn: StoredValue<u64>,
}

impl Drafts {
    pub(super) fn new(keep: StoredValue<Keep, LocalStorage>, saving: RwSignal<Saving>) -> Self {
        Self {
            texts: RwSignal::new(BTreeMap::new()),
            keep,
            saving,
            turn: StoredValue::new(0),
        }
    }

    /// Takes over what was stored, and over it the journal's last keystrokes.
    pub(super) fn restore(self, mut stored: BTreeMap<String, String>) {
        if let Ok(Some(journal)) = storage::local::get(JOURNAL)
            && let Ok((field, text)) = serde_json::from_str::<(String, String)>(&journal)
        {
            stored.insert(field, text);
        }
        self.texts.update(|texts| {
            for (field, text) in stored {
                texts.entry(field).or_insert(text);
            }
        });
    }

    /// What is typed in a field; `None` where nothing is.
    pub fn get(self, field: &str) -> Option<String> {
        self.texts.with(|texts| texts.get(field).cloned())
    }

    /// The same, for the moment of an act.
    pub fn get_untracked(self, field: &str) -> Option<String> {
        self.texts.with_untracked(|texts| texts.get(field).cloned())
    }

    /// Notes what is typed in a field, in normal form C: so it is counted, and so it is sent.
    pub fn set(self, field: &str, text: String) {
        let text = text::composed(&text);
        let journal = serde_json::to_string(&(field, &text)).unwrap_or_default();
        let written = storage::local::set(JOURNAL, &journal);
        self.texts.update(|texts| {
            texts.insert(field.to_owned(), text);
        });
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        let field = field.to_owned();
        leptos::task::spawn_local(async move {
            clock::sleep(PAUSE_MS).await;
            if self.turn.get_value() != turn {
                self.keep_now(&field, false).await;
                return;
            }
            self.keep_now(&field, written.is_err()).await;
        });
    }

    async fn keep_now(self, field: &str, journal_failed: bool) {
        let text = self.texts.with_untracked(|texts| texts.get(field).cloned());
        let Some(text) = text else { return };
        let kept = self.keep.get_value().put_draft(field, &text).await;
        if let (Err(error), true) = (kept, journal_failed) {
            self.saving.set(Saving::Failed(error));
        }
    }

    /// Forgets a field: it was said, or given up.
    pub fn clear(self, field: &str) {
        let had = self.texts.try_update(|texts| texts.remove(field)).flatten();
        if had.is_none() {
            return;
        }
        if let Ok(Some(journal)) = storage::local::get(JOURNAL)
            && serde_json::from_str::<(String, String)>(&journal).is_ok_and(|(of, _)| of == field)
        {
            // What cannot be removed is overwritten by the next keystroke.
            let _removed = storage::local::remove(JOURNAL);
        }
        let field = field.to_owned();
        leptos::task::spawn_local(async move {
            if let Err(error) = self.keep.get_value().delete_draft(&field).await {
                self.saving.set(Saving::Failed(error));
            }
        });
    }

    /// Forgets every field that begins so.
    pub fn clear_all(self, prefix: &str) {
        let fields: Vec<String> = self.texts.with_untracked(|texts| {
            texts
                .keys()
                .filter(|field| field.starts_with(prefix))
                .cloned()
                .collect()
        });
        for field in fields {
            self.clear(&field);
        }
    }

    /// The facts of a run as they are typed: what is said, and over it what is not yet.
    pub fn facts_over(self, run: &RunId, said: &Facts) -> Facts {
        let mut facts = said.clone();
        self.texts.with(|texts| {
            for fact in Fact::ALL {
                if let Some(text) = texts.get(&fact_field(run, fact)) {
                    facts.set(fact, text.clone());
                }
            }
        });
        facts
    }
}

/// The field of a run's fact.
pub fn fact_field(run: &RunId, fact: Fact) -> String {
    format!("fact/{}/{}", run.0, fact.word())
}
