//! The status page as the desk sees it: its components and incidents, the first start's offer of the
//! embedded one, and following its changes.

use chrono::TimeDelta;
use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::api::page::ReadPage;
use crate::api::provider::watch;
use crate::delivery::postmortem::NotKept;
use crate::domain::component::{Component, ComponentState};
use crate::domain::incident::IncidentId;
use crate::platform::{clock, page, storage};
use crate::sop::run::RunId;

use crate::console::desk::screen::saying::Topic;
use crate::console::desk::{Desk, outgoing};

const ASKED: &str = "first-start";
const DEMO_SEED: u64 = 0x0A11_C1EA;
const BEFORE: &str = "components";
/// How often a hosted page is read again for its components: each reading takes from what the team may ask.
const SLOW_LOOK_MS: u32 = 300_000;

/// How far apart two readings are at least that a tab asks for by being looked at.
const LOOK_AT_MOST: TimeDelta = TimeDelta::seconds(15);

/// Sets up an empty page for the configured components, and follows its changes.
pub(in crate::console::desk) async fn open(desk: Desk) {
    let components = desk
        .setup
        .with_untracked(|setup| setup.config().map(|config| config.components.clone()));
    let service = desk.service();
    if let Some(components) = components
        && let Some((_, writer)) = service.kept_here()
        && let Err(error) = writer.seed_components(&components).await
    {
        desk.alarm(format!(
            "The embedded status page could not be set up: {error}."
        ));
    }
    if service.is_shared() {
        return open_hosted(desk).await;
    }
    refresh(desk).await;
    match watch(move || leptos::task::spawn_local(refresh(desk))) {
        Ok(subscription) => subscription.forever(),
        Err(error) => desk.alarm(format!("Changes of other tabs are not seen here: {error}.")),
    }
    let asked = storage::local::get(ASKED).is_ok_and(|said| said.is_some());
    desk.first_start.set(!asked);
}

/// Takes over the components that were read before, and reads the hosted page now and then.
async fn open_hosted(desk: Desk) {
    let kept = storage::local::get(BEFORE).ok().flatten();
    let kept: Option<Vec<Component>> = kept.and_then(|kept| serde_json::from_str(&kept).ok());
    desk.page_before.set(kept.unwrap_or_default());
    refresh(desk).await;
    desk.follow_drills().await;
    clock::every(SLOW_LOOK_MS, move |_| {
        if page::visible() {
            leptos::task::spawn_local(refresh(desk));
        }
    })
    .forever();
    // A tab that nobody saw may be hours behind; going to and fro reads it no more often than this.
    let mut looked_at = clock::now();
    let seen = page::on_visible(move |visible| {
        let now = clock::now();
        if visible && now - looked_at >= LOOK_AT_MOST {
            looked_at = now;
            leptos::task::spawn_local(refresh(desk));
        }
    });
    // A browser that cannot tell reads it now and then all the same.
    if let Ok(listener) = seen {
        listener.forever();
    }
}

/// Reads the page as the provider shows it now.
pub(in crate::console) async fn refresh(desk: Desk) {
    match desk.service().snapshot().await {
        Ok(snapshot) => {
            if desk.service().is_shared() {
                remember(desk, &snapshot.components);
            }
            desk.page.set(Some(snapshot));
            desk.take_back(&Topic::Page);
        }
        // The banner of the edge says it, and the page is read when somebody has logged in.
        Err(ApiError::LoginNeeded) => {}
        // Read before, it stands as it was; a send that fails tells so itself, and louder.
        Err(_) if desk.service().is_shared() && desk.page.with_untracked(Option::is_some) => {}
        Err(error) => {
            let text = format!("The status page could not be read: {error}.");
            desk.tell_for_now(Topic::Page, true, text);
        }
    }
    desk.page_asked.set(true);
}

