//! What the tabs of one browser share: the journal of its mailings, its locks, and what they show.

use std::rc::Rc;

use allclear::console::runner::world::{Journal, Live, Right, Screen, Tabs};
use allclear::delivery::mailing::{Beat, Chunk, Doing, KeepError, Mailing, Plan, Summary, Tally};
use allclear::delivery::notice::{MailingNotice, Notice};
use allclear::sop::event::SentMessage;

use super::{Shared, Tab};

/// A right of a tab.
pub struct Lease {
    sim: Shared,
    name: String,
    tab: &'static str,
}

impl Drop for Lease {
    fn drop(&mut self) {
        let mut sim = self.sim.borrow_mut();
        if sim.locks.get(&self.name) == Some(&self.tab) {
            sim.locks.remove(&self.name);
        }
    }
}

fn refused() -> KeepError {
    KeepError::Storage("the storage of this browser is full".into())
}

impl Journal for Tab {
    async fn begin(&self, mailing: &Mailing) -> Result<(), KeepError> {
        let stored = self
            .written(|sim| {
                let op = &mailing.plan.op;
                sim.plans.insert(op.clone(), mailing.plan.kept());
                for chunk in &mailing.chunks {
                    sim.chunks.insert((op.clone(), chunk.number), chunk.kept());
                }
                sim.summaries
                    .insert(op.clone(), Summary::of(mailing).kept());
            })
            .await;
        stored.then_some(()).ok_or_else(refused)
    }

    async fn keep(&self, plan: &Plan, changed: &[Chunk], tally: Tally) -> Result<(), KeepError> {
        let mut taken_over = false;
        let stored = self
            .written(|sim| {
                // Who sends is looked up in the same step as the write, as in the browser's store.
                taken_over = sim.beat.as_ref().is_none_or(|beat| beat.tab != self.name);
                if taken_over {
                    return;
                }
                sim.plans.insert(plan.op.clone(), plan.kept());
                for chunk in changed {
                    sim.chunks
                        .insert((plan.op.clone(), chunk.number), chunk.kept());
                }
                sim.summaries
                    .insert(plan.op.clone(), Summary::at(plan, tally).kept());
            })
            .await;
        if taken_over {
            return Err(KeepError::TakenOver);
        }
        stored.then_some(()).ok_or_else(refused)
    }

    async fn restore(&self, op: &str, record: &SentMessage) -> Result<Option<Mailing>, KeepError> {
        self.step().await;
        let sim = self.sim.borrow();
        let Some(plan) = sim.plans.get(op) else {
            return Ok(None);
        };
        let plan = Plan::restored(plan, record)?;
        let mut chunks = Vec::new();
        for ((known, _), kept) in &sim.chunks {
            if known == op {
                chunks.push(Chunk::restored(kept)?);
            }
        }
        Ok(Some(Mailing { plan, chunks }))
    }

    async fn summary(&self, op: &str) -> Result<Option<Summary>, KeepError> {
        Ok(self
            .summaries()
            .into_iter()
            .find(|summary| summary.op == op))
    }

    async fn never(&self) -> Result<String, KeepError> {
        Ok(self.sim.borrow().never.clone())
    }

    async fn last_beat(&self) -> Result<Option<Beat>, KeepError> {
        self.step().await;
        Ok(self.sim.borrow().beat.clone())
    }

    async fn seize(&self) -> Result<(), KeepError> {
        let mut sim = self.sim.borrow_mut();
        let at_ms = sim.now.timestamp_millis();
        sim.beat = Some(Beat {
            tab: self.name.to_owned(),
            at_ms,
        });
        Ok(())
    }
}

/// A tab that lives gives signs of life for as long as it has this.
pub struct Beating(Shared, &'static str);

impl Drop for Beating {
    fn drop(&mut self) {
        self.0.borrow_mut().beating.remove(self.1);
    }
}

impl Tabs for Tab {
    type Lease = Lease;
    type Beating = Beating;

    fn tab(&self) -> String {
        self.name.to_owned()
    }

    async fn right(&self, steal: bool) -> Result<Right<Lease>, KeepError> {
        self.step().await;
        Ok(self.lease("mailing", steal))
    }

    fn is_held(lease: &Lease) -> bool {
        lease.sim.borrow().locks.get(&lease.name) == Some(&lease.tab)
    }

    async fn see_to(&self, op: &str) -> Option<Lease> {
        match self.lease(&format!("send/{op}"), false) {
            Right::Mine(lease) => Some(lease),
            Right::Theirs | Right::NoLocks => None,
        }
    }

    async fn is_seen_to(&self, op: &str) -> bool {
        matches!(self.lease(&format!("send/{op}"), false), Right::Theirs)
    }

    fn beat(&self) -> Beating {
        self.sim.borrow_mut().beating.insert(self.name);
        Beating(Rc::clone(&self.sim), self.name)
    }
}

impl Tab {
    fn lease(&self, name: &str, steal: bool) -> Right<Lease> {
        let mut sim = self.sim.borrow_mut();
        if !sim.knows_locks {
            return Right::NoLocks;
        }
        if sim.locks.contains_key(name) && !steal {
            return Right::Theirs;
        }
        sim.locks.insert(name.to_owned(), self.name);
        Right::Mine(Lease {
            sim: Rc::clone(&self.sim),
            name: name.to_owned(),
            tab: self.name,
        })
    }
}

impl Screen for Tab {
    fn tell(&self, notice: &Notice) {
        self.sim.borrow_mut().notices.push(notice.clone());
    }

    fn tell_of_mailing(&self, _op: &str, notice: &MailingNotice) {
        self.sim.borrow_mut().of_mailings.push(notice.clone());
    }

    fn show(&self, sending: Summary, doing: Doing) {
        self.knows.borrow_mut().insert(sending.op.clone());
        self.sim.borrow_mut().shown.push((sending, doing));
    }

    fn begin_driving(&self, op: &str) -> bool {
        self.driving.borrow_mut().insert(op.to_owned())
    }

    fn work_on(&self, _: &str, _: &Live) {}

    fn end_driving(&self, op: &str) {
        self.driving.borrow_mut().remove(op);
    }
}
