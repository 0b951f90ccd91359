//! An incident's page: what is due next, the messages, the duties, what was sent, the checklists and the
//! incident's actions.

pub mod actions;
pub mod approval;
pub mod by_hand;
pub mod checklists;
pub mod compliance;
pub mod composer;
pub mod conflict;
pub mod duties;
pub mod ledger;
pub mod next_due;
pub mod regulator;
pub mod services;
pub mod severity;
pub mod shared;
pub mod skip;
pub mod times;

use std::sync::Arc;

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::pages::parts::SeverityTag;
use crate::console::paths::Route;
use crate::sop::board::IncidentView;
use crate::sop::channel::Channel;
use crate::sop::duty::{Duty, DutyKey, DutyKind};
use crate::sop::run::{Phase, RunId};
use crate::ui::button::{Button, Kind};
use crate::ui::page::PageHeading;
use crate::ui::reactive::whenever;
use crate::ui::time::Time;
use crate::words;

/// What the pieces of an incident's page share.
#[derive(Clone, Copy)]
pub struct IncidentContext {
    pub desk: Desk,
    /// The incident.
    pub run: StoredValue<RunId>,
    /// The incident at this second.
    pub view: Memo<Option<Arc<IncidentView>>>,
    /// The channel whose message is being written.
    pub channel: RwSignal<Channel>,
}

impl IncidentContext {
    /// An incident, with the channel that is due next.
    pub fn new(desk: Desk, run: RunId) -> Self {
        let view = {
            let run = run.clone();
            Memo::new(move |_| desk.view(&run))
        };
        let channel = RwSignal::new(first_channel(view.get_untracked().as_deref()));
        // After a reload the log is read while the page stands already: what is due is known once it is here.
        let waits = StoredValue::new(view.with_untracked(Option::is_none));
        whenever(move || {
            if view.with(Option::is_some) && waits.get_value() {
                waits.set_value(false);
                channel.set(view.with_untracked(|view| first_channel(view.as_deref())));
            }
        });
        Self {
            desk,
            run: StoredValue::new(run),
            view,
            channel,
        }
    }

    /// The run's id.
    pub fn id(self) -> RunId {
        self.run.get_value()
    }

    /// A slice of the view, while there is one.
    pub fn slice<T>(
        self,
        read: impl Fn(&IncidentView) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.view.with(|view| view.as_deref().map(&read)))
    }
}

/// The page `/incidents/{id}`.
#[component]
pub fn Incident(run: RunId) -> impl IntoView {
    let open = IncidentContext::new(Desk::here(), run);
    view! { <IncidentPage open /> }
}

/// The channel that the composer opens with: the one that is due next.
fn first_channel(view: Option<&IncidentView>) -> Channel {
    view.and_then(IncidentView::next)
        .and_then(|duty| duty.key.channel)
        .unwrap_or(Channel::Page)
}

#[component]
fn IncidentPage(open: IncidentContext) -> impl IntoView {
    let IncidentContext { desk, view, .. } = open;
    let name = open.slice(IncidentView::name);
    let symptom = open.slice(IncidentView::symptom);
    let title = open.slice(IncidentView::title);
    desk.head_with(Signal::derive(move || {
        title.get().unwrap_or_else(|| "Incident".to_owned())
    }));
    let here = Memo::new(move |_| view.with(Option::is_some));
    view! {
        <Show when=move || here.get() fallback=move || view! { <Missing desk /> }>
            <div class="page-head">
                <PageHeading><bdi>{move || name.get()}</bdi></PageHeading>
                {move || symptom.get().flatten().map(|symptom| view! {
                    <p class="run-symptom"><bdi>{symptom}</bdi></p>
                })}
                <Summary open />
                <Worse open />
            </div>
            <div class="desk">
                <div class="desk-top">
                    <Next open />
                    <approval::ApprovalCard open />
                </div>
                <div class="desk-main">
                    <composer::Composer open />
                </div>
                <div class="desk-side">
                    <duties::DutyList open />
                    <checklists::IncidentChecklists open />
                </div>
                <div class="desk-rest">
                    <ledger::Ledger open />
                    <shared::SharedCard open />
                    <compliance::ComplianceCard open />
                    <actions::IncidentActions open />
                </div>
            </div>
        </Show>
    }
}

const NOT_HERE: &str = "This incident is not in this browser. It may have been run in another one, or its storage was cleared.";

