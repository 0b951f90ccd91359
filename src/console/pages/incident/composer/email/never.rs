//! The list "Never mail these", kept in this browser for every incident: typed, or added from what a mail service exports.

use leptos::prelude::*;

use super::list::{LinesLeftOut, SHOWN, TABLES};
use crate::console::desk::Desk;
use crate::sop::recipients::{Addition, Never};
use crate::ui::button::{Button, Kind};
use crate::ui::field::{Field, FieldKind};
use crate::ui::file_field::FileField;
use crate::words::sending::added;

/// What came of the file that was chosen last: its name, and what it added.
type Added = RwSignal<Option<(String, Addition)>>;

/// Who is never mailed.
#[component]
pub fn NeverList(desk: Desk) -> impl IntoView {
    let text = desk.recipients().never();
    let never = Memo::new(move |_| text.with(|text| Never::parse(text)));
    let wrong = Signal::derive(move || {
        never.with(|never| {
            let bad = never.bad.first()?;
            Some(format!("Line {}: {}.", bad.line, bad.wrong))
        })
    });
    view! {
        <details class="more">
            <summary>
                {move || match never.with(Never::count) {
                    0 => "Never mail these".to_owned(),
                    count => format!("Never mail these ({count})"),
                }}
            </summary>
            <Field
                label="Never mail these"
                hint=Some("One a line: an address, or @ and a domain. Kept in this browser, for every incident.".to_owned())
                kind=FieldKind::Long
                value=text
                error=wrong
                on_input=move |text: String| desk.set_never(text)
            />
            <FromFile desk />
        </details>
    }
}

/// Adds what a file holds, says what came of it, and takes it out again.
#[component]
fn FromFile(desk: Desk) -> impl IntoView {
    let came: Added = RwSignal::new(None);
    let most = RwSignal::new(SHOWN);
    let chosen = move |file| {
        desk.load_text_file(file, move |name, text| {
            desk.add_never(text, move |addition| {
                let _gone = most.try_set(SHOWN);
                // The page may have been left meanwhile: the list is longer all the same.
                let _gone = came.try_set(Some((name, addition)));
            });
        });
    };
    let said = move || {
        came.with(|came| {
            let (name, addition) = came.as_ref()?;
            let (read, out) = (addition.count(), addition.bad.len());
            Some(format!("{name}: {}", added(read, addition.known, out)))
        })
    };
    let new = Memo::new(move |_| {
        came.with(|came| came.as_ref().map_or(0, |(_, addition)| addition.new.len()))
    });
    let take_out = move |()| {
        if let Some((name, addition)) = came.get_untracked() {
            let never = desk.recipients().never().get_untracked();
            desk.set_never(addition.taken_out_of(&never));
            desk.say(format!("What {name} added is taken out again."));
            came.set(None);
        }
    };
    let bad = Signal::derive(move || {
        came.with(|came| {
            let bad = came.as_ref().map(|(_, addition)| &addition.bad);
            bad.map_or_else(Default::default, |bad| {
                (bad.iter().take(most.get()).cloned().collect(), bad.len())
            })
        })
    });
    view! {
        <FileField
            label="Suppressions CSV"
            hint="What your mail service exports of bounces, complaints and unsubscribes. Choose the file, or drop it here: its addresses are added to the list."
            accept=TABLES
            on_file=chosen
        />
        <p aria-live="polite">{said}</p>
        <Show when=move || { new.get() > 0 }>
            <Button kind=Kind::Quiet on_press=take_out>
                {move || format!("Take the {} added out again", new.get())}
            </Button>
        </Show>
        <LinesLeftOut label="Suppressions left out" most bad />
    }
}
