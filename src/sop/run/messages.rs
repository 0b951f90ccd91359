//! Messages on every channel but the page: which duties a message meets (`docs/duties.md` rules 4, 9, 11), and
//! what is owed when it becomes known late that one had gone out.

use chrono::{DateTime, Utc};

use crate::domain::calendar::later;
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;

use super::opening_duties::window;
use super::projection::{LastHeard, NewDuty, Projection};
use super::state::{LedgerRow, LedgerState, Phase};
use super::tracked_duty::{End, Met, TrackedDuty};

/// How a message came to be out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Via<'o> {
    /// A send of ours was accepted; for email that is the first batch (rule 9).
    Sent {
        /// The operation.
        op: &'o str,
        /// The device that sent it.
        device: &'o str,
    },
    /// Somebody did it by hand elsewhere.
    ByHand {
        /// Whether something shows when: a link, or a time that somebody chose. The time of the record shows nothing.
        dated: bool,
    },
}

impl Projection<'_> {
    /// A message went out at `at` on a channel that is not the page.
    pub(super) fn told_at(
        &mut self,
        channel: Channel,
        kind: DutyKind,
        at: DateTime<Utc>,
        way: Via<'_>,
    ) {
        match channel {
            Channel::Team => self.team_told(at),
            Channel::Page => {}
            Channel::Email | Channel::X | Channel::LinkedIn => match kind {
                DutyKind::First | DutyKind::Update | DutyKind::Raised | DutyKind::Reopened => {
                    self.opening_sent(channel, at, way);
                }
                DutyKind::Resolved => self.resolution_sent(channel, at, way),
                DutyKind::Report => self.meet(DutyKind::Report, channel, at, way),
                DutyKind::Postmortem | DutyKind::Regulator => {}
            },
        }
    }

    /// One telling meets every open team duty (rule 4).
    fn team_told(&mut self, at: DateTime<Utc>) {
        for slot in &mut self.slots {
            if slot.key.channel == Some(Channel::Team) && slot.is_open() && slot.may_be_met_at(at) {
                slot.done(at);
            }
        }
        self.skipped_before_the_end(Channel::Team, at);
    }

    /// A message that went out before the incident was over does the duty that was skipped on its channel, whenever it
    /// becomes known (rule 11).
    pub(super) fn skipped_before_the_end(&mut self, channel: Channel, at: DateTime<Utc>) {
        if self.current.over_at.is_none_or(|over| at <= over) {
            for kind in [DutyKind::First, DutyKind::Raised, DutyKind::Reopened] {
                self.skipped_after_all(kind, channel, at);
            }
        }
    }

    /// A message that says that the incident goes on.
    fn opening_sent(&mut self, channel: Channel, at: DateTime<Utc>, way: Via<'_>) {
        match self.phase {
            Phase::Open => {
                self.meet(DutyKind::First, channel, at, way);
                self.meet(DutyKind::Reopened, channel, at, way);
                // What was said before the reopening does not make "it is over" true again.
                let before = at < self.current.began_at && !self.past.is_empty();
                if !(before && self.last_heard.get(&channel) == Some(&LastHeard::Over)) {
                    self.last_heard.insert(channel, LastHeard::Open);
                }
            }
            Phase::Resolved | Phase::InError => {
                self.skipped_before_the_end(channel, at);
                self.informed_after_resolution(channel, at);
                self.said_after_the_end(channel, at, way);
            }
        }
    }

    /// Somewhere else than on the page it was said after the end that the incident goes on. Nobody there is asked whether
    /// to reopen, so the resolved message, or the retraction, is owed once more, within R of what was said (rule 11). One
    /// that was said already is not owed again for what may have been said before it.
    fn said_after_the_end(&mut self, channel: Channel, at: DateTime<Utc>, way: Via<'_>) {
        if self.current.over_at.is_none_or(|over| at <= over) {
            return;
        }
        let dated = match way {
            Via::Sent { .. } => true,
            Via::ByHand { dated } => dated,
        };
        let owed = self.newest(DutyKind::Resolved, Some(channel));
        let told = owed.and_then(TrackedDuty::told_at);
        if told.is_some_and(|told| told > at || !dated) {
            return;
        }
        let still_open = owed.is_some_and(TrackedDuty::is_open);
        self.last_heard.insert(channel, LastHeard::Open);
        if !still_open {
            self.make_resolved(channel, at);
        }
        if self.phase == Phase::InError {
            self.owe_resolved(Channel::Page, at);
        }
    }

    /// A message that says that the incident is over.
    fn resolution_sent(&mut self, channel: Channel, at: DateTime<Utc>, way: Via<'_>) {
        let over_at = self.current.over_at;
        match self.phase {
            Phase::Open if at < self.current.began_at && !self.past.is_empty() => {
                // It went out in an earlier episode, and is false by now (rule 7).
                self.last_heard.insert(channel, LastHeard::Over);
                self.owe_reopened(channel);
            }
            // Too early to be true; what it leaves behind is a reader who has heard of the incident.
            Phase::Open => {
                self.last_heard.insert(channel, LastHeard::Open);
            }
            Phase::Resolved | Phase::InError if over_at.is_none_or(|over| at >= over) => {
                self.meet(DutyKind::Resolved, channel, at, way);
                self.last_heard.insert(channel, LastHeard::Over);
            }
            // Made after the message was sent, the duty is not met by it (rule 11).
            Phase::Resolved | Phase::InError => {}
        }
    }

    /// A channel is told, after the incident was over, that it goes on. That changes no duty (rule 3),
    /// unless it had been told before and nobody had said so: then the resolved message, or the
    /// retraction, is owed there too.
    pub(super) fn informed_after_resolution(&mut self, channel: Channel, at: DateTime<Utc>) {
        let over = self.current.over_at.filter(|over| at <= *over);
        let stands = match self.last_heard.get(&channel) {
            None => false,
            Some(LastHeard::Open) => true,
            // That an earlier episode was over says nothing of this one.
            Some(LastHeard::Over) => {
                over.is_none() || at < self.current.began_at || self.told_of_this_end(channel)
            }
        };
        if stands {
            return;
        }
        self.last_heard.insert(channel, LastHeard::Open);
        let Some(over) = over else {
            return;
        };
        self.owe_resolved(channel, over);
        if self.phase == Phase::InError {
            self.owe_resolved(Channel::Page, over);
        }
    }

    /// Whether a message told the channel, in the time of this episode, that the incident is over.
    fn told_of_this_end(&self, channel: Channel) -> bool {
        let tells = |row: &LedgerRow| {
            let page = row.message.page.as_ref();
            let is_over = page.map_or(row.message.kind == DutyKind::Resolved, |page| {
                page.status.is_over()
            });
            is_over && matches!(row.state, LedgerState::Sent { .. })
        };
        let mut rows = self.ledger.iter();
        rows.any(|row| {
            row.message.channel == channel && row.at >= self.current.began_at && tells(row)
        })
    }

    /// A resolved message or a retraction is owed on `channel`, within R; one is enough.
    pub(super) fn owe_resolved(&mut self, channel: Channel, over: DateTime<Utc>) {
        if self.newest(DutyKind::Resolved, Some(channel)).is_none() {
            self.make_resolved(channel, over);
        }
    }

    fn make_resolved(&mut self, channel: Channel, from: DateTime<Utc>) {
        let due = later(from, self.rules().response);
        self.make(NewDuty::required(
            DutyKind::Resolved,
            Some(channel),
            from,
            due,
        ));
    }

    /// A reopened message is owed on `channel`; one is enough.
    pub(super) fn owe_reopened(&mut self, channel: Channel) {
        if self.newest(DutyKind::Reopened, Some(channel)).is_none() {
            let from = self.current.began_at;
            let due = later(from, window(self.rules(), channel));
            self.make(NewDuty::required(
                DutyKind::Reopened,
                Some(channel),
                from,
                due,
            ));
        }
    }

    /// Meets the open duty of a kind and channel, or else the newest one that was skipped.
    fn meet(&mut self, kind: DutyKind, channel: Channel, at: DateTime<Utc>, way: Via<'_>) {
        // First the skipped one: where one is open as well, that is the newest.
        if let Some(slot) = self.skipped_slot(kind, channel, at) {
            slot.end = None;
        }
        let episode = self.episode();
        for slot in &mut self.slots {
            let mine = slot.is(kind, Some(channel)) && slot.may_be_met_at(at);
            let served = slot.key.episode == episode && slot.is_served_by_more(way);
            if mine && (slot.is_open() || served) {
                slot.meet(at, channel, way);
            }
        }
    }

    /// Meets a duty that no batch of mails is counted for.
    pub(super) fn answer(&mut self, kind: DutyKind, channel: Channel, at: DateTime<Utc>) {
        self.meet(kind, channel, at, Via::ByHand { dated: true });
    }

    /// The newest skipped duty of its kind, channel and episode is done by a message sent after all.
    pub(super) fn skipped_after_all(
        &mut self,
        kind: DutyKind,
        channel: Channel,
        at: DateTime<Utc>,
    ) {
        if let Some(slot) = self.skipped_slot(kind, channel, at) {
            slot.done(at);
        }
    }

    fn skipped_slot(
        &mut self,
        kind: DutyKind,
        channel: Channel,
        at: DateTime<Utc>,
    ) -> Option<&mut TrackedDuty> {
        let episode = self.episode();
        self.slots
            .iter_mut()
            .rev()
            .find(|slot| slot.key.episode == episode && slot.is(kind, Some(channel)))
            .filter(|slot| slot.skipped() && slot.may_be_met_at(at))
    }

    /// Every recipient has a final state: what the operation met is done, as late as its first batch was, where no other
    /// one that serves it is under way (rule 9).
    pub(super) fn email_finished(&mut self, op: &str, failed: u32, unknown: Option<u32>) {
        for slot in self.slots.iter_mut().filter(|slot| slot.end.is_none()) {
            let Some(met) = &mut slot.met else { continue };
            met.unfinished.retain(|other| other != op);
            if met.unfinished.is_empty() {
                let at = met.at;
                slot.done(at);
            }
        }
        for row in self
            .ledger
            .iter_mut()
            .filter(|row| row.op.as_deref() == Some(op))
        {
            row.not_reached = Some(failed);
            row.unknown = unknown;
        }
    }
}

