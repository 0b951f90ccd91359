//! The lock of Data Breach and Security Incident: every public message waits until a named approver is
//! recorded (`docs/duties.md` rule 13).

use leptos::prelude::*;

use super::IncidentContext;
use crate::sop::event::EventKind;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::Checkbox;
use crate::ui::field::Field;
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::time::Time;

/// The region "Approval", for the types that need one.
#[component]
pub fn ApprovalCard(open: IncidentContext) -> impl IntoView {
    let lock = open.slice(|view| (view.state.needs_approval, view.state.approval.clone()));
    move || match lock.get() {
        Some((true, _)) => view! { <Ask open /> }.into_any(),
        Some((false, Some(approval))) => view! {
            <section class="card card-quiet" aria-label="Approval">
                <p>
                    "Public messages were approved by " <strong>{approval.approver}</strong>
                    {approval.alone.then_some(" (alone on duty)")} ", " <Time at=approval.at />
                </p>
            </section>
        }
        .into_any(),
        Some((false, None)) | None => ().into_any(),
    }
}

#[component]
fn Ask(open: IncidentContext) -> impl IntoView {
    let desk = open.desk;
    let approver = desk.drafts().field(format!("approver/{}", open.id().0));
    let alone = RwSignal::new(false);
    let what = move || EventKind::Approved {
        approver: approver.get().trim().to_owned(),
        alone: alone.get(),
    };
    let refusal = Signal::derive(move || desk.refusal(&open.id(), &what()));
    view! {
        <section class="card" aria-label="Approval">
            <h2>"Approval"</h2>
            <Notice tone=NoticeTone::Warn>
                <p>"Nothing public leaves until somebody else has approved it. The clocks run."</p>
            </Notice>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    if desk.tell(&open.id(), untrack(what)) {
                        approver.clear();
                    }
                }
            >
                <Field
                    label="Approver"
                    hint=Some("Who allowed the public messages: a name, not a role.".to_owned())
                    value=approver.value()
                    on_input=move |text| approver.set(text)
                />
                <Checkbox
                    label="I am alone on duty and approve it myself"
                    checked=alone
                    on_change=move |on| alone.set(on)
                />
                <Button kind=Kind::Primary submit=true disabled_reason=refusal on_press=|()| ()>
                    "Record approval"
                </Button>
            </form>
        </section>
    }
}
