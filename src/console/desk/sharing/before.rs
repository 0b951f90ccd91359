//! What stands before a post leaves: the page is read once more, and where somebody posted since Publish was
//! pressed, a person is asked. What goes out carries everything that the consoles share.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::page::{Live, Metadata};
use crate::console::desk::Desk;
use crate::console::runner::world::Replacing;
use crate::delivery::posting::Target;
use crate::domain::frozen::GREATEST_AGE;
use crate::domain::incident::{IncidentId, IncidentStatus};
use crate::platform::clock;
use crate::sop::event::EventKind;
use crate::sop::message::{Sendable, standing};
use crate::sop::run::RunId;
use crate::sop::shared::{
    Known, OnPage, STATUS_PAGE, Sheet, Theirs, opened_since, place_of, updates_since,
};

use super::rounds::{read_one, read_whole, run_of};
use super::taking::runs_on;

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
    pub text: String,
    /// What it would do.
    pub about: About,
}

/// What a held text would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// It goes to an incident that others have posted to.
    Update,
    /// It opens a second incident on the page.
    Opening,
    /// It replaces a post-mortem that others wrote.
    Postmortem,
    /// It replaces such a draft.
    Draft,
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
    let mut incident = incident;
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
                        updates_meanwhile(desk, run, &live, since)
                    }
                    Ok(None) => return Err(GONE.to_owned()),
                    Err(error) => return Err(unread(&error.in_full())),
                }
            } else {
                let lives = read_whole(desk)
                    .await
                    .map_err(|error| unread(&error.in_full()))?;
                // A first post whose answer was lost is on the page after all: this one goes to its incident.
                if let Some(found) = found_meanwhile(desk, run) {
                    incident = Some(found);
                    continue;
                }
                opened_meanwhile(desk, run, &lives, since, asked)
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
            about: match &incident {
                Some(_) => About::Update,
                None => About::Opening,
            },
        };
        let until = message.frozen_at() + GREATEST_AGE;
        if let Some(other) = ask(desk, held, until).await? {
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
async fn ask(desk: Desk, held: Held, until: DateTime<Utc>) -> Result<Option<IncidentId>, String> {
    const LOOK_AGAIN_MS: u32 = 100;
    let sharing = desk.sharing;
    sharing.book.update_value(|book| book.decided = None);
    sharing.held.set(Some(held));
    let decided = loop {
        if let Some(decided) = sharing.book.with_value(|book| book.decided.clone()) {
            break Some(decided);
        }
        if desk.fresh_now() > until {
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

/// Asks whether a post-mortem may replace what others wrote.
///
/// # Errors
/// Why not.
pub(in crate::console) async fn ask_to_replace(
    desk: Desk,
    texts: Vec<String>,
    ours: &str,
    replacing: Replacing,
) -> Result<(), String> {
    let now = desk.fresh_now();
    let (about, frozen) = match replacing {
        Replacing::Published(at) => (About::Postmortem, at),
        Replacing::Draft => (About::Draft, now),
    };
    let theirs = texts.into_iter().map(|text| Theirs {
        who: STATUS_PAGE.to_owned(),
        at: now,
        title: String::new(),
        status: IncidentStatus::Postmortem,
        text,
        joinable: None,
    });
    let held = Held {
        theirs: theirs.collect(),
        title: None,
        text: ours.to_owned(),
        about,
    };
    ask(desk, held, frozen + GREATEST_AGE).await.map(drop)
}

/// The updates that were not known when Publish was pressed, and are not from this device.
fn updates_meanwhile(desk: Desk, run: &RunId, live: &Live, since: DateTime<Utc>) -> Vec<Theirs> {
    let first_seen = |id: &str| first_seen(desk, id);
    let known = Known {
        first_seen: &first_seen,
        since,
    };
    run_of(desk, run).map_or_else(Vec::new, |log| {
        updates_since(&log, &desk.device(), &live.incident, &known)
    })
}

/// The incidents of others that may be the same.
fn opened_meanwhile(
    desk: Desk,
    run: &RunId,
    lives: &[Live],
    since: DateTime<Utc>,
    asked: bool,
) -> Vec<Theirs> {
    let declared = untrack(|| desk.view(run)).map(|view| view.state.declared_at);
    let first_seen = |id: &str| first_seen(desk, id);
    let known = Known {
        first_seen: &first_seen,
        since,
    };
    let page = lives.iter().map(|live| OnPage {
        incident: &live.incident,
        metadata: &live.metadata.0,
        runs: runs_on(desk, &live.incident.id),
    });
    opened_since(run, declared, page, &known, asked)
}

fn first_seen(desk: Desk, id: &str) -> Option<DateTime<Utc>> {
    desk.sharing
        .book
        .with_value(|book| book.seen.get(id).copied())
}
