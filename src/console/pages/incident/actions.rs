//! Incident actions: change severity, type or services, resolve, reopen, declared in error, correct times, download evidence.
//! They stand last on the page, away from the thumb.

use leptos::prelude::*;

use super::IncidentContext;
use super::severity::SeverityDialog;
use crate::console::pages::kind_fields::{KindFields, asks_data};
use crate::console::paths::Route;
use crate::sop::event::EventKind;
use crate::sop::report::ics::is_dated;
use crate::sop::run::Phase;
use crate::ui::act_dialog::ActDialog;
use crate::ui::button::{Button, CopyButton, Kind};
use crate::ui::field::Field;

/// Which dialog is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Severity,
    Resolve,
    Reopen,
    InError,
    Times,
    Kind,
    Services,
}

/// The actions, each refused with its reason where it makes no sense now.
#[component]
pub fn IncidentActions(open: IncidentContext) -> impl IntoView {
    let desk = open.desk;
    let asked = RwSignal::new(None::<Action>);
    let phase = open.slice(|view| view.state.phase);
    let resolved = open.slice(|view| view.state.resolved_at.is_some());
    let close = move |()| asked.set(None);
    let export = move |()| desk.export(&open.id());
    let copied = RwSignal::new(None);
    let dated = open.slice(|view| view.duties.iter().any(is_dated));
    let undated = Signal::derive(move || {
        (dated.get() != Some(true)).then(|| "No duty with a due time is left.".to_owned())
    });
    let reopen_refusal = Signal::derive(move || desk.refusal(&open.id(), &EventKind::Reopened));
    let resolve_refusal =
        Signal::derive(move || desk.refusal(&open.id(), &EventKind::ResolvedWithoutPage));
    let error_refusal = Signal::derive(move || {
        desk.refusal(
            &open.id(),
            &EventKind::DeclaredInError {
                reason: "-".to_owned(),
            },
        )
    });
    let is_open = move || phase.get() == Some(Phase::Open);
    view! {
        <section class="card stack" aria-label="After the incident">
            <h2>"Report and post-mortem"</h2>
            <div class="row">
                <a href=Route::Report(open.id()).path() class="button">"Incident report"</a>
                <a href=Route::Postmortem(open.id()).path() class="button">"Post-mortem"</a>
                <Button on_press=export>"Download evidence"</Button>
                <CopyButton
                    label="Copy hand-over"
                    on_copy=move |()| desk.copy_handover(&open.id(), copied)
                    outcome=copied
                />
                <Button disabled_reason=undated on_press=move |()| desk.export_calendar(&open.id())>
                    "Download calendar (.ics)"
                </Button>
            </div>
            <p class="small quiet">
                "The evidence is this incident’s whole log: who did what and when, notes and reasons, names of approvers and participants, and the exact texts sent. It holds no recipients: of an email it says to how many it went."
            </p>
            <p class="small quiet">
                "The hand-over is what the next responder has to know now, as text, without recipients. The calendar holds each duty that is owed by a time, with an alarm five minutes before; download it again when a due time has changed."
            </p>
        </section>
        <section class="danger-zone" aria-labelledby="actions-heading">
            <h2 id="actions-heading">"Incident actions"</h2>
            <div class="row">
                <Show when=is_open>
                    <Button on_press=move |()| asked.set(Some(Action::Severity))>"Change severity"</Button>
                    <Button on_press=move |()| asked.set(Some(Action::Kind))>"Change type"</Button>
                    <Button on_press=move |()| asked.set(Some(Action::Services))>"Change services"</Button>
                    <Button on_press=move |()| asked.set(Some(Action::Times))>"Correct times"</Button>
                    <Button disabled_reason=resolve_refusal on_press=move |()| asked.set(Some(Action::Resolve))>
                        "Resolve"
                    </Button>
                </Show>
                <Show when=move || resolved.get() == Some(true) && !is_open()>
                    <Button on_press=move |()| asked.set(Some(Action::Kind))>"Change type"</Button>
                    <Button on_press=move |()| asked.set(Some(Action::Times))>"Correct times"</Button>
                    <Button disabled_reason=reopen_refusal on_press=move |()| asked.set(Some(Action::Reopen))>
                        "Reopen"
                    </Button>
                </Show>
                <Show when=move || phase.get() != Some(Phase::InError)>
                    <Button
                        kind=Kind::Danger
                        disabled_reason=error_refusal
                        on_press=move |()| asked.set(Some(Action::InError))
                    >
                        "Declared in error"
                    </Button>
                </Show>
            </div>
            {move || asked.get().map(|action| match action {
                Action::Severity => view! { <SeverityDialog open on_close=close /> }.into_any(),
                Action::Resolve => view! {
                    <Confirm open on_close=close title="Resolve" act="Resolve the incident"
                        text="For incidents with nothing on the status page. The report’s and the post-mortem’s clocks start now."
                        what=|_| EventKind::ResolvedWithoutPage />
                }.into_any(),
                Action::Reopen => view! {
                    <Confirm open on_close=close title="Reopen" act="Reopen the incident"
                        text="Everyone who was told it was resolved is told it has reopened. The clocks start now."
                        what=|_| EventKind::Reopened />
                }.into_any(),
                Action::InError => view! {
                    <Confirm open on_close=close title="Declared in error" act="It was no incident" asks=REASON
                        text="Every open duty ends. Where something was public, a retraction is owed there."
                        what=|reason| EventKind::DeclaredInError { reason } />
                }.into_any(),
                Action::Times => view! { <super::times::TimesDialog open on_close=close /> }.into_any(),
                Action::Kind => view! { <KindDialog open on_close=close /> }.into_any(),
                Action::Services => view! { <super::services::ServicesDialog open on_close=close /> }.into_any(),
            })}
        </section>
    }
}

