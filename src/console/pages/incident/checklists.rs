//! The checklists "During incident" and "After incident": ticked by the ledger where it can know, by hand
//! where not.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::Open;
use crate::sop::checklist::{self, Item, TickedBy};
use crate::sop::event::What;
use crate::ui::choice::Checkbox;

/// Both lists.
#[component]
pub fn IncidentChecklists(open: Open) -> impl IntoView {
    view! {
        <section class="card" aria-label="Checklists">
            <Checklist open name="During incident" />
            <Checklist open name="After incident" />
        </section>
    }
}

#[component]
fn Checklist(open: Open, name: &'static str) -> impl IntoView {
    let desk = open.desk;
    let items = Memo::new(move |_| {
        let playbook = desk.playbook()?;
        open.view.with(|view| {
            let view = view.as_ref()?;
            let list = if name == "During incident" {
                &playbook.checklists.during
            } else {
                &playbook.checklists.after
            };
            Some(checklist::items(list, &view.state, &view.duties, &BTreeSet::new()))
        })
    });
    view! {
        <h2>{name}</h2>
        <ul class="checklist" aria-label=name>
            <For
                each=move || items.get().unwrap_or_default()
                key=|item| item.id.clone()
                children=move |item| {
                    let id = item.id.clone();
                    let live = Memo::new(move |_| {
                        items.get()?.into_iter().find(|item| item.id == id)
                    });
                    view! { <Box open live item /> }
                }
            />
        </ul>
    }
}

#[component]
fn Box(open: Open, live: Memo<Option<Item>>, item: Item) -> impl IntoView {
    let by = move || live.get().and_then(|item| item.ticked_by);
    let fixed_by = Signal::derive(move || match by() {
        Some(TickedBy::Ledger | TickedBy::Check) => Some("Ticked by what was sent".to_owned()),
        Some(TickedBy::Hand) | None => None,
    });
    let id = item.id.clone();
    view! {
        <li>
            <Checkbox
                label=item.text
                checked=Signal::derive(move || by().is_some())
                fixed_by
                on_change=move |on| {
                    open.desk.tell(&open.id(), What::Ticked { item: id.clone(), on });
                }
            />
        </li>
    }
}
