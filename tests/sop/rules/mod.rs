//! The rules of `docs/duties.md` that no worked example shows, one by one.

mod answers;
mod by_hand;
mod ends;
mod sends;
mod severity;

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKey, DutyKind};
use allclear::sop::severity::Severity;

use crate::sop::support::log::{Log, key, post};

fn update(seq: u32) -> DutyKey {
    DutyKey { seq, ..key(1, DutyKind::Update, Channel::Page) }
}

fn first(channel: Channel) -> DutyKey {
    key(1, DutyKind::First, channel)
}

fn post_by_hand(log: &mut Log, when: &str, posted: &str, status: IncidentStatus) {
    log.by_hand(when, posted, post(status, Severity::P0, None));
}
