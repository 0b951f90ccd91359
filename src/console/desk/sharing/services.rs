//! The fact Service on a console that learns from another one that the incident's components have changed: facts are not
//! shared, and it follows here as it did there.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::domain::component::ComponentId;
use crate::domain::incident::IncidentId;
use crate::sop::event::{Event, EventKind};
use crate::sop::facts::Fact;
use crate::sop::run::Run;
use crate::sop::services::service_after;
use crate::sop::shared::learnt;

/// The newest change of components among events.
fn newest<'e>(events: impl Iterator<Item = &'e Event>) -> Option<(&'e Event, &'e [ComponentId])> {
    let set = events.filter_map(|event| {
        let EventKind::ComponentsSet { components } = &event.what else {
            return None;
        };
        Some((event, components.as_slice()))
    });
    set.max_by(|(one, _), (other, _)| one.id.cmp(&other.id))
}

/// What else is entered into a run of this console with what others said of it.
pub(super) fn follow(desk: Desk, run: &Run, said: &[Event], at: &IncidentId) -> Option<Event> {
    let (set, components) = newest(said.iter().filter(|event| !run.has(&event.id)))?;
    // What was said here later counts.
    if newest(run.events()).is_some_and(|(known, _)| known.id > set.id) {
        return None;
    }
    let sop = desk.playbook_now()?;
    let state = run.read_by(&sop, &desk.device(), desk.fresh_now())?;
    let page = untrack(|| desk.components());
    let value = service_after(&state.into_state(), &page, components)?;
    Some(learnt(
        Fact::Service,
        value,
        &at.0,
        set.corrected(),
        &set.id,
    ))
}

/// The components that an incident touches by these events, where they have changed since it was declared.
pub(super) fn changed(said: &[Event]) -> Option<Vec<ComponentId>> {
    newest(said.iter()).map(|(_, components)| components.to_vec())
}
