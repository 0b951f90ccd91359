//! The email to affected users: who gets it, both parts as they arrive, and Send.

use leptos::prelude::*;

use super::super::Open;
use super::preview::{PreviewPane, current};
use super::problems::{Problems, blocking, findings};
use super::{Draft, FactFields, NothingOwed, purpose_of};
use crate::console::desk::recipients::field as recipients_field;
use crate::console::pages::outbox::Parts;
use crate::console::pages::parts::say_facts;
use crate::domain::incident::IncidentStatus;
use crate::sop::channel::Channel;
use crate::sop::message::{PageOptions, render};
use crate::sop::playbook::Purpose;
use crate::sop::recipients::List;
use crate::ui::button::{Button, Kind};
use crate::ui::field::{Field, FieldKind};
use crate::ui::id::fresh;

/// The section "Email".
#[component]
pub fn EmailTab(open: Open) -> impl IntoView {
    let purpose = purpose_of(
        open,
        Channel::Email,
        Signal::stored(IncidentStatus::Investigating),
    );
    view! { <EmailComposer open purpose /> }
}

/// Writing an email of a purpose: the notifications, and the report on its own page.
#[component]
pub fn EmailComposer(open: Open, purpose: Memo<Option<Purpose>>) -> impl IntoView {
    let draft = Draft::of(open, purpose);
    let owed = Memo::new(move |_| purpose.with(Option::is_some));
    view! {
        <Show when=move || owed.get() fallback=|| view! { <NothingOwed channel=Channel::Email /> }>
            <div class="compose">
                <div class="stack">
                    <FactFields draft />
                    <RecipientsRegion draft />
                </div>
                <Out draft />
            </div>
        </Show>
    }
}

/// Who gets it: pasted or from a file, with what is wrong by line.
#[component]
fn RecipientsRegion(draft: Draft) -> impl IntoView {
    let desk = draft.open.desk;
    let run = draft.open.run;
    let key = StoredValue::new(recipients_field(&draft.open.id()));
    let text = Signal::derive(move || desk.drafts.get(&key.get_value()).unwrap_or_default());
    let list = Memo::new(move |_| List::parse(&text.get()));
    let file_id = fresh("recipients");
    let loaded = move |event: leptos::ev::Event| {
        desk.load_text_file(event, move |text| desk.drafts.set(&key.get_value(), text));
    };
    let summary = move || {
        list.with(|list| match list.people.len() {
            0 => {
                "No list yet. The embedded outbox gets one sample copy, to a reader without a name."
                    .to_owned()
            }
            1 => "1 person.".to_owned(),
            count => format!("{count} people."),
        })
    };
    view! {
        <section class="recipients stack" aria-label="Recipients">
            <h3>"Recipients"</h3>
            <div class="field">
                <label class="field-label" for=file_id.clone()>"Recipients CSV"</label>
                <input id=file_id class="field-text" type="file" accept=".csv,text/csv,text/plain" on:change=loaded />
            </div>
            <Field
                label="Paste recipients"
                hint=Some("One person a line: an address, or name and address.".to_owned())
                kind=FieldKind::Long
                value=text
                on_input=move |text| desk.drafts.set(&key.get_value(), text)
            />
            <p role="status">{summary}</p>
            <ul class="problems" aria-label="Lines left out">
                {move || list.with(|list| list.bad.iter().take(20).map(|bad| view! {
                    <li>{format!("Line {}: {}.", bad.line, bad.wrong)}</li>
                }).collect_view())}
            </ul>
            <Show when=move || list.with(|list| !list.people.is_empty())>
                <Button kind=Kind::Quiet on_press=move |()| desk.drafts.clear(&recipients_field(&run.get_value()))>
                    "Delete recipients now"
                </Button>
            </Show>
        </section>
    }
}

/// The mail as it arrives, and the button that lets it leave.
#[component]
fn Out(draft: Draft) -> impl IntoView {
    let desk = draft.open.desk;
    let shown = current(draft);
    let found = findings(draft, shown, Signal::stored(PageOptions::default()));
    let blocked = blocking(draft, Channel::Email, found);
    let blocked = Signal::derive(move || {
        let list = desk.recipients.of(desk, &draft.open.id());
        if list.people.is_empty() && !list.bad.is_empty() {
            return Some(
                "No line of the recipients holds a valid address. Correct the list, or empty it."
                    .to_owned(),
            );
        }
        blocked.get()
    });
    let people = Memo::new(move |_| desk.recipients.people(desk, &draft.open.run.get_value()));
    let count = move || people.with(Vec::len);
    let to = Signal::derive(move || match count() {
        1 => "To 1 person".to_owned(),
        count => format!("To {count} people"),
    });
    let mail = Memo::new(move |_| {
        let (playbook, purpose, filling) = draft.filling()?;
        let message = render(&playbook, purpose, &filling, &PageOptions::default()).ok()?;
        let name = people.with(|people| people.first().and_then(|person| person.name.clone()));
        message.email_for(name.as_deref())
    });
    let send = move |()| {
        let run = draft.open.id();
        say_facts(desk, &run);
        let Some((playbook, purpose, mut filling)) = untrack(|| draft.filling()) else {
            return;
        };
        filling.now = desk.fresh_now();
        match render(&playbook, purpose, &filling, &PageOptions::default()) {
            Ok(message) => {
                let count = u32::try_from(people.with_untracked(Vec::len)).unwrap_or(u32::MAX);
                desk.sends.freeze(desk, run, message.to_recipients(count));
            }
            Err(error) => desk.alarm(format!("Not sent: {error}.")),
        }
    };
    let progress = desk.recipients.progress();
    view! {
        <div class="stack">
            <PreviewPane channel=Channel::Email preview=shown to />
            {move || mail.get().map(|mail| view! {
                <details class="more">
                    <summary>"As it arrives, for the first recipient"</summary>
                    <Parts text=mail.text html=mail.html />
                </details>
            })}
            <Problems findings=found />
            {move || progress.get().map(|progress| view! {
                <progress
                    class="progress"
                    aria-label="Sending email"
                    max=progress.all.to_string()
                    prop:value=progress.done.to_string()
                ></progress>
            })}
            <div class="send action-bar">
                <Button kind=Kind::Primary disabled_reason=blocked on_press=send>
                    {move || match count() {
                        1 => "Send email to 1 person".to_owned(),
                        count => format!("Send email to {count} people"),
                    }}
                </Button>
            </div>
        </div>
    }
}