/// An address without an incident behind it: still loading, unknown here, or without a playbook to show it by.
#[component]
fn Missing(desk: Desk) -> impl IntoView {
    view! {
        <PageHeading>"Incident"</PageHeading>
        <div class="empty">
            <p>
                {move || if desk.is_loading() {
                    "Looking for it…".to_owned()
                } else {
                    desk.unshown().unwrap_or_else(|| NOT_HERE.to_owned())
                }}
            </p>
            <p><a href=Route::Incidents.path()>"All incidents"</a></p>
        </div>
    }
}

/// Incidents that go on and are worse than this one: whoever works here has to know that they wait.
#[component]
fn Worse(open: IncidentContext) -> impl IntoView {
    let worse = Memo::new(move |_| {
        let Some(this) = open.view.get() else {
            return Vec::new();
        };
        let others = open.desk.views();
        others
            .iter()
            .filter(|other| other.is_worse_than(&this))
            .map(|other| {
                let next = other.next().map(|duty| {
                    let state = words::duty_state(duty).to_ascii_lowercase();
                    format!("{}, {state}", words::duty(duty.key))
                });
                (other.id.clone(), other.title(), next)
            })
            .collect::<Vec<_>>()
    });
    view! {
        <For
            each=move || worse.get()
            key=Clone::clone
            children=move |(run, title, next)| view! {
                <p class="run-worse">
                    "A worse incident goes on: "
                    <a href=Route::Incident(run).path()><bdi>{title}</bdi></a>
                    {next.map(|next| format!(". Next there: {next}."))}
                </p>
            }
        />
    }
}

/// Severity, type, phase and times in one line.
#[component]
fn Summary(open: IncidentContext) -> impl IntoView {
    let desk = open.desk;
    let facts = open.slice(|view| {
        let state = &view.state;
        (
            state.severity,
            state.kind.clone(),
            state.phase,
            state.declared_at,
            state.declared_by.clone(),
            state.impact_started,
        )
    });
    move || {
        facts
            .get()
            .map(|(severity, kind, phase, declared, by, started)| {
                let kind = desk.playbook().and_then(|playbook| {
                    playbook.incident_type(&kind).map(|kind| kind.name.clone())
                });
                let phase = match phase {
                    Phase::Open => "Open",
                    Phase::Resolved => "Resolved",
                    Phase::InError => "Declared in error",
                };
                view! {
                    <p class="run-meta">
                        <SeverityTag severity />
                        <span>{kind}</span>
                        <strong>{phase}</strong>
                        <span>"Impact since " <Time at=started /></span>
                        <span>"Declared " <Time at=declared /> " by " {by}</span>
                    </p>
                }
            })
    }
}

/// The Next due card, with the one button that leads to what it asks for.
#[component]
fn Next(open: IncidentContext) -> impl IntoView {
    let duty = open.slice(|view| view.next().cloned());
    // Outside the card, which is drawn anew under whoever types.
    let asked = RwSignal::new(None::<DutyKey>);
    view! {
        {move || {
            let duty = duty.get().flatten();
            view! {
                <next_due::NextDueCard desk=open.desk duty=duty.clone()>
                    {duty.map(|duty| view! { <NextAct open duty asked /> })}
                </next_due::NextDueCard>
            }
        }}
        {move || asked.get().map(|duty| view! {
            <regulator::NotifiedDialog open duty on_close=move |()| asked.set(None) />
        })}
    }
}

#[component]
fn NextAct(
    open: IncidentContext,
    duty: Duty,
    /// The duty whose notification is being recorded.
    asked: RwSignal<Option<DutyKey>>,
) -> impl IntoView {
    let act = words::duty_act(duty.key);
    let link = |place: Route| {
        view! {
            <a href=place.path() class="button button-wide" data-kind="primary">{act}</a>
        }
        .into_any()
    };
    match (duty.key.kind, duty.key.channel) {
        (DutyKind::Report, _) => link(Route::Report(open.id())),
        (DutyKind::Postmortem, _) => link(Route::Postmortem(open.id())),
        (DutyKind::Regulator, _) | (_, None) => view! {
            <Button
                kind=Kind::Primary
                wide=true
                on_press=move |()| asked.set(Some(duty.key))
            >
                {act}
            </Button>
        }
        .into_any(),
        (_, Some(channel)) => view! {
            <Button
                kind=Kind::Primary
                wide=true
                on_press=move |()| composer::go_to(open, channel)
            >
                {act}
            </Button>
        }
        .into_any(),
    }
}
