//! The console's only state. Pages read slices of it and pass intents on; it obeys the rules of `sop`
//! and knows none of its own.
//!
//! - `setup`: configuration, team settings and playbook, with every problem found in them;
//! - `runs`: the logs of all incidents, from which states and duties are derived each second;
//! - `drafts`: what is typed and not yet said, kept through a reload;
//! - `sends`: messages in their undo window;
//! - `keep`: what is stored in this browser, and what is said when it is not.

pub mod drafts;
mod head;
pub mod keep;
pub mod page;
pub mod provider;
pub mod readiness;
pub mod recipients;
pub mod sends;
pub mod setup;
pub mod slices;
mod takeaway;
mod tick;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::embedded::{Outbox, Reader, Writer};
use crate::domain::page::Snapshot;
use crate::platform::{clock, id, storage};
use crate::sop::event::What;
use crate::sop::message::Sendable;
use crate::sop::playbook::Playbook;
use crate::sop::run::{Refusal, Run, RunId, Stamp, handle, permitted};

use super::runner;
use crate::ui::theme::Theme;
use drafts::Drafts;
use keep::{Keep, Saving};
use recipients::Recipients;
use sends::Sends;
use setup::Setup;
use slices::View;

const WHO: &str = "who";
const NO_RANDOM: Refusal = Refusal::NotNow("this browser gives no random numbers");

/// The console's state. There is one, it lives as long as the page, and it is passed by copy.
#[derive(Clone, Copy)]
pub struct Desk(&'static Signals);

impl Deref for Desk {
    type Target = Signals;

    fn deref(&self) -> &Signals {
        self.0
    }
}

/// What the desk holds.
pub struct Signals {
    /// The time, once a second.
    pub now: ReadSignal<DateTime<Utc>>,
    /// Configuration and playbook.
    pub setup: RwSignal<Setup>,
    /// The logs of all incidents.
    pub runs: RwSignal<BTreeMap<RunId, Arc<Run>>>,
    /// What is typed and not yet said.
    pub drafts: Drafts,
    /// Messages in their undo window.
    pub sends: Sends,
    /// Who gets the mails of an incident.
    pub recipients: Recipients,
    /// The page as the provider shows it now.
    pub page: RwSignal<Option<Snapshot>>,
    /// Whether what happens is being kept.
    pub saving: RwSignal<Saving>,
    /// What was read from storage and could not be understood.
    pub dropped: RwSignal<Vec<keep::Dropped>>,
    /// The last thing to tell the responder: a refusal, a receipt, a failure.
    pub said: RwSignal<Option<Said>>,
    who: RwSignal<String>,
    set_now: WriteSignal<DateTime<Utc>>,
    all: OnceLock<Memo<Vec<View>>>,
    device: StoredValue<String>,
    theme: RwSignal<Theme>,
    first_start: RwSignal<bool>,
    keep: StoredValue<Keep, LocalStorage>,
    reader: StoredValue<Reader, LocalStorage>,
    writer: StoredValue<Writer, LocalStorage>,
    outbox: StoredValue<Outbox, LocalStorage>,
}

/// Something to tell the responder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What.
    pub text: String,
    /// Whether something went wrong.
    pub alarm: bool,
}

impl Desk {
    /// An empty desk; `open` fills it.
    pub fn new() -> Self {
        let (now, set_now) = signal(clock::now());
        let saving = RwSignal::new(Saving::Opening);
        let keep = StoredValue::new_local(Keep::new());
        Self(Box::leak(Box::new(Signals {
            now,
            set_now,
            setup: RwSignal::new(Setup::Loading),
            runs: RwSignal::new(BTreeMap::new()),
            drafts: Drafts::new(keep, saving),
            sends: Sends::new(),
            recipients: Recipients::new(),
            page: RwSignal::new(None),
            saving,
            dropped: RwSignal::new(Vec::new()),
            said: RwSignal::new(None),
            who: RwSignal::new(storage::local::get(WHO).ok().flatten().unwrap_or_default()),
            all: OnceLock::new(),
            device: StoredValue::new(made_or_kept_device()),
            theme: RwSignal::new(head::kept_theme()),
            first_start: RwSignal::new(false),
            keep,
            reader: StoredValue::new_local(Reader::new()),
            writer: StoredValue::new_local(Writer::new()),
            outbox: StoredValue::new_local(Outbox::new()),
        })))
    }

    /// Loads what is stored and served, and starts the clock.
    pub fn open(self) {
        // Made here, so that it lives as long as the console and not as long as the first page.
        self.all();
        tick::start(self);
        leptos::task::spawn_local(async move {
            setup::load(self).await;
            keep::load(self).await;
            page::open(self).await;
        });
    }

    /// Every run at this second.
    fn all(self) -> Memo<Vec<View>> {
        *self.all.get_or_init(|| Memo::new(move |_| self.fold_all()))
    }

    /// The desk of the running console.
    pub fn here() -> Self {
        expect_context::<Self>()
    }

