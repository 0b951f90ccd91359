//! The sendings of this browser: what each stands at, and what a person may do about it. The runner drives
//! them; what they are is kept in a database of their own, batch by batch.

mod store;
mod trial;

pub use store::Store;

use std::cmp::Reverse;
use std::rc::Rc;

use leptos::prelude::*;

use crate::console::runner::world::Live;
use crate::delivery::cut_off::lacks_the_end;
use crate::delivery::mailing::{self, Doing, Intent, Mailing, Missed, Summary};
use crate::domain::order::by_key;
use crate::domain::ordered::{ShortMap, ShortSet};
use crate::platform::{download, id};
use crate::sop::event::{EventKind, SentMessage};
use crate::sop::run::{LedgerRow, RunId};

use super::screen::saying::Topic;
use super::{Desk, outgoing, recipients};

/// The sendings of this browser.
#[derive(Clone, Copy)]
pub struct Mailings {
    shown: RwSignal<ShortMap<String, Shown>>,
    loaded: RwSignal<bool>,
    driven: StoredValue<ShortSet<String>>,
    live: StoredValue<ShortMap<String, Live>, LocalStorage>,
    store: StoredValue<Store, LocalStorage>,
    tab: StoredValue<String>,
}

/// A sending as a screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// In numbers.
    pub summary: Summary,
    /// What is going on.
    pub doing: Doing,
}

impl Mailings {
    pub(super) fn new() -> Self {
        Self {
            shown: RwSignal::new(ShortMap::default()),
            loaded: RwSignal::new(false),
            driven: StoredValue::new(ShortSet::default()),
            live: StoredValue::new_local(ShortMap::default()),
            store: StoredValue::new_local(Store::new()),
            tab: StoredValue::new(id::random().unwrap_or_default()),
        }
    }

    /// Where they are kept.
    pub fn store(self) -> Store {
        self.store.get_value()
    }

    /// This tab's name among those that may send.
    pub fn tab(self) -> String {
        self.tab.get_value()
    }

    /// The sendings of an incident, newest first.
    pub fn of(self, run: &RunId) -> Vec<Shown> {
        let found: Vec<Shown> = self.shown.with(|shown| {
            let ours = shown.values().filter(|shown| shown.summary.run == *run);
            ours.cloned().collect()
        });
        by_key(found, |shown| Reverse(shown.summary.begun_ms))
    }

    /// The incidents whose sendings keep addresses that only a list in use would need.
    pub fn keep_too_many(self) -> ShortSet<RunId> {
        self.shown.with(|shown| {
            let too_many = shown
                .values()
                .filter(|shown| shown.summary.keeps_too_many());
            too_many.map(|shown| shown.summary.run.clone()).collect()
        })
    }

    /// Forgets the sendings of an incident here.
    pub(super) fn forget_run(self, run: &RunId) {
        self.shown
            .update(|shown| shown.retain(|_, one| one.summary.run != *run));
    }

    /// Whether a send is one of these: what becomes of it is decided here. Before they were read, every
    /// email may be.
    pub fn knows(self, op: &str) -> bool {
        !self.loaded.get_untracked() || self.shown.with_untracked(|shown| shown.contains_key(op))
    }

    /// Whether a sending stands otherwise than it is shown.
    fn is_new(self, summary: &Summary) -> bool {
        self.shown.with_untracked(|shown| {
            shown
                .get(&summary.op)
                .is_none_or(|one| one.summary != *summary)
        })
    }

    /// Shows how a sending stands.
    pub fn show(self, summary: Summary, doing: Doing) {
        self.shown.update(|shown| {
            shown.insert(summary.op.clone(), Shown { summary, doing });
        });
    }

    /// Begins to drive a sending in this tab; `false` where that is being done.
    pub fn enter(self, op: &str) -> bool {
        self.driven
            .try_update_value(|driven| driven.insert(op.to_owned()))
            .unwrap_or(false)
    }

