//! Reads what is stored in this browser: what was open first, then everything else in portions, so that a phone with a
//! thousand old incidents shows the one that burns at once and answers to a finger all the while.

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::ordered::ShortSet;
use crate::platform::{PlatformError, storage, tabs};
use crate::sop::event::Event;
use crate::sop::run::{Run, RunId};

use super::deleting;
use super::event_store::{CHANNEL, Keep, Saving, UnreadableEntry};
use super::forgetting::is_forgotten;
use crate::console::desk::{Desk, mailing};

/// How many events are read at once: some milliseconds on a phone.
const PORTION: u32 = 200;
/// The runs that were not finished when the console last looked, by id. It only says what to read first.
const OPEN: &str = "open";

/// Listens to the other tabs, and reads logs and drafts.
pub(in crate::console::desk) async fn load(desk: Desk) {
    follow(desk);
    desk.drafts.follow();
    let keep = desk.keep.get_value();
    let outcome = async {
        let first = open_before();
        for run in &first {
            read_run(desk, &keep, run).await?;
        }
        desk.drafts.show(desk.drafts.whose()).await?;
        read_all(desk, &keep, &first.into_iter().collect()).await
    }
    .await;
    match outcome {
        Ok(()) => settled(desk, Saving::Kept),
        Err(error) => {
            if matches!(error, PlatformError::Missing(_) | PlatformError::Denied(_)) {
                keep.holds_nothing();
            }
            // What the journal holds is shown all the same.
            let _read = desk.drafts.show(desk.drafts.whose()).await;
            desk.saving.set(Saving::Failed(error.to_string()));
        }
    }
    // Some browsers ask a person, who may be busy, and answer when they do. One that does not promise to keep its data
    // keeps it for now; readiness says so.
    leptos::task::spawn_local(async { drop(storage::persist().await) });
}

/// Says that everything is kept, unless an entry could not be stored meanwhile: why not was said, and stands.
pub(in crate::console::desk) fn settled(desk: Desk, saving: Saving) {
    if desk.unsaved.with_value(Vec::is_empty) {
        desk.saving.set(saving);
    }
}

/// Reads everything once more, with what could not be read before.
pub(in crate::console::desk) async fn read_everything(desk: Desk) -> Result<(), PlatformError> {
    read_all(desk, &desk.keep.get_value(), &ShortSet::default()).await
}

/// Takes in what other tabs store from now on.
fn follow(desk: Desk) {
    let followed = tabs::Channel::open(CHANNEL).and_then(|channel| {
        channel.subscribe(move |run| {
            if is_forgotten(desk, &run) || deleting::heard(desk, &run) {
                return;
            }
            leptos::task::spawn_local(async move {
                let keep = desk.keep.get_value();
                let run = RunId(run);
                if let Err(error) = read_run(desk, &keep, &run).await {
                    desk.saving.set(Saving::Failed(error.to_string()));
                }
                mailing::follow(desk, &run).await;
            });
        })
    });
    match followed {
        Ok(subscription) => subscription.forever(),
        Err(error) => desk.alarm(format!("What other tabs do is not seen here: {error}.")),
    }
}

/// Reads what other tabs may just have stored of a run. What cannot be read now is known from before.
pub(in crate::console::desk) async fn read_again(desk: Desk, run: &RunId) {
    let _read = read_run(desk, &desk.keep.get_value(), run).await;
}

/// Reads the stored events of a run.
async fn read_run(desk: Desk, keep: &Keep, run: &RunId) -> Result<(), PlatformError> {
    let mut events = Vec::new();
    for (key, raw) in keep.events_of(run).await? {
        match entry(key, raw) {
            Ok((_, event)) => events.push(event),
            Err(unreadable) => drop_entry(desk, unreadable),
        }
    }
    take_in(desk, vec![(run.clone(), events)]);
    Ok(())
}

