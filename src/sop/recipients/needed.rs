//! For how long an incident needs to know whom to mail.

use chrono::{DateTime, TimeDelta, Utc};

use crate::sop::channel::Channel;
use crate::sop::duty::Duty;
use crate::sop::run::Phase;

/// Whether an incident still needs its list: while it goes on, and as long as an email is owed afterwards. The
/// report is the last of them, where one is owed at all.
pub fn are_needed(phase: Phase, duties: &[Duty]) -> bool {
    let owed = |duty: &Duty| duty.is_open() && duty.key.channel == Some(Channel::Email);
    phase == Phase::Open || duties.iter().any(owed)
}

/// For how long a list that nobody asked for waits to be used.
const UNASKED: TimeDelta = TimeDelta::days(1);

/// Whether a list that somebody gave at `given`, while no email was owed, is still to be used at `now`: until a sending
/// that began after it is over, for a day at most. `over` is when the newest sending that is over began.
pub fn is_to_be_used(
    given: DateTime<Utc>,
    over: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> bool {
    now - given <= UNASKED && over.is_none_or(|begun| begun <= given)
}
