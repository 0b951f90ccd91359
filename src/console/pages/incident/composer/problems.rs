//! The list "Before you send": what is missing, untrue or unwise in a message.

use leptos::prelude::*;

use super::Draft;
use crate::sop::channel::Channel;
use crate::sop::lint::{self, Checked, Finding};
use crate::sop::message::{PageOptions, Preview};
use crate::sop::playbook::Variant;
use crate::ui::button::{Button, Kind};
use crate::ui::page::focus_first;
use crate::ui::shape::{Shape, StateIcon};

/// The findings of a message; those that block keep it from leaving.
#[component]
pub fn Problems(
    #[prop(into)] findings: Signal<Vec<Finding>>,
    /// Told which other text of the playbook was asked for.
    #[prop(optional, into)]
    on_offer: Option<Callback<Variant>>,
) -> impl IntoView {
    view! {
        <Show when=move || findings.with(|findings| !findings.is_empty())>
            <div class="before">
                <h3>"Before you send"</h3>
                <ul class="problems" aria-label="Before you send">
                    {move || findings.get().into_iter().map(|finding| view! { <Problem finding on_offer /> }).collect_view()}
                </ul>
            </div>
        </Show>
    }
}

#[component]
fn Problem(finding: Finding, on_offer: Option<Callback<Variant>>) -> impl IntoView {
    let shape = if finding.blocks {
        Shape::Alarm
    } else {
        Shape::Info
    };
    let go = finding.fact.map(|fact| {
        let target = format!(
            "#fact-{} textarea, #fact-{} input",
            fact.word(),
            fact.word()
        );
        view! {
            <Button kind=Kind::Quiet on_press=move |()| focus_first(&target)>"Fill it in"</Button>
        }
    });
    let take = finding.offer.zip(on_offer).map(|(variant, on_offer)| {
        view! {
            <Button kind=Kind::Quiet on_press=move |()| on_offer.run(variant)>
                {match variant {
                    Variant::Short => "Take the shorter text",
                    Variant::True => "Take the true text",
                    Variant::Usual | Variant::Retraction => "Take the other text",
                }}
            </Button>
        }
    });
    view! {
        <li data-blocking=finding.blocks.then_some("true")>
            <StateIcon shape />
            <div>
                <p>{finding.text}</p>
                {go}
                {take}
            </div>
        </li>
    }
}

/// Why a message cannot leave: one for the same channel is on its way, or the first finding that blocks.
pub fn blocking(
    draft: Draft,
    channel: Channel,
    findings: Signal<Vec<Finding>>,
) -> Signal<Option<String>> {
    let open = draft.open;
    Signal::derive(move || {
        let on_its_way = open.view.with(|view| {
            let waiting = view.iter().flat_map(|view| &view.state.about_to_leave);
            waiting
                .into_iter()
                .any(|frozen| frozen.message.channel == channel)
        });
        if on_its_way {
            return Some(
                "A message is about to leave here. Undo it first to send another.".to_owned(),
            );
        }
        findings.with(|findings| {
            findings
                .iter()
                .find(|finding| finding.blocks)
                .map(|finding| finding.text.clone())
        })
    })
}

/// Everything that is to be said about a draft now. `options` is what a page post does besides its text.
pub fn findings(
    draft: Draft,
    shown: Memo<Option<Preview>>,
    options: Signal<PageOptions>,
) -> Signal<Vec<Finding>> {
    let desk = draft.open.desk;
    let found = Memo::new(move |_| {
        let (playbook, purpose, filling) = draft.filling()?;
        let view = draft.open.view.get()?;
        let components = lint::after(&desk.components(), &options.get());
        let preview = shown.get();
        let unanswered = lint::unanswered(&view.state.ledger, purpose.channel, filling.now);
        let found = lint::findings(&Checked {
            playbook: &playbook,
            purpose,
            filling: &filling,
            preview: preview.as_ref(),
            incident_type: &view.state.kind,
            components: &components,
            touched: &view.state.components,
            needs_approval: view.state.needs_approval,
        });
        Some(unanswered.into_iter().chain(found).collect::<Vec<_>>())
    });
    Signal::derive(move || found.get().unwrap_or_default())
}
