//! Changing which components of the page the incident touches. The page itself changes with the next post: what is taken
//! out stays there as it is, which is said before it is done.

use leptos::prelude::*;

use super::IncidentContext;
use crate::console::pages::services::ServiceBoxes;
use crate::domain::component::{Component, ComponentId, ComponentState};
use crate::sop::channel::Channel;
use crate::sop::facts::Fact;
use crate::sop::services::{Unchanged, changes, service_after, ticked, toggled};
use crate::ui::act_dialog::ActDialog;
use crate::words;

/// The dialog behind "Change services".
#[component]
pub fn ServicesDialog(
    open: IncidentContext,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let desk = open.desk;
    let drafts = desk.drafts();
    let picked = drafts.field(format!("services/{}", open.id().0));
    let page = Memo::new(move |_| desk.components_seen(&open.id()));
    // As it is now: another console may change it while this is open.
    let touched = open.slice(|view| view.state.components.clone());
    let touched = Memo::new(move |_| touched.get().unwrap_or_default());
    let wished = Memo::new(move |_| touched.with(|touched| ticked(touched, &picked.get())));
    let events = move || {
        open.view.with(|view| {
            let state = &view.as_deref()?.state;
            let ticked = wished.get();
            Some(page.with(|page| changes(state, page, &ticked)))
        })
    };
    let refusal = Signal::derive(move || match events()? {
        Ok(events) => {
            let mut events = events.iter();
            events.find_map(|what| desk.refusal(&open.id(), what))
        }
        Err(why) => Some(sentence(why).to_owned()),
    });
    let on_close = move |()| {
        picked.clear();
        on_close.run(());
    };
    let save = move |()| {
        let Some(Ok(events)) = untrack(events) else {
            return;
        };
        if events.into_iter().all(|what| desk.tell(&open.id(), what)) {
            on_close(());
        }
    };
    let all = Signal::derive(move || {
        let gone = touched.get().into_iter();
        page.with(|page| {
            let gone = gone.filter(|id| page.iter().all(|component| component.id != *id));
            let gone = gone.map(|id| nameless(id, |id| desk.component_name(id)));
            page.iter().cloned().chain(gone).collect::<Vec<_>>()
        })
    });
    view! {
        <ActDialog title="Change services".to_owned() on_close act="Change the services"
            disabled_reason=refusal on_act=save>
            <p>"Tick every service that is affected. The status page changes with the next post only."</p>
            <div role="group" aria-label="Affected services" class="stack">
                <ServiceBoxes all ticked=wished
                    on_toggle=move |(id, on)| picked.set(toggled(&untrack(|| picked.get()), &id, on)) />
            </div>
            <WhatFollows open page wished touched />
        </ActDialog>
    }
}

/// A component that the page does not have any more: it can be taken out.
fn nameless(id: ComponentId, name: impl Fn(&ComponentId) -> String) -> Component {
    Component {
        name: name(&id),
        id,
        description: None,
        group: None,
        group_id: None,
        since: None,
        state: ComponentState::Unknown(String::new()),
    }
}

fn sentence(why: Unchanged) -> &'static str {
    match why {
        Unchanged::Unknown => {
            "The page’s components are not known here: they can be ticked once the page was read."
        }
        Unchanged::NothingTicked => "Tick at least one service.",
        Unchanged::Same => "Tick other services than the ones it has.",
    }
}

/// What becomes of the fact Service, and what is left of the components that are taken out.
#[component]
fn WhatFollows(
    open: IncidentContext,
    page: Memo<Vec<Component>>,
    wished: Memo<Vec<ComponentId>>,
    touched: Memo<Vec<ComponentId>>,
) -> impl IntoView {
    let desk = open.desk;
    let is_hosted = desk.is_hosted_for(&open.id(), Channel::Page);
    let service = Memo::new(move |_| {
        let wished = wished.get();
        if wished.is_empty() || wished == touched.get() {
            return None;
        }
        open.view.with(|view| {
            let state = &view.as_deref()?.state;
            let after = page.with(|page| service_after(state, page, &wished));
            Some(match (after, state.facts.get(Fact::Service)) {
                (Some(after), _) => format!("Messages call it “{after}” from now on."),
                (None, Some(stays)) => format!(
                    "Messages call it “{stays}” as before: correct “Service” where that no longer fits."
                ),
                (None, None) => "“Service” is empty: the next message asks for it.".to_owned(),
            })
        })
    });
    let left = Memo::new(move |_| {
        let wished = wished.get();
        let left = touched.get().into_iter().filter(|id| !wished.contains(id));
        page.with(|page| {
            left.filter_map(|id| {
                let component = page.iter().find(|component| component.id == id)?;
                let name = component.name_among(page);
                Some((id, stays(&name, &component.state, is_hosted)))
            })
            .collect::<Vec<_>>()
        })
    });
    view! {
        <div class="stack-tight">
            {move || service.get().map(|text| view! { <p class="small">{text}</p> })}
            <For each=move || left.get() key=Clone::clone
                children=|(_, text)| view! { <p class="small">{text}</p> } />
        </div>
    }
}

/// What is left of a component that is taken out.
fn stays(name: &str, state: &ComponentState, is_hosted: bool) -> String {
    let word = words::component_state(state).to_ascii_lowercase();
    let until = if state.is_operational() {
        ""
    } else if is_hosted {
        " Where that is wrong, post its state before you take it out, or change it in the status page’s own console."
    } else {
        " Where that is wrong, post its state before you take it out."
    };
    format!(
        "{name} stays on the page as it is, {word}, and no post from here changes it any more.{until}"
    )
}