    /// The playbook, where one could be read.
    pub fn playbook(self) -> Option<Arc<Playbook>> {
        self.setup.with(|setup| setup.playbook().cloned())
    }

    /// The same, for the moment in which a piece of a page is made.
    pub fn playbook_now(self) -> Option<Arc<Playbook>> {
        self.setup.with_untracked(|setup| setup.playbook().cloned())
    }

    /// Who is at this device; empty until it was said.
    pub fn who(self) -> Signal<String> {
        self.who.into()
    }

    /// Says who is at this device: stands in every entry from now on.
    pub fn set_who(self, name: &str) {
        let name = name.trim().to_owned();
        if let Err(error) = storage::local::set(WHO, &name) {
            self.saving.set(Saving::Failed(error.to_string()));
        }
        self.who.set(name);
    }

    /// Tells the responder something.
    pub fn say(self, text: impl Into<String>) {
        self.said.set(Some(Said {
            text: text.into(),
            alarm: false,
        }));
    }

    /// Tells the responder that something went wrong.
    pub fn alarm(self, text: impl Into<String>) {
        self.said.set(Some(Said {
            text: text.into(),
            alarm: true,
        }));
    }

    /// Declares an incident; the id of its run.
    ///
    /// # Errors
    /// A refusal with its reason; nothing was made then.
    pub fn declare(self, what: What) -> Result<RunId, Refusal> {
        let run_id = RunId(id::short().map_err(|_| NO_RANDOM)?);
        self.act(Run::new(run_id.clone()), what, None)?;
        Ok(run_id)
    }

    /// Enters an event into a run's log and lets what follows from it happen.
    ///
    /// # Errors
    /// A refusal with its reason; the log is then unchanged.
    pub fn dispatch(
        self,
        run: &RunId,
        what: What,
        message: Option<Sendable>,
    ) -> Result<(), Refusal> {
        let current = self.runs.with_untracked(|runs| runs.get(run).cloned());
        let Some(current) = current else {
            return Err(Refusal::NotNow("this incident is not here"));
        };
        self.act(Run::clone(&current), what, message)
    }

    /// Like `dispatch`; a refusal is told to the responder. Whether it was entered.
    pub fn tell(self, run: &RunId, what: What) -> bool {
        match self.dispatch(run, what, None) {
            Ok(()) => true,
            Err(refusal) => {
                self.alarm(format!("Not done: {refusal}."));
                false
            }
        }
    }

    /// Why an event may not be entered now; `None` where it may. Shown beside a disabled button.
    pub fn refusal(self, run: &RunId, what: &What) -> Option<String> {
        let playbook = self.playbook()?;
        let run = self.runs.with(|runs| runs.get(run).cloned())?;
        permitted(&playbook, &run, what, &self.who.get(), self.now.get())
            .err()
            .map(|refusal| refusal.to_string())
    }

    fn act(self, mut run: Run, what: What, message: Option<Sendable>) -> Result<(), Refusal> {
        let playbook = self
            .setup
            .with_untracked(|setup| setup.playbook().cloned())
            .ok_or(Refusal::NotNow("the playbook cannot be read"))?;
        if self.device().is_empty() {
            return Err(NO_RANDOM);
        }
        if self.who.with_untracked(String::is_empty) {
            return Err(Refusal::NotNow(
                "say who you are first, in the field “You are”",
            ));
        }
        let commands = handle(&playbook, &mut run, what, message, &self.stamp())?;
        let run_id = run.id.clone();
        // What was just entered counts at once, not only when the clock ticks next.
        self.set_now.set(clock::now());
        self.runs.update(|runs| {
            runs.insert(run_id.clone(), Arc::new(run));
        });
        runner::perform(self, run_id, commands);
        Ok(())
    }

    fn stamp(self) -> Stamp {
        Stamp {
            who: self.who.get_untracked(),
            device: self.device(),
            now: clock::now(),
            offset_ms: None,
        }
    }

    /// This device's id: kept in this browser, or made for this visit where nothing can be kept.
    pub fn device(self) -> String {
        self.device.get_value()
    }

    /// The reader of the status page.
    pub fn reader(self) -> Reader {
        self.reader.get_value()
    }

    /// The writer to the status page.
    pub fn writer(self) -> Writer {
        self.writer.get_value()
    }

    /// The embedded provider's mails.
    pub fn outbox(self) -> Outbox {
        self.outbox.get_value()
    }

    /// The time at the moment of an act, to the second.
    pub fn fresh_now(self) -> DateTime<Utc> {
        clock::now()
    }

    /// Whether the console is still reading what it needs.
    pub fn is_loading(self) -> bool {
        self.setup.with(|setup| setup.ready().is_none()) || self.saving.get() == Saving::Opening
    }

    /// The public page's address beside this console.
    pub fn status_page_address(self) -> String {
        crate::platform::page::site_path()
    }
}

/// The device's id; an empty one where the browser gives no random numbers, and nothing can be entered.
fn made_or_kept_device() -> String {
    id::device().or_else(|_| id::random()).unwrap_or_default()
}
