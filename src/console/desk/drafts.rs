//! What is typed and not yet said. Each keystroke goes into a small synchronous journal at once, and a
//! moment later into the browser's database, which takes it out of the journal: what is typed survives a
//! reload.

use leptos::prelude::*;

use crate::domain::ordered::ShortMap;
use crate::domain::text::without_overrides;
use crate::platform::{PlatformError, clock, storage, text};
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKey;
use crate::sop::facts::{Fact, Facts};
use crate::sop::run::RunId;

use super::event_store::{Keep, Saving};

const JOURNAL: &str = "journal";
const PAUSE_MS: u32 = 400;

/// What is typed and not yet said, by field.
#[derive(Clone, Copy)]
pub struct Drafts {
    texts: RwSignal<ShortMap<String, String>>,
    keep: StoredValue<Keep, LocalStorage>,
    saving: RwSignal<Saving>,
    /// What is in the journal: typed, and not in the database yet.
    journal: StoredValue<ShortMap<String, String>>,
}

impl Drafts {
    pub(super) fn new(keep: StoredValue<Keep, LocalStorage>, saving: RwSignal<Saving>) -> Self {
        Self {
            texts: RwSignal::new(ShortMap::default()),
            keep,
            saving,
            journal: StoredValue::new(ShortMap::default()),
        }
    }

    /// Takes over what was stored, and over it the journal's last keystrokes.
    pub(super) fn restore(self, mut stored: ShortMap<String, String>) {
        let journal: ShortMap<String, String> = storage::local::get(JOURNAL)
            .ok()
            .flatten()
            .and_then(|journal| serde_json::from_str(&journal).ok())
            .unwrap_or_default();
        stored.extend(journal.clone());
        self.texts.update(|texts| {
            for (field, text) in stored {
                texts.keep(field, || text);
            }
        });
        // What only the journal held goes into the database now, unless it was typed anew meanwhile.
        for (field, text) in journal {
            if self.get_untracked(&field).as_ref() == Some(&text) {
                self.set(&field, text);
            }
        }
    }

    /// What is typed in a field; `None` where nothing is.
    pub fn get(self, field: &str) -> Option<String> {
        self.texts.with(|texts| texts.get(field).cloned())
    }

    /// The same, for the moment of an act.
    pub fn get_untracked(self, field: &str) -> Option<String> {
        self.texts.with_untracked(|texts| texts.get(field).cloned())
    }

    /// A field of a form that is kept like every other: what is typed, and how to note it.
    pub fn field(self, name: String) -> Typed {
        Typed {
            drafts: self,
            name: StoredValue::new(name),
        }
    }

    /// Notes what is typed in a field, in normal form C and without what turns the order of words around: so it is
    /// counted, and so it is sent.
    pub fn set(self, field: &str, text: String) {
        let text = without_overrides(&text::composed(&text));
        let written = self.journal(|journal| {
            journal.insert(field.to_owned(), text.clone());
        });
        self.texts.update(|texts| {
            texts.insert(field.to_owned(), text.clone());
        });
        let field = field.to_owned();
        leptos::task::spawn_local(async move {
            clock::sleep(PAUSE_MS).await;
            // More was typed meanwhile: the last keystroke keeps it all.
            if self.get_untracked(&field).as_ref() != Some(&text) {
                return;
            }
            match self.keep.get_value().put_draft(&field, &text).await {
                Ok(()) => drop(self.journal(|journal| {
                    if journal.get(&field) == Some(&text) {
                        journal.remove(&field);
                    }
                })),
                // The journal still holds it, unless that failed too.
                Err(error) if written.is_err() => self.saving.set(Saving::Failed(error)),
                Err(_) => {}
            }
        });
    }

    /// Stores everything that is typed, where the store has lost it.
    pub(super) async fn store_again(self) -> Result<(), String> {
        let texts = self.texts.get_untracked();
        for (field, text) in texts.iter() {
            self.keep.get_value().put_draft(field, text).await?;
        }
        Ok(())
    }

    /// Changes the journal, and writes it down at once.
    fn journal(
        self,
        change: impl FnOnce(&mut ShortMap<String, String>),
    ) -> Result<(), PlatformError> {
        let text = self
            .journal
            .try_update_value(|journal| {
                change(journal);
                serde_json::to_string(journal).unwrap_or_default()
            })
            .unwrap_or_default();
        storage::local::set(JOURNAL, &text)
    }

    /// Forgets a field: it was said, or given up.
    pub fn clear(self, field: &str) {
        let had = self.texts.try_update(|texts| texts.remove(field)).flatten();
        if had.is_none() {
            return;
        }
        // Where the journal cannot be written, it could not be filled either.
        drop(self.journal(|journal| {
            journal.remove(field);
        }));
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

/// The field of a choice for the next status-page post: of one episode, so that it ends with it.
pub fn post_field(run: &RunId, episode: u32, what: &str) -> String {
    format!("post/{}/{episode}/{what}", run.0)
}

/// The field of what is typed about a duty ("skip", "by-hand"): by the duty's own parts, its number among them.
pub fn duty_field(what: &str, run: &RunId, duty: DutyKey) -> String {
    let channel = duty.channel.map_or("none", Channel::word);
    format!(
        "{what}/{}/{}/{:?}/{channel}/{}",
        run.0, duty.episode, duty.kind, duty.seq
    )
}

/// One field of a form, kept through a reload until it is said or given up.
#[derive(Clone, Copy)]
pub struct Typed {
    drafts: Drafts,
    name: StoredValue<String>,
}

impl Typed {
    /// What is typed; empty where nothing is.
    pub fn get(self) -> String {
        self.text().unwrap_or_default()
    }

    /// What is typed; `None` where nobody typed. An emptied field is an empty text.
    pub fn text(self) -> Option<String> {
        self.drafts.get(&self.name.get_value())
    }

    /// What is typed as a signal; empty where nothing is.
    pub fn value(self) -> Signal<String> {
        Signal::derive(move || self.get())
    }

    /// Notes what is typed.
    pub fn set(self, text: String) {
        self.drafts.set(&self.name.get_value(), text);
    }

    /// Forgets it: it was said, or given up.
    pub fn clear(self) {
        self.drafts.clear(&self.name.get_value());
    }
}
