//! What was cut off with its tab: a message that was still in its undo window was not sent; one that had left may have
//! been delivered.

use chrono::TimeDelta;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::console::runner;
use crate::sop::channel::Channel;
use crate::sop::event::{EventKind, SendOutcome, WithdrawnBecause};
use crate::sop::run::{LedgerState, RunId};

use super::{Desk, undo_queue};

/// A send of this device that has no answer yet, and that no sending of emails knows of.
struct Queued {
    run: RunId,
    op: String,
    channel: Channel,
    at: DateTime<Utc>,
}

/// Those of all incidents. What another console sends is its own to answer.
fn queued(desk: Desk) -> Vec<Queued> {
    let mut queued = Vec::new();
    for view in untrack(|| desk.views()) {
        let rows = view.state.ledger.into_iter();
        for row in rows.filter(|row| row.state == LedgerState::Queued) {
            let Some(op) = row.op.filter(|op| !desk.mailings.knows(op)) else {
                continue;
            };
            if desk.started_here(&view.id, &op) {
                queued.push(Queued {
                    run: view.id.clone(),
                    op,
                    channel: row.message.channel,
                    at: row.at,
                });
            }
        }
    }
    queued
}

/// Says at once, when the console is opened, what is known of the sends that were cut off with their tab: no
/// tab sees to them any more. A post is looked for on the page.
pub(super) async fn settle(desk: Desk) {
    windows(desk).await;
    for queued in queued(desk) {
        let Some(_ours) = runner::see_to(&queued.op).await else {
            continue;
        };
        let (run, is_post) = (queued.run.clone(), queued.channel == Channel::Page);
        desk.cut_off(queued);
        if is_post && desk.page_of(&run).is_shared() {
            leptos::task::spawn_local(async move { runner::find_out(desk, &run).await });
        }
    }
}

impl Desk {
    /// A send was cut off with its tab. A post may have been delivered, and is never repeated by itself. Of an
    /// email nothing left: its sending is written down before anything does, and is not there.
    fn cut_off(self, queued: Queued) {
        let outcome = if queued.channel == Channel::Email {
            let reason = "the console was closed before anything left".to_owned();
            SendOutcome::Failed { reason }
        } else {
            let reason = "the console was closed before the answer came".to_owned();
            SendOutcome::Unknown { reason }
        };
        let op = queued.op;
        self.tell(&queued.run, EventKind::SendAnswered { op, outcome });
    }
}

/// How long an answer may take before a send counts as unknown; requests time out long before.
const UNANSWERED: TimeDelta = TimeDelta::seconds(90);

/// A window of this device that no tab holds open was closed with its tab: nobody got the message.
async fn windows(desk: Desk) {
    let device = desk.device();
    for view in untrack(|| desk.views()) {
        for frozen in view
            .state
            .about_to_leave
            .into_iter()
            .filter(|frozen| frozen.device == device)
        {
            let Some(_ours) = undo_queue::hold(&frozen.op).await else {
                continue;
            };
            let op = frozen.op;
            desk.tell(
                &view.id,
                EventKind::Withdrawn {
                    op,
                    why: WithdrawnBecause::CutOff,
                },
            );
        }
    }
}

/// A send that was written down and not answered for long was cut off with its tab, where the browser could not say so
/// at the start ([`settle`]). One that another tab sees to is that tab's to answer.
pub(super) fn give_up_unanswered(desk: Desk) {
    let now = desk.fresh_now();
    for queued in queued(desk) {
        if now - queued.at > UNANSWERED {
            leptos::task::spawn_local(async move {
                if !runner::is_seen_to(&queued.op).await {
                    desk.cut_off(queued);
                }
            });
        }
    }
}
