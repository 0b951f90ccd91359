//! Performs what the rules command: one exhaustive match from a command to a request or a platform call,
//! and back to an event. Knows no rules. What it has begun is never cancelled by navigation.
//!
//! What is stored is stored by what the console begins with; what leaves is let go by its `hands`, which come with
//! an incident's pages.

mod drive;
mod hands;
mod mail;
mod postmortem;
mod publish;
mod told;

use crate::api::error::ApiError;
use crate::api::page::WritePage;
use crate::domain::incident::IncidentId;
use crate::platform::locks::{self, Lease};
use crate::sop::channel::Channel;
use crate::sop::event::{EventKind, SendOutcome};
use crate::sop::message::Sendable;
use crate::sop::run::{Command, RunId};

use super::desk::mailing::Intent;
use super::desk::{Desk, event_store, page};
pub use hands::Hands;
use mail::mail;
use publish::publish;

const NO_HANDS: &str = "a part of the console could not be fetched";

/// Performs commands in their order: what is to be stored is stored before anything leaves.
pub fn perform(desk: Desk, run: RunId, commands: Vec<Command>) {
    leptos::task::spawn_local(async move {
        let op = commands.iter().find_map(|command| match command {
            Command::Send { op, .. } => Some(op.as_str()),
            Command::Save(_) | Command::ChangeComponents(_) => None,
        });
        let _seen_to = match op {
            Some(op) => see_to(op).await,
            None => None,
        };
        for command in commands {
            match command {
                Command::Save(event) => event_store::save(desk, &run, &event).await,
                leaves @ (Command::Send { .. } | Command::ChangeComponents(_)) => {
                    hand_over(desk, &run, leaves).await;
                }
            }
        }
    });
}

/// Lets the hands do it. Without them nothing has left, and the log says so.
async fn hand_over(desk: Desk, run: &RunId, command: Command) {
    match desk.later.hands().await {
        Some(hands) => (hands.perform)(desk, run.clone(), command).await,
        None => match command {
            Command::Send { op, .. } => {
                let reason = NO_HANDS.to_owned();
                answer(desk, run, op, SendOutcome::Failed { reason }).await;
            }
            Command::ChangeComponents(_) => {
                desk.alarm(format!("The components were not changed: {NO_HANDS}."));
            }
            Command::Save(_) => {}
        },
    }
}

/// Drives a sending, in its own time.
pub async fn drive(desk: Desk, op: String, intent: Intent) {
    match desk.later.hands().await {
        Some(hands) => (hands.drive)(desk, op, intent).await,
        None => desk.alarm(format!(
            "A sending is not gone on with: {NO_HANDS}. Nothing of it is lost; reload this page to go on with it."
        )),
    }
}

/// Looks for lost posts of an incident; without the hands, the next reading of the page does.
pub async fn find_out(desk: Desk, run: &RunId) {
    if let Some(hands) = desk.later.hands().await {
        (hands.find_out)(desk, run.clone()).await;
    }
}

/// The same, over when what is to be stored is stored; the rest goes on by itself.
pub async fn perform_kept(desk: Desk, run: &RunId, commands: Vec<Command>) {
    let mut rest = Vec::new();
    for command in commands {
        match command {
            Command::Save(event) => event_store::save(desk, run, &event).await,
            later @ (Command::Send { .. } | Command::ChangeComponents(_)) => rest.push(later),
        }
    }
    if !rest.is_empty() {
        perform(desk, run.clone(), rest);
    }
}

/// Says to the other tabs, and to this one after a reload, that a send is being seen to; until it is dropped.
/// `None` where somebody sees to it already, or where the browser cannot tell.
pub async fn see_to(op: &str) -> Option<Lease> {
    locks::lease(&format!("send/{op}")).await.ok().flatten()
}

/// Whether another tab sees to a send; one whose browser cannot tell is seen to by nobody.
pub async fn is_seen_to(op: &str) -> bool {
    matches!(locks::lease(&format!("send/{op}")).await, Ok(None))
}

async fn one(desk: Desk, run: &RunId, command: Command) {
    match command {
        // It never comes here: nothing that is to be kept waits for the hands.
        Command::Save(event) => event_store::save(desk, run, &event).await,
        Command::Send {
            op,
            page_incident,
            message,
        } => {
            send(desk, run, op, page_incident, &message).await;
        }
        Command::ChangeComponents(changes) => {
            let changes: Vec<_> = changes
                .into_iter()
                .map(|change| (change.id, change.state))
                .collect();
            if let Err(error) = desk.page_of(run).set_components(&changes).await {
                desk.alarm(format!("The components could not be changed: {error}."));
            }
        }
    }
}

async fn send(
    desk: Desk,
    run: &RunId,
    op: String,
    page_incident: Option<IncidentId>,
    message: &Sendable,
) {
    match message.channel() {
        Channel::Page if message.record().is_postmortem() => {
            postmortem::publish(desk, run, op, page_incident, &message.record().text).await;
            if desk.page_of(run).is_shared() {
                page::refresh(desk).await;
            }
        }
        Channel::Page => {
            publish(desk, run, op, page_incident, message).await;
            // The embedded page tells of its changes by itself.
            if desk.page_of(run).is_shared() {
                page::refresh(desk).await;
            }
        }
        Channel::Email => mail(desk, run, op, message).await,
        // These leave by a person's hand; their events say so and command nothing to be sent.
        Channel::Team | Channel::X | Channel::LinkedIn => {
            answer(
                desk,
                run,
                op,
                SendOutcome::Failed {
                    reason: "this channel is posted by hand".to_owned(),
                },
            )
            .await;
        }
    }
}

/// What a failed request means for the ledger: certainly not delivered, or unknown.
fn outcome_of(error: &ApiError) -> SendOutcome {
    let reason = error.to_string();
    if error.may_have_happened() {
        SendOutcome::Unknown { reason }
    } else {
        SendOutcome::Failed { reason }
    }
}

async fn answer(desk: Desk, run: &RunId, op: String, outcome: SendOutcome) {
    entered(desk, run, EventKind::SendAnswered { op, outcome }).await;
}

/// Enters what became of a send, and says it once it is stored: what a responder has read is in the log, also
/// where the tab is closed at that moment. Whether it was entered.
async fn entered(desk: Desk, run: &RunId, what: EventKind) -> bool {
    let said = if let EventKind::SendAnswered { outcome, .. } = &what {
        Some(outcome.clone())
    } else {
        None
    };
    let entered = desk.tell_kept(run, what).await;
    match said {
        Some(SendOutcome::Accepted { .. }) => desk.say("Sent."),
        Some(SendOutcome::Failed { reason }) => {
            desk.alarm(format!("Not sent: {reason}. Nobody got it."));
        }
        Some(SendOutcome::Unknown { reason }) => desk.alarm(format!(
            "No answer: {reason}. It may already have been delivered."
        )),
        None => {}
    }
    entered
}
