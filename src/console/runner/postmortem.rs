//! Letting the public text of a post-mortem leave. It is one text in one place, so that publishing it again changes
//! nothing; all the same it is only done again by a person. What a colleague has written there is read before it is
//! replaced, and a person is asked.

use chrono::TimeDelta;

use crate::api::page::WritePage;
use crate::delivery::outcome_of;
use crate::delivery::posting::LOOKS;
use crate::delivery::postmortem::{NotKept, sent, unseen};
use crate::domain::incident::IncidentId;
use crate::domain::text::same;
use crate::sop::event::{Receipt, SendOutcome};
use crate::sop::message::Sendable;
use crate::sop::run::RunId;

use super::answer;
use super::before::ask_to_replace;
use super::world::{Replacing, World};

/// Publishes it. Where the answer was lost, the page is asked at the same times as for a post ([`LOOKS`]): a text that is
/// not there yet may still come, so that it is unknown and never said to have failed.
pub(super) async fn publish(
    world: &impl World,
    run: &RunId,
    op: String,
    incident: Option<IncidentId>,
    message: &Sendable,
) {
    let Some(incident) = incident else {
        let reason = "the incident is not on the status page".to_owned();
        return answer(world, run, op, SendOutcome::Failed { reason }).await;
    };
    let text = &message.record().text;
    let replacing = Replacing::Published(message.frozen_at());
    if let Err(reason) = may_replace(world, run, &incident, text, replacing).await {
        return answer(world, run, op, SendOutcome::Failed { reason }).await;
    }
    let page = world.page(run);
    let published = page
        .publish_postmortem(&incident, text, world.server_now())
        .await;
    let Err(error) = published else {
        return is_there(world, run, op).await;
    };
    let may_be_there = error.may_have_happened();
    // At once, so that nobody is told of a doubt that lasts a moment.
    let [at_once, later @ ..] = LOOKS;
    if may_be_there && shows(world, &page, &incident, text, at_once).await {
        return is_there(world, run, op).await;
    }
    answer(world, run, op.clone(), outcome_of(&error)).await;
    for wait in later.into_iter().filter(|_| may_be_there) {
        if shows(world, &page, &incident, text, wait).await {
            return is_there(world, run, op).await;
        }
    }
}

/// Readers have it.
async fn is_there(world: &impl World, run: &RunId, op: String) {
    let receipt = Receipt::default();
    answer(world, run, op, SendOutcome::Accepted { receipt }).await;
    world.posted(run).await;
}

/// Whether readers have a text after `wait`. A page that cannot be read does not say that they have not.
async fn shows<W: World>(
    world: &W,
    page: &W::Page,
    incident: &IncidentId,
    text: &str,
    wait: TimeDelta,
) -> bool {
    let ms = u32::try_from(wait.num_milliseconds()).unwrap_or(0);
    world.sleep(ms).await;
    let there = page.postmortem(incident).await;
    there.is_ok_and(|there| there.published.is_some_and(|body| same(&body, text)))
}

/// Keeps a text as a draft on the page.
///
/// # Errors
/// Why it is not there, or may not be.
pub async fn keep_draft(
    world: &impl World,
    run: &RunId,
    incident: &IncidentId,
    text: &str,
) -> Result<(), NotKept> {
    may_replace(world, run, incident, text, Replacing::Draft)
        .await
        .map_err(NotKept::Held)?;
    let kept = world.page(run).draft_postmortem(incident, text).await;
    kept.map_err(|error| {
        let why = error.in_full();
        if error.may_have_happened() {
            NotKept::Lost(why)
        } else {
            NotKept::Failed(why)
        }
    })
}

/// Reads what stands on a page that others write to, and asks where it is not known here.
async fn may_replace(
    world: &impl World,
    run: &RunId,
    incident: &IncidentId,
    text: &str,
    replacing: Replacing,
) -> Result<(), String> {
    if !world.is_shared(run) {
        return Ok(());
    }
    let there = world.page(run).postmortem(incident).await;
    let there = there.map_err(|error| {
        format!(
            "{}. The post-mortem on the page is read before it is replaced, and it could not be read",
            error.in_full()
        )
    })?;
    let mut seen = world.seen_postmortems(run);
    seen.extend(world.state(run).iter().flat_map(sent));
    let theirs = unseen(there, text, &seen);
    if theirs.is_empty() {
        Ok(())
    } else {
        ask_to_replace(world, theirs, text, replacing).await
    }
}
