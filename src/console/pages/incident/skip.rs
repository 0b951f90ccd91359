//! Skipping a duty: only with a reason, and never what was promised in public.

use leptos::prelude::*;

use super::IncidentContext;
use crate::console::desk::kept::drafts::duty_field;
use crate::sop::duty::DutyKey;
use crate::sop::event::EventKind;
use crate::ui::act_dialog::ActDialog;
use crate::ui::button::Kind;
use crate::ui::field::Field;
use crate::words;

/// The dialog behind "Skip".
#[component]
pub fn SkipDialog(
    open: IncidentContext,
    duty: DutyKey,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let reason = open
        .desk
        .drafts()
        .field(duty_field("skip", &open.id(), duty));
    let what = move || EventKind::Skipped {
        duty,
        reason: reason.get().trim().to_owned(),
    };
    let refusal = Signal::derive(move || open.desk.refusal(&open.id(), &what()));
    let skip = move |()| {
        if open.desk.tell(&open.id(), untrack(what)) {
            reason.clear();
            on_close.run(());
        }
    };
    view! {
        <ActDialog title=format!("Skip – {}", words::duty(duty)) on_close
            act="Skip this duty" kind=Kind::Danger disabled_reason=refusal on_act=skip>
            <Field
                label="Reason"
                hint=Some("It stands in the log beside your name.".to_owned())
                value=reason.value()
                on_input=move |text| reason.set(text)
            />
        </ActDialog>
    }
}
