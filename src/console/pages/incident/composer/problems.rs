//! The list "Before you send": what is missing, untrue or unwise in a message.

use leptos::prelude::*;

use crate::sop::lint::Finding;
use crate::sop::playbook::Variant;
use crate::ui::button::{Button, Kind};
use crate::ui::page::focus_first;
use crate::ui::shape::{Shape, StateIcon};
use crate::words;

/// The findings of a message; those that block keep it from leaving.
#[component]
pub fn Problems(
    #[prop(into)] findings: Signal<Vec<Finding>>,
    /// Told which other text of the playbook was asked for.
    #[prop(optional, into)]
    on_offer: Option<Callback<Variant>>,
) -> impl IntoView {
    let blocking = Memo::new(move |_| {
        findings.with(|findings| findings.iter().filter(|finding| finding.blocks).count())
    });
    view! {
        // It stands before anything is found: what comes up while somebody types elsewhere is said.
        <p class="sr-only" aria-live="polite">
            {move || match blocking.get() {
                0 => String::new(),
                more => format!("{} before you send.", words::must_be_mended(more)),
            }}
        </p>
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
    let (shape, weight) = if finding.blocks {
        (Shape::Alarm, "Must be mended: ")
    } else {
        (Shape::Info, "Note: ")
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
                <p><span class="sr-only">{weight}</span>{finding.text}</p>
                {go}
                {take}
            </div>
        </li>
    }
}
