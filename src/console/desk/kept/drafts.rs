//! What is typed and not yet said. Each keystroke goes into a small synchronous journal at once, which all tabs of
//! the browser share, and a moment later into the browser's database, which takes it out of the journal: what is
//! typed survives a reload. On a browser that several people use each login sees its own (`console::whose`).

use leptos::prelude::*;

use crate::console::elsewhere;
use crate::console::whose::{Shown, Whose, field_of};
use crate::domain::ordered::{ShortMap, ShortSet};
use crate::domain::text::without_overrides;
use crate::platform::{PlatformError, clock, storage, tabs, text};
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKey;
use crate::sop::facts::{Fact, Facts};
use crate::sop::retention::is_of_run;
use crate::sop::run::RunId;

use super::event_store::{Keep, Saving};

const JOURNAL: &str = "journal";
/// Where the tabs of a browser tell each other of it.
const TYPED: &str = "typed";
const PAUSE_MS: u32 = 400;

/// What is typed and not yet said, by field.
#[derive(Clone, Copy)]
pub struct Drafts {
    texts: RwSignal<ShortMap<String, String>>,
    keep: StoredValue<Keep, LocalStorage>,
    saving: RwSignal<Saving>,
    whose: StoredValue<Whose>,
    /// The fields that somebody typed in in this tab: the others stand as they were read.
    typed: StoredValue<ShortSet<String>>,
    /// The other tabs, once they are heard.
    tabs: StoredValue<Option<tabs::Subscription>, LocalStorage>,
}

impl Drafts {
    pub(in crate::console::desk) fn new(
        keep: StoredValue<Keep, LocalStorage>,
        saving: RwSignal<Saving>,
    ) -> Self {
        Self {
            texts: RwSignal::new(ShortMap::default()),
            keep,
            saving,
            whose: StoredValue::new(Whose::default()),
            typed: StoredValue::new(ShortSet::default()),
            tabs: StoredValue::new_local(None),
        }
    }

    /// Whose they are.
    pub(in crate::console::desk) fn whose(self) -> Whose {
        self.whose.get_value()
    }

    /// Shows nothing that is kept before it is known who is logged in.
    pub(in crate::console::desk) fn wait_for_login(self) {
        self.whose.set_value(Whose::Unknown);
    }

    /// Shows whose they are now: what is kept, over it the journal's last keystrokes, and over it what was typed in this
    /// page. Nothing of what is another's.
    ///
    /// # Errors
    /// The database could not be read; what the journal holds is shown.
    pub(in crate::console::desk) async fn show(self, whose: Whose) -> Result<(), PlatformError> {
        if self.whose.with_value(|known| known.hides(&whose)) {
            self.texts.set(ShortMap::default());
        }
        self.whose.set_value(whose.clone());
        // It stays in the journal until the database has it, whosever it is.
        let left = journal();
        let read = self.keep.get_value().drafts().await;
        if self.whose() != whose {
            // Another answer came meanwhile, and shows what is its own.
            return read.map(drop);
        }
        let (mut kept, read) = match read {
            Ok(rows) => (rows.into_iter().collect(), Ok(())),
            Err(error) => (ShortMap::default(), Err(error)),
        };
        kept.extend(left.clone());
        let typed = self.texts.get_untracked();
        let Shown { texts, taken_over } = whose.shown(&kept, &typed);
        self.texts.update(|shown| {
            for (field, text) in texts {
                shown.keep(field, || text);
            }
        });
        // What cannot be stored now stays where it is until the next time.
        for field in &taken_over {
            self.take_over(field, &whose.key(field)).await;
        }
        for (key, text) in left.iter().filter(|(key, _)| !taken_over.contains(key)) {
            let _kept = self.settle(key, text).await;
        }
        read
    }

    /// Moves what was nobody's to a login's. Until it is done, it stands under both, and the login's counts.
    async fn take_over(self, field: &str, key: &str) {
        let Some(text) = self.get_untracked(field) else {
            return;
        };
        let keep = self.keep.get_value();
        if keep.put_draft(key, &text).await.is_ok() && keep.delete_draft(field).await.is_ok() {
            drop(change_journal(|journal| drop(journal.remove(field))));
        }
    }

    /// Stores what the journal holds under a key, and takes it out of there.
    async fn settle(self, key: &str, text: &str) -> Result<(), String> {
        self.keep.get_value().put_draft(key, text).await?;
        // Where the journal cannot be written, the same stands in it once more.
        drop(change_journal(|journal| {
            if journal.get(key).is_some_and(|held| held == text) {
                journal.remove(key);
            }
        }));
        Ok(())
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
        let key = self.whose().key(field);
        let written = change_journal(|journal| {
            journal.insert(key.clone(), text.clone());
        });
        if written.is_err() {
            // Nothing older may stand there: it would be taken for the newest. What is shorter still fits.
            drop(change_journal(|journal| drop(journal.remove(&key))));
        }
        self.typed.update_value(|typed| {
            typed.insert(field.to_owned());
        });
        self.texts.update(|texts| {
            texts.insert(field.to_owned(), text.clone());
        });
        let field = field.to_owned();
        leptos::task::spawn_local(async move {
            clock::sleep(PAUSE_MS).await;
            // More was typed meanwhile, and the last keystroke keeps it all; or it has become somebody's.
            let is_last = self.get_untracked(&field).as_ref() == Some(&text);
            if !is_last || self.whose().key(&field) != key {
                return;
            }
            if let Err(error) = self.settle(&key, &text).await
                && written.is_err()
            {
                // The journal does not hold it either.
                self.saving.set(Saving::Failed(error));
            }
        });
    }

