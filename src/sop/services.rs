//! Changing which components of the page an incident touches: what is picked, what is entered for it, or why nothing is.
//!
//! What is picked is kept as the difference to the incident as it is, and not as a list of its own: another console may
//! change the list meanwhile, and what is ticked there stays ticked.

use crate::domain::component::{Component, ComponentId};

use super::event::EventKind;
use super::facts::{Fact, joined};
use super::run::State;

/// Why nothing is entered for what is ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unchanged {
    /// The page's components are not known.
    Unknown,
    NothingTicked,
    /// It is what the incident touches already.
    Same,
}

/// The sign of what comes to the incident, in the lines of what is picked.
const COMES: &str = "+";
/// The sign of what leaves it.
const LEAVES: &str = "-";

/// The components that are ticked where an incident touches these and `picked` differs from it: those that it touches in
/// their order, then the others in the order in which they were ticked.
pub fn ticked(touched: &[ComponentId], picked: &str) -> Vec<ComponentId> {
    let of = |sign| {
        picked
            .lines()
            .filter_map(move |line| line.strip_prefix(sign))
    };
    let stays = |id: &&ComponentId| !of(LEAVES).any(|left| left == id.0);
    let mut ticked: Vec<ComponentId> = touched.iter().filter(stays).cloned().collect();
    for id in of(COMES) {
        if !ticked.iter().any(|known| known.0 == id) {
            ticked.push(ComponentId(id.to_owned()));
        }
    }
    ticked
}

/// What is picked once a component is ticked, or its tick is taken away.
pub fn toggled(picked: &str, id: &ComponentId, on: bool) -> String {
    let sign = if on { COMES } else { LEAVES };
    let others = picked.lines().filter(|line| {
        let of = [COMES, LEAVES].map(|sign| line.strip_prefix(sign));
        !of.contains(&Some(id.0.as_str()))
    });
    let mut lines: Vec<String> = others.map(str::to_owned).collect();
    lines.push([sign, id.0.as_str()].concat());
    lines.join("\n")
}

/// What is entered where an incident is to touch these components of a page, in this order: the components, and where it
/// followed them before, the fact Service.
///
/// # Errors
/// Why nothing is.
pub fn changes(
    state: &State,
    page: &[Component],
    ticked: &[ComponentId],
) -> Result<Vec<EventKind>, Unchanged> {
    if page.is_empty() {
        return Err(Unchanged::Unknown);
    }
    if ticked.is_empty() {
        return Err(Unchanged::NothingTicked);
    }
    let is_same = ticked.len() == state.components.len()
        && ticked.iter().all(|id| state.components.contains(id));
    if is_same {
        return Err(Unchanged::Same);
    }
    let set = EventKind::ComponentsSet {
        components: ticked.to_vec(),
    };
    let service = service_after(state, page, ticked).map(|value| EventKind::FactSet {
        fact: Fact::Service,
        value,
    });
    Ok(std::iter::once(set).chain(service).collect())
}

/// What Service becomes with the components: their names, joined, as long as it is the names of those that the incident
/// touches now. What a person wrote stays, and so does what it was declared with in words.
pub fn service_after(state: &State, page: &[Component], after: &[ComponentId]) -> Option<String> {
    let before = names(page, &state.components)?;
    let follows = state.facts.get(Fact::Service) == Some(before.as_str());
    names(page, after).filter(|_| follows)
}

/// The names of components, joined; `None` where there are none, or one is not known.
pub fn names(page: &[Component], ids: &[ComponentId]) -> Option<String> {
    let name = |id: &ComponentId| {
        let mut all = page.iter();
        let known = all.find(|component| component.id == *id)?;
        Some(known.name_among(page))
    };
    let names: Option<Vec<String>> = ids.iter().map(name).collect();
    let names = names.filter(|names| !names.is_empty())?;
    Some(joined(
        &names.iter().map(String::as_str).collect::<Vec<_>>(),
    ))
}
