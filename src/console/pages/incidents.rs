//! The board: the next duty across all incidents, the incidents, and the first start's offer.

use std::sync::Arc;

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::pages::drill::{StartDrill, declare_for_real};
use crate::console::pages::incident::next_due::NextDueCard;
use crate::console::pages::parts::{DueTime, SeverityTag};
use crate::console::paths::Route;
use crate::domain::utc_text;
use crate::sop::board::IncidentView;
use crate::sop::duty::Duty;
use crate::sop::run::{Phase, RunId};
use crate::ui::button::{Button, Kind};
use crate::ui::link::NEW_TAB;
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::page::PageHeading;
use crate::ui::shape::{Shape, StateIcon};
use crate::ui::time::Time;
use crate::words;

/// So many finished incidents are shown at first, and more each time that they are asked for.
const PORTION: usize = 30;

/// The console's first page.
#[component]
pub fn Incidents() -> impl IntoView {
    let desk = Desk::here();
    desk.head("Incidents");
    let next = Memo::new(move |_| {
        let views = desk.views();
        let next = views.next();
        next.map(|(view, duty)| (Arc::clone(view), duty.clone()))
    });
    view! {
        <div class="page-head">
            <PageHeading>"Incidents"</PageHeading>
            <div class="page-acts">
                <StartDrill desk />
                <a href=Route::Declare.path() class="button" data-kind="primary" on:click=move |_| declare_for_real(desk)>
                    "Declare incident"
                </a>
            </div>
        </div>
        {move || next.get().map(|(view, duty)| view! { <NextOfAll desk view duty /> })}
        <RunList desk />
        {desk.later.strangers()}
        <FirstStart desk />
        <ReviewDue desk />
    }
}

/// The incidents, finished ones in portions; what is said while their logs are read, and where there are none.
#[component]
fn RunList(desk: Desk) -> impl IntoView {
    let portion = RwSignal::new(PORTION);
    let shown = Memo::new(move |_| {
        let views = desk.views();
        let upto = views.first_finished() + portion.get();
        let ids: Vec<RunId> = views
            .iter()
            .take(upto)
            .map(|view| view.id.clone())
            .collect();
        (ids, views.len().saturating_sub(upto))
    });
    let left = move || shown.with(|(_, left)| *left);
    let is_empty = Memo::new(move |_| shown.with(|(ids, _)| ids.is_empty()));
    view! {
        <Show when=move || !is_empty.get() fallback=move || view! { <NoIncident desk /> }>
            <ul class="run-list">
                <For
                    each=move || shown.with(|(ids, _)| ids.clone())
                    key=Clone::clone
                    children=move |id| {
                        let live = Memo::new(move |_| desk.view(&id));
                        view! { <li>{move || live.get().map(|view| view! { <RunCard view /> })}</li> }
                    }
                />
            </ul>
            <Show when=move || { left() > 0 }>
                <Button kind=Kind::Quiet on_press=move |()| portion.update(|shown| *shown += PORTION)>
                    {move || format!("Show earlier incidents ({} more)", left())}
                </Button>
            </Show>
            <Show when=move || desk.is_loading()>
                <p class="late">"Reading the earlier incidents…"</p>
            </Show>
        </Show>
    }
}

/// Nothing is shown: not known yet, or so.
#[component]
fn NoIncident(desk: Desk) -> impl IntoView {
    view! {
        <div class="empty">
            <Show
                when=move || desk.is_loading()
                fallback=move || match desk.unshown() {
                    None => view! {
                        <p>"No incident is open, and none was run in this browser yet."</p>
                        <p>"When something breaks, declare it: the SOP becomes a list of duties with clocks."</p>
                    }
                    .into_any(),
                    Some(said) => view! { <p>{said}</p> }.into_any(),
                }
            >
                <p>"Reading the incidents of this browser…"</p>
            </Show>
        </div>
    }
}

