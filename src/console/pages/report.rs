//! The 48-hour report: an email to everybody who was affected, with its own clock.

use leptos::prelude::*;

use super::incident::composer::{EmailComposer, Sendings};
use super::incident::next_due::NextDueCard;
use super::incident::{IncidentContext, skip};
use crate::console::desk::Desk;
use crate::console::paths::Route;
use crate::sop::board::IncidentView;
use crate::sop::channel::Channel;
use crate::sop::duty::{Duty, DutyKind};
use crate::sop::playbook::{Purpose, Variant};
use crate::sop::run::{Phase, RunId};
use crate::ui::button::{Button, Kind};
use crate::ui::page::PageHeading;
use crate::words;

/// The page `/incidents/{id}/report`.
#[component]
pub fn Report(
    /// The incident.
    run: RunId,
) -> impl IntoView {
    let desk = Desk::here();
    desk.head("Incident report");
    let back = Route::Incident(run.clone()).path();
    let open = IncidentContext::new(desk, run);
    view! {
        <p class="no-print"><a href=back>"Back to the incident"</a></p>
        <PageHeading>"Incident report"</PageHeading>
        <ReportDesk open />
    }
}

pub(super) fn newest(view: &IncidentView, kind: DutyKind) -> Option<Duty> {
    view.duties
        .iter()
        .rfind(|duty| duty.key.kind == kind)
        .cloned()
}

#[component]
fn ReportDesk(open: IncidentContext) -> impl IntoView {
    let duty = open.slice(|view| newest(view, DutyKind::Report));
    let phase = open.slice(|view| view.state.phase);
    let purpose = Memo::new(move |_| {
        (phase.get() == Some(Phase::Resolved)).then_some(Purpose {
            channel: Channel::Email,
            kind: DutyKind::Report,
            variant: Variant::Usual,
        })
    });
    let skipping = RwSignal::new(false);
    let anew = RwSignal::new(false);
    let settled = Memo::new(move |_| {
        let closed = duty.get().flatten().filter(|duty| !duty.is_open())?;
        (!anew.get()).then(|| words::duty_state(&closed))
    });
    view! {
        {move || duty.get().flatten().filter(Duty::is_open).map(|duty| {
            let key = duty.key;
            view! {
                <div class="no-print">
                    <NextDueCard desk=open.desk duty=Some(duty)>
                        <Button kind=Kind::Quiet on_press=move |()| skipping.set(true)>"Skip"</Button>
                    </NextDueCard>
                </div>
                {move || skipping.get().then(|| view! {
                    <skip::SkipDialog open duty=key on_close=move |()| skipping.set(false) />
                })}
            }
        })}
        {move || match phase.get() {
            Some(Phase::Resolved) => view! {
                <section class="card report" aria-label="Messages">
                    <div>
                        {move || match settled.get() {
                            Some(how) => view! { <Settled open how anew /> }.into_any(),
                            None => view! { <EmailComposer open purpose /> }.into_any(),
                        }}
                    </div>
                </section>
            }
            .into_any(),
            Some(Phase::Open) => view! {
                <div class="empty">
                    <p>"The report is owed when the incident is resolved; its 48 hours run from then."</p>
                </div>
            }
            .into_any(),
            Some(Phase::InError) => view! {
                <div class="empty"><p>"It was declared in error: no report is owed."</p></div>
            }
            .into_any(),
            None => ().into_any(),
        }}
    }
}

/// What became of the report. It is written a second time only where somebody asks for that.
#[component]
fn Settled(
    open: IncidentContext,
    /// "Done", "Skipped: …", in words.
    how: String,
    anew: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <div class="stack">
            <h2>{how}</h2>
            <Sendings open only=Some(DutyKind::Report) />
            <div class="row">
                <Button kind=Kind::Quiet on_press=move |()| anew.set(true)>"Write another report"</Button>
            </div>
        </div>
    }
}
