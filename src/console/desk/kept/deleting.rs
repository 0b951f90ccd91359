//! Deleting a finished incident from this browser: its log, what is typed about it, its list and its sendings. What was
//! deleted stays deleted: no other tab stores it again, and a hosted page does not bring it back unless it is open there.

use std::sync::Arc;

use leptos::prelude::*;

use crate::config::TeamConfig;
use crate::platform::storage::local;
use crate::platform::{PlatformError, tabs};
use crate::sop::board::IncidentView;
use crate::sop::retention::is_old;
use crate::sop::run::RunId;

use super::event_store::CHANNEL;
use crate::console::desk::Desk;

/// The runs that were deleted here, by id. A phone knows them before it has read anything else.
const DELETED: &str = "deleted";

/// What the other tabs are told instead of the name of a run, before its name.
const DELETE: &str = "*delete ";

impl Desk {
    /// After how many days a finished incident is offered for deletion.
    pub fn keep_days(self) -> u32 {
        self.setup.with(|setup| {
            let team = setup.team();
            team.map_or(TeamConfig::KEEP_DAYS, |team| team.keep_days)
        })
    }

    /// The incidents that have rested for so long, and of which nothing is being sent: the oldest first.
    pub fn old_incidents(self) -> Vec<Arc<IncidentView>> {
        let (days, now, views) = (self.keep_days(), self.now.get_untracked(), self.views());
        self.runs.with(|runs| {
            let is_old = |view: &Arc<IncidentView>| {
                let log = runs.get(&view.id);
                let is_sending = || {
                    let sendings = self.mailings.of(&view.id);
                    sendings.iter().any(|shown| !shown.summary.is_over())
                };
                log.is_some_and(|log| is_old(view, log, days, now)) && !is_sending()
            };
            // The newest of what is finished comes first.
            views
                .iter()
                .rev()
                .filter(|view| is_old(view))
                .cloned()
                .collect()
        })
    }

    /// Deletes an incident from this browser, in every tab. It is offered with its evidence first, and never done unasked.
    pub fn delete_incident(self, run: &RunId) {
        let run = run.clone();
        leptos::task::spawn_local(async move {
            if let Err(error) = self.delete(&run).await {
                forgive(&run);
                self.alarm(format!(
                    "The incident could not be deleted: {error}. Its log is still here."
                ));
                return;
            }
            // A tab that cannot be told keeps it in its memory until it is closed, and does not store it again.
            let _told = tabs::Channel::open(CHANNEL)
                .and_then(|channel| channel.publish(&format!("{DELETE}{}", run.0)));
            drop_run(self, &run);
            self.say("The incident is deleted from this browser.");
        });
    }

    async fn delete(self, run: &RunId) -> Result<(), PlatformError> {
        let mut deleted = deleted();
        if !deleted.contains(run) {
            deleted.push(run.clone());
        }
        note(&deleted)?;
        let keep = self.keep.get_value();
        // What is missing afterwards is meant to be.
        keep.forget_count();
        self.mailings.store().delete_run(run).await?;
        keep.delete_run(run).await
    }
}

/// Deletes what is still stored of incidents that were deleted: their deletion was cut off with its tab, or another tab that
/// could not be told stored something of them since.
///
/// # Errors
/// The browser's refusal; it is tried again.
pub(in crate::console::desk) async fn finish(desk: Desk) -> Result<(), PlatformError> {
    let keep = desk.keep.get_value();
    for run in deleted() {
        if !keep.events_of(&run).await?.is_empty() {
            keep.forget_count();
            desk.mailings.store().delete_run(&run).await?;
            keep.delete_run(&run).await?;
        }
    }
    Ok(())
}

/// Whether a run was deleted here: nobody stores it again.
pub(in crate::console::desk) fn is_deleted(run: &RunId) -> bool {
    deleted().contains(run)
}

/// Takes a run as one that was not deleted: it could not be, or it goes on.
pub(in crate::console::desk) fn forgive(run: &RunId) {
    let mut deleted = deleted();
    if deleted.contains(run) {
        deleted.retain(|known| known != run);
        // Where it cannot be noted, the run stays away from here as before.
        let _noted = note(&deleted);
    }
}

/// Whether a word of another tab says that a run was deleted: it goes from this one's memory too, once what forgets it is
/// here. Before, this tab stores nothing again.
pub(in crate::console::desk) fn heard(desk: Desk, word: &str) -> bool {
    let Some(run) = word.strip_prefix(DELETE) else {
        return false;
    };
    let run = RunId(run.to_owned());
    leptos::task::spawn_local(async move {
        if let Some(rescue) = desk.later.rescue().await {
            (rescue.forget)(desk, &run);
        }
    });
    true
}

/// Forgets a run in this tab.
pub(in crate::console::desk) fn drop_run(desk: Desk, run: &RunId) {
    desk.keep.get_value().forget_count();
    desk.drafts.forget_run(run);
    desk.recipients.forget(run);
    desk.mailings.forget_run(run);
    desk.runs.maybe_update(|runs| runs.remove(run).is_some());
}

/// The runs that were deleted here.
pub(in crate::console::desk) fn deleted() -> Vec<RunId> {
    let noted = local::get(DELETED).ok().flatten().unwrap_or_default();
    noted
        .split_whitespace()
        .map(|run| RunId(run.to_owned()))
        .collect()
}

fn note(deleted: &[RunId]) -> Result<(), PlatformError> {
    let ids: Vec<&str> = deleted.iter().map(|run| run.0.as_str()).collect();
    local::set(DELETED, &ids.join(" "))
}
