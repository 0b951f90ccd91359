//! What stands before a post leaves: the page is read once more, and where somebody posted since Publish was
//! pressed, a person is asked. What goes out carries everything that the consoles share.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::api::error::ApiError;
use crate::api::page::{Live, Metadata};
use crate::delivery::posting::Target;
use crate::domain::calendar::later;
use crate::domain::frozen::GREATEST_AGE;
use crate::domain::incident::{IncidentId, IncidentStatus};
use crate::sop::event::EventKind;
use crate::sop::message::{Sendable, standing};
use crate::sop::run::RunId;
use crate::sop::shared::{
    Known, OnPage, STATUS_PAGE, Theirs, opened_since, place_of, updates_since,
};

use super::world::{Clock, Log, Replacing, SharedPage};

const GONE: &str = "the incident is no longer on the status page: somebody deleted it there. Open a new one under “Shared with the other consoles”, then publish again";

/// Why what had to wait does not leave.
pub(super) const TOO_OLD: &str =
    "its text was more than a minute old, so its times were: look at it again";

/// Why what was frozen under another severity does not leave: its words and its promise are of that.
pub(super) const OTHER_SEVERITY: &str = "the severity was changed meanwhile: look at it again";

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

/// Where a post goes by now, and up to when it was decided about what others posted. It holds over every attempt to make
/// it: what a person has decided is not asked again because the service was too busy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoFar {
    /// The incident on the page; `None` opens one.
    incident: Option<IncidentId>,
    /// What was posted before this is decided about, by the server's clock.
    since: DateTime<Utc>,
    /// Whether somebody was asked.
    asked: bool,
}

impl SoFar {
    /// That of a post to an incident about which nobody was asked.
    pub fn new(incident: Option<IncidentId>, message: &Sendable) -> Self {
        Self {
            incident,
            since: message.frozen_at(),
            asked: false,
        }
    }
}

/// Reads the page, asks where it has to be asked, and says where a post goes and what it carries. What was decided stands
/// in `so_far` from then on.
///
/// # Errors
/// Why it does not leave, for the ledger. Nothing was sent then.
pub async fn before_publish<W: Clock + Log + SharedPage>(
    world: &W,
    run: &RunId,
    op: &str,
    so_far: &mut SoFar,
    message: &Sendable,
) -> Result<Target, String> {
    let mut attached = Vec::new();
    loop {
        let theirs = {
            let _turn = world.turn().await;
            if let Some(id) = &so_far.incident {
                let read = world.read_one(run, id).await;
                let live = read.map_err(|error| unread(&error))?.ok_or(GONE)?;
                let theirs = updates_meanwhile(world, run, &live, so_far.since);
                attached = live.incident.components;
                theirs
            } else {
                let read = world.read_whole().await;
                let lives = read.map_err(|error| unread(&error))?;
                // A first post whose answer was lost is on the page after all: this one goes to its incident.
                let found = world.log(run).and_then(|log| place_of(&log).cloned());
                if found.is_some() {
                    so_far.incident = found;
                    continue;
                }
                opened_meanwhile(world, run, &lives, so_far.since, so_far.asked)
            }
        };
        if theirs.is_empty() {
            break;
        }
        let read_at = world.server_now();
        let held = Held {
            theirs,
            title: message.record().title.clone(),
            text: message.record().text.clone(),
            about: match &so_far.incident {
                Some(_) => About::Update,
                None => About::Opening,
            },
        };
        let until = later(message.frozen_at(), GREATEST_AGE);
        let joined = ask(world, held, until).await?;
        (so_far.since, so_far.asked) = (read_at, true);
        if let Some(other) = joined {
            let place = EventKind::PageIncident { id: other.clone() };
            world.enter(run, place).await;
            so_far.incident = Some(other);
        }
    }
    // The reading may have waited for a busy service.
    if message.is_stale(world.server_now()) {
        return Err(TOO_OLD.to_owned());
    }
    // It may have been changed on another console, whose word was read with the page.
    let made_under = message.record().page.as_ref().map(|page| page.severity);
    let severity = world.state(run).map(|state| state.severity);
    if made_under.is_some() && severity.is_some() && made_under != severity {
        return Err(OTHER_SEVERITY.to_owned());
    }
    let standing = world.last_read().map_or_else(Vec::new, |page| {
        standing(&page, so_far.incident.as_ref(), message.touches())
    });
    Ok(Target {
        incident: so_far.incident.clone(),
        attached,
        standing,
        metadata: Metadata(carried(world, run, op)),
    })
}

fn unread(error: &ApiError) -> String {
    format!(
        "{}. The status page is read before every post, so that nobody posts over somebody else, and it could not be read",
        error.in_full()
    )
}

/// Everything that is shared, with this operation in the ring: it stands there only if the post arrived.
fn carried(world: &(impl Log + SharedPage), run: &RunId, op: &str) -> Map<String, Value> {
    let (mut sheet, beside) = world.to_share(run);
    sheet.reached(&world.device(), op);
    sheet.beside(&beside)
}

/// Holds a post until somebody decided, and not longer than its text stays true. One at a time: nobody decides
/// about a post that they do not see. The incident that it goes to instead, where that was decided.
async fn ask(
    world: &(impl Clock + SharedPage),
    held: Held,
    until: DateTime<Utc>,
) -> Result<Option<IncidentId>, String> {
    const LOOK_AGAIN_MS: u32 = 100;
    let mut holds = false;
    let decided = loop {
        holds = holds || world.hold(&held);
        let decided = if holds { world.decided() } else { None };
        if decided.is_some() || world.server_now() > until {
            break decided;
        }
        world.sleep(LOOK_AGAIN_MS).await;
    };
    if holds {
        world.let_go();
    }
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
pub(super) async fn ask_to_replace(
    world: &(impl Clock + SharedPage),
    texts: Vec<String>,
    ours: &str,
    replacing: Replacing,
) -> Result<(), String> {
    let now = world.server_now();
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
    ask(world, held, later(frozen, GREATEST_AGE))
        .await
        .map(drop)
}

/// The updates that were not known when Publish was pressed, and are not from this device.
fn updates_meanwhile(
    world: &(impl Log + SharedPage),
    run: &RunId,
    live: &Live,
    since: DateTime<Utc>,
) -> Vec<Theirs> {
    let known = Known {
        first_seen: &|id| world.first_seen(id),
        since,
    };
    world.log(run).map_or_else(Vec::new, |log| {
        updates_since(&log, &world.device(), &live.incident, &known)
    })
}

/// The incidents of others that may be the same.
fn opened_meanwhile(
    world: &(impl Log + SharedPage),
    run: &RunId,
    lives: &[Live],
    since: DateTime<Utc>,
    asked: bool,
) -> Vec<Theirs> {
    let declared = world.state(run).map(|state| state.declared_at);
    let known = Known {
        first_seen: &|id| world.first_seen(id),
        since,
    };
    let page = lives.iter().map(|live| OnPage {
        incident: &live.incident,
        metadata: &live.metadata.0,
        runs: world.runs_on(&live.incident.id),
    });
    opened_since(run, declared, page, &known, asked)
}
