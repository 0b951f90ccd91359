//! What a responder chose for the next post: status, component states, switches. They are drafts of the incident: they
//! survive another tab of the composer, Back and a reload, and end with the post or with the episode. While the post is on
//! its way they rest; where it is taken back or does not arrive, they are there again.

use leptos::prelude::*;

use super::super::IncidentContext;
use crate::console::desk::kept::drafts::{Drafts, post_field};
use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::incident::IncidentStatus;
use crate::sop::compose;
use crate::sop::event::ComponentChange;

/// The choices of an incident's present episode; where nothing is chosen, what the SOP proposes.
#[derive(Clone, Copy)]
pub struct Choices {
    open: IncidentContext,
    drafts: Drafts,
    episode: Memo<Option<u32>>,
    /// Whether the post that they were chosen for has left.
    spent: Memo<bool>,
}

const STATUS: &str = "status";
const COMPONENTS: &str = "components";
const NOTIFY: &str = "notify";
const PROMISE: &str = "promise";
/// The operation of the post that they were frozen with.
const LEFT_WITH: &str = "left-with";

impl Choices {
    /// Those of an incident.
    pub fn of(open: IncidentContext) -> Self {
        let drafts = open.desk.drafts();
        let episode = open.slice(|view| view.state.episode);
        let spent = Memo::new(move |_| {
            let field = post_field(&open.id(), episode.get().unwrap_or(1), LEFT_WITH);
            drafts.get(&field).is_some_and(|op| {
                open.view.with(|view| {
                    view.as_ref()
                        .is_some_and(|view| compose::has_left(&view.state, &op))
                })
            })
        });
        Self {
            open,
            drafts,
            episode,
            spent,
        }
    }

    fn field(self, what: &str, episode: Option<u32>) -> String {
        post_field(&self.open.id(), episode.unwrap_or(1), what)
    }

    fn get(self, what: &str) -> Option<String> {
        if self.spent.get() {
            return None;
        }
        self.drafts.get(&self.field(what, self.episode.get()))
    }

    fn set(self, what: &str, text: String) {
        self.begin_anew_if_spent();
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

    /// The component states that were chosen; of a component that was taken out of the incident since, none.
    pub fn components(self) -> Vec<ComponentChange> {
        let kept = self.get(COMPONENTS);
        let chosen: Vec<ComponentChange> = kept
            .and_then(|kept| serde_json::from_str(&kept).ok())
            .unwrap_or_default();
        self.open.view.with(|view| {
            let touched = view.as_deref().map(|view| &view.state.components);
            let stays =
                |change: &ComponentChange| touched.is_some_and(|ids| ids.contains(&change.id));
            chosen.into_iter().filter(stays).collect()
        })
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

    /// The post was frozen, and they are spent when it leaves, in every tab.
    pub fn leave_with(self, op: String) {
        self.begin_anew_if_spent();
        let field = self.field(LEFT_WITH, self.episode.get_untracked());
        self.drafts.set_everywhere(&field, op);
    }

    fn begin_anew_if_spent(self) {
        if self.spent.get_untracked() {
            let all = self.field("", self.episode.get_untracked());
            let names = [STATUS, COMPONENTS, NOTIFY, PROMISE, LEFT_WITH];
            self.drafts.spend_all(&all, &names);
        }
    }
}

fn yes_or_no(on: bool) -> String {
    if on { "yes" } else { "no" }.to_owned()
}