impl TrackedDuty {
    /// Rule 11: a resolved, raised or reopened duty that was made after a message was sent is not met by
    /// it.
    fn may_be_met_at(&self, at: DateTime<Utc>) -> bool {
        match self.key.kind {
            DutyKind::Resolved | DutyKind::Raised | DutyKind::Reopened => at >= self.runs_from,
            DutyKind::First
            | DutyKind::Update
            | DutyKind::Report
            | DutyKind::Postmortem
            | DutyKind::Regulator => true,
        }
    }

    fn meet(&mut self, at: DateTime<Utc>, channel: Channel, way: Via<'_>) {
        match way {
            Via::Sent { op, .. } if channel == Channel::Email => {
                let unfinished = Vec::new();
                let met = self.met.get_or_insert(Met { at, unfinished });
                met.unfinished.push(op.to_owned());
            }
            Via::Sent { .. } | Via::ByHand { .. } => self.end = Some(End::Done { at }),
        }
    }

    /// Whether another mail serves what one has met and not finished (rule 9).
    fn is_served_by_more(&self, way: Via<'_>) -> bool {
        let is_sent = match way {
            Via::Sent { .. } => true,
            Via::ByHand { .. } => false,
        };
        is_sent && self.end.is_none() && self.met.is_some()
    }
}
