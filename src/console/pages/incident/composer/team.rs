//! The notice to the organisation's own people: sent to their channel where the settings name one, else copied and ticked.

use leptos::prelude::*;

use super::super::IncidentContext;
use super::break_glass::BreakGlass;
use super::gate::{self, gated};
use super::preview::{PreviewPane, SopClause, plain};
use super::problems::Problems;
use super::{Draft, FactFields, NothingOwed, freeze_for_hand, purpose_of, record_posted, to_copy};
use crate::console::pages::parts::say_facts;
use crate::domain::incident::IncidentStatus;
use crate::sop::channel::Channel;
use crate::sop::message::PageOptions;
use crate::ui::button::{Button, CopyButton, Kind};

/// The section "Internal team".
#[component]
pub fn TeamComposer(open: IncidentContext) -> impl IntoView {
    let purpose = purpose_of(
        open,
        Channel::Team,
        Signal::stored(IncidentStatus::Investigating),
    );
    let draft = Draft::of(open, purpose);
    let owed = Memo::new(move |_| purpose.with(Option::is_some));
    view! {
        <Show when=move || owed.get() fallback=|| view! { <NothingOwed channel=Channel::Team /> }>
            <div class="compose">
                <FactFields draft />
                <SendPanel draft />
            </div>
        </Show>
    }
}

#[component]
fn SendPanel(draft: Draft) -> impl IntoView {
    let desk = draft.open.desk;
    let gate = gated(draft, Signal::stored(PageOptions::default()), false);
    let (shown, found, blocked) = (gate.preview(), gate.findings(), gate.blocked());
    let copied = RwSignal::new(None);
    let text = plain(shown);
    let drill = draft.open.slice(|view| view.state.drill);
    let hosted = Memo::new(move |_| desk.is_hosted_for(&draft.open.id(), Channel::Team));
    let send = move |answered: &[String]| {
        let run = draft.open.id();
        say_facts(desk, &run);
        gate::freeze(draft, PageOptions::default(), false, answered, "Not sent")
            .and_then(|message| desk.freeze(&run, message))
            .is_some()
    };
    let tell = move |answered: &[String]| {
        if hosted.get_untracked() {
            return send(answered);
        }
        let run = draft.open.id();
        let Some(message) = freeze_for_hand(draft, answered) else {
            return false;
        };
        if drill.get_untracked() == Some(true) {
            let recorded = record_posted(desk, &run, message, "");
            if recorded {
                desk.say("The team counts as told. In a drill nothing is copied.");
            }
            return recorded;
        }
        // The team counts as told once the text is copied: what is not on the clipboard is pasted nowhere. A browser that
        // asks first may take its time; whoever presses again meanwhile has told the team once.
        let answered = answered.to_vec();
        desk.copy_and(text.get_untracked(), copied, move |is_copied| {
            let is_owed = untrack(|| desk.view(&run))
                .is_some_and(|view| view.asks_for(Channel::Team, message.kind));
            if is_copied && is_owed && record_posted(desk, &run, message, "") {
                if !answered.is_empty() {
                    gate::note(desk, &run, gate::SEND.0, &answered);
                }
                desk.say(
                    "The text is copied and the team counts as told. Paste it where your team reads.",
                );
            }
        });
        false
    };
    let explained = move || {
        if hosted.get() {
            "Notify team sends the text to your team’s channel. The team counts as told once the channel has taken it."
        } else if drill.get() == Some(true) {
            "Notify team records that the team was told now. In a drill nothing is copied: read the text."
        } else {
            "Notify team copies the text and records that the team was told now. Paste it where your team reads."
        }
    };
    view! {
        <div class="stack">
            <PreviewPane channel=Channel::Team preview=shown to="Your team’s channel" />
            <SopClause draft />
            <Problems findings=found />
            <p class="small quiet">{explained}</p>
            <div class="action-bar">
                <Button kind=Kind::Primary disabled_reason=blocked on_press=move |()| { tell(&[]); }>"Notify team"</Button>
                <gate::SendAnyway draft gated=gate on_send={move |answered: Vec<String>| tell(&answered)} />
                <Show when=move || !hosted.get()>
                    <CopyButton
                        label="Copy text"
                        on_copy=move |()| gate::copy(desk, gate, to_copy(draft.open, text.get_untracked()), copied)
                        outcome=copied
                    />
                </Show>
            </div>
            <BreakGlass draft channel=Channel::Team gate />
        </div>
    }
}
