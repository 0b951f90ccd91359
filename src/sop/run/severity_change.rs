//! A change of severity: raise (`docs/duties.md` rule 4) and lower (rule 5).

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::calendar::{earlier, later};
use crate::sop::channel::Channel;
use crate::sop::duty::{DutyKind, Ended, Mode};
use crate::sop::playbook::{Playbook, SeverityRules};
use crate::sop::severity::Severity;

use super::clause::clause;
use super::opening_duties::{asked, window};
use super::projection::{NewDuty, Projection};
use super::state::Phase;
use super::tracked_duty::{End, TrackedDuty};

impl Projection<'_> {
    /// The severity was changed at `at`. After the resolution it is kept and ignored (rule 6).
    pub(super) fn severity_changed(&mut self, at: DateTime<Utc>, to: Severity) {
        if self.phase != Phase::Open || to == self.severity {
            return;
        }
        let raised = to.is_at_least_as_severe_as(self.severity);
        self.severity = to;
        self.worst = self.worst.worse(to);
        if raised {
            self.raise(at);
        } else {
            self.lower(at);
        }
        // A severity without updates has no clause for one that was promised under another.
        let (sop, has_updates) = (self.sop, self.sop.severities.of(to).cadence.is_some());
        if let Some(slot) = self.open_update().filter(|_| has_updates) {
            slot.clause = clause(sop, to, DutyKind::Update, Some(Channel::Page));
        }
    }

    fn raise(&mut self, at: DateTime<Utc>) {
        let (sop, severity) = (self.sop, self.severity);
        let rules = sop.severities.of(severity);
        // An open duty that both severities have keeps the earlier due time: the old, or raise + new R.
        for slot in self.slots.iter_mut().filter(|slot| slot.is_open()) {
            let Some(channel) = slot.key.channel else {
                continue;
            };
            match slot.key.kind {
                DutyKind::First => {
                    if let Some(within) = slot.asked_anew(sop, severity) {
                        slot.bring_forward(later(at, within));
                    }
                }
                DutyKind::Raised | DutyKind::Reopened => {
                    slot.bring_forward(later(at, window(rules, channel)));
                }
                DutyKind::Update
                | DutyKind::Resolved
                | DutyKind::Report
                | DutyKind::Postmortem
                | DutyKind::Regulator => {}
            }
        }
        for channel in Channel::ALL {
            if self.first_is_new(channel) {
                self.first_duty(channel, at);
            }
        }
        self.raise_update(at, rules);
        let due = later(at, rules.response);
        self.make(NewDuty::required(
            DutyKind::Raised,
            Some(Channel::Team),
            at,
            due,
        ));
    }

    /// Whether a raise makes a first duty on a channel: what is done stays done, an open one was moved,
    /// and of the skips only the answer to an "if needed" or optional duty ends. After a reopening the team is
    /// told again by the reopened and the raised duty, never by a second first one.
    fn first_is_new(&self, channel: Channel) -> bool {
        let reopened = !self.past.is_empty();
        if self.last_heard.contains_key(&channel) || (channel == Channel::Team && reopened) {
            return false;
        }
        match self.newest_ever(DutyKind::First, channel) {
            None => true,
            Some(slot) => match &slot.end {
                None | Some(End::Done { .. }) => false,
                Some(End::Skipped { answer, .. }) => *answer,
                Some(End::Lapsed { .. } | End::Missed { .. }) => true,
            },
        }
    }

    /// The update is due at min(promise, raise + C), and opens at once; there is none before the first
    /// post of an episode.
    fn raise_update(&mut self, at: DateTime<Utc>, rules: &SeverityRules) {
        let Some(cadence) = rules.cadence else { return };
        let due = later(at, cadence);
        if let Some(slot) = self.open_update() {
            slot.bring_forward(due);
            slot.opens_at = at.min(slot.opens_at);
        } else if self.last_post.is_some() {
            self.make_update(at, due, None);
            if let Some(slot) = self.open_update() {
                slot.opens_at = at;
            }
        }
    }

    fn open_update(&mut self) -> Option<&mut TrackedDuty> {
        self.slots
            .iter_mut()
            .rev()
            .find(|slot| slot.is(DutyKind::Update, Some(Channel::Page)) && slot.is_open())
    }

    fn lower(&mut self, at: DateTime<Utc>) {
        let (sop, severity) = (self.sop, self.severity);
        let rules = sop.severities.of(severity);
        // Each first duty still open moves to where it runs from + new R, never earlier than it was; one that the new
        // severity does not have lapses or is missed. A reopened or raised duty stays.
        let firsts = self.slots.iter_mut();
        for slot in firsts.filter(|slot| slot.is_open() && slot.key.kind == DutyKind::First) {
            slot.overdue_when_lowered |= slot.is_overdue(at);
            match slot.asked_anew(sop, severity) {
                Some(within) => slot.put_off(later(slot.runs_from, within)),
                None => slot.drop_at(at, Ended::SeverityLowered),
            }
        }
        self.lower_update(at, rules);
    }

    /// A printed promise stands until it is met. An unpromised update moves to last post + new C, never
    /// earlier; with no cadence it lapses or is missed. After a raise the due time returns to the promise.
    fn lower_update(&mut self, at: DateTime<Utc>, rules: &SeverityRules) {
        let last_post = self.last_post;
        let lead = self.update_lead();
        let Some(slot) = self.open_update() else {
            return;
        };
        let due = match (slot.promise, rules.cadence, last_post) {
            (Some(promise), _, _) => promise,
            (None, Some(cadence), Some(post)) => later(post.at, cadence),
            (None, Some(_), None) => return,
            (None, None, _) => return slot.drop_at(at, Ended::SeverityLowered),
        };
        if slot.due_at.is_some_and(|old| due > old) {
            slot.put_off(due);
            slot.opens_at = earlier(due, lead);
        }
    }
}

impl TrackedDuty {
    /// Asks for a first duty as a severity does, and says within what time. `None`: the severity has none on its
    /// channel.
    fn asked_anew(&mut self, sop: &Playbook, severity: Severity) -> Option<TimeDelta> {
        let channel = self.key.channel?;
        let (mode, within) = asked(sop.severities.of(severity), channel)?;
        self.mode = if self.answered { Mode::Required } else { mode };
        self.clause = clause(sop, severity, DutyKind::First, Some(channel));
        Some(within)
    }

    /// The earlier of the due time and `due`.
    fn bring_forward(&mut self, due: DateTime<Utc>) {
        self.move_due(self.due_at.map_or(due, |old| old.min(due)));
    }

    /// The later of the due time and `due`.
    fn put_off(&mut self, due: DateTime<Utc>) {
        self.move_due(self.due_at.map_or(due, |old| old.max(due)));
    }
}
