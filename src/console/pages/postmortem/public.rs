//! What readers get of a post-mortem: a text of its own, seen whole before it leaves, with its own press and undo window.

use leptos::prelude::*;

use super::super::incident::IncidentContext;
use super::super::incident::approval::ApprovalCard;
use super::super::incident::composer::gate::{SEND, gated_by, reason, send_anyway};
use super::super::incident::composer::problems::Problems;
use crate::sop::channel::Channel;
use crate::sop::gate::{Gate, PublicText};
use crate::sop::report;
use crate::sop::run::{LedgerRow, LedgerState};
use crate::ui::button::{Button, Kind};
use crate::ui::field::{Field, FieldKind};
use crate::ui::time::Time;
use crate::views::Markdown;

/// The region "Public post-mortem".
#[component]
pub fn ForReaders(open: IncidentContext) -> impl IntoView {
    let on_page = open.slice(|view| view.state.page_incident.is_some());
    view! {
        <section class="card form no-print" aria-label="Public post-mortem">
            <h2>"For readers"</h2>
            <Show
                when=move || on_page.get() == Some(true)
                fallback=|| view! { <p>"The incident is not on the status page, so nothing is published with it."</p> }
            >
                <Publish open />
            </Show>
        </section>
    }
}

#[component]
fn Publish(open: IncidentContext) -> impl IntoView {
    let desk = open.desk;
    let typed = desk
        .drafts()
        .field(format!("public-postmortem/{}", open.id().0));
    let last = open.slice(|view| {
        let mut rows = view.state.ledger.iter().rev();
        rows.find(|row| row.message.is_postmortem()).cloned()
    });
    let draft = Memo::new(move |_| last_text(open, last.get().flatten().as_ref()));
    let text = Signal::derive(move || typed.text().unwrap_or_else(|| draft.get()));
    let gate = gated_by(move || text.with(|text| asked(open, text, ask)));
    let known = Memo::new(move |_| {
        let row = last.get().flatten()?;
        let same = text.with(|text| row.message.text == text.trim());
        let sent = matches!(row.state, LedgerState::Sent { .. });
        (same && sent).then(|| "Readers have this text.".to_owned())
    });
    let blocked = gate.blocked();
    let refusal = Signal::derive(move || known.get().or_else(|| blocked.get()));
    let publish = move |answered: &[String]| {
        let frozen = untrack(|| asked(open, &text.get(), |wanted| wanted.freeze(answered)));
        match frozen {
            Some(Ok(message)) => {
                // What leaves is what is shown from now on, whatever the log learns meanwhile.
                typed.set(text.get_untracked());
                desk.freeze(&open.id(), message).is_some()
            }
            Some(Err(held)) => {
                desk.alarm(format!("Not published: {}", reason(&held)));
                false
            }
            None => false,
        }
    };
    let drafts_there = move || desk.is_hosted_for(&open.id(), Channel::Page);
    let save = move |()| {
        let incident = open
            .view
            .with_untracked(|view| view.as_ref()?.state.page_incident.clone());
        if let Some(incident) = incident {
            desk.save_postmortem_draft(open.id(), incident, text.get_untracked());
        }
    };
    let empty = Signal::derive(move || {
        text.with(|text| text.trim().is_empty())
            .then(|| "Write what readers are to know first.".to_owned())
    });
    view! {
        <p class="measure">
            "A text of its own. It begins with the summary, the times, the impact, the cause, the resolution and the prevention; nothing of the log, the notes or the names is in it unless you type it."
        </p>
        <div role="status">{move || standing(open, last.get().flatten())}</div>
        <Field
            label="Public text"
            hint=Some("Markdown: headings, lists, links, strong, emphasis, quotes and code.".to_owned())
            kind=FieldKind::Long
            value=text
            on_input=move |text| {
                // What stood in the field is what the responder replaces knowingly.
                if untrack(|| typed.text()).is_none() {
                    desk.saw_postmortem(&open.id(), "published", draft.get_untracked());
                }
                typed.set(text);
            }
        />
        <section class="preview" data-channel="page" aria-label="Preview">
            <div class="preview-head"><span>"Exactly this goes out"</span></div>
            <div class="preview-text">{move || view! { <Markdown text=text.get() /> }}</div>
        </section>
        <ApprovalCard open />
        <Problems findings=gate.findings() />
        <div class="action-bar">
            <Button kind=Kind::Primary disabled_reason=refusal on_press=move |()| { publish(&[]); }>
                "Publish post-mortem"
            </Button>
            {send_anyway(open, gate, SEND, Callback::new(move |answered: Vec<String>| publish(&answered)))}
            <Show when=drafts_there>
                <Button disabled_reason=empty on_press=save>"Save draft on the page"</Button>
            </Show>
        </div>
    }
}

/// What stands in the field before anybody types: what readers have, or what there is to start from.
fn last_text(open: IncidentContext, last: Option<&LedgerRow>) -> String {
    let desk = open.desk;
    if let Some(row) = last.filter(|row| !row.message.text.is_empty()) {
        return row.message.text.clone();
    }
    let published = published(open);
    let draft = || {
        let playbook = desk.playbook()?;
        open.view
            .with(|view| Some(report::public_draft(&playbook, &view.as_ref()?.state)))
    };
    published.or_else(draft).unwrap_or_default()
}

/// What the page shows as the incident's post-mortem, as far as it was read.
fn published(open: IncidentContext) -> Option<String> {
    let id = open
        .view
        .with(|view| view.as_ref()?.state.page_incident.clone())?;
    let page = open.desk.page_seen(&open.id())?;
    let incident = page.incidents.iter().find(|incident| incident.id == id)?;
    Some(incident.postmortem.as_ref()?.body.clone())
}

/// Where it stands with readers.
fn standing(open: IncidentContext, last: Option<LedgerRow>) -> AnyView {
    let Some(row) = last else {
        let there = published(open).is_some();
        return if there {
            view! { <p>"Readers have a post-mortem: it is the text below until you change it."</p> }
                .into_any()
        } else {
            view! { <p>"Nothing is published yet."</p> }.into_any()
        };
    };
    match row.state {
        LedgerState::Queued => view! { <p>"It is on its way to the status page."</p> }.into_any(),
        LedgerState::Sent { at } => view! { <p>"Published: readers have had it since " <Time at=at /> "."</p> }.into_any(),
        LedgerState::Failed { reason } => view! {
            <p>{format!("It was not published: {reason}. Nobody got it. Its text is ready below.")}</p>
        }
        .into_any(),
        LedgerState::Unknown { reason } => view! {
            <p>{format!("No answer came ({reason}): readers may have it already. Publish it again; it stays one post-mortem.")}</p>
        }
        .into_any(),
    }
}

fn ask(wanted: &PublicText<'_>) -> Gate {
    wanted.ask()
}

/// Asks the gate about the text as of now.
fn asked<T>(
    open: IncidentContext,
    text: &str,
    ask: impl FnOnce(&PublicText<'_>) -> T,
) -> Option<T> {
    let desk = open.desk;
    let playbook = desk.playbook()?;
    let view = open.view.get()?;
    let run = open.id();
    let (page, components) = (desk.page_seen(&run), desk.components_seen(&run));
    let who = desk.who().get();
    Some(ask(&PublicText {
        playbook: &playbook,
        state: &view.state,
        text,
        page: page.as_ref(),
        components: &components,
        sender: desk.actor(&who),
        now: desk.now().get().max(desk.fresh_now()),
    }))
}
