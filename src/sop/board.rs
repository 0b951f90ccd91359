//! All incidents at a moment, and the order in which they ask for somebody. A console looks at them once a second, for
//! years: what is over and what has not changed costs a comparison.

use std::cmp::Reverse;
use std::ops::Deref;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::channel::Channel;
use super::duty::{Duty, DutyKind, next_due};
use super::facts::Fact;
use super::run::{Folded, Phase, Run, RunId, State};
use crate::domain::order::by_key;

/// An incident at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentView {
    pub id: RunId,
    pub state: State,
    /// All its duties.
    pub duties: Vec<Duty>,
}

impl IncidentView {
    fn of(log: &Run, folded: Folded<'_>) -> Self {
        Self {
            id: log.id.clone(),
            duties: folded.duties(),
            state: folded.into_state(),
        }
    }

    pub fn next(&self) -> Option<&Duty> {
        next_due(&self.duties)
    }

    /// Whether a message is owed on a channel now.
    pub fn asks_for(&self, channel: Channel, kind: DutyKind) -> bool {
        let mut duties = self.duties.iter();
        duties.any(|duty| {
            duty.is_open() && duty.key.channel == Some(channel) && duty.key.kind == kind
        })
    }

    /// Whether nothing is left to do.
    pub fn is_finished(&self) -> bool {
        self.state.phase != Phase::Open && self.next().is_none()
    }

    /// What it is called on screen: its services, else "Incident".
    pub fn name(&self) -> String {
        self.state
            .facts
            .get(Fact::Service)
            .map_or_else(|| "Incident".to_owned(), str::to_owned)
    }

    /// What tells it from every other incident: service, severity and symptom, and whether it is a drill.
    pub fn title(&self) -> String {
        let drill = if self.state.drill { "Drill: " } else { "" };
        let severity = self.state.severity.word();
        match self.symptom() {
            Some(symptom) => format!("{drill}{} {severity}, {symptom}", self.name()),
            None => format!("{drill}{} {severity}", self.name()),
        }
    }

    /// What users see of it, where somebody said so.
    pub fn symptom(&self) -> Option<String> {
        self.state.facts.get(Fact::Symptom).map(str::to_owned)
    }

    /// Whether somebody has to hear of it while they work on another one: it goes on and is worse. No drill is worse than what
    /// is real.
    pub fn is_worse_than(&self, other: &Self) -> bool {
        self.state.phase == Phase::Open
            && (other.state.drill || !self.state.drill)
            && self.state.severity.level() < other.state.severity.level()
    }

    /// The most urgent first: what is real, what goes on, the worst, what is due next, the newest.
    fn urgency(&self) -> Urgency {
        let due = self.next().and_then(|duty| duty.due_at);
        (
            self.is_finished(),
            self.state.drill,
            self.state.phase != Phase::Open,
            self.state.severity.level(),
            due.unwrap_or(DateTime::<Utc>::MAX_UTC),
            Reverse(self.state.declared_at),
        )
    }
}

type Urgency = (bool, bool, bool, u8, DateTime<Utc>, Reverse<DateTime<Utc>>);

/// All incidents at a moment, the most urgent first. Two are equal when they are one and the same list, so that nobody
/// compares a thousand incidents to learn that nothing happened.
#[derive(Debug, Clone, Default)]
pub struct Incidents(Arc<Vec<Arc<IncidentView>>>);

impl PartialEq for Incidents {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Incidents {
    type Target = [Arc<IncidentView>];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Incidents {
    /// The incident of a run; `None` where it is not here or has no declaration.
    pub fn find(&self, id: &RunId) -> Option<&Arc<IncidentView>> {
        self.iter().find(|view| view.id == *id)
    }

    /// The next duty of all, with its incident: of a drill only where nothing real waits.
    pub fn next(&self) -> Option<(&Arc<IncidentView>, &Duty)> {
        let next = self.iter().filter_map(|view| Some((view, view.next()?)));
        next.min_by_key(|(view, duty)| (view.state.drill, duty.next_due_order()))
    }

    /// How many duties ask for something now: those of drills only where none of a real incident does.
    pub fn asking(&self) -> usize {
        let count = |drill| {
            let views = self.iter().filter(|view| view.state.drill == drill);
            let duties = views.flat_map(|view| &view.duties);
            duties.filter(|duty| duty.asks()).count()
        };
        match count(false) {
            0 => count(true),
            real => real,
        }
    }

    /// The first of those that are finished: they come last.
    pub fn first_finished(&self) -> usize {
        self.partition_point(|view| !view.is_finished())
    }
}

/// A log and what it came to.
#[derive(Debug, Clone)]
struct Seen {
    log: Arc<Run>,
    view: Arc<IncidentView>,
    urgency: Urgency,
}

/// The incidents as they were looked at last.
#[derive(Debug, Default)]
pub struct Board {
    /// In the order of the runs' ids.
    seen: Vec<Seen>,
    incidents: Incidents,
    folded: usize,
}

impl Board {
    /// All incidents, from their logs in the order of the runs' ids. One that is finished waits for nothing any more:
    /// it is folded again only when its log has grown. `fold` folds a log; `None` while no declaration is in it.
    pub fn look<'r, 's>(
        &mut self,
        logs: impl Iterator<Item = &'r Arc<Run>>,
        fold: impl Fn(&Run) -> Option<Folded<'s>>,
    ) -> Incidents {
        let mut changed = false;
        self.folded = 0;
        let mut before = std::mem::take(&mut self.seen).into_iter().peekable();
        for log in logs {
            // Whatever is passed over here has no log any more.
            while before.next_if(|seen| seen.log.id < log.id).is_some() {
                changed = true;
            }
            let known = before.next_if(|seen| seen.log.id == log.id);
            let is_over = |seen: &Seen| Arc::ptr_eq(&seen.log, log) && seen.urgency.0;
            if let Some(seen) = known.as_ref().filter(|seen| is_over(seen)) {
                self.seen.push(seen.clone());
                continue;
            }
            self.folded += 1;
            let view = fold(log).map(|folded| IncidentView::of(log, folded));
            let same = known.filter(|seen| view.as_ref() == Some(&*seen.view));
            changed |= same.is_none() && view.is_some();
            let view = same.map(|seen| seen.view).or(view.map(Arc::new));
            self.seen.extend(view.map(|view| Seen {
                log: Arc::clone(log),
                urgency: view.urgency(),
                view,
            }));
        }
        if changed || before.next().is_some() {
            let ordered = by_key(self.seen.clone(), |seen| seen.urgency);
            self.incidents = Incidents(Arc::new(
                ordered.into_iter().map(|seen| seen.view).collect(),
            ));
        }
        self.incidents.clone()
    }

    /// How many logs the last look has folded.
    pub fn folded(&self) -> usize {
        self.folded
    }
}
