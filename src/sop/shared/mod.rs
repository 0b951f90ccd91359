//! Sharing a run between consoles that have no server of ours: what they all need to agree on is kept
//! beside the incident on its page, in the vendor's `metadata`.
//!
//! Every device has one key there, `allclear_<device>`, and under it
//! `{"v":1,"run":"<run>","ops":[…],"log":[…]}`: the run, the ring of the last 16 operations that reached
//! the page from this device, and its *fold-critical* events, compactly (`compact`). Texts, titles, notes,
//! facts and reasons never stand there. Keys of others are kept as they are.
//!
//! The vendor has no conditional write, and nobody knows whether a write replaces the whole or merges keys.
//! So every console keeps its own full log, and a [`Sheet`] of all that it ever read; each write carries the
//! union of the two; what another console's write has wiped out is written back ([`missing`]). The union is
//! a semilattice, and what is left out for want of room is chosen by a projection that does not depend on
//! who computes it (`budget`): consoles that can read and write converge, in either mode.

mod adopt;
mod budget;
mod claims;
mod compact;
mod expand;
mod facts_there;
mod lost;
mod meanwhile;
mod reopening;
mod sheet;
mod sightings;

pub use adopt::{
    STATUS_PAGE, adopted_posts, adopted_run, placed, posted_after_the_end, unaccounted,
};
pub use budget::{ALL_BYTES, DEVICE_BYTES};
pub use claims::{Claim, live_claims, overtaken};
pub use facts_there::{facts_there, learnt};
pub use lost::{Evidence, Pending, arrived, find, pending};
pub use meanwhile::{Known, OnPage, Theirs, opened_since, place_of, stands_on, updates_since};
pub use reopening::failed_reopening;
pub use sheet::{KEY, RING, Sheet, is_shared, is_short, missing};
pub use sightings::Sightings;

pub(crate) use compact::initials;
