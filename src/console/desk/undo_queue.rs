//! Messages in their undo window: pressed, frozen, and not yet gone. That they wait is an event, which every tab sees
//! and is bound by; the message itself lives in the memory of the tab in which it was frozen, so that nothing leaves
//! after a reload (`docs/duties.md` rule 14).

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::console::runner::UNWRITTEN;
use crate::domain::frozen::{GREATEST_AGE, USUAL_UNDO_SECONDS};
use crate::domain::ordered::ShortMap;
use crate::domain::utc_text;
use crate::platform::locks::{self, Lease};
use crate::platform::{clock, id};
use crate::sop::event::{EventKind, WithdrawnBecause};
use crate::sop::message::Sendable;
use crate::sop::run::{Frozen, LedgerRow, LedgerState, Refusal, RunId};
use crate::sop::severity::Severity;
use crate::words;

use super::kept::event_store::Saving;
use super::kept::reading;
use super::{Desk, cut_off};
use crate::sop::board::IncidentView;

/// A message that this tab froze.
#[derive(Debug, Clone, PartialEq)]
struct Waiting {
    /// The operation's id that it will have.
    op: String,
    /// The incident.
    run: RunId,
    /// The message, frozen.
    message: Sendable,
    /// When it was frozen, and when it leaves, on a clock that nobody can set.
    frozen_ms: f64,
    leaves_ms: f64,
    /// What stood in the ledger then.
    known: Vec<Row>,
    /// The severity that its text was made under, as it was known here: another console may have changed it before.
    severity: Option<Severity>,
    /// Whether it was said before that nothing is stored here.
    unstored: bool,
}

/// What tells a row of the ledger from every other: its operation, where it has one, and when it left.
type Row = (Option<String>, DateTime<Utc>);

/// A message that waits, in whichever tab.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaving {
    /// The incident.
    pub run: RunId,
    /// What waits.
    pub frozen: Frozen,
}

/// The messages in their undo window.
#[derive(Clone, Copy)]
pub struct UndoQueue {
    waiting: RwSignal<Vec<Waiting>>,
    /// What says to the other tabs, and to this one after a reload, that a window is held open.
    windows: StoredValue<ShortMap<String, Lease>, LocalStorage>,
    /// The operations whose window has closed, and whose turn to leave has not come. They can still be taken back.
    at_the_door: StoredValue<Vec<String>>,
}

impl UndoQueue {
    pub(super) fn new() -> Self {
        Self {
            waiting: RwSignal::new(Vec::new()),
            windows: StoredValue::new_local(ShortMap::default()),
            at_the_door: StoredValue::new(Vec::new()),
        }
    }

    fn freeze(self, desk: Desk, run: &RunId, message: Sendable) -> Option<String> {
        let Ok(op) = id::random() else {
            desk.alarm("Not sent: this browser gives no random numbers.");
            return None;
        };
        let window = desk
            .setup
            .with_untracked(|setup| setup.team().map(|team| team.undo_seconds))
            .unwrap_or(USUAL_UNDO_SECONDS);
        let frozen_ms = clock::steady_ms();
        let known = ledger(desk, run);
        let severity = severity(desk, run);
        let unstored = desk.saving.with_untracked(Saving::has_failed);
        let event = EventKind::AboutToLeave {
            op: op.clone(),
            message: message.record().clone(),
            leaves_at: clock::now() + TimeDelta::seconds(i64::from(window)),
        };
        if !desk.tell(run, event) {
            return None;
        }
        desk.take_back_done();
        self.waiting.update(|waiting| {
            waiting.push(Waiting {
                op: op.clone(),
                run: run.clone(),
                message,
                frozen_ms,
                leaves_ms: frozen_ms + f64::from(window) * 1_000.0,
                known,
                severity,
                unstored,
            });
        });
        let held = op.clone();
        leptos::task::spawn_local(async move {
            if let Some(lease) = hold(&held).await
                && self.waits(&held)
            {
                self.windows.update_value(|windows| {
                    windows.insert(held, lease);
                });
            }
        });
        self.let_go(desk);
        Some(op)
    }

    fn waits(self, op: &str) -> bool {
        self.waiting
            .with_untracked(|waiting| waiting.iter().any(|send| send.op == op))
    }

