//! The end of an episode: resolution (`docs/duties.md` rule 6), reopening (rule 7) and "declared in error"
//! (rule 10).

use chrono::{DateTime, Utc};

use crate::domain::calendar::later;
use crate::sop::channel::Channel;
use crate::sop::duty::{DutyKind, Ended, Mode};

use super::opening_duties::window;
use super::projection::{Episode, LastHeard, NewDuty, Projection};
use super::state::Phase;
use super::tracked_duty::End;

/// Why the button Resolve is refused (rule 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotByButton {
    /// The last page post is not Resolved.
    PageStillOpen,
    /// The page's first duty is required, and neither done nor skipped.
    PageNeverTold,
}

impl Projection<'_> {
    /// Publishing status Resolved to the page *is* the resolve event: it closed every open page duty,
    /// and makes the page's resolved duty done.
    pub(super) fn resolved_on_page(&mut self, at: DateTime<Utc>) {
        self.last_heard.insert(Channel::Page, LastHeard::Over);
        self.make(NewDuty::required(
            DutyKind::Resolved,
            Some(Channel::Page),
            at,
            at,
        ));
        if let Some(slot) = self.slots.last_mut() {
            slot.done(at);
        }
        self.resolved(at);
    }

    /// Whether the button Resolve serves this incident: with nothing on the page only, and where the
    /// severity demands a page post, only after that was made or skipped.
    pub(super) fn resolvable_by_button(&self) -> Result<(), NotByButton> {
        if self.page_is_open() {
            return Err(NotByButton::PageStillOpen);
        }
        if self.rules().page == Mode::Required {
            let settled = self
                .newest_ever(DutyKind::First, Channel::Page)
                .is_some_and(|slot| {
                    matches!(slot.end, Some(End::Done { .. } | End::Skipped { .. }))
                });
            if !settled {
                return Err(NotByButton::PageNeverTold);
            }
        }
        Ok(())
    }

    /// The incident is resolved at `at`.
    pub(super) fn resolved(&mut self, at: DateTime<Utc>) {
        let owed = self.owed_at_resolution();
        for slot in &mut self.slots {
            match slot.key.kind {
                DutyKind::First | DutyKind::Raised | DutyKind::Reopened | DutyKind::Update => {
                    slot.drop_at(at, Ended::Resolved);
                }
                DutyKind::Resolved
                | DutyKind::Report
                | DutyKind::Postmortem
                | DutyKind::Regulator => {}
            }
        }
        self.phase = Phase::Resolved;
        self.current.over_at = Some(at);
        for channel in owed {
            self.owe_resolved(channel, at);
        }
        self.owe_post_incident(at);
    }

    /// The channels on which a resolved message is required: where an opening or reopened one went out;
    /// on email also where a *required* opening one was still open.
    fn owed_at_resolution(&self) -> Vec<Channel> {
        [Channel::Email, Channel::X, Channel::LinkedIn]
            .into_iter()
            .filter(|channel| {
                self.last_heard.get(channel) == Some(&LastHeard::Open)
                    || (*channel == Channel::Email && self.required_email_open())
            })
            .collect()
    }

    fn required_email_open(&self) -> bool {
        self.slots.iter().any(|slot| {
            // Where a first email is asked for at all, it is required.
            slot.is(DutyKind::First, Some(Channel::Email)) && slot.is_open()
        })
    }

    /// Report and post-mortem, by the worst severity that the incident ever had.
    fn owe_post_incident(&mut self, at: DateTime<Utc>) {
        let rules = self.sop.severities.of(self.worst);
        let clocks = &self.sop.clocks;
        if rules.report {
            let due = later(at, clocks.report);
            self.make(NewDuty::required(
                DutyKind::Report,
                Some(Channel::Email),
                at,
                due,
            ));
        }
        let mut postmortem =
            NewDuty::required(DutyKind::Postmortem, None, at, later(at, clocks.postmortem));
        if !rules.postmortem_required {
            postmortem.mode = Mode::Offered;
            postmortem.due_at = None;
        }
        self.make(postmortem);
    }

    /// A new episode, its impact starting at the reopening. Only what is resolved can be reopened.
    pub(super) fn reopened(&mut self, at: DateTime<Utc>) {
        if self.phase != Phase::Resolved {
            return;
        }
        for slot in &mut self.slots {
            match slot.key.kind {
                DutyKind::Resolved | DutyKind::Report | DutyKind::Postmortem => {
                    slot.drop_at(at, Ended::Replaced);
                }
                DutyKind::First
                | DutyKind::Update
                | DutyKind::Raised
                | DutyKind::Reopened
                | DutyKind::Regulator => {}
            }
        }
        let new = Episode {
            began_at: at,
            impact_started: at,
            impact_ended: None,
            over_at: None,
            told_over: None,
        };
        self.past.push(std::mem::replace(&mut self.current, new));
        self.phase = Phase::Open;
        self.last_post = None;

        let due = later(at, window(self.rules(), Channel::Team));
        self.make(NewDuty::required(
            DutyKind::Reopened,
            Some(Channel::Team),
            at,
            due,
        ));
        for channel in [Channel::Page, Channel::Email, Channel::X, Channel::LinkedIn] {
            match self.last_heard.get(&channel) {
                Some(LastHeard::Over) => self.owe_reopened(channel),
                // They last heard that it goes on, which is true again. The page gets a clock all the
                // same: a post that became known after the resolution has made no update duty.
                Some(LastHeard::Open) if channel == Channel::Page => self.owe_reopened(channel),
                Some(LastHeard::Open) => {}
                None => self.first_after_reopening(channel, at),
            }
        }
    }

    /// A channel that was asked for, never told and not skipped gets a first duty from the reopening.
    fn first_after_reopening(&mut self, channel: Channel, at: DateTime<Utc>) {
        let asked = self.newest_ever(DutyKind::First, channel);
        if asked.is_some_and(|slot| !slot.skipped()) {
            self.first_duty(channel, at);
        }
    }

    /// It was no incident: every open duty ends; where something was public, a retraction is owed on the
    /// page, and on every channel where something went out.
    pub(super) fn declared_in_error(&mut self, at: DateTime<Utc>, reason: &str) {
        if self.phase != Phase::Open || reason.trim().is_empty() {
            return;
        }
        for slot in &mut self.slots {
            slot.drop_at(at, Ended::DeclaredInError);
        }
        self.phase = Phase::InError;
        self.current.over_at = Some(at);
        self.error_reason = Some(reason.to_owned());
        let open: Vec<Channel> = Channel::ALL
            .into_iter()
            .filter(|channel| self.last_heard.get(channel) == Some(&LastHeard::Open))
            .collect();
        if !open.is_empty() {
            self.owe_resolved(Channel::Page, at);
        }
        for channel in open {
            self.owe_resolved(channel, at);
        }
    }
}