    /// Keeps what this tab works on within reach of the buttons.
    pub fn work_on(self, op: &str, live: &Live) {
        self.live.update_value(|all| {
            all.insert(op.to_owned(), Rc::clone(live));
        });
    }

    /// Ends driving it.
    pub fn leave(self, op: &str) {
        self.driven.update_value(|driven| {
            driven.remove(op);
        });
        self.live.update_value(|live| {
            live.remove(op);
        });
        self.shown.update(|shown| {
            if let Some(shown) = shown.get_mut(op) {
                shown.doing = Doing::Resting;
            }
        });
    }
}

/// Reads what is kept, and takes up what was interrupted. A sending of which the log lacks only the end is
/// taken up too: it says so, and nothing leaves.
pub(super) async fn open(desk: Desk) {
    let mailings = desk.mailings;
    let store = mailings.store();
    match store.summaries().await {
        Ok(summaries) => {
            let unfinished: Vec<String> = summaries
                .iter()
                .filter(|summary| !summary.is_over() || desk.lacks_the_end_of(summary))
                .map(|summary| summary.op.clone())
                .collect();
            for summary in summaries {
                mailings.show(summary, Doing::Resting);
            }
            mailings.loaded.set(true);
            for op in unfinished {
                desk.take_up(&op, Intent::Recover);
            }
        }
        Err(error) => desk.alarm(format!(
            "The sendings of this browser could not be read: {error}."
        )),
    }
    recipients::open(desk, &store).await;
}

/// Follows the sendings of an incident that another tab works on, and takes up what it leaves unfinished. Those that cannot be
/// read stand as they were known.
pub(super) async fn follow(desk: Desk, run: &RunId) {
    let mailings = desk.mailings;
    let kept = mailings.store().summaries().await.unwrap_or_default();
    for summary in kept.into_iter().filter(|summary| summary.run == *run) {
        let is_ours = mailings
            .driven
            .with_value(|driven| driven.contains(&summary.op));
        if is_ours {
            continue;
        }
        // What rests stays with whoever looks at it; what another tab has in hand is that tab's.
        let goes_on = summary.pause.is_none() && summary.tally.open > 0;
        let is_left = goes_on && !outgoing::is_seen_to(&summary.op).await;
        let op = summary.op.clone();
        if mailings.is_new(&summary) {
            mailings.show(summary, Doing::Resting);
        }
        if is_left {
            desk.take_up(&op, Intent::Recover);
        }
    }
}

impl Desk {
    /// The ledger's row of a sending.
    fn ledger_row(self, run: &RunId, op: &str) -> Option<LedgerRow> {
        let view = untrack(|| self.view(run))?;
        let mut ledger = view.state.ledger.iter();
        ledger.find(|row| row.op.as_deref() == Some(op)).cloned()
    }

    /// Whether the tab was closed after a sending was over and before the log had it.
    fn lacks_the_end_of(self, summary: &Summary) -> bool {
        let row = self.ledger_row(&summary.run, &summary.op);
        row.is_some_and(|row| lacks_the_end(&row, &summary.tally))
    }

    /// Takes a sending up, unless this tab has it in hand already.
    pub fn take_up(self, op: &str, intent: Intent) {
        self.take_back(&Topic::Sending(op.to_owned()));
        let op = op.to_owned();
        leptos::task::spawn_local(async move { outgoing::drive(self, op, intent).await });
    }

    /// Deletes the addresses of an incident's sendings that are over: all of them, or those that they reached.
    pub(super) fn forget_sendings(self, run: &RunId, also_missed: bool) {
        for Shown { summary, .. } in untrack(|| self.mailings.of(run)) {
            if !also_missed {
                self.tidy_sending(summary);
            } else if summary.is_over() && !summary.forgotten {
                self.forget_sending(summary);
            }
        }
    }

