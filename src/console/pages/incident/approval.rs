//! The lock of Data Breach and Security Incident: every public message waits until a named approver is
//! recorded (`docs/duties.md` rule 13). Where a login says who is here, the approver is a login too.

use leptos::prelude::*;

use super::IncidentContext;
use crate::sop::event::EventKind;
use crate::sop::run::Approval;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::Checkbox;
use crate::ui::field::Field;
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::time::Time;
use crate::words;

/// The region "Approval", for the types that need one.
#[component]
pub fn ApprovalCard(open: IncidentContext) -> impl IntoView {
    let desk = open.desk;
    let lock = open.slice(|view| (view.state.needs_approval, view.state.approval.clone()));
    let on_page = on_page(open);
    // Whoever may not send on the approval that stands is told why, and can record another one.
    let useless = Memo::new(move |_| {
        let (_, approval) = lock.get()?;
        let who = desk.who().get();
        approval?.lets(desk.actor(&who), on_page.get()).err()
    });
    move || match lock.get() {
        Some((true, _)) => view! {
            <section class="card" aria-label="Approval">
                <h2>"Approval"</h2>
                <Ask open />
            </section>
        }
        .into_any(),
        Some((false, Some(approval))) => view! {
            <section class="card card-quiet" aria-label="Approval">
                <Recorded approval />
                {useless.get().map(|why| view! {
                    <p>{format!("You cannot send on it: {}.", words::refusal(why))}</p>
                    <Ask open />
                })}
            </section>
        }
        .into_any(),
        Some((false, None)) | None => ().into_any(),
    }
}

/// Who approved, and when.
#[component]
fn Recorded(approval: Approval) -> impl IntoView {
    view! {
        <p>
            "Public messages were approved by " <strong><bdi>{approval.approver}</bdi></strong>
            {approval.vouched.then_some(", by login")}
            {approval.alone.then_some(" (alone on duty)")} ", " <Time at=approval.at />
        </p>
    }
}

/// Whether other consoles can know of the incident.
fn on_page(open: IncidentContext) -> Memo<bool> {
    Memo::new(move |_| {
        open.view.with(|view| {
            view.as_ref()
                .is_some_and(|view| view.state.page_incident.is_some())
        })
    })
}

#[component]
fn Ask(open: IncidentContext) -> impl IntoView {
    let desk = open.desk;
    let typed = desk.drafts().field(format!("approver/{}", open.id().0));
    let alone = desk.drafts().field(format!("alone/{}", open.id().0));
    let is_alone = Signal::derive(move || !alone.get().is_empty());
    let on_page = on_page(open);
    let by_login = Memo::new(move |_| {
        let who = desk.who().get();
        desk.actor(&who).asks_for_login(on_page.get())
    });
    let what = move || EventKind::Approved {
        approver: if by_login.get() {
            desk.who().get()
        } else {
            typed.get().trim().to_owned()
        },
        alone: is_alone.get(),
    };
    let refusal = Signal::derive(move || desk.refusal(&open.id(), &what()));
    let record = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if desk.tell(&open.id(), untrack(what)) {
            typed.clear();
            alone.clear();
        }
    };
    view! {
        <Notice tone=NoticeTone::Warn>
            <p>"Nothing public leaves until somebody else has approved it. The clocks run."</p>
        </Notice>
        <form class="form" on:submit=record>
            <Show
                when=move || by_login.get()
                fallback=move || view! {
                    <Field
                        label="Approver"
                        hint=Some("Who allowed the public messages: a name, not a role.".to_owned())
                        value=typed.value()
                        on_input=move |text| typed.set(text)
                    />
                }
            >
                <p>
                    "You approve as " <strong><bdi>{desk.who()}</bdi></strong>
                    ", and another login sends. To have it approved by somebody else, let them press this on their own console."
                </p>
            </Show>
            <Checkbox
                label="I am alone on duty and approve it myself"
                checked=is_alone
                on_change=move |on| alone.set(if on { "yes".to_owned() } else { String::new() })
            />
            <Button kind=Kind::Primary submit=true disabled_reason=refusal on_press=|()| ()>
                "Record approval"
            </Button>
        </form>
    }
}
