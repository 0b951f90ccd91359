//! The form's fields: drafts, so that what is typed survives a reload.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::kept::drafts::Typed;
use crate::domain::component::ComponentId;
use crate::sop::playbook::{IncidentType, Playbook};
use crate::sop::severity::Severity;
use crate::ui::time;

pub(super) const PREFIX: &str = "declare/";
/// When something was typed last.
pub(super) const AT: &str = "at";
/// The fields that hold a time.
pub(super) const TIMES: [&str; 2] = ["started", "aware"];
/// The other fields.
const TEXTS: [&str; 9] = [
    "service",
    "more",
    "named",
    "type",
    "severity",
    "symptom",
    "impact",
    "description",
    "data",
];

/// The form's fields, as drafts.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) desk: Desk,
    /// Whether something was typed in this visit of the page.
    pub(super) touched: StoredValue<bool>,
}

impl Form {
    pub(super) fn new(desk: Desk) -> Self {
        Self {
            desk,
            touched: StoredValue::new(false),
        }
    }

    pub(super) fn text(self, field: &'static str) -> Signal<String> {
        Signal::derive(move || {
            self.desk
                .drafts()
                .get(&format!("{PREFIX}{field}"))
                .unwrap_or_default()
        })
    }

    pub(super) fn set(self, field: &'static str) -> impl Fn(String) + Copy + Send + Sync + 'static {
        move |text| {
            self.desk.drafts().set(&format!("{PREFIX}{field}"), text);
            self.note();
        }
    }

    /// Notes that something was typed now.
    pub(super) fn note(self) {
        self.touched.set_value(true);
        let now = time::machine(self.desk.fresh_now());
        let field = format!("{PREFIX}{AT}");
        if self.desk.drafts().get_untracked(&field).as_ref() != Some(&now) {
            self.desk.drafts().set(&field, now);
        }
    }

    /// Whether anything is typed.
    pub(super) fn has_any(self) -> bool {
        let mut fields = TEXTS.iter().chain(&TIMES);
        fields.any(|field| {
            let text = self.desk.drafts().get(&format!("{PREFIX}{field}"));
            text.is_some_and(|text| !text.is_empty())
        })
    }

    pub(super) fn kept(self, field: &'static str) -> Typed {
        self.desk.drafts().field(format!("{PREFIX}{field}"))
    }

    /// The components that are chosen, the first one first.
    pub(super) fn services(self) -> Vec<ComponentId> {
        let first = ComponentId(self.text("service").get());
        let mut ids: Vec<ComponentId> = Vec::new();
        for id in std::iter::once(first).chain(self.more()) {
            if !id.0.is_empty() && !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// The other components that are ticked, in that order.
    pub(super) fn more(self) -> Vec<ComponentId> {
        let more = self.text("more").get();
        let ids = more.split('\n').filter(|id| !id.is_empty());
        ids.map(|id| ComponentId(id.to_owned())).collect()
    }

    /// Ticks one of the others, or takes its tick away.
    pub(super) fn toggle(self, id: &ComponentId, on: bool) {
        let mut more = untrack(|| self.more());
        more.retain(|known| known != id);
        if on {
            more.push(id.clone());
        }
        let ids: Vec<&str> = more.iter().map(|id| id.0.as_str()).collect();
        self.set("more")(ids.join("\n"));
    }

    pub(super) fn kind(self, playbook: &Playbook) -> Option<IncidentType> {
        let chosen = self.text("type").get();
        playbook
            .incident_type(&chosen)
            .or_else(|| playbook.types.first())
            .cloned()
    }

    pub(super) fn severity(self, playbook: &Playbook) -> Option<Severity> {
        let chosen = self.text("severity").get();
        let said = Severity::ALL
            .into_iter()
            .find(|severity| severity.word() == chosen);
        said.or_else(|| self.kind(playbook).map(|kind| kind.default_severity))
    }
}
