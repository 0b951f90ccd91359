//! The post-mortem: the internal record with the day on which it was held and who took part; and what readers get of
//! it, a text of its own.

mod public;

use chrono::NaiveDate;
use leptos::prelude::*;

use super::incident::IncidentContext;
use super::incident::next_due::NextDueCard;
use super::report::newest;
use crate::console::desk::Desk;
use crate::console::paths::Route;
use crate::domain::said;
use crate::sop::board::IncidentView;
use crate::sop::duty::{Duty, DutyKind};
use crate::sop::event::EventKind;
use crate::sop::report;
use crate::sop::run::{PostmortemRecord, RunId};
use crate::ui::button::{Button, Kind};
use crate::ui::field::{Field, FieldKind};
use crate::ui::moment::zone;
use crate::ui::page::PageHeading;
use crate::views::Markdown;
use public::ForReaders;

/// The page `/incidents/{id}/postmortem`.
#[component]
pub fn Postmortem(
    /// The incident.
    run: RunId,
) -> impl IntoView {
    let desk = Desk::here();
    desk.head("Post-mortem");
    let back = Route::Incident(run.clone()).path();
    let open = IncidentContext::new(desk, run);
    let title = open.slice(IncidentView::title);
    view! {
        <p class="no-print"><a href=back>"Back to the incident"</a></p>
        <PageHeading>"Post-mortem"</PageHeading>
        <p class="quiet"><bdi>{move || title.get()}</bdi></p>
        <PostmortemDesk open />
    }
}

#[component]
fn PostmortemDesk(open: IncidentContext) -> impl IntoView {
    let duty = open.slice(|view| newest(view, DutyKind::Postmortem));
    let done = open.slice(|view| view.state.postmortem.clone());
    let here = open.slice(|_| ());
    view! {
        {move || duty.get().flatten().filter(Duty::is_open).map(|duty| view! {
            <div class="no-print">
                <NextDueCard desk=open.desk duty=Some(duty)><p class="small">"Write it below."</p></NextDueCard>
            </div>
        })}
        {move || done.get().flatten().map(|record| view! { <Held record /> })}
        <Show when=move || here.get().is_some()>
            <Write open />
            <ForReaders open />
        </Show>
    }
}

/// The post-mortem as it was recorded.
#[component]
fn Held(record: PostmortemRecord) -> impl IntoView {
    let PostmortemRecord {
        text,
        held_on,
        participants,
    } = record;
    let who = match participants.as_slice() {
        [] => String::new(),
        people => format!(" Took part: {}.", people.join("; ")),
    };
    view! {
        <section class="card report" aria-label="Recorded post-mortem">
            <h2>"Recorded"</h2>
            <p>{format!("Held on {held_on}.{who}")}</p>
            {if text.is_empty() {
                view! { <p>"It was recorded on another console, and its text is there."</p> }.into_any()
            } else {
                view! { <Markdown text /> }.into_any()
            }}
        </section>
    }
}

/// The internal record, as it is being written.
#[component]
fn Write(open: IncidentContext) -> impl IntoView {
    let desk = open.desk;
    let key = move |field: &str| format!("postmortem/{}/{field}", open.id().0);
    let draft = move |field: &'static str| Signal::derive(move || desk.drafts().get(&key(field)));
    let recorded = open.slice(|view| view.state.postmortem.clone());
    let prefilled = Memo::new(move |_| {
        let playbook = desk.playbook()?;
        let id = open.id();
        let run = desk.runs().with(|runs| runs.get(&id).cloned())?;
        if let Some(record) = recorded
            .get()
            .flatten()
            .filter(|record| !record.text.is_empty())
        {
            return Some(record.text);
        }
        report::postmortem_draft(&playbook, &run, desk.now_for(&run))
    });
    let typed = draft("text");
    let text = Signal::derive(move || typed.get().or_else(|| prefilled.get()).unwrap_or_default());
    let known = Memo::new(move |_| {
        let today = said::day(desk.now().get(), &zone);
        recorded.with(|record| report::prefilled(record.as_ref().and_then(Option::as_ref), today))
    });
    let held = draft("held");
    let held_on = Signal::derive(move || {
        held.get()
            .unwrap_or_else(|| known.with(|(day, _)| day.to_string()))
    });
    let people = draft("people");
    let people = Signal::derive(move || {
        people
            .get()
            .unwrap_or_else(|| known.with(|(_, people)| people.clone()))
    });
    let what = move || {
        Some(EventKind::PostmortemDone {
            text: text.get(),
            held_on: held_on.get().parse::<NaiveDate>().ok()?,
            participants: report::participants(&people.get()),
        })
    };
    let refusal = Signal::derive(move || match what() {
        None => Some("The day is not a date: give it as 2026-11-23.".to_owned()),
        Some(what) => desk.refusal(&open.id(), &what),
    });
    let record = move |()| {
        if let Some(what) = untrack(what)
            && desk.tell(&open.id(), what)
        {
            desk.drafts()
                .clear_all(&format!("postmortem/{}/", open.id().0));
            desk.say("The post-mortem is recorded. It stays in the console.");
        }
    };
    let set = move |field: &'static str| move |text: String| desk.drafts().set(&key(field), text);
    // On paper stands a document, and no form: what was not recorded yet, as it will read.
    let unrecorded = Memo::new(move |_| recorded.with(|record| !matches!(record, Some(Some(_)))));
    view! {
        <section class="card form no-print" aria-label="Write the post-mortem">
            <h2>"Internal record"</h2>
            <Field
                label="Post-mortem"
                hint=Some("Markdown. Filled in with what the log knows, with names, notes and reasons. It stays in the console: readers never see it.".to_owned())
                kind=FieldKind::Long
                value=text
                on_input=set("text")
            />
            <div class="form-pair">
                <Field label="Held on" kind=FieldKind::Date value=held_on on_input=set("held") />
                <Field
                    label="Participants"
                    hint=Some("One a line, or with semicolons between.".to_owned())
                    kind=FieldKind::Long
                    value=people
                    on_input=set("people")
                />
            </div>
            <div class="action-bar">
                <Button kind=Kind::Primary disabled_reason=refusal on_press=record>
                    "Record post-mortem"
                </Button>
                <Button on_press=move |()| desk.print()>"Print"</Button>
            </div>
        </section>
        <Show when=move || unrecorded.get()>
            <div class="print-only">
                <p>"Not recorded yet."</p>
                {move || view! { <Markdown text=text.get() top=2 /> }}
            </div>
        </Show>
    }
}
