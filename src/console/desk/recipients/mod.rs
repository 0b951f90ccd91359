//! Who gets the mails of an incident: lists that responders pasted or loaded, kept beside the sendings and
//! never in a log or an export. Long ones are read a few rows at a time, so that nothing else waits.

mod never;
mod reading;
mod tabs;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::delivery::mailing::Person;
use crate::domain::ordered::ShortMap;
use crate::platform::clock;
use crate::sop::board::IncidentView;
use crate::sop::recipients::{
    About, Chosen, List, Picked, Recipient, Table, are_needed, is_to_be_used, services_of,
};
use crate::sop::run::RunId;

use super::Desk;
use super::mailing::Store;

/// The recipients, by incident.
#[derive(Clone, Copy)]
pub struct Recipients {
    lists: RwSignal<ShortMap<RunId, Loaded>>,
    never: RwSignal<String>,
    held: StoredValue<ShortMap<String, Held>>,
    turns: StoredValue<ShortMap<RunId, u64>>,
}

/// Who is meant by a message that waits to leave, and the fingerprint of the list.
type Held = (Arc<Chosen>, Option<String>);

/// A list as far as it is read.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// What somebody said of it.
    pub about: About,
    pub text: Arc<str>,
    /// What was read.
    pub list: Arc<List>,
    /// Whether that is the whole text: before, there is nobody to choose from.
    is_read: bool,
    /// Who of it is meant.
    pub chosen: Arc<Chosen>,
    /// Its fingerprint, where it could be taken.
    pub hash: Option<String>,
    /// How much was read, in hundredths, while it is being read.
    pub reading: Option<u64>,
}

impl Loaded {
    /// The columns that somebody chose, for another text that has the same ones: a list that is corrected and loaded
    /// again.
    fn picked_for(&self, text: &str) -> Option<Picked> {
        let picked = self.about.picked?;
        let table = self.list.table.as_ref()?;
        Table::of(text)?.is_like(table).then_some(picked)
    }

    fn kept(&self) -> String {
        self.about.kept(&self.text)
    }

    fn restored(kept: &str) -> Self {
        let (about, text) = About::restored(kept);
        Self {
            about,
            text: text.into(),
            ..Self::default()
        }
    }
}

impl Recipients {
    pub(super) fn new() -> Self {
        Self {
            lists: RwSignal::new(ShortMap::default()),
            never: RwSignal::new(String::new()),
            held: StoredValue::new(ShortMap::default()),
            turns: StoredValue::new(ShortMap::default()),
        }
    }

    /// The list of an incident, as far as it is read.
    pub fn of(self, run: &RunId) -> Option<Loaded> {
        self.lists.with(|lists| lists.get(run).cloned())
    }

    /// The people who would get a mail now. With no list there, the outbox of this browser gets a sample.
    pub fn count(self, desk: Desk, run: &RunId) -> usize {
        match self.of(run) {
            Some(loaded) => loaded.chosen.people.len(),
            None => usize::from(!desk.really_mails(run)),
        }
    }

    /// The first who would get a mail now.
    pub fn first(self, run: &RunId) -> Option<Recipient> {
        self.lists
            .with(|lists| lists.get(run)?.chosen.people.first().cloned())
    }

    /// The list "Never mail these", as it is typed.
    pub fn never(self) -> Signal<String> {
        self.never.into()
    }

    /// Whether everybody is meant, whatever services they use.
    pub fn is_everybody(self, run: &RunId) -> bool {
        let is = |loaded: &Loaded| loaded.about.everybody;
        self.lists.with(|lists| lists.get(run).is_some_and(is))
    }

    /// When a list was given, where no email was owed then.
    fn unasked(self, run: &RunId) -> Option<DateTime<Utc>> {
        self.lists.with(|lists| lists.get(run)?.about.unasked)
    }

    /// Holds on to who is meant now, until the message leaves: what the button said is what happens.
    pub fn hold(self, run: &RunId, op: String) {
        let now = self
            .lists
            .with_untracked(|lists| lists.get(run).cloned())
            .map(|loaded| (loaded.chosen, loaded.hash));
        if let Some(now) = now {
            self.held.update_value(|held| {
                held.insert(op, now);
            });
        }
    }

