//! A tab: a console's memory, and what it does to the browser that it shares.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use allclear::api::page::ReadPage;
use allclear::api::team::Webhook;
use allclear::config::{ChatService, MailService};
use allclear::console::runner::world::{Clock, Log, Services as Providers, Stored, Tabs};
use allclear::console::runner::{drive, let_leave, perform, settle, store};
use allclear::delivery::cut_off::{Unanswered, lacks_the_end, unanswered};
use allclear::delivery::mailing::{Intent, Person, Summary};
use allclear::domain::page::Snapshot;
use allclear::sop::event::{Event, EventKind, SentMessage};
use allclear::sop::message::Sendable;
use allclear::sop::playbook::Playbook;
use allclear::sop::run::{Author, Command, LedgerRow, Run, RunId, State, handle, state};
use allclear::sop::shared::Sheet;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::vendors::{AnyMailer, AnyPage, Way, mailer, page, team};
use super::{Shared, Sleep, Step};
use crate::sop::decisions::Desk;

/// Which services are hosted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hosted {
    pub page: bool,
    pub mail: Option<MailService>,
    pub team: Option<ChatService>,
}

/// A tab.
#[derive(Clone)]
pub struct Tab {
    pub sim: Shared,
    pub name: &'static str,
    sop: Rc<Playbook>,
    logs: Rc<RefCell<BTreeMap<RunId, Run>>>,
    people: Rc<RefCell<BTreeMap<String, Vec<Person>>>>,
    /// The mailings that it shows.
    pub knows: Rc<RefCell<BTreeSet<String>>>,
    pub driving: Rc<RefCell<BTreeSet<String>>>,
    saving_failed: Rc<Cell<bool>>,
    /// The hosted services that it works with.
    pub hosted: Rc<Cell<Hosted>>,
    /// When it saw an update or an incident of the page first.
    pub seen: Rc<RefCell<BTreeMap<String, DateTime<Utc>>>>,
    /// The page as it was last read.
    pub shown: Rc<RefCell<Snapshot>>,
    /// What it read of runs, and what stood beside its own incident the last time.
    pub sheets: Rc<RefCell<Vec<Sheet>>>,
    pub beside: Rc<RefCell<Map<String, Value>>>,
    /// Whether it talks to the page, and whether it asks a person.
    pub talks: Rc<Cell<bool>>,
    pub asks: Rc<Cell<bool>>,
    /// Whether what it posts to is shared with other consoles.
    pub shared: Rc<Cell<bool>>,
}

thread_local! {
    /// Read once: thousands of tabs are opened.
    static SOP: Rc<Playbook> = Rc::new(crate::sop::support::playbook::playbook());
    static DECLARED: Run = Desk::declared("outage", allclear::sop::severity::Severity::P0).run;
}

const RUN: &str = "run";

pub fn run_id() -> RunId {
    RunId(RUN.to_owned())
}

impl Tab {
    /// A console that was just opened: it knows what is stored.
    pub fn opened(sim: &Shared, name: &'static str) -> Self {
        let logs = sim.borrow().stored.clone();
        let knows = sim.borrow().summaries.keys().cloned().collect();
        Self {
            sim: Rc::clone(sim),
            name,
            sop: SOP.with(Rc::clone),
            logs: Rc::new(RefCell::new(logs)),
            people: Rc::default(),
            knows: Rc::new(RefCell::new(knows)),
            driving: Rc::default(),
            saving_failed: Rc::default(),
            hosted: Rc::default(),
            seen: Rc::default(),
            shown: Rc::default(),
            sheets: Rc::default(),
            beside: Rc::default(),
            talks: Rc::default(),
            asks: Rc::default(),
            shared: Rc::default(),
        }
    }

    /// A tab in which an incident was declared, and stored.
    pub fn declared(sim: &Shared, name: &'static str) -> Self {
        sim.borrow_mut()
            .stored
            .insert(run_id(), DECLARED.with(Run::clone));
        Self::opened(sim, name)
    }

    /// What the console does when it is opened: says what was cut off, and takes up what was interrupted.
    pub async fn open(&self) {
        let summaries: Vec<Summary> = self.summaries();
        for summary in summaries {
            let lacks = self
                .row(&summary.op)
                .is_some_and(|row| lacks_the_end(&row, &summary.tally));
            if !summary.is_over() || lacks {
                drive(self, summary.op, Intent::Recover).await;
            }
        }
        for run in settle(self).await {
            allclear::console::runner::find_out(self, &run).await;
        }
    }

    /// What comes of a press once the undo window has closed.
    pub async fn press(&self, op: &str, message: Sendable, people: Vec<Person>) {
        self.people.borrow_mut().insert(op.to_owned(), people);
        let what = EventKind::SendStarted {
            op: op.to_owned(),
            message: message.record().clone(),
        };
        let _seen_to = self.see_to(op).await;
        let commands = self.say(&run_id(), what, Some(message));
        if let Some(commands) = commands {
            perform(self, &run_id(), commands).await;
        }
    }

    /// Takes in what another tab has stored, its mailings too where they stood there by then.
    pub fn follow(&self, mailings: bool) {
        let sim = self.sim.borrow();
        self.logs.borrow_mut().extend(sim.stored.clone());
        if mailings {
            self.knows
                .borrow_mut()
                .extend(sim.summaries.keys().cloned());
        }
    }

    /// Says something that commands something.
    pub async fn act(&self, what: EventKind) {
        if let Some(commands) = self.say(&run_id(), what, None) {
            perform(self, &run_id(), commands).await;
        }
    }

