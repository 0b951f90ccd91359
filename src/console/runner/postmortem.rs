//! Letting the public text of a post-mortem leave. It is one text in one place, so that publishing it again changes
//! nothing; all the same it is only done again by a person.

use crate::api::page::WritePage;
use crate::delivery::outcome_of;
use crate::domain::incident::IncidentId;
use crate::sop::event::{Receipt, SendOutcome};
use crate::sop::run::RunId;

use super::answer;
use super::world::World;

/// Publishes it. Where the answer was lost, the page is asked.
pub(super) async fn publish(
    world: &impl World,
    run: &RunId,
    op: String,
    incident: Option<IncidentId>,
    text: &str,
) {
    let Some(incident) = incident else {
        let reason = "the incident is not on the status page".to_owned();
        return answer(world, run, op, SendOutcome::Failed { reason }).await;
    };
    let page = world.page(run);
    let published = page
        .publish_postmortem(&incident, text, world.server_now())
        .await;
    let there = SendOutcome::Accepted {
        receipt: Receipt::default(),
    };
    let outcome = match published {
        Ok(()) => there,
        Err(error) if !error.may_have_happened() => outcome_of(&error),
        Err(error) => match page.has_postmortem(&incident, text).await {
            Ok(true) => there,
            Ok(false) => SendOutcome::Failed {
                reason: format!("{error}, and it is not on the status page"),
            },
            Err(_) => outcome_of(&error),
        },
    };
    let is_there = matches!(outcome, SendOutcome::Accepted { .. });
    answer(world, run, op, outcome).await;
    if is_there {
        world.posted(run).await;
    }
}