    /// Takes a message out of those that wait here; whether it was still there.
    fn take(self, op: &str) -> bool {
        let was_there = self.waits(op);
        if was_there {
            self.waiting
                .update(|waiting| waiting.retain(|send| send.op != op));
        }
        was_there
    }

    /// Its window is closed: other tabs need not wait for it any more.
    fn close(self, op: &str) {
        self.windows.update_value(|windows| {
            windows.remove(op);
        });
    }

    /// Lets go what has waited long enough. What leads through a hosted service that certainly cannot be reached is
    /// held: it leaves by itself only if that ends while its text is still fresh.
    pub(super) fn let_go(self, desk: Desk) {
        cut_off::give_up_unanswered(desk);
        let now = clock::steady_ms();
        // Taken back in another tab.
        for send in self.waiting.get_untracked() {
            if !desk.still_waits(&send.run, &send.op) {
                self.take(&send.op);
                self.close(&send.op);
                desk.recipients.let_go_of(&send.op);
            }
        }
        let ready: Vec<Waiting> = self
            .waiting
            .get_untracked()
            .into_iter()
            .filter(|send| {
                let held = untrack(|| desk.held_for(&send.run, send.message.channel())).is_some();
                now >= send.leaves_ms
                    && !self.at_the_door.with_value(|ops| ops.contains(&send.op))
                    && (!held || send.is_old(now))
            })
            .collect();
        self.at_the_door
            .update_value(|ops| ops.extend(ready.iter().map(|send| send.op.clone())));
        leptos::task::spawn_local(async move {
            for send in ready {
                let op = send.op.clone();
                self.leave(desk, send).await;
                self.close(&op);
                self.at_the_door
                    .update_value(|ops| ops.retain(|other| *other != op));
            }
        });
    }

    /// Lets a message go: one tab of this browser after the other, each with what the others have stored by then, so
    /// that two tabs in which the same was pressed do not both send it.
    async fn leave(self, desk: Desk, send: Waiting) {
        let _turn = turn().await;
        reading::read_again(desk, &send.run).await;
        if !self.take(&send.op) || !desk.still_waits(&send.run, &send.op) {
            return;
        }
        let held = |why: String| {
            desk.withdraw(&send.run, &send.op, WithdrawnBecause::Held);
            desk.alarm(why);
        };
        if let Some((who, at)) = sent_since(desk, &send) {
            return held(format!(
                "Not sent: {who} has sent the same at {}, after you pressed. Look at it again.",
                utc_text::clock(at)
            ));
        }
        // One that was held goes back to preview (rule 14).
        if send.is_old(clock::steady_ms()) {
            return held("Not sent: it waited for more than a minute, so its times are old. Look at it again and publish.".to_owned());
        }
        // That it was about to leave could not be written down, and whoever pressed did not know.
        if !send.unstored && desk.saving.with_untracked(Saving::has_failed) {
            return held(format!("Not sent: {UNWRITTEN}."));
        }
        if severity(desk, &send.run) != send.severity {
            let why = words::refusal(Refusal::SeverityChanged);
            return held(format!("Not sent: {why}."));
        }
        let what = EventKind::SendStarted {
            op: send.op.clone(),
            message: send.message.record().clone(),
        };
        if let Err(refusal) = desk.dispatch_kept(&send.run, what, send.message).await {
            desk.withdraw(&send.run, &send.op, WithdrawnBecause::Held);
            desk.alarm(format!("Not sent: {}.", words::refusal(refusal)));
        }
    }
}

impl Waiting {
    /// Whether its times are too old to leave, by the clock that nobody can set.
    #[expect(clippy::cast_precision_loss, reason = "a minute in milliseconds")]
    fn is_old(&self, now_ms: f64) -> bool {
        now_ms - self.frozen_ms > GREATEST_AGE.num_milliseconds() as f64
    }
}

fn severity(desk: Desk, run: &RunId) -> Option<Severity> {
    untrack(|| desk.view(run)).map(|view| view.state.severity)
}

fn ledger(desk: Desk, run: &RunId) -> Vec<Row> {
    let view = untrack(|| desk.view(run));
    let rows = view.iter().flat_map(|view| &view.state.ledger);
    rows.map(row_of).collect()
}

fn row_of(row: &LedgerRow) -> Row {
    (row.op.clone(), row.at)
}

