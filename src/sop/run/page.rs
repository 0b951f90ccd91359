//! Page posts and the update duty (`docs/duties.md` rules 1, 2, 3 and 11).

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::calendar::{earlier, later};
use crate::domain::incident::IncidentStatus;
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::event::SentMessage;
use crate::sop::patience::CLOCKS_APART;

use super::messages::Via;
use super::projection::{LastHeard, LastPost, NewDuty, Post, Projection};
use super::state::{PageLast, Phase};

/// How far ahead a post that was made elsewhere promises at most, unless its severity is told of less often.
const AHEAD: TimeDelta = TimeDelta::hours(12);

impl Projection<'_> {
    /// A post appeared on the page at `at`: by a send of ours, by hand, or adopted from the vendor's
    /// console, which counts as ours (rule 3).
    pub(super) fn page_posted(&mut self, at: DateTime<Utc>, message: &SentMessage, way: Via<'_>) {
        let status = message
            .page
            .as_ref()
            .map_or(IncidentStatus::Investigating, |page| page.status.clone());
        let made_under = message
            .page
            .as_ref()
            .map_or(self.severity, |page| page.severity);
        let promise = message
            .page
            .as_ref()
            .and_then(|page| page.promise)
            .filter(|_| !status.is_over());
        let device = match way {
            Via::Sent { device, .. } => Some(device),
            Via::ByHand { .. } => None,
        };
        let place = self.place_of(at, device);
        let older = self.posts.iter().any(|post| place < post.place);
        let episode = self.episode_at(at);
        self.posts.push(Post {
            at,
            place,
            device: device.map(str::to_owned),
            episode,
            promise,
            status: status.clone(),
        });

        if episode < self.episode() {
            if !older {
                self.known_of_an_earlier_episode(at, status.is_over());
            }
            return;
        }
        // One older than the newest changes no duty and counts only in the score; Resolved always resolves
        // (rule 11).
        if older && !status.is_over() {
            return;
        }
        if !older {
            self.page = Some(PageLast {
                at,
                status: status.clone(),
                title: message.title.clone(),
                promise,
            });
        }
        match self.phase {
            Phase::Open => {
                self.close_page_duties(at);
                self.last_heard.insert(Channel::Page, LastHeard::Open);
                if status.is_over() {
                    self.resolved_on_page(at);
                    let began = self.current.impact_started;
                    // The text prints minutes.
                    let may_be = |told: &DateTime<Utc>| {
                        *told <= at && *told - began > -TimeDelta::minutes(1)
                    };
                    self.current.told_over = message.printed_end().filter(may_be);
                } else {
                    let made_under = self.sop.severities.of(made_under).cadence;
                    self.last_post = Some(LastPost {
                        at,
                        made_under,
                        promise,
                    });
                    self.next_update(at, promise, device.is_none());
                }
            }
            Phase::Resolved | Phase::InError if status.is_over() => {
                self.answer(DutyKind::Resolved, Channel::Page, at);
                self.last_heard.insert(Channel::Page, LastHeard::Over);
            }
            // After the resolution it changes no duty (rule 3), unless it was there before and nobody
            // had said so: what was opened publicly has to be closed publicly.
            Phase::Resolved | Phase::InError => {
                self.skipped_before_the_end(Channel::Page, at);
                self.informed_after_resolution(Channel::Page, at);
            }
        }
    }

    /// What readers were last told was told in an earlier episode, and does not end this one. Where it was that the incident
    /// is over, that is false now, and the page owes a reopened message like any channel (rule 7). Where it was that it goes
    /// on, it has to be closed there (rule 11).
    fn known_of_an_earlier_episode(&mut self, at: DateTime<Utc>, is_over: bool) {
        match self.phase {
            Phase::Open => {
                let heard = if is_over {
                    LastHeard::Over
                } else {
                    LastHeard::Open
                };
                self.last_heard.insert(Channel::Page, heard);
                self.owe_reopened(Channel::Page);
            }
            Phase::Resolved | Phase::InError if is_over => {}
            Phase::Resolved | Phase::InError => {
                self.informed_after_resolution(Channel::Page, at);
            }
        }
    }

    /// What was posted elsewhere at `at`, with the promise that is its own. Its words may be of a minute that had passed when
    /// it was posted, or was said to be, and are then read as of the next day: so far ahead no promise is that post's (rule 2).
    pub(super) fn with_its_own_promise(
        &self,
        at: DateTime<Utc>,
        message: &SentMessage,
    ) -> SentMessage {
        let mut message = message.clone();
        if let Some(page) = &mut message.page {
            let cadence = self.sop.severities.of(page.severity).cadence;
            let paced = cadence.map(|cadence| cadence + CLOCKS_APART);
            let ahead = later(at, paced.map_or(AHEAD, |paced| paced.max(AHEAD)));
            page.promise = page.promise.filter(|promise| *promise <= ahead);
        }
        message
    }

    /// A post's place among the others: when it appeared, but never before what the same device had posted until then. A
    /// clock that goes back makes nothing old (rule 16).
    fn place_of(&self, at: DateTime<Utc>, device: Option<&str>) -> DateTime<Utc> {
        let own = self
            .posts
            .iter()
            .filter(|post| device.is_some() && post.device.as_deref() == device);
        let last = own.map(|post| post.place).max();
        last.map_or(at, |last| last.max(at))
    }

    /// The episode in whose time a moment falls; before the declaration is the first.
    fn episode_at(&self, at: DateTime<Utc>) -> u32 {
        if at >= self.current.began_at {
            return self.episode();
        }
        let begun = self
            .past
            .iter()
            .filter(|episode| at >= episode.began_at)
            .count();
        u32::try_from(begun).unwrap_or(u32::MAX).max(1)
    }

    /// Rule 1: a post closes every open page duty, whatever its status says; the newest skipped first or
    /// reopened duty is done after all (a skipped update stays skipped).
    fn close_page_duties(&mut self, at: DateTime<Utc>) {
        for slot in &mut self.slots {
            let closes = match slot.key.kind {
                DutyKind::First | DutyKind::Update | DutyKind::Reopened => true,
                DutyKind::Raised
                | DutyKind::Resolved
                | DutyKind::Report
                | DutyKind::Postmortem
                | DutyKind::Regulator => false,
            };
            if closes && slot.is_open() && slot.key.channel == Some(Channel::Page) {
                slot.done(at);
            }
        }
        self.skipped_after_all(DutyKind::First, Channel::Page, at);
        self.skipped_after_all(DutyKind::Reopened, Channel::Page, at);
    }

    /// Rule 1: each post but Resolved makes the next update duty, while the severity has a cadence or
    /// where a promise was printed. Rule 2: it is due at the printed promise, else last post + C. A promise of a slower pace
    /// than that of now does not put it off: the severity was raised before the post was out, or the words are somebody's own.
    fn next_update(
        &mut self,
        posted: DateTime<Utc>,
        promise: Option<DateTime<Utc>>,
        elsewhere: bool,
    ) {
        let cadence = self.rules().cadence;
        let made_under = self.last_post.and_then(|post| post.made_under);
        let slower =
            cadence.is_some_and(|cadence| made_under.is_none_or(|made_under| made_under > cadence));
        let raised = self
            .newest(DutyKind::Raised, Some(Channel::Team))
            .filter(|_| slower);
        let from = raised.map_or(posted, |raised| raised.runs_from.max(posted));
        let paced = cadence.map(|cadence| later(from, cadence));
        let due = match (promise, paced) {
            (Some(promise), Some(paced)) if slower || elsewhere => promise.min(paced),
            (Some(due), _) | (None, Some(due)) => due,
            (None, None) => return,
        };
        self.make_update(posted, due, promise);
    }

    /// Makes the update duty that is due at `due`.
    pub(super) fn make_update(
        &mut self,
        from: DateTime<Utc>,
        due: DateTime<Utc>,
        promise: Option<DateTime<Utc>>,
    ) {
        let mut new = NewDuty::required(DutyKind::Update, Some(Channel::Page), from, due);
        new.promise = promise;
        new.opens_at = earlier(due, self.update_lead());
        self.make(new);
    }

    /// How long before it is due an update opens: a third of the cadence that the post was made under (rule 15);
    /// where that had none, of the time from the post to its promise, else of the present cadence.
    pub(super) fn update_lead(&self) -> TimeDelta {
        let promised = self.last_post.and_then(LastPost::promised_within);
        let made_under = self.last_post.and_then(|post| post.made_under);
        made_under
            .or(promised)
            .or(self.rules().cadence)
            .unwrap_or_default()
            / 3
    }
}

impl LastPost {
    /// The time from the post to the promise that it printed.
    fn promised_within(self) -> Option<TimeDelta> {
        self.promise.map(|promise| promise - self.at)
    }
}
