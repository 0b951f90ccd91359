//! A browser without a browser: its storage outlives its tabs, its clock stands still unless everybody sleeps, and a
//! tab can be stopped before and after everything that it does.

mod others;
mod page;
mod shared;
mod tab;
mod vendors;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use allclear::api::error::ApiError;
use allclear::console::runner::{Decision, Held};
use allclear::delivery::mailing::{Beat, Doing, Summary};
use allclear::delivery::notice::{MailingNotice, Notice};
use allclear::sop::event::EventKind;
use allclear::sop::run::{Run, RunId};
use allclear_sandbox::front::Begun;
use allclear_sandbox::world::World;
use chrono::{DateTime, TimeDelta, Utc};

pub use page::{Fault, Outbox, PageHere};
pub use tab::{Hosted, Tab, run_id};
pub use vendors::{by_vendor, vendor_of};

use crate::sop::support::at;

/// Shared by everything of one browser and its services.
pub type Shared = Rc<RefCell<Sim>>;

/// What outlives a tab.
pub struct Sim {
    pub now: DateTime<Utc>,
    /// Everything that was begun so far: before and after each effect.
    pub steps: u32,
    /// The step at which a tab dies, by the tab's name.
    pub dies_at: Option<(&'static str, u32)>,
    pub dead: BTreeSet<&'static str>,
    /// When sleepers wake.
    wakes: BTreeSet<DateTime<Utc>>,
    /// The logs as they are stored.
    pub stored: BTreeMap<RunId, Run>,
    /// Plans, batches and summaries as they are stored.
    pub plans: BTreeMap<String, String>,
    pub chunks: BTreeMap<(String, u32), String>,
    pub summaries: BTreeMap<String, String>,
    /// Who is never mailed.
    pub never: String,
    pub beat: Option<Beat>,
    /// The tabs that give signs of life.
    pub beating: BTreeSet<&'static str>,
    /// Locks, by name: which tab has each.
    pub locks: BTreeMap<String, &'static str>,
    /// Whether the browser has locks.
    pub knows_locks: bool,
    /// The so-maniest writes that are refused, from 1.
    pub refused_writes: BTreeSet<u32>,
    pub writes: u32,
    pub online: bool,
    /// Whether the first tab was closed in the middle of it.
    pub was_closed: bool,
    /// What goes wrong with the next requests.
    pub faults: VecDeque<Fault>,
    pub page: PageHere,
    pub outbox: Outbox,
    /// The hosted services, once one of them was asked.
    pub vendors: Option<World>,
    /// What they take effect of later, and when, in milliseconds since 1970.
    pub late: Vec<(i64, Begun)>,
    /// The address of the team's webhook, as the edge has it.
    pub webhook: &'static str,
    /// What stands in the place of their answers' bodies.
    pub garbled: Option<&'static str>,
    /// How many requests went to them.
    pub requests: u32,
    pub random: u32,
    /// What is read of another console the next time that an email is claimed.
    pub brought: Option<EventKind>,
    /// What was held until a person has decided, one after the other.
    pub held: Vec<Held>,
    /// What the person decides as soon as they are asked; afterwards they are not there.
    pub decisions: VecDeque<Decision>,
    pub notices: Vec<Notice>,
    pub of_mailings: Vec<MailingNotice>,
    pub shown: Vec<(Summary, Doing)>,
}

impl Sim {
    pub fn new() -> Shared {
        Rc::new(RefCell::new(Self {
            now: at("14:09"),
            steps: 0,
            dies_at: None,
            dead: BTreeSet::new(),
            wakes: BTreeSet::new(),
            stored: BTreeMap::new(),
            plans: BTreeMap::new(),
            chunks: BTreeMap::new(),
            summaries: BTreeMap::new(),
            never: String::new(),
            beat: None,
            beating: BTreeSet::new(),
            locks: BTreeMap::new(),
            knows_locks: true,
            refused_writes: BTreeSet::new(),
            writes: 0,
            online: true,
            was_closed: false,
            faults: VecDeque::new(),
            page: PageHere::default(),
            outbox: Outbox::default(),
            vendors: None,
            late: Vec::new(),
            webhook: "/team/slack",
            garbled: None,
            requests: 0,
            random: 0,
            brought: None,
            held: Vec::new(),
            decisions: VecDeque::new(),
            notices: Vec::new(),
            of_mailings: Vec::new(),
            shown: Vec::new(),
        }))
    }