/// Who has sent a message of that channel and kind since it was frozen, and when: another tab, another console, or a
/// second press. Whoever froze this one had not seen it. The time alone does not tell, as a clock may have gone back.
fn sent_since(desk: Desk, send: &Waiting) -> Option<(String, DateTime<Utc>)> {
    let record = send.message.record();
    let frozen_at = send.message.frozen_at();
    let view = untrack(|| desk.view(&send.run))?;
    let same = view.state.ledger.iter().find(|row| {
        let other = row.op.as_deref() != Some(&send.op);
        let alike = row.message.channel == record.channel && row.message.kind == record.kind;
        let failed = matches!(row.state, LedgerState::Failed { .. });
        let since = row.at > frozen_at && !send.known.contains(&row_of(row));
        other && alike && !failed && since
    })?;
    Some((same.who.clone(), same.at))
}

impl Desk {
    /// Freezes a message; it leaves when the undo window closes. The operation's id that it will have; `None` where it
    /// was refused, and that was said.
    pub fn freeze(self, run: &RunId, message: Sendable) -> Option<String> {
        self.sends.freeze(self, run, message)
    }

    /// The messages that wait to leave, in whichever tab of this browser, oldest first.
    pub fn leaving(self) -> Vec<Leaving> {
        self.frozen(|view| &view.state.about_to_leave)
    }

    /// The messages of this device that were cut off before they left, oldest first. One that this tab still holds is
    /// told about when it is let go of.
    pub fn not_sent(self) -> Vec<Leaving> {
        let mut not_sent = self.frozen(|view| &view.state.not_sent);
        let here = self.sends.waiting.get();
        not_sent.retain(|leaving| !here.iter().any(|send| send.op == leaving.frozen.op));
        not_sent
    }

    fn frozen(self, of: fn(&IncidentView) -> &Vec<Frozen>) -> Vec<Leaving> {
        let device = self.device();
        let mut found = Vec::new();
        for view in self.views().iter() {
            for frozen in of(view).iter().filter(|frozen| frozen.device == device) {
                found.push(Leaving {
                    run: view.id.clone(),
                    frozen: frozen.clone(),
                });
            }
        }
        found
    }

    /// How long a message still waits, in whole seconds: by a clock that nobody can set where it was frozen in this
    /// tab.
    pub fn leaves_in(self, leaving: &Leaving) -> i64 {
        // The desk's time only says when to look.
        self.now.track();
        let op = &leaving.frozen.op;
        let here = self.sends.waiting.with(|waiting| {
            let mine = waiting.iter().find(|send| send.op == *op)?;
            Some(mine.leaves_ms - clock::steady_ms())
        });
        #[expect(clippy::cast_possible_truncation, reason = "less than a minute")]
        let seconds = here.map_or_else(
            || (leaving.frozen.leaves_at - clock::now()).num_seconds(),
            |ms| (ms / 1_000.0) as i64,
        );
        seconds.max(0)
    }

    /// Takes a message back, as long as it has not left, in whichever tab it was frozen; whether it had not.
    pub fn undo(self, run: &RunId, op: &str) -> bool {
        self.sends.take(op);
        self.sends.close(op);
        self.recipients.let_go_of(op);
        let waited = self.still_waits(run, op);
        if waited {
            self.withdraw(run, op, WithdrawnBecause::Undone);
        }
        waited
    }

    /// Puts a message away that was cut off: nobody means to send it any more.
    pub fn put_away(self, run: &RunId, op: &str) {
        self.withdraw(run, op, WithdrawnBecause::Undone);
    }

    fn withdraw(self, run: &RunId, op: &str, why: WithdrawnBecause) {
        let op = op.to_owned();
        self.tell(run, EventKind::Withdrawn { op, why });
    }

    /// Whether nobody has taken it back.
    fn still_waits(self, run: &RunId, op: &str) -> bool {
        let waits = |view: &IncidentView| {
            let state = &view.state;
            let mut frozen = state.about_to_leave.iter().chain(&state.not_sent);
            frozen.any(|frozen| frozen.op == op && !frozen.cut_off)
        };
        untrack(|| self.view(run)).is_some_and(|view| waits(&view))
    }
}

/// Says to the other tabs, and to this one after a reload, that a window is open; until it is dropped. `None` where a
/// tab says so already, or where the browser cannot tell.
pub(super) async fn hold(op: &str) -> Option<Lease> {
    locks::lease(&format!("window/{op}")).await.ok().flatten()
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
