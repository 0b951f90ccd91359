//! Publishing a post-mortem. It is one text in one place, so that publishing it again changes nothing; all
//! the same it is only done again by a person.

use leptos::prelude::untrack;

use crate::api::page::WritePage;
use crate::console::desk::Desk;
use crate::domain::incident::IncidentId;
use crate::sop::run::RunId;

/// Publishes a post-mortem that was just recorded. Where the answer was lost, the page is asked.
pub(super) async fn postmortem(desk: Desk, run: &RunId, incident: &IncidentId, text: &str) {
    let page = desk.page_of(run);
    let Err(error) = page
        .publish_postmortem(incident, text, desk.fresh_now())
        .await
    else {
        return desk.say("The post-mortem is on the status page.");
    };
    if !error.may_have_happened() {
        return desk.alarm(format!(
            "The post-mortem is recorded here, but could not be published: {error}. Publish it again on its page."
        ));
    }
    match page.has_postmortem(incident, text).await {
        Ok(true) => desk.say(
            "The post-mortem is on the status page: the answer was lost, and it was found there.",
        ),
        Ok(false) => desk.alarm(format!(
            "The post-mortem is recorded here, and is not on the status page: {error}. Publish it again on its page."
        )),
        Err(_) => desk.alarm(format!(
            "The post-mortem is recorded here. No answer came ({error}), so it may be on the status page already. Publish it again on its page; it stays one post-mortem."
        )),
    }
}

/// Publishes a recorded post-mortem again, unless readers have it.
pub async fn publish_again(desk: Desk, run: RunId) {
    let found = untrack(|| desk.view(&run)).and_then(|view| {
        let text = view.state.postmortem?.text;
        Some((view.state.page_incident?, text))
    });
    let Some((incident, text)) = found else {
        return;
    };
    match desk.page_of(&run).has_postmortem(&incident, &text).await {
        Ok(true) => desk.say("The post-mortem is on the status page already."),
        Ok(false) => postmortem(desk, &run, &incident, &text).await,
        Err(error) => desk.alarm(format!(
            "The status page could not be read, so nothing was published: {error}."
        )),
    }
}
