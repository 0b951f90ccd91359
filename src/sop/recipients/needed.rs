//! For how long an incident needs to know whom to mail.

use crate::sop::channel::Channel;
use crate::sop::duty::Duty;
use crate::sop::run::Phase;

/// Whether an incident still needs its list: while it goes on, and as long as an email is owed afterwards. The
/// report is the last of them, where one is owed at all.
pub fn are_needed(phase: Phase, duties: &[Duty]) -> bool {
    let owed = |duty: &Duty| duty.is_open() && duty.key.channel == Some(Channel::Email);
    phase == Phase::Open || duties.iter().any(owed)
}
