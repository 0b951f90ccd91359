//! Messages in their undo window: pressed, frozen, and not yet gone. They live in memory only, so a
//! reload before a message left means that it was not sent (`duties.md` rule 14).

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::platform::{clock, id};
use crate::sop::event::{Outcome, What};
use crate::sop::message::Sendable;
use crate::sop::run::{LedgerState, RunId};

use super::Desk;

/// How old a frozen text may be when it leaves; older goes back to preview (rule 14).
const STALE: TimeDelta = TimeDelta::seconds(60);

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
pub struct Sends(RwSignal<Vec<Waiting>>);

impl Sends {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// The messages that wait, oldest first.
    pub fn waiting(self) -> Signal<Vec<Waiting>> {
        self.0.into()
    }

    /// Freezes a message; it leaves when the undo window closes.
    pub fn freeze(self, desk: Desk, run: RunId, message: Sendable) {
        let now = clock::now();
        let Ok(op) = id::random() else {
            desk.alarm("Not sent: this browser gives no random numbers.");
            return;
        };
        let window = desk
            .setup
            .with_untracked(|setup| setup.team().map_or(15, |team| team.undo_seconds));
        self.0.update(|waiting| {
            waiting.push(Waiting {
                op,
                run,
                message,
                frozen_at: now,
                leaves_at: now + TimeDelta::seconds(i64::from(window)),
            });
        });
        self.let_go(desk, now);
    }

    /// A send that was written down and not answered for long was cut off with its tab: it may have been
    /// delivered, and is never repeated by itself.
    fn give_up_lost(self, desk: Desk, now: DateTime<Utc>) {
        let lost: Vec<(RunId, String)> = untrack(|| desk.views())
            .into_iter()
            .flat_map(|view| {
                let id = view.id.clone();
                view.state
                    .ledger
                    .into_iter()
                    .filter(|row| row.state == LedgerState::Queued && now - row.at > LOST)
                    .filter_map(|row| row.op)
                    .map(move |op| (id.clone(), op))
                    .collect::<Vec<_>>()
            })
            .collect();
        for (run, op) in lost {
            let reason = "the console was closed before the answer came".to_owned();
            desk.tell(
                &run,
                What::SendAnswered {
                    op,
                    outcome: Outcome::Unknown { reason },
                },
            );
        }
    }

    /// Takes a message back.
    pub fn undo(self, op: &str) {
        self.0
            .update(|waiting| waiting.retain(|send| send.op != op));
    }

    /// Lets go what has waited long enough at `now`.
    pub(super) fn let_go(self, desk: Desk, now: DateTime<Utc>) {
        self.give_up_lost(desk, now);
        if self
            .0
            .with_untracked(|waiting| waiting.iter().all(|send| now < send.leaves_at))
        {
            return;
        }
        let (ready, waiting): (Vec<_>, Vec<_>) = self
            .0
            .get_untracked()
            .into_iter()
            .partition(|send| now >= send.leaves_at);
        self.0.set(waiting);
        for send in ready {
            let Waiting {
                op,
                run,
                message,
                frozen_at,
                ..
            } = send;
            if now - frozen_at > STALE {
                desk.alarm("Not sent: it waited for more than a minute, so its times are old. Look at it again and publish.");
                continue;
            }
            let what = What::SendStarted {
                op,
                message: message.record().clone(),
            };
            if let Err(refusal) = desk.dispatch(&run, what, Some(message)) {
                desk.alarm(format!("Not sent: {refusal}."));
            }
        }
    }
}
