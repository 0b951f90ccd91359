//! Two consoles must not both send one email: before it leaves, the sender claims it in front of the others.

use chrono::TimeDelta;
use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::console::desk::Desk;
use crate::domain::utc_text;
use crate::platform::clock;
use crate::sop::duty::DutyKind;
use crate::sop::event::EventKind;
use crate::sop::run::RunId;
use crate::sop::shared::{Claim, Sheet, live_claims, overtaken};
use crate::words;

use super::rounds::{read_one, run_of, write_now};

/// How long after a claim was written it is looked whether it still stands there.
const LOOK_MS: u32 = 1_500;
/// How long after that it is looked who else claimed: longer than another console needs to see that its own
/// claim was replaced, and to write it once more.
const WAIT_MS: u32 = 3_500;
/// A claim that was under way for so long may have replaced one that its console has looked after already.
const SLOW: TimeDelta = TimeDelta::seconds(3);
/// How long is waited after such a one: until every open console has read the incident again, and has written
/// back what was missing.
const SLOW_WAIT_MS: u32 = 20_000;
/// How often a claim that does not stand there is written before the responder is told.
const TRIES: usize = 4;

/// Claims an email: says beside the incident that this device means to send it, makes sure that the claim stands
/// there, and reads again; of several claims the lowest event id holds. On the embedded page, and while nothing
/// of the incident is on the page, nobody shares it, and the claim holds at once. Where the page cannot be read or
/// written the email leaves all the same, and the responder is told: mail must not depend on the status page.
///
/// The vendor has no conditional write, so a claim that another console writes at the same moment may replace this
/// one. It is then written again, together with the other's, and the wait begins anew: whoever reads last sees
/// both. The window that remains is in `docs/sharing.md`.
///
/// # Errors
/// Who is sending it, for people.
pub async fn claim(
    desk: Desk,
    run: &RunId,
    op: &str,
    kind: DutyKind,
    episode: u32,
) -> Result<(), String> {
    let incident = untrack(|| desk.view(run)).and_then(|view| view.state.page_incident.clone());
    let Some(incident) = incident.filter(|_| desk.page_of(run).is_shared()) else {
        return Ok(());
    };
    let mut turn = desk.sharing.turn().await;
    if let Err(error) = read_one(desk, run, &incident).await {
        alone(desk, &error);
        return Ok(());
    }
    let mut read_at = clock::now();
    if let Some(other) = other(desk, run, op, kind, episode) {
        return Err(other);
    }
    let claimed = EventKind::Claimed {
        op: op.to_owned(),
        kind,
        episode,
    };
    desk.dispatch(run, claimed, None)
        .map_err(|refusal| words::refusal(refusal).to_owned())?;
    for _ in 0..TRIES {
        // The claim is written now, however lately something else was.
        if let Err(error) = write_now(desk, run, &incident).await {
            alone(desk, &error);
            return Ok(());
        }
        let slow = clock::now() - read_at > SLOW;
        for wait in [LOOK_MS, if slow { SLOW_WAIT_MS } else { WAIT_MS }] {
            // Others of this console read and post meanwhile.
            drop(turn);
            clock::sleep(wait).await;
            turn = desk.sharing.turn().await;
            if let Err(error) = read_one(desk, run, &incident).await {
                alone(desk, &error);
                return Ok(());
            }
            read_at = clock::now();
            if let Some(other) = other(desk, run, op, kind, episode) {
                return Err(other);
            }
            if !stands(desk, run, op) {
                break;
            }
        }
        if stands(desk, run, op) {
            return Ok(());
        }
    }
    desk.warn(
        "The other consoles could not be told that this email is being sent: what is written beside the incident does not stay there. It is sent from here; make sure that nobody else does.",
    );
    Ok(())
}

/// Whether a claim stood beside the incident when it was last read.
fn stands(desk: Desk, run: &RunId, wanted: &str) -> bool {
    let beside = desk
        .sharing
        .notes(run, |notes| Sheet::read(&notes.beside))
        .unwrap_or_default();
    beside
        .iter()
        .flat_map(Sheet::events)
        .any(|event| matches!(event.what, EventKind::Claimed { op, .. } if op == wanted))
}

/// Claims an email again that is gone on with: whoever paused it may have been away for hours.
///
/// # Errors
/// Who is sending it, for people.
pub async fn claim_again(desk: Desk, run: &RunId, op: &str, kind: DutyKind) -> Result<(), String> {
    let before = run_of(desk, run).and_then(|log| {
        log.events().find_map(|event| {
            let EventKind::Claimed {
                op: known, episode, ..
            } = &event.what
            else {
                return None;
            };
            (known == op).then_some(*episode)
        })
    });
    let episode = before
        .or_else(|| untrack(|| desk.view(run)).map(|view| view.state.episode))
        .unwrap_or(1);
    claim(desk, run, op, kind, episode).await
}

/// Who sends it or has sent it, where that is not this operation.
fn other(desk: Desk, run: &RunId, op: &str, kind: DutyKind, episode: u32) -> Option<String> {
    let device = desk.device();
    let log = run_of(desk, run)?;
    if let Some(sent) = overtaken(&log, op, kind, episode) {
        return Some(format!(
            "{} has sent this email from another console meanwhile, at {}; end this sending here",
            sent.who,
            utc_text::clock(sent.at)
        ));
    }
    let holds: Claim = live_claims(&log, kind, episode, desk.fresh_now())
        .into_iter()
        .find(|claim| claim.op == op || claim.id.device != device)?;
    (holds.op != op).then(|| {
        format!(
            "{} is sending this email from another console, since {}",
            holds.who,
            utc_text::clock(holds.at)
        )
    })
}

fn alone(desk: Desk, error: &ApiError) {
    desk.warn(format!(
        "The other consoles could not be asked whether somebody else sends this email: {error}. It is sent from here; make sure that nobody else does."
    ));
}
