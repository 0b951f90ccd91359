//! Publishing a post-mortem. It is one text in one place, so that publishing it again changes nothing; all
//! the same it is only done again by a person.

use crate::api::page::WritePage;
use crate::delivery::notice::{Found, Notice};
use crate::domain::incident::IncidentId;
use crate::sop::run::RunId;

use super::world::World;

/// Publishes a post-mortem that was just recorded. Where the answer was lost, the page is asked.
pub(super) async fn postmortem(world: &impl World, run: &RunId, incident: &IncidentId, text: &str) {
    let page = world.page(run);
    let Err(error) = page
        .publish_postmortem(incident, text, world.server_now())
        .await
    else {
        return world.tell(Notice::PostmortemPublished(Found::Answered));
    };
    let why = error.to_string();
    if !error.may_have_happened() {
        return world.tell(Notice::PostmortemNotPublished(Found::Answered, why));
    }
    world.tell(match page.has_postmortem(incident, text).await {
        Ok(true) => Notice::PostmortemPublished(Found::Asked),
        Ok(false) => Notice::PostmortemNotPublished(Found::Asked, why),
        Err(_) => Notice::PostmortemUnknown(why),
    });
}

/// Publishes a recorded post-mortem again, unless readers have it.
pub async fn publish_again(world: &impl World, run: &RunId) {
    let found = world
        .state(run)
        .and_then(|state| Some((state.page_incident?, state.postmortem?.text)));
    let Some((incident, text)) = found else {
        return;
    };
    match world.page(run).has_postmortem(&incident, &text).await {
        Ok(true) => world.tell(Notice::PostmortemPublished(Found::Before)),
        Ok(false) => postmortem(world, run, &incident, &text).await,
        Err(error) => world.tell(Notice::PostmortemNotAsked(error.to_string())),
    }
}