    /// Deletes the addresses of a sending that is over, but of those whom it did not reach: they are needed to
    /// try again, and to be looked up, until somebody deletes them too.
    pub fn tidy_sending(self, summary: Summary) {
        if !summary.keeps_too_many() {
            return;
        }
        if summary.reached_everybody() {
            return self.forget_sending(summary);
        }
        leptos::task::spawn_local(async move {
            match self.mailings.store().forget_reached(&summary.op).await {
                Ok(()) => {
                    let summary = Summary {
                        only_missed: true,
                        ..summary
                    };
                    self.mailings.show(summary, Doing::Resting);
                }
                Err(error) => self.not_deleted(&error),
            }
        });
    }

    fn not_deleted(self, error: &impl std::fmt::Display) {
        self.alarm(format!(
            "The addresses of a sending could not be deleted: {error}."
        ));
    }

    /// Deletes a sending's addresses; its numbers stay.
    pub fn forget_sending(self, summary: Summary) {
        leptos::task::spawn_local(async move {
            match self.mailings.store().forget(&summary.op).await {
                Ok(()) => {
                    let summary = Summary {
                        forgotten: true,
                        ..summary
                    };
                    self.mailings.show(summary, Doing::Resting);
                }
                Err(error) => self.not_deleted(&error),
            }
        });
    }

    /// Nothing new leaves of a sending. What has left is still answered.
    pub fn pause_mailing(self, op: &str) {
        self.change_mailing(op, Mailing::pause);
    }

    /// What became of a sending's lost batches is no longer found out.
    pub fn stop_looking(self, op: &str) {
        self.change_mailing(op, Mailing::stop_looking);
    }

    /// Ends a sending, whether this tab has it in hand or not.
    pub fn end_mailing(self, op: &str) {
        if !self.change_mailing(op, Mailing::end) {
            self.take_up(op, Intent::End);
        }
    }

    /// Changes a sending that this tab works on; whoever drives it keeps that. Whether there is one.
    fn change_mailing(self, op: &str, change: fn(&mut Mailing)) -> bool {
        let live = self.mailings.live.with_value(|all| all.get(op).cloned());
        let Some(live) = live else {
            return false;
        };
        self.take_back(&Topic::Sending(op.to_owned()));
        change(&mut live.borrow_mut());
        let mailing = live.borrow();
        self.mailings
            .show(Summary::of(&mailing), mailing.waits_for());
        true
    }

    /// The message of a sending, as the log has it.
    pub fn sent_record(self, op: &str) -> Option<SentMessage> {
        self.runs.with_untracked(|runs| {
            runs.values()
                .flat_map(|run| run.events())
                .find_map(|event| {
                    let EventKind::SendStarted { op: known, message } = &event.what else {
                        return None;
                    };
                    (known == op).then(|| message.clone())
                })
        })
    }

    /// Reads those whom a sending did not reach, by name. Nobody where they were deleted, or cannot be read: the numbers
    /// say how many there are.
    pub fn read_missed(self, op: &str, into: RwSignal<Vec<Missed>>) {
        let Some(record) = self.sent_record(op) else {
            return;
        };
        let op = op.to_owned();
        leptos::task::spawn_local(async move {
            let found = self.mailings.store().restore(&op, &record).await;
            let mut missed = found.ok().flatten().map(|all| mailing::missed(&all));
            if let Some(missed) = &mut missed {
                missed.retain(|one| !one.address.is_empty());
            }
            // The page may have been left meanwhile.
            let _gone = into.try_set(missed.unwrap_or_default());
        });
    }

    /// Downloads those whom a sending did not reach, with the reasons.
    pub fn download_failures(self, op: &str) {
        let Some(record) = self.sent_record(op) else {
            return self.alarm("The log has no message of this sending.");
        };
        let op = op.to_owned();
        leptos::task::spawn_local(async move {
            let told = match self.mailings.store().restore(&op, &record).await {
                Ok(Some(mailing)) => {
                    download::text("not-reached.csv", "text/csv", &mailing::csv(&mailing))
                        .map_err(|error| error.to_string())
                }
                Ok(None) => Err("its recipients were deleted".to_owned()),
                Err(error) => Err(error.to_string()),
            };
            if let Err(why) = told {
                self.alarm(format!("The list could not be offered: {why}."));
            }
        });
    }
}
