//! The console's only state. Pages read slices of it and pass intents on; it obeys the rules of `sop`
//! and knows none of its own.
//!
//! - `screen`: what screens get; `tick` is the clock;
//! - what it is set up with: `setup` (configuration, team settings and playbook, with every problem), `readiness` (what
//!   can be checked before an incident), `rehearsal` (trying hosted services), `drill` (nothing of it leaves this browser);
//! - `services`: which are used, and what is known of them;
//! - what leaves: `undo_queue`, `cut_off` (what was cut off with its tab), `outgoing` (on its way to the runner),
//!   `recipients` and `mailing` (who gets an email, how its sending stands);
//! - `sharing`: the other consoles;
//! - `kept`: what this browser keeps.

mod cut_off;
mod drill;
pub mod kept;
pub mod mailing;
pub(in crate::console) mod outgoing;
pub mod readiness;
pub mod recipients;
pub mod rehearsal;
mod screen;
pub mod services;
pub mod setup;
pub mod sharing;
mod tick;
pub mod undo_queue;

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::provider::{Mailer, Outbox, Page};
use crate::domain::component::Component;
use crate::domain::ordered::ShortMap;
use crate::domain::page::Snapshot;
use crate::platform::{clock, id, storage};
use crate::sop::board::{Board, Incidents};
use crate::sop::event::{Event, EventKind, TimeFact};
use crate::sop::message::Sendable;
use crate::sop::playbook::Playbook;
use crate::sop::run::{Command, Refusal, Run, RunId, corrections, handle, permitted_on};

use super::later::Later;
use crate::ui::theme::Theme;
use crate::words;
use kept::drafts::Drafts;
use kept::event_store::{self, Keep, Saving};
use kept::reading;
use mailing::Mailings;
use recipients::Recipients;
use rehearsal::Rehearsals;
use screen::saying::Said;
use screen::theme;
use services::session::{self, Edge};
use setup::Setup;
use sharing::Sharing;
use undo_queue::UndoQueue;

const WHO: &str = "who";

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
    now: ReadSignal<DateTime<Utc>>,
    setup: RwSignal<Setup>,
    runs: RwSignal<ShortMap<RunId, Arc<Run>>>,
    /// What is typed and not yet said.
    drafts: Drafts,
    /// Messages in their undo window.
    sends: UndoQueue,
    /// Who gets the mails of an incident.
    recipients: Recipients,
    /// The sendings of this browser.
    mailings: Mailings,
    /// The page as the provider shows it now.
    page: RwSignal<Option<Snapshot>>,
    /// The page of this browser, which a drill is posted to beside a hosted one.
    drill_page: RwSignal<Option<Snapshot>>,
    /// The components of a hosted page as this browser read them last.
    page_before: RwSignal<Vec<Component>>,
    /// Whether the page was asked, with or without an answer.
    page_asked: RwSignal<bool>,
    /// Whether what happens is being kept.
    saving: RwSignal<Saving>,
    /// Entries that could not be stored, and may be later.
    unsaved: StoredValue<Vec<(RunId, Event)>>,
    /// What was read from storage and could not be understood.
    dropped: RwSignal<Vec<event_store::UnreadableEntry>>,
    /// The last thing to tell the responder: a refusal, a receipt, a failure.
    said: RwSignal<Option<Said>>,
    /// What the responder has to mind until they have closed it, whatever is said after it.
    minded: RwSignal<Option<String>>,
    rehearsals: Rehearsals,
    /// Sharing with the other consoles.
    sharing: Sharing,
    /// What is fetched after the board.
    pub(in crate::console) later: Later,
    edge: Edge,
    who: RwSignal<String>,
    set_now: WriteSignal<DateTime<Utc>>,
    all: OnceLock<Memo<Incidents>>,
    board: StoredValue<Board>,
    device: StoredValue<String>,
    theme: RwSignal<Theme>,
    first_start: RwSignal<bool>,
    keep: StoredValue<Keep, LocalStorage>,
    service: StoredValue<Page, LocalStorage>,
    outbox: StoredValue<Outbox, LocalStorage>,
    mailer: StoredValue<Mailer, LocalStorage>,
    /// Whether the services are being asked.
    begun: StoredValue<bool>,
    /// What lives as long as the desk.
    owner: StoredValue<Owner>,
}

