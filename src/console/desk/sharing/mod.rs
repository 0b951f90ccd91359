//! Sharing the incidents with the other consoles through the hosted page, while one is used: read every 15
//! seconds, write back what is missing, adopt what was posted elsewhere, and know of each event whether
//! the others can have it. The rules are `sop::shared`'s.
//!
//! - `rounds`: when is read and written;
//! - `taking`: what a reading brings: events of others, posts of others, lost sends found;
//! - `world`: what the runner asks of it before a post leaves;
//! - `claim`: who sends an email;
//! - `adopting`: incidents that were opened in the vendor's own console;
//! - `reopening`: a page that does not take a reopened incident back;
//! - `services`: the name of the service, where another console changed the components.

mod adopting;
mod claim;
pub mod reopening;
mod rounds;
mod services;
mod taking;
mod world;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use serde_json::{Map, Value};

use crate::api::error::ApiError;
use crate::api::page::Live;
use crate::domain::ordered::{ShortMap, ShortSet};
use crate::platform::clock;
use crate::sop::event::{EventId, EventKind};
use crate::sop::run::{Run, RunId};
use crate::sop::shared::{Sheet, Sightings, missing, posted_after_the_end};

use super::Desk;
use super::kept::event_store::Keep;

pub use crate::console::runner::{About, Decision, Held};
pub use adopting::Stranger;
pub use claim::{claim, claim_again};
pub(in crate::console) use rounds::look_for;
pub(in crate::console) use rounds::share;

/// How long the console waits before it asks again for what shares, where that could not be fetched.
const ASK_AGAIN: TimeDelta = TimeDelta::seconds(15);

/// How long ago somebody may have entered something to count as here.
const HERE: TimeDelta = TimeDelta::minutes(10);

/// What is known of the sharing.
#[derive(Clone, Copy)]
pub struct Sharing {
    status: RwSignal<ShortMap<RunId, Status>>,
    strangers: RwSignal<Vec<Stranger>>,
    held: RwSignal<Option<Held>>,
    book: StoredValue<Book>,
}

/// How an incident's sharing stands, for screens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// When it was last read, by the server's clock.
    pub read_at: Option<DateTime<Utc>>,
    /// What keeps it from being read or written.
    pub trouble: Option<String>,
    /// The events that the others may not have yet.
    pub not_yet: ShortSet<EventId>,
    /// It is no longer on the page: somebody deleted it there.
    pub gone: bool,
}

/// Somebody else who entered something lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Their name.
    pub who: String,
    /// When they last did.
    pub at: DateTime<Utc>,
}

/// What the desk keeps for it, and no screen sees.
#[derive(Default)]
struct Book {
    notes: ShortMap<RunId, Notes>,
    /// A conversation with the page is going on: one at a time.
    busy: bool,
    whole_tried_at: Option<DateTime<Utc>>,
    /// When it was asked again for what shares.
    asked_again_at: Option<DateTime<Utc>>,
    /// The updates and incidents on the page, and when each was seen first, by the server's clock.
    seen: ShortMap<String, DateTime<Utc>>,
    /// The incidents that nobody has adopted.
    strangers: Vec<Live>,
    /// What was decided about the post that is held.
    decided: Option<Decision>,
}

/// What is kept of one run.
struct Notes {
    /// Everything that was ever read of it, what a newer console wrote included.
    known: Sheet,
    sightings: Sightings,
    /// What stood beside the incident when it was last read.
    beside: Map<String, Value>,
    tried_at: Option<DateTime<Utc>>,
    wrote_at: Option<DateTime<Utc>>,
    /// How many events the log had when they were compared with it last; `None` before the first time.
    events: Option<usize>,
    /// Whether something of the log was missing there when it was last read.
    lacks: bool,
}

impl Notes {
    /// What has to stand beside the incident so that nothing of the log is missing there; `None` where all does.
    fn missing(&self, log: &Run) -> Option<Map<String, Value>> {
        let mut union = Sheet::of(log);
        union.join(&self.known);
        missing(&self.beside, &union)
    }
}

/// The turn to talk to the page; the next one's when it is dropped.
pub struct Turn(Sharing);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.book.update_value(|book| book.busy = false);
    }
}

impl Sharing {
    pub(super) fn new() -> Self {
        Self {
            status: RwSignal::new(ShortMap::default()),
            strangers: RwSignal::new(Vec::new()),
            held: RwSignal::new(None),
            book: StoredValue::new(Book::default()),
        }
    }

    /// Waits for the turn.
    async fn turn(self) -> Turn {
        const LOOK_AGAIN_MS: u32 = 100;
        loop {
            let mine = self.book.try_update_value(|book| {
                let free = !book.busy;
                book.busy = true;
                free
            });
            if mine == Some(true) {
                return Turn(self);
            }
            clock::sleep(LOOK_AGAIN_MS).await;
        }
    }

    /// The notes of a run, to be read or changed.
    fn notes<T>(self, run: &RunId, change: impl FnOnce(&mut Notes) -> T) -> Option<T> {
        self.book.try_update_value(|book| {
            let none = || Notes {
                known: Sheet::new(run.clone()),
                sightings: Sightings::default(),
                beside: Map::new(),
                tried_at: None,
                wrote_at: None,
                events: None,
                lacks: false,
            };
            book.notes.change(run.clone(), none, change)
        })
    }

