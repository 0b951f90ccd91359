//! The first duties: what the declaration, a raise and a reopening ask of each channel (`docs/duties.md`,
//! table of duties; rule 12 for the modes).

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::calendar::later;
use crate::sop::channel::Channel;
use crate::sop::duty::{DutyKind, Mode};
use crate::sop::playbook::SeverityRules;

use super::projection::{NewDuty, Projection};

/// What a severity asks of a channel at first: how strongly, and within what time. `None`: nothing.
pub(super) fn asked(rules: &SeverityRules, channel: Channel) -> Option<(Mode, TimeDelta)> {
    match channel {
        Channel::Team => Some((Mode::Required, rules.response)),
        Channel::Page => Some((rules.page, rules.response)),
        Channel::Email => rules.email.then_some((Mode::Required, rules.response)),
        Channel::X | Channel::LinkedIn => rules.social.map(|window| (Mode::Required, window)),
    }
}

/// The window of a reopened or raised message: S on social networks where the severity has one, else R.
pub(super) fn window(rules: &SeverityRules, channel: Channel) -> TimeDelta {
    match channel {
        Channel::X | Channel::LinkedIn => rules.social.unwrap_or(rules.response),
        Channel::Team | Channel::Page | Channel::Email => rules.response,
    }
}

impl Projection<'_> {
    /// The declaration: a first duty on each channel that the severity asks for.
    pub(super) fn first_duties(&mut self, declared: DateTime<Utc>) {
        for channel in Channel::ALL {
            self.first_duty(channel, declared);
        }
    }

    /// A first duty on `channel`, in the mode of the severity, where it asks for one.
    pub(super) fn first_duty(&mut self, channel: Channel, from: DateTime<Utc>) {
        let Some((mode, within)) = asked(self.rules(), channel) else {
            return;
        };
        let due = later(from, within);
        let mut new = NewDuty::required(DutyKind::First, Some(channel), from, due);
        new.mode = mode;
        if mode == Mode::Offered {
            new.due_at = None;
        }
        self.make(new);
    }
}