impl Desk {
    /// An empty desk; `open` fills it.
    pub(super) fn new(later: Later) -> Self {
        let (now, set_now) = signal(clock::now());
        let saving = RwSignal::new(Saving::Opening);
        let keep = StoredValue::new_local(Keep::new());
        Self(Box::leak(Box::new(Signals {
            now,
            set_now,
            setup: RwSignal::new(Setup::Loading),
            runs: RwSignal::new(ShortMap::default()),
            drafts: Drafts::new(keep, saving),
            sends: UndoQueue::new(),
            recipients: Recipients::new(),
            mailings: Mailings::new(),
            page: RwSignal::new(None),
            drill_page: RwSignal::new(None),
            page_before: RwSignal::new(Vec::new()),
            page_asked: RwSignal::new(false),
            saving,
            unsaved: StoredValue::default(),
            dropped: RwSignal::new(Vec::new()),
            said: RwSignal::new(None),
            minded: RwSignal::new(None),
            rehearsals: Rehearsals::new(),
            sharing: Sharing::new(),
            later,
            edge: Edge::new(),
            who: RwSignal::new(storage::local::get(WHO).ok().flatten().unwrap_or_default()),
            all: OnceLock::new(),
            board: StoredValue::new(Board::default()),
            device: StoredValue::new(made_or_kept_device()),
            theme: RwSignal::new(theme::kept_theme()),
            first_start: RwSignal::new(false),
            keep,
            service: StoredValue::new_local(Page::of(None)),
            outbox: StoredValue::new_local(Outbox::new()),
            mailer: StoredValue::new_local(Mailer::of(None)),
            begun: StoredValue::new(false),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        })))
    }

    /// Loads what is stored and served, and starts the clock.
    pub fn open(self) {
        // Made here, so that it lives as long as the console and not as long as the first page.
        self.all();
        tick::start(self);
        reading::remember_open(self);
        leptos::task::spawn_local(async move {
            setup::load(self).await;
            self.choose_services();
            session::open(self);
            reading::load(self).await;
            self.begin_services().await;
        });
    }

    /// Every incident at this second.
    fn all(self) -> Memo<Incidents> {
        *self.all.get_or_init(|| Memo::new(move |_| self.look()))
    }

