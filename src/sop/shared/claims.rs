//! Who means to send an email: claims, so that two consoles do not both send the same.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::calendar::later;
use crate::sop::duty::DutyKind;
use crate::sop::event::{EventId, EventKind, SendOutcome};
use crate::sop::patience::UNFINISHED;
use crate::sop::run::Run;

/// How long a claim holds without the send that it is for.
const UNUSED: TimeDelta = TimeDelta::minutes(2);

/// A claim that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its event; of several live claims the lowest holds.
    pub id: EventId,
    /// The operation that it is for.
    pub op: String,
    /// By whom.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The live claims on a kind of message of an episode at `now`, the one that holds first. A claim lapses
/// after two minutes without its send, when its send failed or finished, and an hour after a send that
/// never did. A sending that goes on later is claimed again, and that claim counts from then.
pub fn live_claims(run: &Run, kind: DutyKind, episode: u32, now: DateTime<Utc>) -> Vec<Claim> {
    claims(run, kind, episode)
        .filter(|claim| is_live(run, claim, now))
        .collect()
}

/// All of them, in their order.
fn claims(run: &Run, kind: DutyKind, episode: u32) -> impl Iterator<Item = Claim> {
    run.events().filter_map(move |event| {
        let EventKind::Claimed {
            op,
            kind: claimed,
            episode: of,
        } = &event.what
        else {
            return None;
        };
        (*claimed == kind && *of == episode).then(|| Claim {
            id: event.id.clone(),
            op: op.clone(),
            who: event.who.clone(),
            at: event.corrected(),
        })
    })
}

fn is_live(run: &Run, claim: &Claim, now: DateTime<Utc>) -> bool {
    let mut until = later(claim.at, UNUSED);
    for event in run.events() {
        if let EventKind::SendStarted { op, .. } = &event.what
            && *op == claim.op
        {
            until = until.max(later(event.corrected().max(claim.at), UNFINISHED));
        }
        // What came before the claim says nothing of what it is for.
        if event.id < claim.id {
            continue;
        }
        if let EventKind::SendAnswered {
            op,
            outcome: SendOutcome::Failed { .. },
        }
        | EventKind::EmailFinished { op, .. } = &event.what
            && *op == claim.op
        {
            return false;
        }
    }
    now <= until
}

/// The claim of another operation that sent the same email since `op` was first claimed: whoever went on with
/// `op` would mail the same people twice.
pub fn overtaken(run: &Run, op: &str, kind: DutyKind, episode: u32) -> Option<Claim> {
    let claims = || claims(run, kind, episode);
    let first = claims().find(|claim| claim.op == op)?;
    let was_sent = |claim: &Claim| {
        run.events().any(|event| {
            let EventKind::SendAnswered {
                op,
                outcome: SendOutcome::Accepted { .. },
            } = &event.what
            else {
                return false;
            };
            *op == claim.op
        })
    };
    claims().find(|claim| claim.op != op && claim.id > first.id && was_sent(claim))
}
