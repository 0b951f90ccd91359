//! The current state: one sentence, what is going on, and how each component is.

pub mod bars;
mod components;
mod doubts;
mod state;
mod updates;
pub mod work;

use std::cmp::Reverse;

use leptos::prelude::*;

use crate::domain::component::touched;
use crate::domain::incident::Incident;
use crate::domain::knowledge::Knowledge;
use crate::domain::looked::{Told, since};
use crate::domain::order::by_key;
use crate::domain::page::Overall;
use crate::status_page::later::Piece;
use crate::status_page::link;
use crate::status_page::route::Route;
use crate::status_page::router::Router;
use crate::status_page::store::{PageState, PageStore, Turn};
use crate::ui::{PageHeading, Time, whenever};
use crate::views::{IncidentCard, Item, Portions, portions, words};

/// The page.
#[component]
pub fn Home(
    store: PageStore,
    /// Where we are.
    router: Router,
    /// Whether the reader came by a link.
    focus: bool,
) -> impl IntoView {
    let shown = store.shown();
    whenever(move || {
        if let Some(lost) = store.lost().get() {
            router.name(words::not_known_since(lost));
            return;
        }
        let doubted = store.knowledge().get() != Knowledge::Known;
        router.name(shown.with(|shown| match shown.overall() {
            Some(state) if doubted => words::last_known(state),
            Some(state) => words::overall(state).to_owned(),
            None => String::new(),
        }));
    });
    // What is read anew and is the same stays: focus and what was opened are not taken from a reader.
    let follows = move |what: RwSignal<u32>, turn, draw: fn(&PageState, PageStore) -> AnyView| {
        let draw = move || {
            what.track();
            shown.with_untracked(|shown| draw(shown, store))
        };
        store.in_turn(turn, Box::new(draw))
    };
    let told = move |turn, draw| follows(store.told(), turn, draw);
    let parts = move |turn, draw| follows(store.parts_told(), turn, draw);
    view! {
        <PageHeading class="sr-only" focus=focus>
            {words::say().current_status}
        </PageHeading>
        {state::view(store)}
        <div data-old=move || (store.knowledge().get() != Knowledge::Known).then_some("true")>
            {told(Turn::Doubts, doubts::doubts)}
            {told(Turn::Active, active)}
            {told(Turn::Looked, looked)}
            {parts(Turn::Yours, components::yours)}
            {parts(Turn::Components, components::all)}
            {told(Turn::Planned, planned)}
            {told(Turn::Updates, updates::updates)}
        </div>
    }
}

/// So many of what was told of since are named; of the rest it is said how many they are.
const NAMED: usize = 5;

/// What was told since the reader last looked.
fn looked(shown: &PageState, store: PageStore) -> AnyView {
    let (Some(looked), Some(snapshot)) = (store.looked(), shown.page.value()) else {
        return ().into_any();
    };
    let found = since(snapshot, looked);
    // Planned work has a section of its own.
    let unnamed = found.iter().skip(NAMED);
    let unnamed = unnamed.filter(|told| matches!(told, Told::Incident(_)));
    let more = words::more_incidents(unnamed.count()).map(|said| {
        view! {
            <li>
                <a href=link::to(&Route::History)>{said}</a>
            </li>
        }
        .into_any()
    });
    let told: Vec<AnyView> = found
        .into_iter()
        .take(NAMED)
        .map(|told| {
            let (id, title, status) = match told {
                Told::Incident(it) => (&it.id, words::title(&it.name), words::status(&it.status())),
                Told::Work(it) => (
                    &it.id,
                    words::work_title(&it.name),
                    words::maintenance(&it.status),
                ),
            };
            view! {
                <li>
                    <a href=link::incident(id) dir="auto">
                        {title.to_owned()}
                    </a>
                    " "
                    <span class="quiet">{status}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    if told.is_empty() {
        return ().into_any();
    }
    let body = view! {
        <p class="small quiet">
            <Time at=looked />
        </p>
        <ul class="looked">
            {told}
            {more}
        </ul>
    };
    section("looked", words::say().since_looked, vec![body.into_any()])
}

/// So many open incidents are drawn at first: where there are more, the worst of them, the newest first.
const INCIDENTS: usize = 30;

fn active(shown: &PageState, store: PageStore) -> AnyView {
    let Some(snapshot) = shown.page.value() else {
        return ().into_any();
    };
    let typed = shown.typed();
    let mut open: Vec<&Incident> = snapshot.open_incidents().collect();
    if open.len() > INCIDENTS {
        open = by_key(open, |incident| Reverse(Overall::from(&incident.impact)));
    }
    let cards = open.into_iter().map(|incident| -> Item {
        let touches = touched(&incident.components, &snapshot.components);
        let incident = incident.clone();
        Box::new(move || {
            view! {
                <IncidentCard
                    href=link::incident(&incident.id)
                    incident=incident
                    touches=touches
                    now=store.now()
                    known=store.known()
                    typed=typed
                />
            }
            .into_any()
        })
    });
    let cards: Vec<Item> = cards.collect();
    if cards.is_empty() {
        return ().into_any();
    }
    let Portions { items, more } = portions(cards, INCIDENTS);
    section("active", words::say().active_incidents, vec![items, more])
}

/// Planned work, which comes with the later part.
fn planned(shown: &PageState, store: PageStore) -> AnyView {
    if shown.has_planned() {
        store.later().draw(Piece::Work, store)
    } else {
        ().into_any()
    }
}

/// A part of the page under its heading; nothing where there is nothing in it.
fn section(id: &'static str, heading: &'static str, body: Vec<AnyView>) -> AnyView {
    if body.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            <div class="section-body">{body}</div>
        </section>
    }
    .into_any()
}
