//! What stands before a post leaves: the page is read once more, and where somebody posted since Publish was
//! pressed, a person is asked. What goes out carries everything that the consoles share.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::api::page::{Live, Metadata};
use crate::console::desk::Desk;
use crate::delivery::posting::Target;
use crate::domain::incident::{IncidentId, IncidentStatus, IncidentUpdate};
use crate::platform::clock;
use crate::sop::event::{EventKind, SendOutcome};
use crate::sop::message::{Sendable, standing};
use crate::sop::run::{Run, RunId};
use crate::sop::shared::{STATUS_PAGE, Sheet};
use crate::views::words::title;

use super::rounds::{read_one, read_whole, run_of};
use super::taking::{place_of, runs_on};

/// How long before an incident was declared here somebody may have opened the same on the page.
const SAME: TimeDelta = TimeDelta::minutes(15);

/// How far apart a send and the update that it made are at most.
const NEAR: TimeDelta = TimeDelta::minutes(2);

/// What somebody posted meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theirs {
    /// Who.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The incident's title.
    pub title: String,
    /// The status that it set.
    pub status: IncidentStatus,
    /// The text.
    pub text: String,
    /// The incident, where this post may go to it instead: no console runs it.
    pub joinable: Option<IncidentId>,
}

/// What a person decides about a post that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It leaves all the same.
    Publish,
    /// It does not leave.
    Keep,
    /// It goes to the incident that somebody else opened.
    Join(IncidentId),
}

/// A post that is held until a person has decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What was posted meanwhile, newest first.
    pub theirs: Vec<Theirs>,
    /// The title of the post that is held.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
    /// Whether it would open a second incident on the page.
    pub opens: bool,
}

/// Reads the page, asks where it has to be asked, and says where a post goes and what it carries.
///
/// # Errors
/// Why it does not leave, for the ledger. Nothing was sent then.
pub(in crate::console) async fn before_publish(
    desk: Desk,
    run: &RunId,
    op: &str,
    incident: Option<IncidentId>,
    message: &Sendable,
) -> Result<Target, String> {
    let anew = desk.sharing.book.with_value(|book| book.anew.contains(run));
    let mut incident = incident.filter(|_| !anew);
    let mut since = message.frozen_at();
    let mut asked = false;
    let mut attached = Vec::new();
    loop {
        let theirs = {
            let _turn = desk.sharing.turn().await;
            if let Some(id) = &incident {
                match read_one(desk, run, id).await {
                    Ok(Some(live)) => {
                        attached.clone_from(&live.incident.components);
                        updates_since(desk, run, &live, since)
                    }
                    Ok(None) => return Err(GONE.to_owned()),
                    Err(error) => return Err(unread(&error.in_full())),
                }
            } else {
                let lives = read_whole(desk)
                    .await
                    .map_err(|error| unread(&error.in_full()))?;
                // A first post whose answer was lost is on the page after all: this one goes to its incident.
                if let Some(found) = found_meanwhile(desk, run).filter(|_| !anew) {
                    incident = Some(found);
                    continue;
                }
                opened_since(desk, run, &lives, since, asked)
            }
        };
        if theirs.is_empty() {
            break;
        }
        since = desk.fresh_now();
        asked = true;
        let held = Held {
            theirs,
            title: message.record().title.clone(),
            text: message.record().text.clone(),
            opens: incident.is_none(),
        };
        if let Some(other) = ask(desk, held, message).await? {
            desk.report(run, EventKind::PageIncident { id: other.clone() });
            incident = Some(other);
        }
    }
    // The reading may have waited for a busy service.
    if message.is_stale(desk.fresh_now()) {
        return Err(
            "its text was more than a minute old, so its times were: look at it again".to_owned(),
        );
    }
    let standing = desk.page.with_untracked(|page| {
        page.as_ref().map_or_else(Vec::new, |page| {
            standing(page, incident.as_ref(), message.touches())
        })
    });
    Ok(Target {
        incident,
        attached,
        standing,
        metadata: Metadata(carried(desk, run, op)),
    })
}

/// Where the log says, since the page was read, that the incident is.
fn found_meanwhile(desk: Desk, run: &RunId) -> Option<IncidentId> {
    place_of(&*run_of(desk, run)?).cloned()
}

const GONE: &str = "the incident is no longer on the status page: somebody deleted it there. Open a new one under “Shared with the other consoles”, then publish again";

fn unread(why: &str) -> String {
    format!(
        "{why}. The status page is read before every post, so that nobody posts over somebody else, and it could not be read"
    )
}

/// Everything that is shared, with this operation in the ring: it stands there only if the post arrived.
fn carried(desk: Desk, run: &RunId, op: &str) -> serde_json::Map<String, serde_json::Value> {
    let Some(log) = run_of(desk, run) else {
        return serde_json::Map::new();
    };
    let mut union = Sheet::of(&log);
    union.reached(&desk.device(), op);
    let carried = desk.sharing.notes(run, |notes| {
        union.join(&notes.known);
        union.beside(&notes.beside)
    });
    carried.unwrap_or_default()
}

