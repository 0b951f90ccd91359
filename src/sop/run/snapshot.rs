//! Reading a course off: the state that the console shows, and the duties.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::duration;
use crate::sop::duty::Duty;

use super::projection::{Episode, Projection};
use super::state::{Phase, State};

impl Projection<'_> {
    /// Every duty at `now`, in the order in which they were made.
    pub(super) fn duties(&self, now: DateTime<Utc>) -> Vec<Duty> {
        let locked = self.needs_approval();
        self.slots
            .iter()
            .map(|slot| slot.read(now, locked))
            .collect()
    }

    /// The state at `now`.
    pub(super) fn state(self, now: DateTime<Utc>) -> State {
        let earlier_episodes = self.past.iter().fold(TimeDelta::zero(), |sum, episode| {
            sum.checked_add(&episode.length(now)).unwrap_or(sum)
        });
        let this = self.current.length(now);
        let about_to_leave = self.waiting(now).cloned().collect();
        let not_sent = self.not_sent(now).cloned().collect();
        let resolved_at = match self.phase {
            Phase::Resolved => self.current.over_at,
            Phase::Open | Phase::InError => None,
        };
        let first = self.past.first().unwrap_or(&self.current);
        State {
            phase: self.phase,
            severity: self.severity,
            worst_severity: self.worst,
            episode: self.episode(),
            declared_at: self.declared_at,
            impact_started: self.current.impact_started,
            first_impact_started: first.impact_started,
            impact_ended: self.current.impact_ended,
            became_aware: self.became_aware,
            personal_data: self.personal_data,
            resolved_at,
            ended_at: resolved_at
                .and_then(|_| self.current.ended())
                .or(self.current.impact_ended),
            duration: earlier_episodes
                .checked_add(&this)
                .unwrap_or(earlier_episodes),
            earlier_episodes,
            needs_approval: self.needs_approval(),
            page: self.page,
            page_incident: self.page_incident,
            first_public_at: self.first_public_at,
            approval: self.approval,
            kind: self.kind,
            components: self.components,
            added: self.added,
            facts: self.facts,
            declared_by: self.declared_by,
            about_to_leave,
            not_sent,
            ledger: self.ledger,
            ticked: self.ticked,
            postmortem: self.postmortem,
            sop_version: self.sop_version,
            drill: self.drill,
            error_reason: self.error_reason,
        }
    }
}

impl Episode {
    /// When the impact ended: by the fact *Impact ended*, else by what the page told, else at the resolution (rule 6).
    pub(super) fn ended(&self) -> Option<DateTime<Utc>> {
        self.impact_ended.or(self.told_over).or(self.over_at)
    }

    /// How long the impact lasted, or has lasted by `now` (rule 7).
    fn length(&self, now: DateTime<Utc>) -> TimeDelta {
        duration::between(self.impact_started, self.ended().unwrap_or(now))
    }
}