    /// Changes what screens see of a run, where it changes.
    fn set_status(self, run: &RunId, change: impl FnOnce(&mut Status)) {
        let before = self
            .status
            .with_untracked(|all| all.get(run).cloned())
            .unwrap_or_default();
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            self.status.update(|all| {
                all.insert(run.clone(), after);
            });
        }
    }

    fn trouble(self, run: &RunId, error: &ApiError) {
        let words = error.in_full();
        self.set_status(run, |status| status.trouble = Some(words));
    }
}

/// Once a second: lets what shares begin a round where one is due. It comes with an incident's pages.
pub(super) fn tick(desk: Desk) {
    // What is stored here comes first: it says more than what the others know of it.
    let ready = desk.keep.with_value(Keep::is_known) && desk.playbook_now().is_some();
    let book = desk.sharing.book;
    if !ready || !desk.service().is_shared() || book.with_value(|book| book.busy) {
        return;
    }
    let now = clock::now();
    if !desk.later.share(desk) && book.with_value(|book| over(book.asked_again_at, ASK_AGAIN, now))
    {
        book.update_value(|book| book.asked_again_at = Some(now));
        desk.later.ask_again();
    }
}

/// Whether so long has passed; a clock that jumped back has, too.
fn over(since: Option<DateTime<Utc>>, pace: TimeDelta, now: DateTime<Utc>) -> bool {
    since.is_none_or(|since| (now - since).abs() >= pace)
}

impl Desk {
    /// How an incident is shared; `None` where it is shared with nobody.
    pub fn shared(self, run: &RunId) -> Option<Status> {
        self.sharing.status.with(|all| all.get(run).cloned())
    }

    /// Whether incidents are shared with other consoles at all.
    pub fn shares(self) -> bool {
        // The service is chosen once the setup is read.
        self.setup.track();
        self.service().is_shared()
    }

    /// Enters what was found out; what may not be entered now is found out again later.
    fn report(self, run: &RunId, what: EventKind) -> bool {
        self.dispatch(run, what, None).is_ok()
    }

    /// The sends of an incident whose beginning or answer the other consoles may not have yet.
    pub fn not_yet_shared(self, id: &RunId) -> ShortSet<String> {
        let Some(status) = self.shared(id) else {
            return ShortSet::default();
        };
        let run = self.runs.with(|runs| runs.get(id).cloned());
        run.iter()
            .flat_map(|run| run.events())
            .filter(|event| status.not_yet.contains(&event.id))
            .filter_map(|event| {
                let (EventKind::SendStarted { op, .. } | EventKind::SendAnswered { op, .. }) =
                    &event.what
                else {
                    return None;
                };
                Some(op.clone())
            })
            .collect()
    }

    /// Who else entered something lately, the latest first.
    pub fn present(self, id: &RunId) -> Vec<Present> {
        let (now, device) = (self.now.get(), self.device());
        let Some(run) = self.runs.with(|runs| runs.get(id).cloned()) else {
            return Vec::new();
        };
        let mut here: Vec<Present> = Vec::new();
        let theirs = run.events().rev().filter(|event| {
            event.id.device != device
                && event.id.page_update().is_none()
                && now - event.corrected() <= HERE
        });
        for event in theirs {
            if !here.iter().any(|known| known.who == event.who) {
                here.push(Present {
                    who: event.who.clone(),
                    at: event.corrected(),
                });
            }
        }
        here
    }

    /// Whether somebody posted that it goes on, after it was resolved: the console asks whether to reopen.
    pub fn asks_to_reopen(self, id: &RunId) -> bool {
        let run = self.runs.with(|runs| runs.get(id).cloned());
        self.playbook()
            .zip(run)
            .is_some_and(|(sop, run)| posted_after_the_end(&sop, &run, self.now_for(&run)))
    }

    /// A run's incident is no longer on the page.
    pub(in crate::console) fn is_gone(self, id: &RunId) {
        self.sharing.set_status(id, |status| status.gone = true);
    }

    /// Looks for a lost post on the page, now.
    pub fn look_again(self, id: &RunId) {
        let id = id.clone();
        leptos::task::spawn_local(async move {
            if look_for(self, &id).await {
                self.say("It was not found on the status page.");
            }
        });
    }

    /// The next post of a run whose incident was deleted on the page opens a new one there.
    pub fn open_anew(self, id: &RunId) {
        // In the log, so that a reload and the other consoles know it.
        self.report(id, EventKind::PageLeft);
        self.sharing.set_status(id, |status| status.gone = false);
        self.say("The next post opens a new incident on the status page.");
    }

    /// The post that is held because somebody posted meanwhile.
    pub fn posted_meanwhile(self) -> Signal<Option<Held>> {
        self.sharing.held.into()
    }

    /// Decides about it.
    pub fn decide(self, decision: Decision) {
        self.sharing
            .book
            .update_value(|book| book.decided = Some(decision));
    }

    /// The unresolved incidents on the page that are not ours.
    pub fn strangers(self) -> Signal<Vec<Stranger>> {
        self.sharing.strangers.into()
    }
}