const REASON: (&str, &str) = ("Reason", "It stands in the log beside your name.");

/// An action that is confirmed, with a reason where one is needed.
#[component]
fn Confirm(
    open: IncidentContext,
    #[prop(into)] on_close: Callback<()>,
    title: &'static str,
    text: &'static str,
    act: &'static str,
    /// The label of the text that it asks for, and a hint; without one it asks for none.
    #[prop(optional)]
    asks: Option<(&'static str, &'static str)>,
    what: fn(String) -> EventKind,
) -> impl IntoView {
    let desk = open.desk;
    let reason = desk.drafts().field(format!("{title}/{}", open.id().0));
    let event = move || what(reason.get().trim().to_owned());
    let refusal = Signal::derive(move || desk.refusal(&open.id(), &event()));
    let confirm = move |()| {
        if desk.tell(&open.id(), untrack(event)) {
            reason.clear();
            on_close.run(());
        }
    };
    view! {
        <ActDialog title=title.to_owned() on_close act disabled_reason=refusal on_act=confirm>
            <p>{text}</p>
            {asks.map(|(label, hint)| view! {
                <Field
                    label
                    hint=Some(hint.to_owned())
                    value=reason.value()
                    on_input=move |text| reason.set(text)
                />
            })}
        </ActDialog>
    }
}

/// Changing the type, and what is known of personal data.
#[component]
fn KindDialog(open: IncidentContext, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = open.desk;
    let now = open.slice(|view| (view.state.kind.clone(), view.state.personal_data));
    let (kind, data) = untrack(|| now.get()).unwrap_or_default();
    let picked = RwSignal::new(Some(kind));
    let data_picked = RwSignal::new(data);
    // What differs from the incident as it is now: another console may have changed it meanwhile.
    let changes = move || {
        let (kind, data) = now.get().unwrap_or_default();
        let asks = picked.with(|to| asks_data(desk, to.as_ref()));
        let to = picked.get().filter(|to| *to != kind);
        let known = data_picked.get().filter(|to| asks && Some(*to) != data);
        let kind = to.map(|to| EventKind::TypeChanged { to });
        let data = known.map(|to| EventKind::PersonalDataSet { to });
        kind.into_iter().chain(data).collect::<Vec<_>>()
    };
    let refusal = Signal::derive(move || {
        let changes = changes();
        if changes.is_empty() {
            return Some("Choose another type than the one it has.".to_owned());
        }
        changes
            .iter()
            .find_map(|what| desk.refusal(&open.id(), what))
    });
    let change = move |()| {
        if untrack(changes)
            .into_iter()
            .all(|what| desk.tell(&open.id(), what))
        {
            on_close.run(());
        }
    };
    view! {
        <ActDialog title="Change type".to_owned() on_close act="Change the type" disabled_reason=refusal on_act=change>
            <KindFields desk kind=picked data=data_picked />
        </ActDialog>
    }
}