    /// The desk of the running console. `console::app` gives it before it draws anything: asked from elsewhere, it panics.
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
        let name = crate::domain::text::without_overrides(name.trim());
        self.who.set(name);
        if let Err(error) = self.keep_who() {
            self.saving.set(Saving::Failed(error));
        }
    }

    /// Stores who is at this device.
    fn keep_who(self) -> Result<(), String> {
        let stored = self.who.with_untracked(|who| storage::local::set(WHO, who));
        stored.map_err(|error| error.to_string())
    }

    /// Declares an incident; the id of its run.
    ///
    /// # Errors
    /// A refusal with its reason; nothing was made then.
    pub fn declare(self, what: EventKind) -> Result<RunId, Refusal> {
        let run_id = RunId(id::short().map_err(|_| Refusal::NoRandomNumbers)?);
        if let EventKind::Declared { drill: true, .. } = &what {
            self.set_up_drill();
        }
        let commands = self.act(Run::new(run_id.clone()), what, None)?;
        outgoing::perform(self, run_id.clone(), commands);
        Ok(run_id)
    }

    /// Enters an event into a run's log and lets what follows from it happen.
    ///
    /// # Errors
    /// A refusal with its reason; the log is then unchanged.
    pub fn dispatch(
        self,
        run: &RunId,
        what: EventKind,
        message: Option<Sendable>,
    ) -> Result<(), Refusal> {
        let commands = self.enter(run, what, message)?;
        outgoing::perform(self, run.clone(), commands);
        Ok(())
    }

    /// Like `dispatch` for a message that leaves, and over when it is stored that it does (or the browser has refused
    /// to store it).
    ///
    /// # Errors
    /// A refusal with its reason; the log is then unchanged.
    async fn dispatch_kept(
        self,
        run: &RunId,
        what: EventKind,
        message: Sendable,
    ) -> Result<(), Refusal> {
        let commands = self.enter(run, what, Some(message))?;
        outgoing::perform_kept(self, run, commands).await;
        Ok(())
    }

    fn enter(
        self,
        run: &RunId,
        what: EventKind,
        message: Option<Sendable>,
    ) -> Result<Vec<Command>, Refusal> {
        let current = self.runs.with_untracked(|runs| runs.get(run).cloned());
        let Some(current) = current else {
            return Err(Refusal::NotHere);
        };
        self.act(Run::clone(&current), what, message)
    }

    /// Like `dispatch`; a refusal is told to the responder. Whether it was entered.
    pub fn tell(self, run: &RunId, what: EventKind) -> bool {
        self.told(self.dispatch(run, what, None)).is_some()
    }

    /// Like `tell`, and over only when it is stored (or the browser has refused to store it).
    pub async fn tell_kept(self, run: &RunId, what: EventKind) -> bool {
        match self.told(self.enter(run, what, None)) {
            Some(commands) => {
                outgoing::perform_kept(self, run, commands).await;
                true
            }
            None => false,
        }
    }

    fn told<T>(self, entered: Result<T, Refusal>) -> Option<T> {
        entered
            .map_err(|refusal| self.alarm(format!("Not done: {}.", words::refusal(refusal))))
            .ok()
    }

    /// Why an event may not be entered now; `None` where it may. Shown beside a disabled button.
    pub fn refusal(self, run: &RunId, what: &EventKind) -> Option<String> {
        let playbook = self.playbook()?;
        let run = self.runs.with(|runs| runs.get(run).cloned())?;
        let who = self.who.get();
        permitted_on(
            &playbook,
            &run,
            &self.device(),
            what,
            self.actor(&who),
            self.now.get(),
        )
        .err()
        .map(|refusal| words::refusal(refusal).to_owned())
    }

    /// Corrections of an incident's times, in the order in which they may be said; why they may not be.
    pub fn corrections(
        self,
        run: &RunId,
        wished: &[(TimeFact, DateTime<Utc>)],
    ) -> Result<Vec<EventKind>, String> {
        let playbook = self.playbook();
        let run = self.runs.with(|runs| runs.get(run).cloned());
        let (Some(playbook), Some(run)) = (playbook, run) else {
            return Err(words::refusal(Refusal::NoPlaybook).to_owned());
        };
        corrections(&playbook, &run, &self.device(), wished, self.now.get())
            .map_err(|refusal| words::refusal(refusal).to_owned())
    }

    /// Enters an event into a run; what follows from it is the caller's to perform.
    fn act(
        self,
        mut run: Run,
        what: EventKind,
        message: Option<Sendable>,
    ) -> Result<Vec<Command>, Refusal> {
        let playbook = self
            .setup
            .with_untracked(|setup| setup.playbook().cloned())
            .ok_or(Refusal::NoPlaybook)?;
        if self.device().is_empty() {
            return Err(Refusal::NoRandomNumbers);
        }
        if self.who.with_untracked(String::is_empty) {
            return Err(if untrack(|| self.asks_who()) {
                Refusal::SayWhoYouAre
            } else {
                Refusal::LogInFirst
            });
        }
        let commands = handle(&playbook, &mut run, what, message, &self.stamp())?;
        // What was just entered counts at once, not only when the clock ticks next.
        self.set_now.set(self.fresh_now());
        self.runs.update(|runs| {
            runs.insert(run.id.clone(), Arc::new(run));
        });
        Ok(commands)
    }

    /// This device's id: kept in this browser, or made for this visit where nothing can be kept.
    pub fn device(self) -> String {
        self.device.get_value()
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