/// Keeps the names of a hosted page's components, so that an incident can be declared while nothing can be
/// read. Their states are not kept: nobody knows them then.
fn remember(desk: Desk, components: &[Component]) {
    let names: Vec<Component> = components
        .iter()
        .map(|component| Component {
            state: ComponentState::Unknown("not read".to_owned()),
            ..component.clone()
        })
        .collect();
    if desk.page_before.with_untracked(|before| *before == names) {
        return;
    }
    // What cannot be kept is read again next time.
    if let Ok(text) = serde_json::to_string(&names) {
        let _kept = storage::local::set(BEFORE, &text);
    }
    desk.page_before.set(names);
}

/// Puts a year of made-up incidents on the page, labelled as such.
pub(in crate::console::desk) async fn add_demo(desk: Desk) {
    let service = desk.service();
    let Some((_, writer)) = service.kept_here() else {
        return;
    };
    match writer.seed_demo(DEMO_SEED, clock::now()).await {
        Ok(count) => {
            desk.answered();
            desk.say(format!(
                "{count} made-up incidents are on the page, labelled as a demonstration."
            ));
            refresh(desk).await;
        }
        Err(error) => desk.alarm(format!("The demonstration could not be added: {error}.")),
    }
}

impl Desk {
    /// Whether the first start's offer is still to be answered.
    pub fn demo_asked(self) -> Signal<bool> {
        self.first_start.into()
    }

    /// Answers the first start's offer: the page stays empty.
    pub fn keep_empty_page(self) {
        self.answered();
        self.say("Your status page is empty and ready.");
    }

    /// Takes the demonstration off the page again.
    pub fn clear_demo(self) {
        leptos::task::spawn_local(async move {
            let service = self.service();
            let Some((_, writer)) = service.kept_here() else {
                return;
            };
            match writer.clear_demo().await {
                Ok(count) => {
                    self.say(format!(
                        "{count} made-up incidents were taken off the page."
                    ));
                    refresh(self).await;
                }
                Err(error) => {
                    self.alarm(format!("The demonstration could not be removed: {error}."));
                }
            }
        });
    }

    /// Keeps a post-mortem as a draft on the hosted page; readers see it only once it is published.
    pub fn save_postmortem_draft(self, run: RunId, incident: IncidentId, text: String) {
        leptos::task::spawn_local(async move {
            outgoing::keep_draft(self, run, incident, text).await;
        });
    }

    /// Says what became of a draft, and remembers it as seen where it is on the page.
    pub(in crate::console::desk) fn told_of_draft(
        self,
        run: &RunId,
        text: String,
        kept: Result<(), NotKept>,
    ) {
        match kept {
            Ok(()) => {
                self.saw_postmortem(run, "draft", text);
                self.say("The draft is on the page; readers do not see it.");
            }
            Err(NotKept::Lost(why)) => self.alarm(format!(
                "No answer came ({why}): the draft may be on the page or not. It is kept here; save it again."
            )),
            Err(NotKept::Held(why) | NotKept::Failed(why)) => self.alarm(format!(
                "The draft was not saved on the page: {why}. It is kept here."
            )),
        }
    }

    /// Notes a post-mortem of the page that the responder has had before them: `which` of those there may be.
    pub fn saw_postmortem(self, run: &RunId, which: &str, text: String) {
        self.drafts.set(&seen_field(run, which), text);
    }

    pub(in crate::console::desk) fn seen_postmortems(self, run: &RunId) -> Vec<String> {
        let seen = ["published", "draft"].map(|which| seen_field(run, which));
        let texts = seen
            .iter()
            .filter_map(|field| self.drafts.get_untracked(field));
        texts.collect()
    }

    fn answered(self) {
        self.first_start.set(false);
        // A denied storage asks again next time, which harms nobody.
        let _kept = storage::local::set(ASKED, "answered");
    }
}

fn seen_field(run: &RunId, which: &str) -> String {
    format!("seen-postmortem/{}/{which}", run.0)
}
