//! Letting an email leave: one sending, from its plan to the last batch.

use leptos::prelude::untrack;

use crate::console::desk::Desk;
use crate::console::desk::mailing::{Intent, Store};
use crate::console::desk::recipients::person;
use crate::console::desk::sharing::claim;
use crate::platform::clock;
use crate::sop::event::SendOutcome;
use crate::sop::mailing::{Mailing, Plan};
use crate::sop::message::Sendable;
use crate::sop::recipients::Recipient;
use crate::sop::run::RunId;

use super::answer;
use super::drive::{drive, room};

/// Sends a mail to everybody, batch by batch. The first batch that is accepted meets the duty; when
/// every recipient has a final state, it is done (`docs/duties.md` rule 9).
pub(super) async fn mail(desk: Desk, run: &RunId, op: String, message: &Sendable) {
    let kind = message.record().kind;
    let episode = untrack(|| desk.view(run)).map_or(1, |view| view.state.episode);
    let begun = match claim(desk, run, &op, kind, episode).await {
        Ok(()) => begun(desk, run, &op, message).await,
        Err(reason) => Err(reason),
    };
    match begun {
        Ok(()) => drive(desk, op, Intent::Begin).await,
        Err(reason) => answer(desk, run, op, SendOutcome::Failed { reason }).await,
    }
}

/// Writes the whole plan down, before anything of it leaves.
async fn begun(desk: Desk, run: &RunId, op: &str, message: &Sendable) -> Result<(), String> {
    let letter = message
        .letter()
        .ok_or_else(|| "the message is not an email".to_owned())?;
    let mailer = desk.mailer_of(run);
    let (people, hash) = match desk.recipients.taken(op) {
        Some(taken) => taken,
        None if mailer.is_hosted() => return Err("there is nobody to mail".to_owned()),
        None => (vec![person(&Recipient::sample())], None),
    };
    let (from, reply_to) = desk.sender();
    let plan = Plan {
        op: op.to_owned(),
        run: run.clone(),
        service: mailer.name().to_owned(),
        begun_at: clock::now(),
        from,
        reply_to,
        letter: letter.clone(),
        hash,
        pause: None,
        not_before: None,
        unknown_left: false,
    };
    let mailing = Mailing::new(plan, people, room(&mailer));
    let store: Store = desk.mailings.store();
    store
        .begin(&mailing)
        .await
        .map_err(|error| error.to_string())
}
