//! The components and their states, in the page's order, under their groups.

use leptos::prelude::*;

use super::portion::{Item, Portions, portions};
use super::state::{StateWord, shape, tone};
use super::words;
use crate::domain::component::{Component, by_group};
use crate::domain::page::Overall;

/// Above this many components a page is long on a phone, and its groups in which nothing is wrong are closed.
const MANY: usize = 16;
/// So many groups, and so many components of one, are drawn at first.
const GROUPS: usize = 60;
const ROWS: usize = 100;

/// The list, by group. On a long page a group in which all works shows its name and its state, and opens.
#[component]
pub fn ComponentList(
    components: Vec<Component>,
    /// What a component gets beneath its line.
    #[prop(into)]
    beneath: Callback<Component, AnyView>,
    /// What a component gets at the end of its line.
    #[prop(into)]
    beside: Callback<Component, AnyView>,
) -> impl IntoView {
    let is_long = components.len() > MANY;
    let groups = by_group(components).into_iter();
    let groups = groups.map(|(name, members)| -> Item {
        Box::new(move || drawn(name, members, is_long, (beside, beneath)))
    });
    let Portions { items, more } = portions(groups.collect(), GROUPS);
    view! { {items} {more} }
}

/// What a component gets at the end of its line, and beneath it.
type Additions = (Callback<Component, AnyView>, Callback<Component, AnyView>);

/// A group with its name, or the components without one.
fn drawn(
    group: Option<String>,
    members: Vec<Component>,
    is_long: bool,
    (beside, beneath): Additions,
) -> AnyView {
    let worst = members.iter().map(|each| Overall::from(&each.state)).max();
    let count = members.len();
    let rows = members.into_iter();
    let rows = rows.map(|each| -> Item { Box::new(move || row(each, beside, beneath).into_any()) });
    let Portions { items, more } = portions(rows.collect(), ROWS);
    let list = view! { <ul class="components">{items}</ul> {more} }.into_any();
    match (group, worst) {
        (Some(name), Some(Overall::Operational)) if is_long && count > 1 => {
            closed(name, count, list)
        }
        (Some(name), _) => view! {
            <div class="component-group">
                <h3 dir="auto">{name}</h3>
                {list}
            </div>
        }
        .into_any(),
        (None, _) => list,
    }
}

/// A group in which all works.
fn closed(name: String, count: usize, list: AnyView) -> AnyView {
    view! {
        <details class="component-group">
            <summary>
                <h3 dir="auto">{name}</h3>
                <span class="quiet small">{words::in_group(count)}</span>
                <StateWord
                    shape=shape(Overall::Operational)
                    tone=tone(Overall::Operational)
                    words=words::trouble(Overall::Operational)
                />
            </summary>
            {list}
        </details>
    }
    .into_any()
}

fn row(
    component: Component,
    beside: Callback<Component, AnyView>,
    beneath: Callback<Component, AnyView>,
) -> impl IntoView {
    let beside = beside.run(component.clone());
    let beneath = beneath.run(component.clone());
    let state = Overall::from(&component.state);
    let note = component
        .description
        .map(|text| view! { <p class="component-note" dir="auto">{text}</p> }.into_any());
    view! {
        <li class="component" data-state=tone(state)>
            <bdi class="component-name">{component.name}</bdi>
            " "
            <StateWord shape=shape(state) tone=tone(state) words=words::component(&component.state) />
            {beside}
            {note}
            {beneath}
        </li>
    }
}