    /// Stores everything that is typed, where the store has lost it. What nobody typed in this tab takes the place of nothing:
    /// another may have gone on with it.
    pub(in crate::console::desk) async fn store_again(self) -> Result<(), String> {
        let (texts, whose) = (self.texts.get_untracked(), self.whose());
        let keep = self.keep.get_value();
        let kept = keep.drafts().await.map_err(|error| error.to_string())?;
        for (field, text) in texts.iter() {
            let key = whose.key(field);
            if self.is_typed(field) || kept.iter().all(|(known, _)| *known != key) {
                keep.put_draft(&key, text).await?;
            }
        }
        Ok(())
    }

    fn is_typed(self, field: &str) -> bool {
        self.typed.with_value(|typed| typed.contains(field))
    }

    /// Notes something in a field of which every tab of this browser has to know at once.
    pub fn set_everywhere(self, field: &str, text: String) {
        self.tell(&elsewhere::noted(&self.whose().key(field), field, &text));
        self.set(field, text);
    }

    /// Hears for as long as the page lives what other tabs say, give up and note. A tab that cannot hear holds what it held.
    pub(in crate::console::desk) fn follow(self) {
        let heard = tabs::Channel::open(TYPED).and_then(|channel| {
            channel.subscribe(move |message| {
                let whose = self.whose();
                let is_typed = |field: &str| self.is_typed(field);
                let left = self.texts.try_update(|texts| {
                    elsewhere::hear(texts, is_typed, |field| whose.key(field), &message)
                });
                if let Some((key, text)) = left.flatten() {
                    leptos::task::spawn_local(async move {
                        if let Err(error) = self.keep.get_value().put_draft(&key, &text).await {
                            self.saving.set(Saving::Failed(error));
                        }
                    });
                }
            })
        });
        self.tabs.set_value(heard.ok());
    }

    /// Tells the other tabs, and not this one. A tab that cannot be told holds what it held.
    fn tell(self, message: &str) {
        self.tabs.with_value(|tabs| {
            if let Some(tabs) = tabs {
                drop(tabs.publish(message));
            }
        });
    }

    /// Forgets a field in every tab where the same is typed: it was said, or given up.
    pub fn clear(self, field: &str) {
        if let Some(text) = self.forget(field) {
            let told = elsewhere::cleared(&self.whose().key(field), field, &text);
            self.empty(field, Some(told));
        }
    }

    /// Forgets in every tab what is typed in the fields that begin so, whatever it is: it is spent. `names` are their ends, of
    /// those that no tab but another may know of, too.
    pub fn spend_all(self, prefix: &str, names: &[&str]) {
        let begin = self.whose().key(prefix);
        self.tell(&elsewhere::spent(&begin, prefix));
        drop(change_journal(|journal| {
            journal.retain(|key, _| !key.starts_with(&begin));
        }));
        for name in names {
            let field = [prefix, name].concat();
            self.forget(&field);
            self.empty(&field, None);
        }
    }

    /// Forgets a field in this tab; what was typed in it.
    fn forget(self, field: &str) -> Option<String> {
        self.typed.update_value(|typed| {
            typed.remove(field);
        });
        self.texts.try_update(|texts| texts.remove(field)).flatten()
    }

    /// Empties what is kept of a field, and tells the other tabs then: one in which something else is typed keeps that.
    fn empty(self, field: &str, told: Option<String>) {
        // What was nobody's in this field goes too: it would come back later. Where the journal cannot be written, it could
        // not be filled either.
        let keys = [self.whose().key(field), field.to_owned()];
        drop(change_journal(|journal| {
            for key in &keys {
                journal.remove(key);
            }
        }));
        leptos::task::spawn_local(async move {
            for key in &keys {
                if let Err(error) = self.keep.get_value().delete_draft(key).await {
                    self.saving.set(Saving::Failed(error));
                }
            }
            if let Some(told) = told {
                self.tell(&told);
            }
        });
    }

    /// Forgets every field that begins so.
    pub fn clear_all(self, prefix: &str) {
        for field in self.beginning_with(prefix) {
            self.clear(&field);
        }
    }

    fn beginning_with(self, prefix: &str) -> Vec<String> {
        self.texts.with_untracked(|texts| {
            let fields = texts.keys().filter(|field| field.starts_with(prefix));
            fields.cloned().collect()
        })
    }

    /// Forgets here what is typed about a run: its store has deleted it.
    pub(in crate::console::desk) fn forget_run(self, run: &RunId) {
        self.texts
            .update(|texts| texts.retain(|field, _| !is_of_run(field, run)));
        drop(change_journal(|journal| {
            journal.retain(|key, _| !is_of_run(field_of(key), run));
        }));
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

/// What is typed in any tab and not in the database yet, by key.
fn journal() -> ShortMap<String, String> {
    let kept = storage::local::get(JOURNAL).ok().flatten();
    kept.and_then(|kept| serde_json::from_str(&kept).ok())
        .unwrap_or_default()
}

/// Changes the journal as it is now, and writes it down at once: another tab's keystrokes stay in it.
fn change_journal(change: impl FnOnce(&mut ShortMap<String, String>)) -> Result<(), PlatformError> {
    let mut journal = journal();
    change(&mut journal);
    storage::local::set(
        JOURNAL,
        &serde_json::to_string(&journal).unwrap_or_default(),
    )
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
