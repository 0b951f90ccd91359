//! The components and their states, in the page's order, under their groups.

use leptos::prelude::*;

use super::state::{StateWord, shape, tone};
use super::words;
use crate::domain::component::Component;
use crate::domain::page::Overall;

/// The list. Components without a group come where they stand; a group stands where its first
/// component does.
#[component]
pub fn ComponentList(
    /// The components.
    components: Vec<Component>,
) -> impl IntoView {
    let mut groups: Vec<(Option<String>, Vec<Component>)> = Vec::new();
    for component in components {
        match groups
            .iter_mut()
            .find(|(group, _)| *group == component.group)
        {
            Some((_, members)) => members.push(component),
            None => groups.push((component.group.clone(), vec![component])),
        }
    }
    groups
        .into_iter()
        .map(|(group, members)| {
            let list = view! {
                <ul class="components">{members.into_iter().map(row).collect_view()}</ul>
            };
            match group {
                Some(name) => view! {
                    <div class="component-group">
                        <h3>{name}</h3>
                        {list}
                    </div>
                }
                .into_any(),
                None => list.into_any(),
            }
        })
        .collect_view()
}

fn row(component: Component) -> impl IntoView {
    let state = Overall::from(&component.state);
    let note = component
        .description
        .map(|text| view! { <p class="component-note">{text}</p> });
    view! {
        <li class="component" data-state=tone(state)>
            <span class="component-name">{component.name}</span>
            " "
            <StateWord shape=shape(state) tone=tone(state) words=words::component(&component.state) />
            {note}
        </li>
    }
}