    /// The hosted page as a whole, as a tab reads it that is opened.
    pub async fn snapshot(&self) -> Snapshot {
        match Providers::page(self, &run_id()) {
            AnyPage::Hosted(page) => page.snapshot().await.unwrap(),
            AnyPage::Here(_) => panic!("the page of this browser is not read so"),
        }
    }

    pub fn summaries(&self) -> Vec<Summary> {
        let sim = self.sim.borrow();
        let kept = sim.summaries.iter();
        kept.filter_map(|(op, kept)| Summary::restored(op, kept))
            .collect()
    }

    pub fn row(&self, op: &str) -> Option<LedgerRow> {
        let ledger = self.state(&run_id())?.ledger;
        ledger.into_iter().find(|row| row.op.as_deref() == Some(op))
    }

    pub fn own_log(&self) -> Run {
        self.logs.borrow()[&run_id()].clone()
    }

    fn say(&self, run: &RunId, what: EventKind, message: Option<Sendable>) -> Option<Vec<Command>> {
        let mut logs = self.logs.borrow_mut();
        let log = logs.get_mut(run)?;
        let author = Author {
            vouched: false,
            who: "Ada".to_owned(),
            device: "d".to_owned(),
            now: self.sim.borrow().now,
            offset_ms: None,
        };
        handle(&self.sop, log, what, message, &author).ok()
    }

    pub async fn step(&self) {
        Step::of(&self.sim, self.name).await;
    }

    /// A change of the browser's storage; nothing of it where the browser refuses.
    pub async fn written(&self, change: impl FnOnce(&mut super::Sim)) -> bool {
        self.step().await;
        let stored = {
            let mut sim = self.sim.borrow_mut();
            let stored = sim.writes();
            if stored {
                change(&mut sim);
            }
            stored
        };
        self.step().await;
        stored
    }
}

impl Clock for Tab {
    fn now(&self) -> DateTime<Utc> {
        self.sim.borrow().now
    }

    fn server_now(&self) -> DateTime<Utc> {
        self.now()
    }

    async fn sleep(&self, ms: u32) {
        Sleep::for_ms(&self.sim, ms).await;
        self.step().await;
    }

    fn is_online(&self) -> bool {
        self.sim.borrow().online
    }
}

impl Tab {
    /// The logs as they are now.
    pub fn logs(&self) -> Vec<Arc<Run>> {
        let logs = self.logs.borrow();
        logs.values().cloned().map(Arc::new).collect()
    }
}

impl Log for Tab {
    async fn save(&self, run: &RunId, event: &Event) -> Stored {
        // All recipients of the tests are there: whatever a service says of them stays out of the log.
        let kept = serde_json::to_string(event).unwrap();
        assert!(
            !kept.contains("@example.com"),
            "an address in the log: {kept}"
        );
        let stored = self
            .written(|sim| {
                let log = sim
                    .stored
                    .entry(run.clone())
                    .or_insert_with(|| Run::new(run.clone()));
                log.insert(event.clone());
            })
            .await;
        match (stored, self.saving_failed.replace(!stored)) {
            (true, _) => Stored::Kept,
            (false, false) => Stored::Refused,
            (false, true) => Stored::KnownRefused,
        }
    }

    async fn enter(&self, run: &RunId, what: EventKind) -> bool {
        let Some(commands) = self.say(run, what, None) else {
            return false;
        };
        let rest = Box::pin(store(self, run, commands)).await;
        for leaves in rest {
            self.hand_over(run, leaves).await;
        }
        true
    }

    fn here(&self) -> (String, bool) {
        ("Ada".to_owned(), false)
    }

    fn device(&self) -> String {
        "d".to_owned()
    }

    fn unanswered(&self) -> Vec<Unanswered> {
        let logs = self.logs.borrow();
        let found = logs.values().filter_map(|log| {
            let state = state(&self.sop, log, self.now())?;
            Some(unanswered(log, &state, &self.device(), |op| {
                self.knows.borrow().contains(op)
            }))
        });
        found.flatten().collect()
    }

    fn state(&self, run: &RunId) -> Option<State> {
        state(&self.sop, self.logs.borrow().get(run)?, self.now())
    }

    fn sent(&self, op: &str) -> Option<SentMessage> {
        self.logs
            .borrow()
            .values()
            .flat_map(Run::events)
            .find_map(|event| match &event.what {
                EventKind::SendStarted { op: known, message } if known == op => {
                    Some(message.clone())
                }
                _ => None,
            })
    }

    async fn hand_over(&self, run: &RunId, command: Command) {
        Box::pin(let_leave(self, run, command)).await;
    }
}

impl Providers for Tab {
    type Page = AnyPage;
    type Mailer = AnyMailer;
    type Team = Webhook<Way>;

    fn page(&self, _: &RunId) -> AnyPage {
        page(&self.sim, self.name, self.hosted.get().page)
    }

    fn is_shared(&self, _: &RunId) -> bool {
        self.shared.get() || self.hosted.get().page
    }

    fn mailer(&self, _: &RunId) -> AnyMailer {
        mailer(&self.sim, self.name, self.hosted.get().mail)
    }

    fn team(&self, _: &RunId) -> Option<Webhook<Way>> {
        team(&self.sim, self.name, self.hosted.get().team)
    }

    fn sender(&self) -> (String, String) {
        (
            "AIAS <status@example.com>".into(),
            "support@example.com".into(),
        )
    }

    fn mails_link(&self, _: &RunId) -> Option<String> {
        None
    }

    fn take_people(&self, op: &str) -> Option<(Vec<Person>, Option<String>)> {
        let people = self.people.borrow_mut().remove(op)?;
        Some((people, None))
    }

    fn has_list(&self, _: &RunId) -> bool {
        true
    }

    fn tidy(&self, _: Summary) {}
}
