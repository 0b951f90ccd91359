//! Break glass: the hosted service cannot be reached, and the message has to get out all the same. Copy
//! the text, post it in the service's own console, and record that it was posted by hand.

use leptos::prelude::*;

use super::super::by_hand::{ByHandDialog, Elsewhere};
use super::Draft;
use super::gate::{self, Gated};
use super::preview::plain;
use crate::console::pages::parts::say_facts;
use crate::sop::channel::Channel;
use crate::sop::run::LedgerState;
use crate::sop::template::joined;
use crate::ui::button::{Button, CopyButton};
use crate::ui::link::NEW_TAB;
use crate::ui::notice::{Notice, NoticeTone};

/// The way out on a hosted channel, while its service cannot be reached or the last send there failed.
#[component]
pub fn BreakGlass(
    /// The message.
    draft: Draft,
    /// Where it was to go.
    channel: Channel,
    /// What the gate says of it.
    gate: Gated,
) -> impl IntoView {
    let (open, desk) = (draft.open, draft.open.desk);
    let failed = open.slice(move |view| {
        let mut rows = view.state.ledger.iter().rev();
        let last = rows.find(|row| row.message.channel == channel);
        last.is_some_and(|row| match row.state {
            LedgerState::Failed { .. } | LedgerState::Unknown { .. } => true,
            LedgerState::Queued | LedgerState::Sent { .. } => false,
        })
    });
    let broken = Memo::new(move |_| {
        desk.is_hosted_for(&open.id(), channel)
            && (failed.get() == Some(true) || desk.out_of_reach().is_some())
    });
    view! {
        <Show when=move || broken.get()>
            <Way draft channel gate />
        </Show>
    }
}

#[component]
fn Way(draft: Draft, channel: Channel, gate: Gated) -> impl IntoView {
    let shown = gate.preview();
    let (open, desk) = (draft.open, draft.open.desk);
    let copied = RwSignal::new(None);
    let body = plain(shown);
    let title = move || shown.with_untracked(|shown| shown.as_ref()?.title.as_deref().map(joined));
    let text = move || {
        let body = body.get_untracked();
        title().map_or(body.clone(), |title| format!("{title}\n\n{body}"))
    };
    let console = desk.vendor_console(channel);
    let episode = open.slice(|view| view.state.episode);
    let posted = Memo::new(move |_| {
        let purpose = draft.purpose.get()?;
        if channel == Channel::Page {
            let status = draft.status.get();
            let episode = episode.get().unwrap_or(1);
            return Some(Elsewhere::on_page(
                &open.id(),
                purpose.kind,
                status,
                episode,
            ));
        }
        open.view.with(|view| {
            let mut duties = view.as_ref()?.duties.iter();
            let duty = duties.find(|duty| {
                duty.is_open() && duty.key.channel == Some(channel) && duty.key.kind == purpose.kind
            });
            duty.map(|duty| Elsewhere::of(&open.id(), duty.key, None))
        })
    });
    let none = Signal::derive(move || {
        posted
            .with(Option::is_none)
            .then(|| "The SOP asks for no such message here now.".to_owned())
    });
    let asked = RwSignal::new(None);
    let copy = move |answered: &[String]| {
        let copies = gate::copy_anyway(desk, gate, answered, text(), copied);
        if copies {
            let (title, text) = (title(), body.get_untracked());
            say_facts(desk, &open.id());
            if let Some(posted) = posted.get_untracked() {
                posted.copied(desk, &open.id(), title.as_deref(), &text);
            }
        }
        copies
    };
    view! {
        <section aria-label="Break glass">
            <Notice tone=NoticeTone::Warn>
                <p>
                    <strong>"Break glass. "</strong>
                    "If the message cannot wait: copy the text, post it in the service’s own console, then record it here. Look there first for what may have arrived."
                </p>
                <div class="row">
                    <CopyButton label="Copy text" on_copy=move |()| { copy(&[]); } outcome=copied />
                    {gate::send_anyway(open, gate, gate::COPY, Callback::new(move |answered: Vec<String>| copy(&answered)))}
                    {console.map(|console| view! {
                        <a href=console target="_blank" rel=NEW_TAB>"Open the service’s own console"</a>
                    })}
                    <Button disabled_reason=none on_press=move |()| asked.set(posted.get_untracked())>
                        "Posted by hand"
                    </Button>
                </div>
            </Notice>
            {move || asked.get().map(|posted| view! {
                <ByHandDialog open posted on_close=move |()| asked.set(None) />
            })}
        </section>
    }
}
