//! How long a message may wait once its text is frozen: both ends of it, side by side (`docs/duties.md` rule 14).

use chrono::TimeDelta;

/// The longest undo window that a team can set, in seconds.
pub const LONGEST_UNDO_SECONDS: u32 = 45;

/// The undo window where the team's settings could not be read, in seconds.
pub const USUAL_UNDO_SECONDS: u32 = 15;

/// How old a frozen text may be when it leaves, in seconds: its times would not be true any more.
const GREATEST_AGE_SECONDS: u32 = 60;

/// How old a frozen text may be when it leaves.
pub const GREATEST_AGE: TimeDelta = TimeDelta::seconds(GREATEST_AGE_SECONDS as i64);

// A message that waits for as long as a team may say has to be able to leave afterwards, on a slow device too.
const _: () = assert!(LONGEST_UNDO_SECONDS + 10 < GREATEST_AGE_SECONDS);
const _: () = assert!(USUAL_UNDO_SECONDS <= LONGEST_UNDO_SECONDS);
