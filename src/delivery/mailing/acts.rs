//! What a person may do about a sending now.

use super::{Doing, Summary};

/// Something that a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Let nothing new leave.
    Pause,
    /// Go on with it.
    Resume,
    /// Leave what is being found out as it is.
    StopLooking,
    /// Send nothing more.
    End,
    /// Mail those again who certainly did not get it.
    Retry,
    /// Mail those again who may have got it, or leave it at that.
    SendAgain,
    /// Take the list of those who were not reached.
    Download,
    /// Delete its recipients.
    Forget,
}

/// What may be done about a sending while `doing` goes on with it. There is always a way to end what is not over in this
/// tab, however long something is being found out.
pub fn acts(summary: &Summary, doing: Doing) -> Vec<Act> {
    let tally = summary.tally;
    let looking = doing == Doing::FindingOut;
    let going = doing == Doing::Sending || looking;
    let resting = doing == Doing::Resting && !summary.forgotten;
    let (over, left) = (tally.open == 0, summary.unknown_left);
    [
        (Act::Pause, going && summary.pause.is_none() && !over),
        (Act::Resume, resting && !over),
        (Act::StopLooking, looking && !over),
        (Act::End, (resting || looking) && !over),
        (Act::Retry, resting && over && tally.failed > 0),
        (
            Act::SendAgain,
            resting && over && tally.unknown > 0 && !left,
        ),
        (Act::Download, resting && tally.failed + tally.unknown > 0),
        (Act::Forget, resting && summary.is_over()),
    ]
    .into_iter()
    .filter_map(|(act, possible)| possible.then_some(act))
    .collect()
}
