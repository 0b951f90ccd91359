//! The current state: one sentence, what is going on, and how each component is.

use leptos::prelude::*;

use crate::domain::maintenance::{Maintenance, MaintenanceStatus};
use crate::domain::page::{Overall, notices};
use crate::status_page::board::Board;
use crate::status_page::link;
use crate::status_page::router::Router;
use crate::status_page::source::NoSource;
use crate::ui::{PageHeading, Shape, Size, StateIcon, Time};
use crate::views::incident::touched;
use crate::views::state::{shape, tone};
use crate::views::{ComponentList, IncidentCard, MaintenanceCard, words};

/// The page.
#[component]
pub fn Home(
    /// The board.
    board: Board,
    /// Where we are.
    router: Router,
    /// Whether the reader came by a link.
    focus: bool,
) -> impl IntoView {
    let state = board.overall();
    Effect::new(move |_| router.name(state.get().map_or("", words::overall)));
    view! {
        <PageHeading class="sr-only" focus=focus>"Current status"</PageHeading>
        <State board=board state=state />
        <Active board=board />
        <Components board=board />
        <Scheduled board=board />
    }
}

/// The one big thing.
#[component]
fn State(board: Board, state: Memo<Option<Overall>>) -> impl IntoView {
    let remarks = Memo::new(move |_| {
        board.page().with(|page| {
            page.value()
                .and_then(|snapshot| words::notices(notices(snapshot)))
        })
    });
    view! {
        <div class="state" data-state=move || state.get().map_or("unknown", tone)>
            {move || view! {
                <StateIcon shape=state.get().map_or(Shape::DashedRing, shape) size=Size::Huge />
            }}
            <div>
                <div role="status" aria-label="Overall status">
                    {move || match state.get() {
                        Some(state) => view! { <p class="state-say">{words::overall(state)}</p> }.into_any(),
                        None => view! { <p class="state-say late">"Checking"</p> }.into_any(),
                    }}
                    {move || remarks.get().map(|remarks| view! { <p class="state-note">{remarks}</p> })}
                </div>
                <Trouble board=board />
                <Age board=board />
            </div>
        </div>
    }
}

/// Why nothing is known, kindly; the details are for whoever runs the page.
#[component]
fn Trouble(board: Board) -> impl IntoView {
    let empty = Memo::new(move |_| {
        board.page().with(|page| {
            page.value()
                .is_some_and(|snapshot| snapshot.components.is_empty())
        })
    });
    move || {
        match board.trouble().get() {
        Some(NoSource::NotLoaded(error)) => view! {
            <p class="state-note measure">
                "This page could not load its settings, so it does not know how our services are. It keeps trying."
            </p>
            <p class="remark small">{error.to_string()}</p>
        }
        .into_any(),
        Some(NoSource::Broken(problems)) => view! {
            <p class="state-note measure">
                "The settings of this page have a mistake, so it does not know how our services are."
            </p>
            <details class="remark small">
                <summary>"For whoever runs this page"</summary>
                <ul>{problems.into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view()}</ul>
            </details>
        }
        .into_any(),
        None if empty.get() => view! {
            <p class="state-note measure">"Nothing has been published in this browser yet."</p>
        }
        .into_any(),
        None => ().into_any(),
    }
    }
}

/// How old all this is.
#[component]
fn Age(board: Board) -> impl IntoView {
    view! {
        // Its place is kept from the beginning, so that nothing moves when it comes.
        <p class="state-age">
            {move || board.as_of().get().map(|at| view! { "As of " <Time at=at /> })}
        </p>
        {move || board.unreachable().get().map(|since| view! {
            <p class="state-unreachable">"Source unreachable since " <Time at=since /></p>
        })}
    }
}

#[component]
fn Active(board: Board) -> impl IntoView {
    let cards = move || {
        board.page().with(|page| {
            page.value().map(|snapshot| {
                snapshot
                    .open_incidents()
                    .map(|incident| {
                        view! {
                            <IncidentCard
                                incident=incident.clone()
                                touches=touched(incident, &snapshot.components)
                                href=link::incident(&incident.id)
                                now=board.now()
                            />
                        }
                    })
                    .collect::<Vec<_>>()
            })
        })
    };
    move || {
        cards().filter(|cards| !cards.is_empty()).map(|cards| {
            view! {
                <section class="section" aria-labelledby="active">
                    <h2 id="active">"Active incidents"</h2>
                    <div class="section-body">{cards}</div>
                </section>
            }
        })
    }
}

#[component]
fn Components(board: Board) -> impl IntoView {
    let components = Memo::new(move |_| {
        board
            .page()
            .with(|page| page.value().map(|snapshot| snapshot.components.clone()))
    });
    move || {
        components
            .get()
            .filter(|components| !components.is_empty())
            .map(|components| {
                view! {
                    <section class="section" aria-labelledby="components">
                        <h2 id="components">"Components"</h2>
                        <div class="section-body">
                            <ComponentList components=components />
                        </div>
                    </section>
                }
            })
    }
}

#[component]
fn Scheduled(board: Board) -> impl IntoView {
    let planned = Memo::new(move |_| {
        board.page().with(|page| {
            page.value().map_or_else(Vec::new, |snapshot| {
                snapshot
                    .maintenances
                    .iter()
                    .filter(|work| !is_over(work))
                    .cloned()
                    .collect()
            })
        })
    });
    move || {
        let planned = planned.get();
        (!planned.is_empty()).then(|| {
            let cards = planned
                .into_iter()
                .map(|work| view! { <MaintenanceCard maintenance=work /> });
            view! {
                <section class="section" aria-labelledby="scheduled">
                    <h2 id="scheduled">"Scheduled maintenance"</h2>
                    <div class="section-body">{cards.collect_view()}</div>
                </section>
            }
        })
    }
}

fn is_over(work: &Maintenance) -> bool {
    match work.status {
        MaintenanceStatus::Completed => true,
        MaintenanceStatus::Scheduled
        | MaintenanceStatus::InProgress
        | MaintenanceStatus::Verifying
        | MaintenanceStatus::Unknown(_) => false,
    }
}
