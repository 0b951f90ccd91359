//! The post-mortem: its text, the day on which it was held, and who took part.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::incident::IncidentContext;
use super::incident::next_due::NextDueCard;
use super::report::newest;
use crate::console::desk::Desk;
use crate::console::paths::Route;
use crate::domain::said;
use crate::sop::channel::Channel;
use crate::sop::duty::{Duty, DutyKind};
use crate::sop::event::EventKind;
use crate::sop::report;
use crate::sop::run::{PostmortemRecord, RunId};
use crate::ui::button::{Button, Kind};
use crate::ui::field::{Field, FieldKind};
use crate::ui::moment::zone;
use crate::ui::page::PageHeading;

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
    view! {
        <p class="no-print"><a href=back>"Back to the incident"</a></p>
        <PageHeading>"Post-mortem"</PageHeading>
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
            <NextDueCard desk=open.desk duty=Some(duty)><p class="small">"Write it below."</p></NextDueCard>
        })}
        {move || done.get().flatten().map(|record| view! { <Held open record /> })}
        <Show when=move || here.get().is_some()>
            <Write open />
        </Show>
    }
}

/// The post-mortem as it was recorded.
#[component]
fn Held(open: IncidentContext, record: PostmortemRecord) -> impl IntoView {
    let desk = open.desk;
    let PostmortemRecord {
        text,
        held_on,
        participants,
    } = record;
    let who = match participants.as_slice() {
        [] => String::new(),
        people => format!(" Took part: {}.", people.join(", ")),
    };
    let here = !text.is_empty();
    let on_page = open.slice(|view| view.state.page_incident.is_some());
    let publishable = move || {
        here && on_page.get() == Some(true) && desk.is_hosted_for(&open.id(), Channel::Page)
    };
    view! {
        <section class="card report" aria-label="Recorded post-mortem">
            <h2>"Recorded"</h2>
            <p>{format!("Held on {held_on}.{who}")}</p>
            {if here {
                view! { <pre class="preview-text">{text}</pre> }.into_any()
            } else {
                view! { <p>"It was recorded on another console, and its text is there. Once published, it stands on the status page."</p> }
                    .into_any()
            }}
            <Show when=publishable>
                <Button kind=Kind::Quiet on_press=move |()| desk.publish_postmortem_again(open.id())>
                    "Publish it again"
                </Button>
            </Show>
        </section>
    }
}

#[component]
fn Write(open: IncidentContext) -> impl IntoView {
    let desk = open.desk;
    let key = move |field: &str| format!("postmortem/{}/{field}", open.id().0);
    let draft = move |field: &'static str| Signal::derive(move || desk.drafts.get(&key(field)));
    let prefilled = Memo::new(move |_| {
        let playbook = desk.playbook()?;
        let id = open.id();
        let run = desk.runs.with(|runs| runs.get(&id).cloned())?;
        let recorded = desk.view(&id).and_then(|view| view.state.postmortem);
        if let Some(record) = recorded.filter(|record| !record.text.is_empty()) {
            return Some(record.text);
        }
        report::postmortem_draft(&playbook, &run, desk.now.get())
    });
    let typed = draft("text");
    let text = Signal::derive(move || typed.get().or_else(|| prefilled.get()).unwrap_or_default());
    let held = draft("held");
    let held_on = Signal::derive(move || {
        held.get()
            .unwrap_or_else(|| said::day(desk.now.get(), &zone).to_string())
    });
    let people = draft("people");
    let people = Signal::derive(move || people.get().unwrap_or_default());
    let what = move || {
        let held_on = held_on.get().parse::<NaiveDate>().ok()?;
        let participants: Vec<String> = people
            .get()
            .split([',', '\n'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        Some(EventKind::PostmortemDone {
            text: text.get(),
            held_on,
            participants,
        })
    };
    let refusal = Signal::derive(move || {
        if text.get().trim().is_empty() {
            return Some("Write what was learned first.".to_owned());
        }
        if people.get().trim().is_empty() {
            return Some("Say who took part.".to_owned());
        }
        match what() {
            None => Some("The day is not a date: give it as 2026-11-23.".to_owned()),
            Some(what) => desk.refusal(&open.id(), &what),
        }
    });
    let record = move |()| {
        if let Some(what) = untrack(what)
            && desk.tell(&open.id(), what)
        {
            desk.drafts
                .clear_all(&format!("postmortem/{}/", open.id().0));
            desk.say("The post-mortem is recorded.");
        }
    };
    let on_page = open.slice(|view| view.state.page_incident.clone());
    let save = move |()| {
        if let Some(incident) = on_page.get_untracked().flatten() {
            desk.save_postmortem_draft(open.id(), incident, text.get_untracked());
        }
    };
    let drafts_there = move || {
        desk.is_hosted_for(&open.id(), Channel::Page)
            && on_page.with(|id| matches!(id, Some(Some(_))))
    };
    let empty = Signal::derive(move || {
        text.with(|text| text.trim().is_empty())
            .then(|| "Write what was learned first.".to_owned())
    });
    let set = move |field: &'static str| move |text: String| desk.drafts.set(&key(field), text);
    view! {
        <section class="card form no-print" aria-label="Write the post-mortem">
            <Field
                label="Post-mortem"
                hint=Some("Markdown. Filled in with what the log knows; it is published with the incident where that is on the status page.".to_owned())
                kind=FieldKind::Long
                value=text
                on_input=set("text")
            />
            <div class="form-pair">
                <Field label="Held on" kind=FieldKind::Date value=held_on on_input=set("held") />
                <Field
                    label="Participants"
                    hint=Some("Separated by commas.".to_owned())
                    value=people
                    on_input=set("people")
                />
            </div>
            <div class="action-bar">
                <Button kind=Kind::Primary disabled_reason=refusal on_press=record>
                    "Record post-mortem"
                </Button>
                <Show when=drafts_there>
                    <Button disabled_reason=empty on_press=save>"Save draft on the page"</Button>
                </Show>
            </div>
        </section>
    }
}
