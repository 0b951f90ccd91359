//! The course of an incident: its log, folded in id order over what has happened by `now`
//! (`docs/duties.md` rule 15). The rules are in the files beside this one, by topic; this is what they share.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::calendar::earlier;
use crate::domain::component::ComponentId;
use crate::domain::incident::{IncidentId, IncidentStatus};
use crate::domain::ordered::{ShortMap, ShortSet};
use crate::sop::channel::Channel;
use crate::sop::duty::{DutyKey, DutyKind, Mode};
use crate::sop::event::PersonalData;
use crate::sop::facts::Facts;
use crate::sop::playbook::{IncidentType, Playbook, SeverityRules};
use crate::sop::severity::Severity;

use super::clause::clause;
use super::sends::SendOutcomes;
use super::state::{Approval, Frozen, LedgerRow, PageLast, Phase, PostmortemRecord};
use super::tracked_duty::{SOCIAL_LEAD, TrackedDuty};

/// What the readers of a channel last heard of the incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LastHeard {
    /// That it goes on: an opening, an update, a reopened message.
    Open,
    Over,
}

/// An episode: from the declaration or a reopening to the resolution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Episode {
    /// The declaration or the reopening.
    pub(super) began_at: DateTime<Utc>,
    pub(super) impact_started: DateTime<Utc>,
    /// The fact *Impact ended*, where it was said.
    pub(super) impact_ended: Option<DateTime<Utc>>,
    /// The resolve event, or the declaration in error: from here nothing goes on.
    pub(super) over_at: Option<DateTime<Utc>>,
    /// The end that the page's text printed: a post leaves later than it is frozen, and all that is said of the incident
    /// afterwards agrees with what readers were told.
    pub(super) told_over: Option<DateTime<Utc>>,
}

/// A page post, for the score and for finding the newest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Post {
    pub(crate) at: DateTime<Utc>,
    /// Its place among the posts.
    pub(super) place: DateTime<Utc>,
    /// The device that sent it; `None` where it was posted elsewhere.
    pub(super) device: Option<String>,
    /// The episode in whose time it falls.
    pub(crate) episode: u32,
    pub(crate) promise: Option<DateTime<Utc>>,
    pub(crate) status: IncidentStatus,
}

/// The post of this episode that the next update is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LastPost {
    pub(super) at: DateTime<Utc>,
    /// The cadence of the severity that it was made under (rule 15).
    pub(super) made_under: Option<TimeDelta>,
    /// The promise that it printed.
    pub(super) promise: Option<DateTime<Utc>>,
}

/// An incident's log, folded.
#[derive(Debug, Clone)]
pub(crate) struct Projection<'a> {
    pub(super) sop: &'a Playbook,
    pub(super) sends: SendOutcomes,
    pub(super) declared_at: DateTime<Utc>,
    pub(super) declared_by: String,
    pub(super) sop_version: String,
    pub(super) drill: bool,
    pub(super) phase: Phase,
    pub(super) severity: Severity,
    pub(super) worst: Severity,
    pub(super) kind: String,
    pub(super) components: Vec<ComponentId>,
    /// Those of them that came after the declaration, and when.
    pub(super) added: Vec<(ComponentId, DateTime<Utc>)>,
    pub(super) facts: Facts,
    pub(super) became_aware: Option<DateTime<Utc>>,
    pub(super) personal_data: Option<PersonalData>,
    /// Every episode, the current one last; `past` and `current` so that there is always one.
    pub(super) past: Vec<Episode>,
    pub(super) current: Episode,
    pub(super) approval: Option<Approval>,
    pub(super) slots: Vec<TrackedDuty>,
    pub(super) posts: Vec<Post>,
    pub(super) last_post: Option<LastPost>,
    pub(super) page: Option<PageLast>,
    pub(super) page_incident: Option<IncidentId>,
    pub(super) last_heard: ShortMap<Channel, LastHeard>,
    pub(super) first_public_at: Option<DateTime<Utc>>,
    /// Frozen, and neither left nor taken back.
    pub(super) frozen: Vec<Frozen>,
    pub(super) ledger: Vec<LedgerRow>,
    pub(super) ticked: ShortSet<String>,
    pub(super) postmortem: Option<PostmortemRecord>,
    pub(super) error_reason: Option<String>,
}

