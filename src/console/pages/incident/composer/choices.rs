//! What a responder chose for the next post: status, component states, switches. They are drafts of the incident: they
//! survive another tab of the composer, Back and a reload, and end with the post or with the episode.

use leptos::prelude::*;

use super::super::IncidentContext;
use crate::console::desk::drafts::{Drafts, post_field};
use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::incident::IncidentStatus;
use crate::sop::event::ComponentChange;

/// The choices of an incident's present episode; where nothing is chosen, what the SOP proposes.
#[derive(Clone, Copy)]
pub struct Choices {
    open: IncidentContext,
    drafts: Drafts,
    episode: Memo<Option<u32>>,
}

const STATUS: &str = "status";
const COMPONENTS: &str = "components";
const NOTIFY: &str = "notify";
const PROMISE: &str = "promise";

impl Choices {
    /// Those of an incident.
    pub fn of(open: IncidentContext) -> Self {
        Self {
            open,
            drafts: open.desk.drafts(),
            episode: open.slice(|view| view.state.episode),
        }
    }

    fn field(self, what: &str, episode: Option<u32>) -> String {
        post_field(&self.open.id(), episode.unwrap_or(1), what)
    }

    fn get(self, what: &str) -> Option<String> {
        self.drafts.get(&self.field(what, self.episode.get()))
    }

    fn set(self, what: &str, text: String) {
        let field = self.field(what, self.episode.get_untracked());
        self.drafts.set(&field, text);
    }

    /// The status, where one was chosen.
    pub fn status(self) -> Option<IncidentStatus> {
        self.get(STATUS).map(IncidentStatus::from)
    }

    pub fn choose_status(self, status: &IncidentStatus) {
        self.set(STATUS, status.word().to_owned());
    }

    /// The component states that were chosen.
    pub fn components(self) -> Vec<ComponentChange> {
        let kept = self.get(COMPONENTS);
        kept.and_then(|kept| serde_json::from_str(&kept).ok())
            .unwrap_or_default()
    }

    /// Chooses a component's state.
    pub fn choose_component(self, id: &ComponentId, state: ComponentState) {
        let mut changes = untrack(|| self.components());
        changes.retain(|change| change.id != *id);
        changes.push(ComponentChange {
            id: id.clone(),
            state,
        });
        self.set(
            COMPONENTS,
            serde_json::to_string(&changes).unwrap_or_default(),
        );
    }

    /// Whether the page is to mail its own subscribers, where that was chosen.
    pub fn notify(self) -> Option<bool> {
        self.get(NOTIFY).map(|kept| kept == "yes")
    }

    pub fn choose_notify(self, on: bool) {
        self.set(NOTIFY, yes_or_no(on));
    }

    /// Whether the promise is printed: yes, unless it was switched off.
    pub fn promise(self) -> bool {
        self.get(PROMISE).is_none_or(|kept| kept == "yes")
    }

    /// Switches it.
    pub fn choose_promise(self, on: bool) {
        self.set(PROMISE, yes_or_no(on));
    }

    /// The post was made: its choices end with it.
    pub fn clear(self) {
        let episode = self.episode.get_untracked();
        for what in [STATUS, COMPONENTS, NOTIFY, PROMISE] {
            self.drafts.clear(&self.field(what, episode));
        }
    }
}

fn yes_or_no(on: bool) -> String {
    if on { "yes" } else { "no" }.to_owned()
}
