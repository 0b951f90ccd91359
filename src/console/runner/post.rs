//! Letting a status-page post leave, and finding out what became of one whose answer was lost.

use crate::api::page::WritePage;
use crate::delivery::posting::{End, LOOKS, Order, Posting, Step};
use crate::domain::incident::IncidentId;
use crate::sop::message::Sendable;
use crate::sop::run::RunId;

use super::before::{SoFar, before_publish};
use super::entered;
use super::world::World;

pub(super) async fn publish(
    world: &impl World,
    run: &RunId,
    op: String,
    incident: Option<IncidentId>,
    message: Sendable,
) {
    let page = world.page(run);
    let is_shared = world.is_shared(run);
    let mut so_far = SoFar::new(incident.clone(), &message);
    let mut posting = Posting::new(Order {
        op: op.clone(),
        run: run.clone(),
        incident,
        message: message.clone(),
        started_at: world.state(run).map(|state| state.first_impact_started),
        is_shared,
    });
    let end = loop {
        match posting.next(world.server_now()) {
            Step::Prepare => {
                let target = before_publish(world, run, &op, &mut so_far, &message).await;
                posting.prepared(target);
            }
            Step::Publish(post) => {
                let answer = page.publish(&post).await;
                let known = world.state(run).and_then(|state| state.page_incident);
                posting.answered(answer, known.as_ref());
            }
            Step::Enter(what) => {
                entered(world, run, *what).await;
                posting.entered();
            }
            Step::Over(end) => break end,
        }
    };
    match end {
        End::Posted => world.posted(run).await,
        End::Gone => world.gone(run),
        End::Lost if is_shared => find_out(world, run).await,
        // The ledger says that it may be there. A page that is not shared opens no second incident with the next post.
        End::NotPosted | End::Lost => {}
    }
}

/// Looks for lost posts on the page until they are found or it was looked for often enough.
pub async fn find_out(world: &impl World, run: &RunId) {
    for wait in LOOKS {
        world
            .sleep(u32::try_from(wait.num_milliseconds()).unwrap_or(0))
            .await;
        if !world.look_for(run).await {
            return;
        }
    }
}
