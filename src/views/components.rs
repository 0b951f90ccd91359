//! The components and their states, in the page's order, under their groups.

use leptos::prelude::*;

use super::portion::{Item, Portions, portions};
use super::state::{StateWord, shape, tone};
use super::words;
use crate::domain::component::{Component, by_group};
use crate::domain::page::Overall;
use crate::ui::reactive;

/// Above this many components a page is long on a phone, and its groups in which nothing is wrong are closed.
const MANY: usize = 16;
/// Above so many, such a group is drawn when somebody opens it.
const COUNTLESS: usize = 1_000;
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
    let count = components.len();
    let groups = by_group(components).into_iter();
    let groups = groups.map(|(name, members)| -> Item {
        Box::new(move || drawn(name, members, count, (beside, beneath)))
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
    of_all: usize,
    (beside, beneath): Additions,
) -> AnyView {
    let worst = members.iter().map(|each| Overall::from(&each.state)).max();
    let count = members.len();
    let rows = members.into_iter();
    let rows = rows.map(|each| -> Item { Box::new(move || row(each, beside, beneath).into_any()) });
    let rows: Vec<Item> = rows.collect();
    let list = move || {
        let Portions { items, more } = portions(rows, ROWS);
        view! { <ul class="components">{items}</ul> {more} }.into_any()
    };
    match (group, worst) {
        (Some(name), Some(Overall::Operational)) if of_all > MANY && count > 1 => {
            closed(name, count, Box::new(list), of_all > COUNTLESS)
        }
        (Some(name), _) => view! {
            <div class="component-group">
                <h3 dir="auto">{name}</h3>
                {list()}
            </div>
        }
        .into_any(),
        (None, _) => list(),
    }
}

/// A group in which all works; its list may wait until it is opened.
fn closed(name: String, count: usize, list: Item, waits: bool) -> AnyView {
    let opened = RwSignal::new(!waits);
    // What stands is not drawn again.
    let is_wanted = Memo::new(move |_| opened.get());
    let list = StoredValue::new_local(Some(list));
    let list = reactive(move || {
        let wanted = is_wanted.get();
        let draw = list.try_update_value(|list| wanted.then(|| list.take()).flatten());
        draw.flatten().map(|draw| draw()).into_any()
    });
    view! {
        <details class="component-group" on:toggle=move |_| opened.set(true)>
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
            <bdi class="component-name">{words::part(&component.name).to_owned()}</bdi>
            " "
            <StateWord shape=shape(state) tone=tone(state) words=words::component(&component.state) />
            {beside}
            {note}
            {beneath}
        </li>
    }
}
