//! How long is waited for what was sent, side by side: for its answer, for its update on the page, and for its end.

use chrono::TimeDelta;

/// How far the clocks of a device and of the page may be apart.
pub const CLOCKS_APART: TimeDelta = TimeDelta::minutes(2);

/// How long an answer may take before a send of this device counts as unknown; requests time out long before.
pub const UNANSWERED: TimeDelta = TimeDelta::seconds(90);

/// The same for a send of another console, which mostly finds out by itself.
pub const UNANSWERED_ELSEWHERE: TimeDelta = TimeDelta::minutes(3);

/// How long after it left a send of ours may appear on the page.
pub const ARRIVAL: TimeDelta = TimeDelta::minutes(5);

/// How far apart another console's send without an answer and an update are at most, for its sender's name to stand
/// beside the update.
pub const NAMED_AFTER: TimeDelta = TimeDelta::minutes(2);

/// How long a send without an answer is on its way at most: until then it keeps its claim, and another of its kind
/// waits. After that its device may have died over it.
pub const UNFINISHED: TimeDelta = TimeDelta::hours(1);

// Who sent it gives up first, then the others; what still arrives after that is taken for what it is.
const _: () = assert!(UNANSWERED.num_seconds() < UNANSWERED_ELSEWHERE.num_seconds());
const _: () = assert!(UNANSWERED_ELSEWHERE.num_seconds() < ARRIVAL.num_seconds());
const _: () = assert!(NAMED_AFTER.num_seconds() < ARRIVAL.num_seconds());
const _: () = assert!(ARRIVAL.num_seconds() < UNFINISHED.num_seconds());
