//! The desk's clock: once a second it takes in what the edge told, sets the time and lets go what has
//! waited long enough.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::domain::ordered::ShortMap;
use crate::platform::clock;

use super::kept::event_store::Saving;
use super::services::session;
use super::{Desk, sharing};

const SECOND_MS: u32 = 1_000;
/// How often it is looked whether what was stored is still there.
const LOOK_MS: u32 = 3_000;

pub(super) fn start(desk: Desk) {
    clock::every(SECOND_MS, move |_| {
        session::tick(desk);
        desk.set_now.set(desk.fresh_now());
        desk.sends.let_go(desk);
        desk.begin_late();
        sharing::tick(desk);
    })
    .forever();
    clock::every(LOOK_MS, move |_| {
        // A store that could not be read may hold incidents all the same.
        let failed = desk.saving.with_untracked(Saving::has_failed);
        if failed || !desk.runs.with_untracked(ShortMap::is_empty) {
            desk.later.look(desk);
        }
    })
    .forever();
}

impl Desk {
    /// The time at the moment of an act, by the server's clock where its difference is known.
    pub fn fresh_now(self) -> DateTime<Utc> {
        let device = clock::now();
        let ahead = TimeDelta::milliseconds(self.edge.offset_ms().unwrap_or(0));
        device.checked_sub_signed(ahead).unwrap_or(device)
    }
}
