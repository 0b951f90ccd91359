//! What the score needs to know of a course (`docs/duties.md` rule 18).

use chrono::{DateTime, Utc};

use crate::sop::duty::{DutyKey, DutyKind, DutyState};
use crate::sop::score::Lateness;

use super::Phase;
use super::projection::{Post, Projection};

impl Projection<'_> {
    pub(crate) fn declared_at(&self) -> DateTime<Utc> {
        self.declared_at
    }

    pub(crate) fn first_impact_started(&self) -> DateTime<Utc> {
        self.past.first().unwrap_or(&self.current).impact_started
    }

    pub(crate) fn first_public_at(&self) -> Option<DateTime<Utc>> {
        self.first_public_at
    }

    pub(crate) fn posts(&self) -> &[Post] {
        &self.posts
    }

    /// The numbers of the episodes.
    pub(crate) fn episodes(&self) -> impl Iterator<Item = u32> + use<> {
        1..=self.episode()
    }

    /// When an episode was over.
    pub(crate) fn over_at(&self, episode: u32) -> Option<DateTime<Utc>> {
        let index = usize::try_from(episode.saturating_sub(1)).unwrap_or(usize::MAX);
        self.past.get(index).unwrap_or(&self.current).over_at
    }

    /// Up to when an episode's posts count. Of what was declared in error the retraction ends it for readers, not the
    /// declaration; until it is posted, nothing does.
    pub(crate) fn told_over_at(&self, episode: u32) -> Option<DateTime<Utc>> {
        let over = self.over_at(episode);
        if self.phase != Phase::InError || episode != self.episode() {
            return over;
        }
        let mut ends = self.posts.iter().filter(|post| Some(post.at) >= over);
        ends.find(|post| post.status.is_over()).map(|post| post.at)
    }

    /// The first duties that were late, and how.
    pub(crate) fn late_firsts(&self, now: DateTime<Utc>) -> Vec<(DutyKey, Lateness)> {
        let firsts = self
            .slots
            .iter()
            .filter(|slot| slot.key.kind == DutyKind::First);
        firsts
            .filter_map(|slot| {
                let late = match slot.read(now, false).state {
                    DutyState::Done { late_seconds, .. } if late_seconds > 0 => Lateness::By {
                        seconds: late_seconds,
                    },
                    DutyState::Overdue => Lateness::By {
                        seconds: slot.due_at.map_or(0, |due| (now - due).num_seconds()),
                    },
                    DutyState::Missed { .. } => Lateness::NeverCame,
                    DutyState::Done { .. }
                    | DutyState::Waiting
                    | DutyState::Due
                    | DutyState::Offered
                    | DutyState::Skipped { .. }
                    | DutyState::Lapsed { .. } => {
                        return slot
                            .overdue_when_lowered
                            .then_some((slot.key, Lateness::WhenLowered));
                    }
                };
                Some((slot.key, late))
            })
            .collect()
    }
}
