//! The SOP as a page to read and to print, rendered from the playbook: the SOP's own words, and beside
//! them what the console makes of them.

mod additions;
mod severities;

use std::sync::Arc;

use leptos::prelude::*;

use super::documents::{Addition, Day, PrintButton, hours, of_playbook, prose};
use crate::console::desk::Desk;
use crate::console::paths::Route;
use crate::domain::duration;
use crate::sop::playbook::{
    ChecklistItem, Clocks, IncidentType, Meta, Playbook, Regulator, Section, Ticker,
};
use crate::ui::page::PageHeading;
use crate::ui::table::Table;
use crate::words;

/// The page "SOP".
#[component]
pub fn SopPage() -> impl IntoView {
    let desk = Desk::here();
    desk.head("SOP");
    view! {
        <div class="page-head">
            <PageHeading>"SOP"</PageHeading>
            <div class="page-acts">
                <a href=Route::Messages.path() class="button">"All messages"</a>
                <PrintButton desk />
            </div>
        </div>
        {of_playbook(desk, move |playbook| view! { <Paper desk playbook /> }.into_any())}
    }
}

#[component]
fn Paper(desk: Desk, playbook: Arc<Playbook>) -> impl IntoView {
    let (first, rest) = match playbook.sections.split_first() {
        Some((first, rest)) => (Some(first.clone()), rest.to_vec()),
        None => (None, Vec::new()),
    };
    view! {
        <article class="card sop" aria-label="The SOP">
            <p class="sop-title">{playbook.meta.title.clone()}</p>
            <About desk meta=playbook.meta.clone() />
            <p class="small quiet">
                "What is marked " <Addition />
                " is not in the SOP itself: it was added so that the SOP can be run, for its owner to approve or remove."
            </p>
            {first.map(|section| view! { <Prose section /> })}
            <Types types=playbook.types.clone() />
            <severities::SeverityLevels severities=playbook.severities.clone() />
            {rest.into_iter().map(|section| view! { <Prose section /> }).collect_view()}
            <severities::Timelines severities=playbook.severities.clone() />
            <AfterClocks clocks=playbook.clocks.clone() />
            <section aria-labelledby="sop-checklists">
                <h2 id="sop-checklists">"Checklists"</h2>
                <Checklist name="Before incident" items=playbook.checklists.before.clone() />
                <Checklist name="During incident" items=playbook.checklists.during.clone() />
                <Checklist name="After incident" items=playbook.checklists.after.clone() />
            </section>
            <MessageList playbook=playbook.clone() />
            <additions::AdditionList playbook=playbook.clone() />
        </article>
    }
}

/// What the SOP says about itself.
#[component]
fn About(desk: Desk, meta: Meta) -> impl IntoView {
    let review = meta.next_review;
    let overdue = Memo::new(move |_| review < desk.now().get().date_naive());
    view! {
        <dl class="pairs">
            <dt>"Version"</dt>
            <dd>{meta.version}</dd>
            <dt>"Last updated"</dt>
            <dd><Day day=meta.last_updated /></dd>
            <dt>"Owner"</dt>
            <dd>{meta.owner}</dd>
            <dt>"Next review"</dt>
            <dd>
                <Day day=review />
                {format!(" ({})", meta.review_interval)}
                {move || overdue.get().then(|| view! { <strong class="overdue-word">", overdue"</strong> })}
            </dd>
        </dl>
    }
}

#[component]
fn Prose(section: Section) -> impl IntoView {
    view! {
        <section>
            <h2>{section.heading}</h2>
            {prose(&section.text)}
        </section>
    }
}

#[component]
fn Types(types: Vec<IncidentType>) -> impl IntoView {
    let columns = [
        "Type",
        "What it is",
        "Proposed severity",
        "Approval",
        "Regulator",
    ];
    let rows: Vec<_> = types
        .into_iter()
        .map(|kind| {
            let approval = if kind.approval {
                "A named approver first"
            } else {
                "Not needed"
            };
            let regulator = match kind.regulator {
                Regulator::Never => "No clock",
                Regulator::PersonalData => "Clock while personal data is affected, or nobody knows",
                Regulator::Always => "Clock from becoming aware",
            };
            view! {
                <tr role="row">
                    <td role="cell" data-label="Type"><strong>{kind.name}</strong></td>
                    <td role="cell" data-label="What it is">{kind.description}</td>
                    <td role="cell" data-label="Severity">{kind.default_severity.word()}</td>
                    <td role="cell" data-label="Approval">{approval}</td>
                    <td role="cell" data-label="Regulator">{regulator}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="sop-types">
            <h2 id="sop-types">"Incident types"</h2>
            <Table caption="Incident types" hide_caption=true columns=columns.map(str::to_owned).to_vec()>
                {rows}
            </Table>
            <p class="small quiet"><Addition /> " The last three columns: proposed severity, approval, regulator."</p>
        </section>
    }
}

/// The clocks that run after an incident.
#[component]
fn AfterClocks(clocks: Clocks) -> impl IntoView {
    view! {
        <section aria-labelledby="sop-after">
            <h2 id="sop-after">"Clocks after an incident"</h2>
            <dl class="pairs">
                <dt>"Incident report"</dt>
                <dd>{format!("{} after resolution", hours(clocks.report))}</dd>
                <dt>"Post-mortem"</dt>
                <dd>{format!("{} after resolution", duration::words(clocks.postmortem))}</dd>
                <dt>"Regulator " <Addition /></dt>
                <dd>{format!("{} after becoming aware (GDPR Art. 33)", hours(clocks.regulator))}</dd>
            </dl>
        </section>
    }
}

#[component]
fn Checklist(name: &'static str, items: Vec<ChecklistItem>) -> impl IntoView {
    let items: Vec<_> = items
        .into_iter()
        .map(|item| {
            let by = match item.ticked_by {
                None => "Ticked by hand.",
                Some(Ticker::Duties { .. }) => "Ticked by what was sent.",
                Some(Ticker::Check(_)) => "Ticked by readiness.",
            };
            view! { <li>{item.text} " " <span class="small quiet">{by}</span></li> }
        })
        .collect();
    view! {
        <h3>{name}</h3>
        <ul class="boxes" aria-label=name>{items}</ul>
    }
}

/// The templates, with the way to each of them.
#[component]
fn MessageList(playbook: Arc<Playbook>) -> impl IntoView {
    let items: Vec<_> = playbook
        .messages
        .iter()
        .map(|message| {
            let address = format!("{}#{}", Route::Messages.path(), message.id);
            let name = message.name.clone();
            view! {
                <li>
                    {words::channel(message.purpose.channel)} ": "
                    <a href=address>{name}</a>
                    {message.addition.then(|| view! { " " <Addition /> })}
                </li>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="sop-messages">
            <h2 id="sop-messages">"Messages"</h2>
            <p>
                "Every text with sample facts, ready to print and to approve: "
                <a href=Route::Messages.path()>"All messages"</a> "."
            </p>
            <ul aria-label="Messages">{items}</ul>
        </section>
    }
}
