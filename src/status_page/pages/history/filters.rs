//! What the reader looks for in the history: words, and a component. Both stand in the address, so that whoever comes back
//! to it finds the same; the words once the field is left, as a browser takes no new address with every key.

use leptos::prelude::*;

use super::Chosen;
use crate::domain::incident::name_told;
use crate::domain::page::Snapshot;
use crate::status_page::link;
use crate::status_page::router::Router;
use crate::status_page::store::{Asked, PageStore};
use crate::ui::reactive;
use crate::views::words;

/// The fields.
#[component]
pub fn Filters(
    store: PageStore,
    /// Where we are.
    router: Router,
    /// What is looked for.
    chosen: Chosen,
) -> impl IntoView {
    let say = words::later::say();
    let search = move |event| {
        let words = event_target_value(&event);
        let component = chosen.asked.with_untracked(|asked| asked.component.clone());
        chosen.asked.set(Asked { words, component });
    };
    let readdress = move || {
        let address = chosen
            .asked
            .with_untracked(|asked| link::history(&asked.component, asked.words.trim()));
        router.readdress(&address);
    };
    let choose = move |event| {
        let component = event_target_value(&event);
        let words = chosen.asked.with_untracked(|asked| asked.words.clone());
        chosen.asked.set(Asked { words, component });
        readdress();
    };
    let words = chosen.asked.with_untracked(|asked| asked.words.clone());
    let options = reactive(move || {
        store.told().track();
        let asked = chosen.asked.with_untracked(|asked| asked.component.clone());
        let shown = store.shown();
        shown.with_untracked(|shown| options(shown.page.value(), &asked))
    });
    view! {
        <form class="past-filters no-print" role="search" on:submit=move |event| event.prevent_default()>
            <div class="field">
                <label class="field-label" for="past-words">
                    {say.search_incidents}
                </label>
                <input
                    id="past-words"
                    class="field-text"
                    type="search"
                    autocomplete="off"
                    value=words
                    on:input=search
                    on:change=move |_| readdress()
                />
            </div>
            <div class="field">
                <label class="field-label" for="past-component">
                    {say.component}
                </label>
                <select id="past-component" class="field-text" on:change=choose>
                    {options}
                </select>
            </div>
        </form>
    }
}

/// All components of the page, and the one that is asked for where the page no longer has it, as incidents call it.
fn options(page: Option<&Snapshot>, asked: &str) -> AnyView {
    let components = page.map_or(&[][..], |page| page.components.as_slice());
    let gone = !asked.is_empty() && components.iter().all(|one| one.id.0 != asked);
    let gone = gone.then(|| {
        let mut told = page.into_iter().flat_map(|page| &page.incidents);
        let name = told.find_map(|incident| name_told(asked, &incident.updates));
        let name = name.unwrap_or(words::later::say().component).to_owned();
        view! { <option value=asked.to_owned() selected=true>{name}</option> }
    });
    // By nothing nothing is looked for.
    let rows: Vec<AnyView> = components
        .iter()
        .filter(|one| !one.id.0.is_empty())
        .map(|one| {
            let id = one.id.0.clone();
            let chosen = id == asked;
            let name = words::part(&one.name);
            let name = match &one.group {
                Some(group) => [group.as_str(), name].join(": "),
                None => name.to_owned(),
            };
            view! { <option value=id selected=chosen>{name}</option> }.into_any()
        })
        .collect();
    view! {
        <option value="">{words::later::say().all_components}</option>
        {gone}
        {rows}
    }
    .into_any()
}
