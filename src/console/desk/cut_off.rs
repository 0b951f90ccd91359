//! What was cut off with its tab: a message that was still in its undo window was not sent; one that had left may have
//! been delivered.

use leptos::prelude::*;

use crate::console::runner;
use crate::delivery::mailing::Intent;
use crate::sop::event::{EventKind, WithdrawnBecause};

use super::{Desk, outgoing, undo_queue};

/// Says at once, when the console is opened, what is known of what was cut off. A post is looked for on the page.
pub(super) async fn settle(desk: Desk) {
    windows(desk).await;
    for run in runner::settle(&desk).await {
        leptos::task::spawn_local(async move { outgoing::find_out(desk, &run).await });
    }
}

/// A window of this device that no tab holds open was closed with its tab: nobody got the message.
async fn windows(desk: Desk) {
    let device = desk.device();
    for view in untrack(|| desk.views()).iter() {
        let mine = view.state.about_to_leave.iter();
        for frozen in mine.filter(|frozen| frozen.device == device) {
            let Some(_ours) = undo_queue::hold(&frozen.op).await else {
                continue;
            };
            let op = frozen.op.clone();
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

/// Says the same later, where the browser could not tell at the start.
pub(super) fn give_up_unanswered(desk: Desk) {
    leptos::task::spawn_local(async move {
        for op in runner::give_up_unanswered(&desk).await {
            desk.take_up(&op, Intent::Recover);
        }
    });
}
