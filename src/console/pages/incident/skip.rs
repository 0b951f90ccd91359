//! Skipping a duty: only with a reason, and never what was promised in public.

use leptos::prelude::*;

use super::Open;
use crate::console::words;
use crate::sop::duty::DutyKey;
use crate::sop::event::What;
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::Dialog;
use crate::ui::field::Field;

/// The dialog behind "Skip".
#[component]
pub fn SkipDialog(
    open: Open,
    duty: DutyKey,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let key = format!("skip/{}/{}", open.id().0, words::duty(duty));
    let reason = open.desk.drafts.field(key);
    let what = move || What::Skipped {
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
    let foot = move || {
        view! {
            <Button kind=Kind::Quiet on_press=move |()| on_close.run(())>"Cancel"</Button>
            <Button kind=Kind::Danger disabled_reason=refusal on_press=skip>"Skip this duty"</Button>
        }
    };
    view! {
        <Dialog title=format!("Skip – {}", words::duty(duty)) open=true on_close foot>
            <Field
                label="Reason"
                hint=Some("It stands in the log beside your name.".to_owned())
                value=reason.value()
                on_input=move |text| reason.set(text)
            />
        </Dialog>
    }
}