/// Holds a post until somebody decided, and not longer than its text stays true. The incident that it goes
/// to instead, where that was decided.
async fn ask(desk: Desk, held: Held, message: &Sendable) -> Result<Option<IncidentId>, String> {
    const LOOK_AGAIN_MS: u32 = 100;
    let sharing = desk.sharing;
    sharing.book.update_value(|book| book.decided = None);
    sharing.held.set(Some(held));
    let decided = loop {
        if let Some(decided) = sharing.book.with_value(|book| book.decided.clone()) {
            break Some(decided);
        }
        if message.is_stale(desk.fresh_now()) {
            break None;
        }
        clock::sleep(LOOK_AGAIN_MS).await;
    };
    sharing.held.set(None);
    match decided {
        Some(Decision::Publish) => Ok(None),
        Some(Decision::Join(other)) => Ok(Some(other)),
        Some(Decision::Keep) => Err("somebody had posted meanwhile, and you decided not to publish".to_owned()),
        None => Err("somebody had posted meanwhile, and nobody decided while the text was fresh: look at it again".to_owned()),
    }
}

/// The updates that were not known when Publish was pressed, and are not from this device.
fn updates_since(desk: Desk, run: &RunId, live: &Live, since: DateTime<Utc>) -> Vec<Theirs> {
    let Some(log) = run_of(desk, run) else {
        return Vec::new();
    };
    let device = desk.device();
    live.incident
        .updates
        .iter()
        .filter(|update| first_seen(desk, &update.id).is_none_or(|at| at > since))
        .filter_map(|update| {
            let who = poster(&log, update, &device)?;
            Some(theirs(live, update, who))
        })
        .collect()
}

/// The incidents of others that may be the same: not known when Publish was pressed, or opened lately.
/// The latter are said once.
fn opened_since(
    desk: Desk,
    run: &RunId,
    lives: &[Live],
    since: DateTime<Utc>,
    asked: bool,
) -> Vec<Theirs> {
    let declared = untrack(|| desk.view(run)).map(|view| view.state.declared_at);
    let lately = |live: &Live| {
        let after = declared.is_some_and(|at| live.incident.created_at >= at - SAME);
        after && !asked
    };
    lives
        .iter()
        .filter(|live| live.incident.is_open())
        .filter(|live| !runs_on(desk, &live.incident.id).contains(run))
        .filter(|live| {
            lately(live) || first_seen(desk, &live.incident.id.0).is_none_or(|at| at > since)
        })
        .filter_map(|live| {
            let update = live.incident.updates.first()?;
            let who = runs_on(desk, &live.incident.id)
                .iter()
                .filter_map(|id| run_of(desk, id))
                .find_map(|log| poster(&log, update, ""));
            let who = who.unwrap_or_else(|| STATUS_PAGE.to_owned());
            let nobodys = runs_on(desk, &live.incident.id).is_empty()
                && Sheet::read(&live.metadata.0).is_empty();
            Some(Theirs {
                joinable: nobodys.then(|| live.incident.id.clone()),
                ..theirs(live, update, who)
            })
        })
        .collect()
}

fn first_seen(desk: Desk, id: &str) -> Option<DateTime<Utc>> {
    desk.sharing
        .book
        .with_value(|book| book.seen.get(id).copied())
}

/// Who posted an update; `None` where this device did. A console whose answer is still on its way is known
/// by what it was about to post.
fn poster(log: &Run, update: &IncidentUpdate, device: &str) -> Option<String> {
    let answered = log.events().find_map(|event| {
        let EventKind::SendAnswered {
            op,
            outcome: SendOutcome::Accepted { receipt },
        } = &event.what
        else {
            return None;
        };
        (receipt.vendor_id.as_ref() == Some(&update.id)).then_some(op)
    });
    let sender = log.events().rev().find(|event| {
        let EventKind::SendStarted { op, message } = &event.what else {
            return false;
        };
        let near = (event.corrected() - update.created_at).abs() <= NEAR;
        let same = message.page.as_ref().map(|page| &page.status) == Some(&update.status);
        answered.map_or(same && near && event.id.device != device, |made| op == made)
    });
    match sender {
        Some(event) if event.id.device == device => None,
        Some(event) => Some(event.who.clone()),
        None => Some(STATUS_PAGE.to_owned()),
    }
}

fn theirs(live: &Live, update: &IncidentUpdate, who: String) -> Theirs {
    Theirs {
        who,
        at: update.created_at,
        title: title(&live.incident.name).to_owned(),
        status: update.status.clone(),
        text: update.body.clone(),
        joinable: None,
    }
}
