//! What lets messages leave, as functions that are fetched with an incident's pages (`console::later`): a board that
//! is opened to look needs none of it.

use std::future::Future;
use std::pin::Pin;

use crate::console::desk::Desk;
use crate::console::desk::mailing::Intent;
use crate::sop::run::{Command, RunId};

use super::{one, publish};

/// Work that goes on until it is done.
type Work = Pin<Box<dyn Future<Output = ()>>>;

/// The hands.
#[derive(Clone, Copy)]
pub struct Hands {
    /// Performs a command that is not to be stored.
    pub(super) perform: fn(Desk, RunId, Command) -> Work,
    /// Drives a sending.
    pub(super) drive: fn(Desk, String, Intent) -> Work,
    /// Looks for lost posts.
    pub(super) find_out: fn(Desk, RunId) -> Work,
}

impl Hands {
    /// All of them.
    pub const fn new() -> Self {
        Self {
            perform,
            drive,
            find_out,
        }
    }
}

fn perform(desk: Desk, run: RunId, command: Command) -> Work {
    Box::pin(async move { one(desk, &run, command).await })
}

fn drive(desk: Desk, op: String, intent: Intent) -> Work {
    Box::pin(super::drive::drive(desk, op, intent))
}

fn find_out(desk: Desk, run: RunId) -> Work {
    Box::pin(async move { publish::find_out(desk, &run).await })
}
