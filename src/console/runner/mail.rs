//! Letting an email leave: one sending, from its plan to the last batch.

use crate::api::mail::SendMail;
use crate::delivery::mailing::{Intent, Mailing, Person, Plan};
use crate::sop::event::SendOutcome;
use crate::sop::message::Sendable;
use crate::sop::recipients::Recipient;
use crate::sop::run::{RunId, State};
use crate::sop::severity::Severity;

use super::answer;
use super::before::OTHER_SEVERITY;
use super::drive::{drive, room};
use super::world::World;

/// Sends a mail to everybody, batch by batch. The first batch that is accepted meets the duty; when
/// every recipient has a final state, it is done (`docs/duties.md` rule 9).
pub(super) async fn mail(world: &impl World, run: &RunId, op: String, message: &Sendable) {
    let kind = message.record().kind;
    let before = world.state(run);
    let episode = before.as_ref().map_or(1, |state| state.episode);
    let begun = match world.claim(run, &op, kind, Some(episode)).await {
        // Another console may have changed it, whose word was read with the claims.
        Ok(()) if severity(world.state(run)) != severity(before) => Err(OTHER_SEVERITY.to_owned()),
        Ok(()) => begun(world, run, &op, message).await,
        Err(reason) => Err(reason),
    };
    match begun {
        Ok(()) => drive(world, op, Intent::Begin).await,
        Err(reason) => answer(world, run, op, SendOutcome::Failed { reason }).await,
    }
}

fn severity(state: Option<State>) -> Option<Severity> {
    state.map(|state| state.severity)
}

/// Writes the whole plan down, before anything of it leaves.
async fn begun(
    world: &impl World,
    run: &RunId,
    op: &str,
    message: &Sendable,
) -> Result<(), String> {
    let letter = message
        .letter()
        .ok_or_else(|| "the message is not an email".to_owned())?;
    let mailer = world.mailer(run);
    let (people, hash) = match world.take_people(op) {
        Some(taken) => taken,
        None if mailer.is_hosted() => return Err("there is nobody to mail".to_owned()),
        None => (vec![Person::from(&Recipient::sample())], None),
    };
    let (from, reply_to) = world.sender();
    let plan = Plan {
        op: op.to_owned(),
        run: run.clone(),
        service: mailer.name().to_owned(),
        begun_at: world.now(),
        from,
        reply_to,
        letter: letter.clone(),
        hash,
        pause: None,
        not_before: None,
        unknown_left: false,
        stopped: None,
    };
    let mailing = Mailing::new(plan, people, room(&mailer));
    world
        .begin(&mailing)
        .await
        .map_err(|error| error.to_string())
}
