//! From the desk to the runner: what is entered is stored at once; what lets messages leave is fetched with an
//! incident's pages ([`Hands`]), so that a board that is opened to look needs none of it.

mod world;

use std::future::Future;
use std::pin::Pin;

use crate::console::runner;
use crate::console::runner::world::Screen;
use crate::delivery::mailing::Intent;
use crate::delivery::notice::{MessageName, Notice};
use crate::domain::incident::IncidentId;
use crate::platform::locks::{self, Lease};
use crate::sop::event::{EventKind, SendOutcome};
use crate::sop::run::{Command, RunId};

use super::Desk;

const NO_HANDS: &str = "a part of the console could not be fetched";

/// Work that goes on until it is done.
pub(super) type Work = Pin<Box<dyn Future<Output = ()>>>;

/// What lets messages leave.
#[derive(Clone, Copy)]
pub struct Hands {
    /// Performs a command that is not to be stored.
    perform: fn(Desk, RunId, Command) -> Work,
    /// Drives a sending.
    drive: fn(Desk, String, Intent) -> Work,
    /// Looks for lost posts.
    find_out: fn(Desk, RunId) -> Work,
    /// Keeps a post-mortem as a draft on the page.
    keep_draft: fn(Desk, RunId, IncidentId, String) -> Work,
}

impl Hands {
    /// All of them.
    pub const fn new() -> Self {
        Self {
            perform: |desk, run, command| {
                Box::pin(async move { runner::let_leave(&desk, &run, command).await })
            },
            drive: |desk, op, intent| {
                Box::pin(async move { runner::drive(&desk, op, intent).await })
            },
            find_out: |desk, run| Box::pin(async move { runner::find_out(&desk, &run).await }),
            keep_draft: |desk, run, incident, text| {
                Box::pin(async move {
                    let kept = runner::keep_draft(&desk, &run, &incident, &text).await;
                    desk.told_of_draft(&run, text, kept);
                })
            },
        }
    }
}

/// Performs commands in their order. While a send is under way, the other tabs are told that it is seen to.
pub(super) fn perform(desk: Desk, run: RunId, commands: Vec<Command>) {
    leptos::task::spawn_local(async move {
        let op = commands.iter().find_map(|command| match command {
            Command::Send { op, .. } => Some(op.as_str()),
            Command::Save(_) | Command::ChangeComponents(_) => None,
        });
        let _seen_to = match op {
            Some(op) => see_to(op).await,
            None => None,
        };
        runner::perform(&desk, &run, commands).await;
    });
}

/// The same, over when what is to be stored is stored; the rest goes on by itself.
pub(super) async fn perform_kept(desk: Desk, run: &RunId, commands: Vec<Command>) {
    let rest = runner::store(&desk, run, commands).await;
    if !rest.is_empty() {
        perform(desk, run.clone(), rest);
    }
}

/// Says to the other tabs, and to this one after a reload, that a send is being seen to; until it is dropped.
/// `None` where somebody sees to it already, or where the browser cannot tell.
async fn see_to(op: &str) -> Option<Lease> {
    locks::lease(&format!("send/{op}")).await.ok().flatten()
}

/// Whether another tab sees to a send; one whose browser cannot tell is seen to by nobody.
pub(super) async fn is_seen_to(op: &str) -> bool {
    matches!(locks::lease(&format!("send/{op}")).await, Ok(None))
}

/// Drives a sending, in its own time.
pub(super) async fn drive(desk: Desk, op: String, intent: Intent) {
    match desk.later.hands().await {
        Some(hands) => (hands.drive)(desk, op, intent).await,
        None => desk.alarm(format!(
            "A sending is not gone on with: {NO_HANDS}. Nothing of it is lost; reload this page to go on with it."
        )),
    }
}

/// Keeps a post-mortem as a draft on the page, and says what became of it.
pub(super) async fn keep_draft(desk: Desk, run: RunId, incident: IncidentId, text: String) {
    match desk.later.hands().await {
        Some(hands) => (hands.keep_draft)(desk, run, incident, text).await,
        None => desk.alarm(format!(
            "The draft was not saved on the page: {NO_HANDS}. It is kept here."
        )),
    }
}

/// Looks for lost posts of an incident; without the hands, the next reading of the page does.
pub(super) async fn find_out(desk: Desk, run: &RunId) {
    if let Some(hands) = desk.later.hands().await {
        (hands.find_out)(desk, run.clone()).await;
    }
}

/// Lets the hands do it. Without them nothing has left, and the log says so.
async fn hand_over(desk: Desk, run: &RunId, command: Command) {
    match desk.later.hands().await {
        Some(hands) => (hands.perform)(desk, run.clone(), command).await,
        None => match command {
            Command::Send { op, .. } => {
                let about = desk.sent_record(&op).map(MessageName::from);
                let reason = NO_HANDS.to_owned();
                let outcome = SendOutcome::Failed { reason };
                if desk
                    .tell_kept(run, EventKind::SendAnswered { op, outcome })
                    .await
                {
                    Screen::tell(&desk, &Notice::NotSent(about, NO_HANDS.to_owned()));
                }
            }
            Command::ChangeComponents(_) => {
                desk.alarm(format!("The components were not changed: {NO_HANDS}."));
            }
            Command::Save(_) => {}
        },
    }
}