impl Projection<'_> {
    /// The episode's number, from 1.
    pub(super) fn episode(&self) -> u32 {
        u32::try_from(self.past.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1)
    }

    /// The rules of the severity now.
    pub(super) fn rules(&self) -> &SeverityRules {
        self.sop.severities.of(self.severity)
    }

    pub(super) fn incident_type(&self) -> Option<&IncidentType> {
        self.sop.incident_type(&self.kind)
    }

    /// Makes a duty of this episode, with the next number of its kind and channel.
    pub(super) fn make(&mut self, new: NewDuty) {
        let episode = self.episode();
        let seq = self
            .slots
            .iter()
            .filter(|slot| slot.key.episode == episode && slot.is(new.kind, new.channel))
            .count();
        let seq = u32::try_from(seq).unwrap_or(u32::MAX).saturating_add(1);
        self.slots.push(TrackedDuty {
            key: DutyKey {
                episode,
                kind: new.kind,
                channel: new.channel,
                seq,
            },
            mode: new.mode,
            answered: false,
            runs_from: new.runs_from,
            opens_at: new.opens_at,
            due_at: new.due_at,
            clause: clause(self.sop, self.severity, new.kind, new.channel),
            promise: new.promise,
            met: None,
            end: None,
            overdue_when_lowered: false,
        });
    }

    /// The newest duty of a kind and channel in this episode.
    pub(super) fn newest(&self, kind: DutyKind, channel: Option<Channel>) -> Option<&TrackedDuty> {
        let episode = self.episode();
        self.slots
            .iter()
            .rev()
            .find(|slot| slot.key.episode == episode && slot.is(kind, channel))
    }

    /// The newest duty of a kind and channel in any episode.
    pub(super) fn newest_ever(&self, kind: DutyKind, channel: Channel) -> Option<&TrackedDuty> {
        self.slots
            .iter()
            .rev()
            .find(|slot| slot.is(kind, Some(channel)))
    }

    /// Time passes: what is optional lapses unanswered at its due time (rule 12).
    pub(super) fn advance_to(&mut self, now: DateTime<Utc>) {
        for slot in &mut self.slots {
            if slot.mode == Mode::Optional && slot.is_open() && slot.is_overdue(now) {
                slot.lapse_unanswered();
            }
        }
    }
}

/// What a new duty needs.
#[derive(Debug, Clone)]
pub(super) struct NewDuty {
    pub(super) kind: DutyKind,
    pub(super) channel: Option<Channel>,
    pub(super) mode: Mode,
    pub(super) runs_from: DateTime<Utc>,
    pub(super) opens_at: DateTime<Utc>,
    pub(super) due_at: Option<DateTime<Utc>>,
    pub(super) promise: Option<DateTime<Utc>>,
}

impl NewDuty {
    /// A required duty that opens where it runs from; a social one a fixed time before it is due where
    /// it is a first or a reopened message.
    pub(super) fn required(
        kind: DutyKind,
        channel: Option<Channel>,
        runs_from: DateTime<Utc>,
        due_at: DateTime<Utc>,
    ) -> Self {
        let leads = channel.is_some_and(Channel::is_social)
            && matches!(kind, DutyKind::First | DutyKind::Reopened);
        let opens_at = if leads {
            earlier(due_at, SOCIAL_LEAD)
        } else {
            runs_from
        };
        let mode = Mode::Required;
        Self {
            kind,
            channel,
            mode,
            runs_from,
            opens_at,
            due_at: Some(due_at),
            promise: None,
        }
    }
}