    /// The tab that sends gives its sign of life, unless it is dead.
    fn beats(&mut self) {
        let at_ms = self.now.timestamp_millis();
        if let Some(beat) = &mut self.beat
            && self
                .beating
                .iter()
                .any(|tab| *tab == beat.tab && !self.dead.contains(tab))
        {
            beat.at_ms = at_ms;
        }
    }

    /// Whether the next write is stored.
    pub fn writes(&mut self) -> bool {
        self.writes += 1;
        !self.refused_writes.contains(&self.writes)
    }
}

/// A step of a tab: it dies here where it is its turn, and is never heard of again.
pub struct Step {
    sim: Shared,
    tab: &'static str,
    counted: bool,
}

impl Step {
    pub fn of(sim: &Shared, tab: &'static str) -> Self {
        Self {
            sim: Rc::clone(sim),
            tab,
            counted: false,
        }
    }
}

impl Future for Step {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let tab = self.tab;
        if !self.counted {
            self.counted = true;
            let mut sim = self.sim.borrow_mut();
            sim.steps += 1;
            if sim.dies_at == Some((tab, sim.steps)) {
                sim.dead.insert(tab);
            }
        }
        if self.sim.borrow().dead.contains(tab) {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    }
}

/// Sleeps by the clock that stands still.
pub struct Sleep {
    sim: Shared,
    until: DateTime<Utc>,
}

impl Sleep {
    pub fn for_ms(sim: &Shared, ms: u32) -> Self {
        let until = sim.borrow().now + TimeDelta::milliseconds(i64::from(ms));
        Self {
            sim: Rc::clone(sim),
            until,
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let mut sim = self.sim.borrow_mut();
        if sim.now >= self.until {
            return Poll::Ready(());
        }
        let until = self.until;
        sim.wakes.insert(until);
        Poll::Pending
    }
}

/// Runs the work of several tabs until all of it is over or its tab has died. Where everybody sleeps, time goes on to
/// the first who wakes.
pub fn run(sim: &Shared, work: Vec<Pin<Box<dyn Future<Output = ()> + '_>>>) {
    let mut work: Vec<_> = work.into_iter().map(Some).collect();
    let mut context = Context::from_waker(Waker::noop());
    loop {
        let before = sim.borrow().steps;
        for task in &mut work {
            if let Some(running) = task
                && running.as_mut().poll(&mut context).is_ready()
            {
                *task = None;
            }
        }
        if work.iter().all(Option::is_none) {
            return;
        }
        if sim.borrow().steps > before {
            continue;
        }
        let mut now = sim.borrow_mut();
        let Some(first) = now.wakes.pop_first() else {
            // Whoever is left is dead.
            return;
        };
        now.now = now.now.max(first);
        now.beats();
    }
}

/// What a request comes to when `fault` strikes; `effect` is what the service does.
pub fn struck<T>(
    fault: Fault,
    effect: impl FnOnce() -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    match fault {
        Fault::None => effect(),
        Fault::NotSent => Err(ApiError::NotSent("this device was offline".into())),
        Fault::Refused => Err(ApiError::Refused("no".into())),
        Fault::Login => Err(ApiError::LoginNeeded),
        Fault::Busy => Err(ApiError::Busy {
            after_seconds: Some(3),
        }),
        Fault::LostBefore => Err(ApiError::Unanswered("no answer".into())),
        Fault::LostAfter => {
            effect()?;
            Err(ApiError::Unanswered("no answer".into()))
        }
        Fault::Garbled => {
            effect()?;
            Err(ApiError::Garbled("half an answer".into()))
        }
    }
}