/// Says when the SOP's own review is overdue (`docs/decisions.md`, reading 20).
#[component]
fn ReviewDue(desk: Desk) -> impl IntoView {
    let overdue = Memo::new(move |_| {
        let today = desk.now().get().date_naive();
        desk.playbook()
            .map(|playbook| playbook.meta.next_review)
            .filter(|review| *review < today)
    });
    move || {
        overdue.get().map(|review| {
            view! {
                <Notice tone=NoticeTone::Info>
                    <p>
                        {format!("The SOP’s review was due on {}. ", utc_text::day(review))}
                        <a href=Route::Sop.path()>"Read the SOP"</a>
                    </p>
                </Notice>
            }
        })
    }
}

/// The next duty of all, with its incident.
#[component]
fn NextOfAll(desk: Desk, view: Arc<IncidentView>, duty: Duty) -> impl IntoView {
    let place = Route::Incident(view.id.clone());
    view! {
        <NextDueCard desk duty=Some(duty) incident=view.title()>
            <a href=place.path() class="button button-wide" data-kind="primary">
                "Open incident"
            </a>
        </NextDueCard>
    }
}

#[component]
fn RunCard(view: Arc<IncidentView>) -> impl IntoView {
    let phase = match view.state.phase {
        Phase::Open => "Open",
        Phase::Resolved if view.is_finished() => "Closed",
        Phase::Resolved => "Resolved",
        Phase::InError => "Declared in error",
    };
    let next = view.next().map(|duty| {
        let due = duty
            .runs_out_at()
            .map(|due| view! { " by " <DueTime at=due /> });
        let overdue = duty.is_overdue();
        view! {
            <p class="run-next" data-overdue=overdue.then_some("true")>
                {overdue.then(|| view! { <StateIcon shape=Shape::Alarm /> })}
                <span>
                    {words::duty(duty.key)}
                    {due}
                    {duty.met.then(|| format!(". {}", words::MET))}
                    {if overdue { " – overdue" } else { "" }}
                </span>
            </p>
        }
    });
    let is_overdue = view.next().is_some_and(Duty::is_overdue);
    let state = (!view.is_finished()).then_some(if is_overdue { "overdue" } else { "due" });
    let (severity, declared_at) = (view.state.severity, view.state.declared_at);
    let (by, name, drill) = (
        view.state.declared_by.clone(),
        view.name(),
        view.state.drill,
    );
    let symptom = view.symptom();
    view! {
        <article class="run" data-state=state>
            <h2 class="run-title">
                <a href=Route::Incident(view.id.clone()).path()><bdi>{name}</bdi></a>
            </h2>
            {symptom.map(|symptom| view! { <p class="run-symptom"><bdi>{symptom}</bdi></p> })}
            <p class="run-meta">
                <SeverityTag severity />
                <strong>{phase}</strong>
                {drill.then(|| view! { <strong>"Drill"</strong> })}
                <span>"Declared " <Time at=declared_at /> " by " {by}</span>
            </p>
            {next}
        </article>
    }
}

/// What the embedded provider's page begins with: empty, or with a demonstration.
#[component]
fn FirstStart(desk: Desk) -> impl IntoView {
    let (asked, page) = (desk.demo_asked(), desk.page());
    // What was published meanwhile is an answer too.
    let is_empty = Memo::new(move |_| {
        page.with(|page| page.as_ref().is_some_and(|page| page.incidents.is_empty()))
    });
    view! {
        <Show when=move || asked.get() && is_empty.get()>
            <section class="card stack" aria-label="First start">
                <h2>"Your status page"</h2>
                <p>
                    "It stands beside this console, empty, with the components of your configuration. "
                    "To see how it looks after a year, add a demonstration: made-up incidents, labelled as such."
                </p>
                <div class="row">
                    <Button kind=Kind::Primary on_press=move |()| desk.keep_empty_page()>
                        "Start with an empty page"
                    </Button>
                    <Button on_press=move |()| desk.add_demo()>"Add a demonstration history"</Button>
                    <a class="button" data-kind="quiet" href=desk.status_page_address() target="_blank" rel=NEW_TAB>
                        "Open the status page"
                    </a>
                </div>
            </section>
        </Show>
    }
}