    /// Who gets the message of a send, with the fingerprint of the list; `None` where there was no list.
    pub fn taken(self, op: &str) -> Option<(Vec<Person>, Option<String>)> {
        let (chosen, hash) = self
            .held
            .try_update_value(|held| held.remove(op))
            .flatten()?;
        Some((chosen.people.iter().map(Person::from).collect(), hash))
    }

    /// Forgets the list of an incident here.
    pub(super) fn forget(self, run: &RunId) {
        self.next_turn(run);
        self.lists.update(|lists| {
            lists.remove(run);
        });
    }

    /// Lets go of the people of a message that does not leave.
    pub fn let_go_of(self, op: &str) {
        self.held.update_value(|held| {
            held.remove(op);
        });
    }

    fn put(self, run: &RunId, change: impl FnOnce(&mut Loaded)) {
        self.lists.update(|lists| {
            if let Some(loaded) = lists.get_mut(run) {
                change(loaded);
            }
        });
    }

    /// A newer text of an incident, or another choice from it, makes what is being worked on pointless.
    fn next_turn(self, run: &RunId) -> u64 {
        self.turns
            .try_update_value(|turns| {
                turns.change(
                    run.clone(),
                    || 0,
                    |turn| {
                        *turn += 1;
                        *turn
                    },
                )
            })
            .unwrap_or(0)
    }

    fn is_turn(self, run: &RunId, turn: u64) -> bool {
        self.turns
            .with_value(|turns| turns.get(run).copied().unwrap_or(0) == turn)
    }
}

/// The draft in which lists were kept before they had a place of their own.
fn draft_field(run: &RunId) -> String {
    format!("recipients/{}", run.0)
}

/// Whether an incident needs its list; one that is not read yet may.
fn needs_list(view: Option<&IncidentView>) -> bool {
    view.is_none_or(|view| are_needed(view.state.phase, &view.duties))
}

/// Lists are kept until the report is sent or skipped, or none is owed; one that is given after that, until it was used. Who was not reached by a sending can be
/// looked up until somebody deletes that too.
pub(super) fn sweep(desk: Desk) {
    let done_with = Memo::new(move |_| {
        let mut listed = desk.mailings.keep_too_many();
        desk.recipients
            .lists
            .with(|lists| listed.extend(lists.keys().cloned()));
        if listed.is_empty() {
            return listed;
        }
        let views = desk.views();
        let needed = |run: &RunId| {
            let sendings = desk.mailings.of(run);
            let (over, under_way): (Vec<_>, Vec<_>) =
                sendings.iter().partition(|shown| shown.summary.is_over());
            let begun = over.first().map(|shown| shown.summary.begun_ms);
            let begun = begun.and_then(DateTime::from_timestamp_millis);
            let to_be_used = |given| is_to_be_used(given, begun, desk.now.get());
            !under_way.is_empty()
                || needs_list(views.find(run).map(Arc::as_ref))
                || desk.recipients.unasked(run).is_some_and(to_be_used)
        };
        listed.retain(|run| !needed(run));
        listed
    });
    Effect::new(move |_| {
        for run in done_with.get() {
            desk.drop_list(&run);
            desk.forget_sendings(&run, false);
        }
    });
}

/// Takes over what is kept; it is read when somebody looks at it ([`Desk::open_recipients`]).
pub(super) async fn open(desk: Desk, store: &Store) {
    let recipients = desk.recipients;
    match (store.lists().await, store.never().await) {
        (Ok(lists), Ok(never)) => {
            recipients.never.set(never);
            recipients.lists.update(|known| {
                for (run, kept) in lists {
                    known.keep(run, || Loaded::restored(&kept));
                }
            });
        }
        (Err(error), _) | (_, Err(error)) => {
            desk.alarm(format!("The recipients could not be read: {error}."));
        }
    }
    tabs::follow(desk);
}

