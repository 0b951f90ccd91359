//! "Send a test to me": the service checks the mail first, then it really goes to one address.

use leptos::prelude::*;

use super::super::Draft;
use super::out::rendered;
use crate::ui::button::Button;
use crate::ui::field::{Field, FieldKind};

/// The field in which one's own address is kept.
const MINE: &str = "test-mail-address";

/// The test.
#[component]
pub fn Trial(draft: Draft) -> impl IntoView {
    let desk = draft.open.desk;
    let mine = desk.drafts().field(MINE.to_owned());
    let outcome = RwSignal::new(None::<String>);
    let complete = Memo::new(move |_| rendered(draft).is_some());
    let blocked = Signal::derive(move || {
        if mine.get().trim().is_empty() {
            return Some("Type your own address first.".to_owned());
        }
        (!complete.get()).then(|| "The message is not complete.".to_owned())
    });
    let send = move |()| {
        if let Some(parts) = untrack(|| rendered(draft)?.email_for(None)) {
            outcome.set(Some("Sending the test…".to_owned()));
            desk.send_test(draft.open.id(), untrack(|| mine.get()), parts, outcome);
        }
    };
    view! {
        <details class="more">
            <summary>"Send a test to me"</summary>
            <div class="stack">
                <Field
                    label="Your address"
                    kind=FieldKind::Email
                    autocomplete="email"
                    value=mine.value()
                    on_input=move |text: String| mine.set(text)
                />
                <Button disabled_reason=blocked on_press=send>"Send a test"</Button>
                <p role="status" class="small">{move || outcome.get()}</p>
            </div>
        </details>
    }
}
