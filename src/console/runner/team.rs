//! Telling the team through its webhook. It claims nothing in front of the other consoles, as an email does: the team is told
//! first of all, also while the status page cannot be reached, and two notices to colleagues harm nobody.

use crate::api::error::ApiError;
use crate::api::team::TellTeam;
use crate::delivery::outcome_of;
use crate::sop::event::{Receipt, SendOutcome};
use crate::sop::message::Sendable;
use crate::sop::run::RunId;

use super::before::TOO_OLD;
use super::world::World;
use super::{answer, by_hand};

/// How often a notice is made that the service is too busy for; its text grows old meanwhile.
const TRIES: u32 = 4;
/// How long is waited where a busy service does not say for how long, in seconds.
const PAUSE_SECONDS: u32 = 2;

/// Tells the team. Only what certainly was not done is tried again by itself: one whose answer was lost may stand in the
/// channel, and nobody can ask.
pub(super) async fn tell(world: &impl World, run: &RunId, op: String, message: &Sendable) {
    let Some(team) = world.team(run) else {
        return by_hand(world, run, op).await;
    };
    let mut tries = 0;
    let outcome = loop {
        // The service may have kept it waiting (rule 14).
        if message.is_stale(world.server_now()) {
            let reason = TOO_OLD.to_owned();
            break SendOutcome::Failed { reason };
        }
        tries += 1;
        match team.tell(&message.record().text).await {
            Ok(vendor_id) => {
                let receipt = Receipt {
                    vendor_id,
                    link: None,
                };
                break SendOutcome::Accepted { receipt };
            }
            Err(error) if error.is_short_pause() && tries < TRIES => {
                world.sleep(pause_ms(&error)).await;
            }
            Err(error) => break outcome_of(&error),
        }
    };
    answer(world, run, op, outcome).await;
}

fn pause_ms(busy: &ApiError) -> u32 {
    let asked = match busy {
        ApiError::Busy { after_seconds } => *after_seconds,
        ApiError::Refused(_)
        | ApiError::NotSent(_)
        | ApiError::Unanswered(_)
        | ApiError::Garbled(_)
        | ApiError::LoginNeeded
        | ApiError::Gone(_) => None,
    };
    asked.unwrap_or(PAUSE_SECONDS).max(1).saturating_mul(1_000)
}