/// Reads every stored event but those of the runs that were read already. A run is taken in when all of it is read: the
/// half of a log would tell of duties that are long done.
async fn read_all(desk: Desk, keep: &Keep, known: &ShortSet<RunId>) -> Result<(), PlatformError> {
    let mut after = String::new();
    let mut count = 0;
    let mut reading: Vec<(RunId, Vec<Event>)> = Vec::new();
    loop {
        let rows = keep.events_after(&after, PORTION).await?;
        let Some((last, _)) = rows.last() else {
            break;
        };
        after.clone_from(last);
        count += rows.len();
        for (key, raw) in rows {
            if key
                .split_once('/')
                .is_some_and(|(run, _)| known.contains(&RunId(run.to_owned())))
            {
                continue;
            }
            match entry(key, raw) {
                Err(unreadable) => drop_entry(desk, unreadable),
                Ok((run, event)) => match reading.last_mut().filter(|(last, _)| *last == run) {
                    Some((_, events)) => events.push(event),
                    None => reading.push((run, vec![event])),
                },
            }
        }
        let unfinished = reading.pop();
        take_in(desk, std::mem::take(&mut reading));
        reading.extend(unfinished);
    }
    take_in(desk, reading);
    keep.saw(count);
    Ok(())
}

/// The run and the event of a stored entry.
fn entry(key: String, raw: String) -> Result<(RunId, Event), UnreadableEntry> {
    let reason = match (key.split_once('/'), serde_json::from_str(&raw)) {
        (Some((run, _)), Ok(event)) => return Ok((RunId(run.to_owned()), event)),
        (None, _) => "no incident in its key".to_owned(),
        (Some(_), Err(error)) => error.to_string(),
    };
    Err(UnreadableEntry { key, raw, reason })
}

fn drop_entry(desk: Desk, unreadable: UnreadableEntry) {
    desk.dropped.maybe_update(|dropped| {
        let is_new = !dropped.contains(&unreadable);
        if is_new {
            dropped.push(unreadable);
        }
        is_new
    });
}

/// Adds what is new to the logs. Of an event that was first heard of from the others, the stored one says more; one that
/// could not be stored yet stays as it was said.
fn take_in(desk: Desk, read: Vec<(RunId, Vec<Event>)>) {
    let deleted = deleting::deleted();
    desk.runs.maybe_update(|runs| {
        let mut grown = false;
        for (id, events) in read {
            if deleted.contains(&id) {
                continue;
            }
            let known = runs.get(&id);
            let is_new = |event: &Event| {
                known.is_none_or(|run| !run.holds(event))
                    && !desk
                        .unsaved
                        .with_value(|unsaved| unsaved.iter().any(|(_, own)| own.id == event.id))
            };
            let fresh: Vec<Event> = events.into_iter().filter(is_new).collect();
            if fresh.is_empty() {
                continue;
            }
            let mut log = known.map_or_else(|| Run::new(id.clone()), |run| Run::clone(run));
            for event in fresh {
                log.put(event);
            }
            runs.insert(id, Arc::new(log));
            grown = true;
        }
        grown
    });
}

/// What was not finished when the console last looked.
fn open_before() -> Vec<RunId> {
    let noted = storage::local::get(OPEN).ok().flatten().unwrap_or_default();
    noted
        .split_whitespace()
        .map(|run| RunId(run.to_owned()))
        .collect()
}

/// Notes what is not finished, for the next opening; where it cannot be noted, that opening reads in another order.
pub(in crate::console::desk) fn remember_open(desk: Desk) {
    let open = Memo::new(move |_| {
        let views = desk.views();
        let open = views.iter().take(views.first_finished());
        let ids: Vec<String> = open.map(|view| view.id.0.clone()).collect();
        (!desk.is_loading()).then(|| ids.join(" "))
    });
    Effect::new(move |_| {
        if let Some(open) = open.get() {
            let _noted = storage::local::set(OPEN, &open);
        }
    });
}
