//! What a post means for the components of its incident. It is frozen with the message; what it changes is settled by
//! the states that the page has when it leaves, because others post meanwhile (`docs/decisions.md`, "Decided since", 4).

use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::incident::IncidentId;
use crate::domain::page::Snapshot;
use crate::sop::duty::DutyKind;
use crate::sop::event::ComponentChange;

use super::{PageOptions, Sendable};

/// A component of the incident as the responder saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    pub id: ComponentId,
    /// How the page showed it; `None` where it could not be read.
    pub seen: Option<Standing>,
    /// What it becomes; `None` where the post says nothing of it.
    pub becomes: Option<ComponentState>,
}

/// How a component stands on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub id: ComponentId,
    pub state: ComponentState,
    /// The worst that other open incidents say of it.
    pub others: Option<ComponentState>,
}

/// How these components stand on a page beside an incident; those that the page does not have are left out.
pub fn standing<'a>(
    page: &Snapshot,
    own: Option<&IncidentId>,
    ids: impl Iterator<Item = &'a ComponentId>,
) -> Vec<Standing> {
    ids.filter_map(|id| {
        let state = page.component(id)?.state.clone();
        let others = page.said_by_others(id, own);
        let id = id.clone();
        Some(Standing { id, state, others })
    })
    .collect()
}

/// What a post with these options means for the components of its incident. One that the page does not have any more
/// is left out, unless the post is to change it.
pub(in crate::sop) fn meant(
    touched: &[ComponentId],
    options: &PageOptions,
    page: Option<&Snapshot>,
    own: Option<&IncidentId>,
) -> Vec<Meant> {
    let chosen = options.components.iter().map(|change| &change.id);
    let more = chosen.filter(|id| !touched.contains(id));
    touched
        .iter()
        .chain(more)
        .filter_map(|id| {
            let seen = page.and_then(|page| standing(page, own, std::iter::once(id)).pop());
            let mut changes = options.components.iter();
            let becomes = changes.find(|change| change.id == *id);
            let becomes = becomes.map(|change| change.state.clone());
            (page.is_none() || seen.is_some() || becomes.is_some()).then(|| Meant {
                id: id.clone(),
                seen,
                becomes,
            })
        })
        .collect()
}

impl Sendable {
    /// The components of its incident: attached to it on the page, whether or not the post changes them.
    pub fn touches(&self) -> impl Iterator<Item = &ComponentId> {
        self.meant.iter().map(|meant| &meant.id)
    }

    /// What it changes on a page where the components stand like this; one that is not among them stands as it was
    /// seen. The same as was frozen, where nobody else has changed anything.
    pub fn changes(&self, now: &[Standing]) -> Vec<ComponentChange> {
        let frozen = self.record.page.as_ref();
        if self.meant.is_empty() {
            return frozen.map_or_else(Vec::new, |page| page.components.clone());
        }
        let change = |meant: &Meant| {
            let now = now.iter().find(|now| now.id == meant.id);
            let state = meant.settled(self.record.kind, now.or(meant.seen.as_ref()))?;
            let id = meant.id.clone();
            Some(ComponentChange { id, state })
        };
        self.meant.iter().filter_map(change).collect()
    }

    /// The same message, with what it means for the components.
    #[must_use]
    pub(in crate::sop) fn meaning(mut self, meant: Vec<Meant>) -> Self {
        self.meant = meant;
        self
    }
}

impl Meant {
    /// The state to write; `None` where the component stays as it stands `now`.
    fn settled(&self, kind: DutyKind, now: Option<&Standing>) -> Option<ComponentState> {
        let mut becomes = self.becomes.clone()?;
        let seen = self.seen.as_ref();
        let resolves = kind == DutyKind::Resolved;
        let says_all = resolves || matches!(kind, DutyKind::First | DutyKind::Reopened);
        let is_left = seen.is_some_and(|seen| seen.state == becomes);
        if is_left && !says_all {
            return None;
        }
        let others = now.and_then(|now| now.others.as_ref());
        if let Some(others) = others.filter(|_| resolves)
            && seen.is_none_or(|seen| seen.others.as_ref() != Some(others))
        {
            // Another incident says so since this was frozen.
            becomes = becomes.worse(others.clone());
        }
        let improves = resolves || seen.is_some_and(|seen| seen.state.is_worse_than(&becomes));
        let stays = now.is_some_and(|now| {
            now.state == becomes || (!improves && now.state.is_worse_than(&becomes))
        });
        (!stays).then_some(becomes)
    }
}