impl Desk {
    /// Takes a list that was typed, pasted or loaded from a file.
    pub fn set_recipients(self, run: &RunId, file: Option<String>, text: &str) {
        if text.trim().is_empty() {
            return self.drop_list(run);
        }
        let before = untrack(|| self.recipients.of(run));
        let owed = needs_list(untrack(|| self.view(run)).as_deref());
        let about = About {
            file,
            picked: before.as_ref().and_then(|before| before.picked_for(text)),
            everybody: before.is_some_and(|before| before.about.everybody),
            unasked: (!owed).then(|| self.fresh_now()),
        };
        let loaded = Loaded {
            about,
            text: text.into(),
            ..Loaded::default()
        };
        self.keep_recipients(run, Some(loaded.clone()));
        self.recipients.lists.update(|lists| {
            lists.insert(run.clone(), loaded);
        });
        self.read_recipients(run);
    }

    /// Goes by other columns of a list: it is read again.
    pub fn pick_columns(self, run: &RunId, picked: Picked) {
        let loaded = self
            .recipients
            .lists
            .with_untracked(|lists| lists.get(run).cloned());
        let Some(loaded) = loaded else { return };
        let anew = Loaded {
            about: About {
                picked: Some(picked),
                ..loaded.about
            },
            text: loaded.text,
            // What stands there until it is read.
            list: loaded.list,
            ..Loaded::default()
        };
        self.keep_recipients(run, Some(anew.clone()));
        self.recipients.lists.update(|lists| {
            lists.insert(run.clone(), anew);
        });
        self.read_recipients(run);
    }

    /// Deletes an incident's list, and the addresses of its sendings that are over. Numbers and the list's
    /// fingerprint stay. It goes from the screen once it has gone from the store, so that a page that is closed then does
    /// not bring it back.
    pub fn delete_recipients(self, run: &RunId) {
        self.take_back_mails(run);
        self.forget_sendings(run, true);
        let (store, run) = (self.mailings.store(), run.clone());
        leptos::task::spawn_local(async move {
            let deleted = store.delete_list(&run).await;
            self.recipients.forget(&run);
            match deleted {
                Ok(()) => tabs::tell(self),
                Err(error) => self.alarm(format!(
                    "The recipients are gone from this page, but this browser may still keep them: {error}."
                )),
            }
        });
    }

    fn drop_list(self, run: &RunId) {
        self.recipients.forget(run);
        self.keep_recipients(run, None);
    }

    fn keep_recipients(self, run: &RunId, list: Option<Loaded>) {
        let (store, run) = (self.mailings.store(), run.clone());
        leptos::task::spawn_local(async move {
            let done = match list {
                Some(list) => {
                    if reading::is_long(&list.text) {
                        clock::sleep(0).await;
                    }
                    store.put_list(&run, &list.kept()).await
                }
                None => store.delete_list(&run).await,
            };
            match done {
                Ok(()) => tabs::tell(self),
                Err(error) => self.alarm(format!(
                    "The recipients could not be kept as they are: {error}."
                )),
            }
        });
    }

    /// Reads the list of an incident that somebody looks at, and goes on doing so: it may still be on its way from
    /// where it is kept.
    pub fn open_recipients(self, run: &RunId) {
        self.adopt_draft_recipients(run);
        let run = run.clone();
        Effect::new(move |_| {
            let unread = self.recipients.lists.with(|lists| {
                let loaded = lists.get(&run);
                loaded.is_some_and(|loaded| !loaded.is_read && loaded.reading.is_none())
            });
            if unread {
                self.read_recipients(&run);
            }
        });
    }

    /// Takes over a list that is still kept where lists were kept before.
    fn adopt_draft_recipients(self, run: &RunId) {
        let field = draft_field(run);
        if let Some(text) = self.drafts.get_untracked(&field) {
            self.drafts.clear(&field);
            self.set_recipients(run, None, &text);
        }
    }

    /// Mails everybody on the list, or only those whom the affected services concern.
    pub fn set_everybody(self, run: &RunId, all: bool) {
        self.recipients
            .put(run, |loaded| loaded.about.everybody = all);
        if let Some(loaded) = untrack(|| self.recipients.of(run)) {
            self.keep_recipients(run, Some(loaded));
        }
        self.choose_recipients(run);
    }

    /// Ids and names of the components that an incident touches.
    pub fn affected_services(self, run: &RunId) -> Vec<String> {
        let Some(view) = self.view(run) else {
            return Vec::new();
        };
        services_of(&view.state.components, &self.components())
    }
}
