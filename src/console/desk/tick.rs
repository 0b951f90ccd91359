//! The desk's clock: once a second it sets the time and lets go what has waited long enough.

use leptos::prelude::*;

use crate::platform::clock;

use super::Desk;

const SECOND_MS: u32 = 1_000;

pub(super) fn start(desk: Desk) {
    clock::every(SECOND_MS, move |now| {
        desk.set_now.set(now);
        desk.sends.let_go(desk, now);
    })
    .forever();
}
