//! Performs what the rules command: one exhaustive match from a command to a request, and back to an event. Knows no
//! rules, no desk and no browser: whatever it needs is a [`World`], so that it runs on the host with a transport that
//! answers as told. Why a message did not leave is written here, in a sentence, because the log keeps that sentence.
//! What it has begun is never cancelled by navigation.
//!
//! - `world`: what it needs;
//! - `post`, `mail`, `team`, `postmortem`: what leaves, each in one file; `drive`: a mailing from batch to batch;
//! - `before`: what stands before a post, on a page that others post to;
//! - `turn`: which tab sends; `settle`: what was cut off with its tab.

mod before;
mod drive;
mod mail;
mod post;
mod postmortem;
mod settle;
mod team;
mod turn;
pub mod world;

use crate::api::page::WritePage;
use crate::delivery::notice::{MessageName, Notice};
use crate::sop::channel::Channel;
use crate::sop::event::{EventKind, SendOutcome};
use crate::sop::run::{Command, RunId};

pub use before::{About, Decision, Held, SoFar, before_publish};
pub use drive::drive;
pub use post::find_out;
pub use postmortem::keep_draft;
pub use settle::{give_up_unanswered, settle};
use world::{Clock, Log, Screen, Stored, World};

/// Why a message does not leave whose leaving is not written down; stands after "Not sent: ".
pub const UNWRITTEN: &str = "this browser could not write down that it leaves, and stores nothing from now on. \
    Download the evidence of this incident, then press again: the message leaves then all the same";

/// Performs commands: what is to be stored is stored before anything leaves.
pub async fn perform<W: Clock + Log + Screen>(world: &W, run: &RunId, commands: Vec<Command>) {
    for leaves in store(world, run, commands).await {
        world.hand_over(run, leaves).await;
    }
}

/// Stores what is to be stored; what may leave after that. A message whose leaving could not be written down does not
/// leave, unless the responder knew that nothing is stored here when they pressed: they decide.
pub async fn store<W: Clock + Log + Screen>(
    world: &W,
    run: &RunId,
    commands: Vec<Command>,
) -> Vec<Command> {
    let mut unwritten = false;
    let mut rest = Vec::new();
    for command in commands {
        match command {
            Command::Save(event) => unwritten |= world.save(run, &event).await == Stored::Refused,
            Command::Send { op, .. } if unwritten => {
                let reason = UNWRITTEN.to_owned();
                let outcome = SendOutcome::Failed { reason };
                entered(world, run, EventKind::SendAnswered { op, outcome }).await;
            }
            leaves @ (Command::Send { .. } | Command::ChangeComponents(_)) => rest.push(leaves),
        }
    }
    rest
}

pub async fn let_leave(world: &impl World, run: &RunId, command: Command) {
    match command {
        // It never comes here: what is to be stored waits for nothing.
        Command::Save(event) => {
            world.save(run, &event).await;
        }
        Command::Send {
            op,
            page_incident,
            message,
        } => match message.channel() {
            Channel::Page if message.record().is_postmortem() => {
                postmortem::publish(world, run, op, page_incident, &message).await;
            }
            Channel::Page => post::publish(world, run, op, page_incident, message).await,
            Channel::Email => mail::mail(world, run, op, &message).await,
            Channel::Team => team::tell(world, run, op, &message).await,
            // These leave by a person's hand; their events say so and command nothing to be sent.
            Channel::X | Channel::LinkedIn => by_hand(world, run, op).await,
        },
        Command::ChangeComponents(changes) => {
            let changes: Vec<_> = changes
                .into_iter()
                .map(|change| (change.id, change.state))
                .collect();
            if let Err(error) = world.page(run).set_components(&changes).await {
                world.tell(&Notice::ComponentsNotChanged(error.in_full()));
            }
        }
    }
}

async fn by_hand(world: &impl World, run: &RunId, op: String) {
    let reason = "this channel is posted by hand".to_owned();
    answer(world, run, op, SendOutcome::Failed { reason }).await;
}

async fn answer(world: &impl World, run: &RunId, op: String, outcome: SendOutcome) {
    entered(world, run, EventKind::SendAnswered { op, outcome }).await;
}

/// Enters what became of a send, and says it once it is stored: what a responder has read is in the log, also
/// where the tab is closed at that moment. Whether it was entered.
async fn entered<W: Clock + Log + Screen>(world: &W, run: &RunId, what: EventKind) -> bool {
    let notice = if let EventKind::SendAnswered { op, outcome } = &what {
        let about = world.sent(op).map(MessageName::from);
        Some(match outcome {
            SendOutcome::Accepted { .. } => Notice::Sent(about, world.server_now()),
            SendOutcome::Failed { reason } => Notice::NotSent(about, reason.clone()),
            SendOutcome::Unknown { reason } => Notice::NoAnswer(about, reason.clone()),
        })
    } else {
        None
    };
    let entered = world.enter(run, what).await;
    if let Some(notice) = notice {
        world.tell(&notice);
    }
    entered
}
