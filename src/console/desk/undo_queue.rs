//! Messages in their undo window: pressed, frozen, and not yet gone. They live in memory only, so a
//! reload before a message left means that it was not sent (`docs/duties.md` rule 14).

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::console::runner;
use crate::domain::frozen::GREATEST_AGE;
use crate::domain::utc_text;
use crate::platform::locks::{self, Lease};
use crate::platform::{clock, id};
use crate::sop::channel::Channel;
use crate::sop::event::{EventKind, SendOutcome};
use crate::sop::message::Sendable;
use crate::sop::run::{LedgerState, RunId};
use crate::words;

use super::{Desk, event_store};

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
const LOST: TimeDelta = TimeDelta::seconds(90);

/// A message in its undo window.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The operation's id that it will have.
    pub op: String,
    /// The incident.
    pub run: RunId,
    /// The message, frozen.
    pub message: Sendable,
    /// When Publish was pressed.
    pub frozen_at: DateTime<Utc>,
    /// When it leaves.
    pub leaves_at: DateTime<Utc>,
}

/// The messages in their undo window.
#[derive(Clone, Copy)]
pub struct UndoQueue {
    waiting: RwSignal<Vec<Waiting>>,
    /// The operations whose window has closed, and whose turn to leave has not come. They can still be taken back.
    at_the_door: StoredValue<Vec<String>>,
}

impl UndoQueue {
    pub(super) fn new() -> Self {
        Self {
            waiting: RwSignal::new(Vec::new()),
            at_the_door: StoredValue::new(Vec::new()),
        }
    }

    /// The messages that wait, oldest first.
    pub fn waiting(self) -> Signal<Vec<Waiting>> {
        self.waiting.into()
    }

    /// Freezes a message; it leaves when the undo window closes. The operation's id that it will have.
    pub fn freeze(self, desk: Desk, run: RunId, message: Sendable) -> Option<String> {
        let now = clock::now();
        let Ok(op) = id::random() else {
            desk.alarm("Not sent: this browser gives no random numbers.");
            return None;
        };
        let window = desk
            .setup
            .with_untracked(|setup| setup.team().map_or(15, |team| team.undo_seconds));
        self.waiting.update(|waiting| {
            waiting.push(Waiting {
                op: op.clone(),
                run,
                message,
                frozen_at: now,
                leaves_at: now + TimeDelta::seconds(i64::from(window)),
            });
        });
        self.let_go(desk, now);
        Some(op)
    }

    /// A send that was written down and not answered for long was cut off with its tab, where the browser
    /// could not say so at the start ([`settle`]). One that another tab sees to is that tab's to answer.
    fn give_up_lost(self, desk: Desk) {
        let now = desk.fresh_now();
        for queued in queued(desk) {
            if now - queued.at > LOST {
                leptos::task::spawn_local(async move {
                    if !runner::is_seen_to(&queued.op).await {
                        desk.cut_off(queued);
                    }
                });
            }
        }
    }

    /// Who has sent a message of that channel and kind since `frozen_at`, and when: another tab, another
    /// console, or a second press. Whoever froze this one had not seen it.
    fn sent_since(desk: Desk, send: &Waiting) -> Option<(String, DateTime<Utc>)> {
        let record = send.message.record();
        let frozen_at = send.message.frozen_at();
        let ledger = untrack(|| desk.view(&send.run))?.state.ledger;
        let same = ledger.into_iter().find(|row| {
            let other = row.op.as_deref() != Some(&send.op);
            let alike = row.message.channel == record.channel && row.message.kind == record.kind;
            let failed = matches!(row.state, LedgerState::Failed { .. });
            other && alike && !failed && row.at > frozen_at
        })?;
        Some((same.who, same.at))
    }

    /// Takes a message back, as long as it has not left.
    pub fn undo(self, op: &str) {
        self.take(op);
    }

    /// Takes a message out of those that wait; whether it was still there.
    fn take(self, op: &str) -> bool {
        let waits = |waiting: &Vec<Waiting>| waiting.iter().any(|send| send.op == op);
        let was_there = self.waiting.with_untracked(waits);
        if was_there {
            self.waiting
                .update(|waiting| waiting.retain(|send| send.op != op));
        }
        was_there
    }

    /// How long a message still waits, in whole seconds.
    pub fn left(self, desk: Desk, leaves_at: DateTime<Utc>) -> i64 {
        // The desk's time only says when to look: a window is counted on the clock that it was opened on.
        desk.now.track();
        (leaves_at - clock::now()).num_seconds().max(0)
    }

    /// Lets go what has waited long enough at `now`. What leads through a hosted service that certainly
    /// cannot be reached is held: it leaves by itself only if that ends while its text is still fresh.
    pub(super) fn let_go(self, desk: Desk, now: DateTime<Utc>) {
        self.give_up_lost(desk);
        let ready: Vec<Waiting> = self
            .waiting
            .get_untracked()
            .into_iter()
            .filter(|send| {
                now >= send.leaves_at
                    && !self.at_the_door.with_value(|ops| ops.contains(&send.op))
                    && untrack(|| desk.held_for(&send.run, send.message.channel())).is_none()
            })
            .collect();
        self.at_the_door
            .update_value(|ops| ops.extend(ready.iter().map(|send| send.op.clone())));
        leptos::task::spawn_local(async move {
            for send in ready {
                let op = send.op.clone();
                self.leave(desk, send).await;
                self.at_the_door
                    .update_value(|ops| ops.retain(|other| *other != op));
            }
        });
    }

    /// Lets a message go: one tab of this browser after the other, each with what the others have stored by then, so
    /// that two tabs in which the same was pressed do not both send it.
    async fn leave(self, desk: Desk, send: Waiting) {
        let _turn = turn().await;
        event_store::read_again(desk).await;
        if !self.take(&send.op) {
            return;
        }
        if let Some((who, at)) = Self::sent_since(desk, &send) {
            return desk.alarm(format!(
                "Not sent: {who} has sent the same at {}, after you pressed. Look at it again.",
                utc_text::clock(at)
            ));
        }
        // One that was held goes back to preview (rule 14).
        if clock::now() - send.frozen_at > GREATEST_AGE {
            return desk.alarm("Not sent: it waited for more than a minute, so its times are old. Look at it again and publish.");
        }
        let what = EventKind::SendStarted {
            op: send.op,
            message: send.message.record().clone(),
        };
        if let Err(refusal) = desk.dispatch_kept(&send.run, what, send.message).await {
            desk.alarm(format!("Not sent: {}.", words::refusal(refusal)));
        }
    }
}

/// The turn to let something go, until it is dropped. A browser without locks gives none, and a tab that is frozen with
/// it is not waited for long.
async fn turn() -> Option<Lease> {
    const LOOKS: usize = 20;
    const LOOK_AGAIN_MS: u32 = 100;
    for _ in 0..LOOKS {
        match locks::lease("leaving").await {
            Ok(Some(turn)) => return Some(turn),
            Ok(None) => clock::sleep(LOOK_AGAIN_MS).await,
            Err(_) => return None,
        }
    }
    None
}
