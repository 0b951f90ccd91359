//! The mail as it arrives, why the SOP asks for it, to how many, and the button that lets it leave.

use leptos::prelude::*;

use super::super::Draft;
use super::super::break_glass::BreakGlass;
use super::super::gate::{self, gated};
use super::super::preview::{PreviewPane, SopClause};
use super::super::problems::Problems;
use super::trial::Trial;
use crate::console::pages::outbox::Parts;
use crate::console::pages::parts::say_facts;
use crate::sop::channel::Channel;
use crate::sop::message::{PageOptions, Sendable, render};
use crate::ui::button::{Button, Kind};
use crate::words::sending::{left_out, people};

/// The message of a draft at this second, complete.
pub fn rendered(draft: Draft) -> Option<Sendable> {
    let (playbook, purpose, filling) = draft.filling()?;
    render(&playbook, purpose, &filling, &PageOptions::default()).ok()
}

/// What goes out, and Send.
#[component]
pub fn SendPanel(draft: Draft) -> impl IntoView {
    let desk = draft.open.desk;
    let run = draft.open.run;
    let gate = gated(draft, Signal::stored(PageOptions::default()), false);
    let (shown, found, blocked) = (gate.preview(), gate.findings(), gate.blocked());
    let unfinished = Memo::new(move |_| {
        let sendings = desk.mailings().of(&run.get_value());
        sendings.iter().any(|sending| !sending.summary.is_over())
    });
    let count = Memo::new(move |_| desk.recipients().count(desk, &run.get_value()));
    let reading = Memo::new(move |_| {
        let list = desk.recipients().of(&run.get_value());
        list.is_some_and(|list| list.reading.is_some())
    });
    let listed = Memo::new(move |_| desk.recipients().of(&run.get_value()).is_some());
    let blocked = Signal::derive(move || {
        if unfinished.get() {
            return Some(
                "Another sending of this incident is not over. Send its rest, or end it."
                    .to_owned(),
            );
        }
        if reading.get() {
            return Some("The list is being read.".to_owned());
        }
        match (count.get(), listed.get()) {
            (0, true) => Some(
                "No line of the recipients holds an address that may be mailed. Correct the list, or empty it."
                    .to_owned(),
            ),
            (0, false) => Some("Load or paste the people to mail first.".to_owned()),
            (_, _) => blocked.get(),
        }
    });
    let dropped = Memo::new(move |_| {
        let list = desk.recipients().of(&run.get_value())?;
        left_out(list.list.left_out())
    });
    let to = Signal::derive(move || format!("To {}", people(count.get())));
    let name = Memo::new(move |_| desk.recipients().first(&run.get_value())?.name);
    let mail = Memo::new(move |_| rendered(draft)?.email_for(name.get().as_deref()));
    let send = move |answered: &[String]| {
        let run = draft.open.id();
        say_facts(desk, &run);
        let count = u32::try_from(count.get_untracked()).unwrap_or(u32::MAX);
        let op = gate::freeze(draft, PageOptions::default(), false, answered, "Not sent")
            .and_then(|message| desk.freeze(&run, message.to_recipients(count)));
        let is_frozen = op.is_some();
        if let Some(op) = op {
            desk.recipients().hold(&run, op);
        }
        is_frozen
    };
    view! {
        <div class="stack">
            <PreviewPane channel=Channel::Email preview=shown to />
            <SopClause draft />
            {move || mail.get().map(|mail| view! {
                <details class="more">
                    <summary>"As it arrives, for the first recipient"</summary>
                    <Parts text=mail.text html=mail.html />
                </details>
            })}
            <Trial draft />
            <Problems findings=found />
            <div class="action-bar">
                <Button kind=Kind::Primary disabled_reason=blocked on_press=move |()| { send(&[]); }>
                    {move || format!("Send email to {}", people(count.get()))}
                </Button>
                {move || dropped.get().map(|lines| view! {
                    <p class="send-what small">{format!("{lines} of the list: see Recipients.")}</p>
                })}
                <gate::SendAnyway draft gated=gate on_send={move |answered: Vec<String>| send(&answered)} />
            </div>
            <BreakGlass draft channel=Channel::Email gate />
        </div>
    }
}
