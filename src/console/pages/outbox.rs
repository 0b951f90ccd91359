//! The outbox of the embedded provider: every mail with both of its parts, as they would arrive.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::services::outbox::Mails;
use crate::console::pages::parts::DangerZone;
use crate::ui::button::{Button, Kind};
use crate::ui::id::fresh;
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::page::PageHeading;
use crate::ui::time::Time;
use crate::words;

/// How many mails are shown at first, and how many more on demand.
const STEP: usize = 25;
/// How many of them show their parts without being asked.
const OPEN: usize = 3;

/// The page "Outbox".
#[component]
pub fn MailOutbox() -> impl IntoView {
    let desk = Desk::here();
    desk.head("Outbox");
    let limit = RwSignal::new(STEP);
    let mails = desk.mails(limit.into());
    let count = Memo::new(move |_| {
        mails.with(|mails| mails.as_ref()?.as_ref().ok().map(|mails| mails.count))
    });
    let many = move || usize::try_from(count.get().unwrap_or(0)).unwrap_or(usize::MAX);
    // The button stays: the focus is not lost with the last mails.
    let all = Signal::derive(move || (limit.get() >= many()).then(|| "All are shown.".to_owned()));
    view! {
        <div class="page-head">
            <PageHeading>"Outbox"</PageHeading>
        </div>
        <p class="measure">
            "Nothing here left this browser. These are the mails as they would arrive, both parts of each, newest first."
        </p>
        {move || match mails.get() {
            None => view! { <p class="quiet late">"Loading…"</p> }.into_any(),
            Some(Err(error)) => view! {
                <Notice tone=NoticeTone::Bad>{format!("The outbox cannot be read: {error}.")}</Notice>
            }
            .into_any(),
            Some(Ok(_)) => view! { <Unreadable desk mails /> }.into_any(),
        }}
        <Show when=move || count.get() == Some(0)>
            <div class="empty">
                <p>"No mail was sent yet."</p>
                <p>"Declare an incident and write its first email: what its recipients would get appears here."</p>
            </div>
        </Show>
        <ol class="mail-list" aria-label="Mails">
            <For
                each=move || entries(mails.get())
                key=|entry| entry.id.clone()
                children=move |entry| view! { <li><OneMail entry /></li> }
            />
        </ol>
        <Show when=move || { many() > STEP }>
            <div class="row">
                <Button disabled_reason=all on_press=move |()| limit.update(|limit| *limit += STEP)>"Show older mails"</Button>
                <p class="small quiet">{move || format!("The newest {} of {} are shown.", limit.get().min(many()), many())}</p>
            </div>
        </Show>
        <Show when=move || count.get().is_some_and(|count| count > 0)>
            <DangerZone
                label="Empty the outbox"
                title="Empty the outbox?"
                act="Throw the mails away"
                keep="Keep them"
                on_act=move |()| desk.clear_mails()
            >
                <p>"The mails shown here are deleted from this browser. The logs of your incidents keep the exact texts."</p>
            </DangerZone>
        </Show>
    }
}

/// A mail for the list.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    id: String,
    at: chrono::DateTime<chrono::Utc>,
    from: String,
    reply_to: String,
    to: String,
    subject: String,
    text: String,
    html: String,
    open: bool,
}

fn entries(mails: Option<Result<Mails, String>>) -> Vec<Entry> {
    let Some(Ok(mails)) = mails else {
        return Vec::new();
    };
    let shown = mails.newest.into_iter().enumerate();
    shown
        .map(|(place, stored)| Entry {
            id: stored.id,
            at: stored.at,
            from: stored.from,
            reply_to: stored.reply_to,
            to: match stored.mail.name {
                Some(name) => format!("{name} <{}>", stored.mail.to),
                None => stored.mail.to,
            },
            subject: stored.mail.subject,
            text: stored.mail.text,
            html: stored.mail.html,
            open: place < OPEN,
        })
        .collect()
}

/// A mail. Its parts are made only when they are looked at: a sending may have hundreds.
#[component]
fn OneMail(entry: Entry) -> impl IntoView {
    let open = RwSignal::new(entry.open);
    let Entry {
        id,
        at,
        from,
        reply_to,
        to,
        subject,
        text,
        html,
        ..
    } = entry;
    let heading = fresh("mail");
    let parts = StoredValue::new((text, html));
    view! {
        <article class="card mail" aria-labelledby=heading>
            <h2 class="mail-subject" id=heading.clone()>{subject}</h2>
            <dl class="mail-head">
                <dt>"From"</dt>
                <dd>{from}</dd>
                <dt>"To"</dt>
                <dd>{to}</dd>
                <dt>"Answers to"</dt>
                <dd>{reply_to}</dd>
                <dt>"Time"</dt>
                <dd><Time at /></dd>
            </dl>
            <details class="more" open=entry.open>
                // Keys press a summary as clicks do.
                <summary on:click=move |_| open.update(|open| *open = !*open)>"Both parts"</summary>
                {move || open.get().then(|| {
                    let (text, html) = parts.get_value();
                    view! { <Parts text html /> }
                })}
            </details>
            <p class="small quiet wrap-anywhere">"Receipt " <code>{id}</code></p>
        </article>
    }
}

/// The two parts: the text as it is, the HTML in a frame that runs nothing and loads nothing.
#[component]
pub fn Parts(
    /// The text part.
    text: String,
    /// The HTML part.
    html: String,
) -> impl IntoView {
    let framed = html.clone();
    view! {
        <div class="letter-parts">
            <div role="group" aria-label="Text part">
                <h3>"Text part"</h3>
                <pre class="letter mail-text">{text}</pre>
            </div>
            <div role="group" aria-label="HTML part">
                <h3>"HTML part"</h3>
                // A frame that is given another text makes a step of the browser's history, and Back would seem to do
                // nothing. So each text has a frame of its own.
                <For
                    each=move || [framed.clone()]
                    key=String::clone
                    children=|html| view! {
                        <iframe class="mail-html" title="HTML part" sandbox="" srcdoc=html></iframe>
                    }
                />
                <details class="more">
                    <summary>"Its source"</summary>
                    <pre class="mail-source">{html}</pre>
                </details>
            </div>
        </div>
    }
}

#[component]
fn Unreadable(desk: Desk, mails: ReadSignal<Option<Result<Mails, String>>>) -> impl IntoView {
    let unreadable = move || match mails.get() {
        Some(Ok(mails)) => mails.unreadable,
        Some(Err(_)) | None => Vec::new(),
    };
    view! {
        <Show when=move || !unreadable().is_empty()>
            <Notice tone=NoticeTone::Warn>
                <p>{move || format!("Left out, as they cannot be read: {}. Nothing was deleted.", words::counted(unreadable().len(), "stored mail", "stored mails"))}</p>
                <p>"Each holds a whole mail: whom it went to, and its text. Addresses are left out of the file unless you ask for them; names and texts are not."</p>
                <Button on_press=move |()| desk.export_unreadable_mails(&unreadable(), false)>"Download the raw mails"</Button>
                <Button kind=Kind::Quiet on_press=move |()| desk.export_unreadable_mails(&unreadable(), true)>"Download them with addresses"</Button>
            </Notice>
        </Show>
    }
}
