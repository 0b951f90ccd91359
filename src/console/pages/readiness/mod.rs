//! What can be checked before an incident, and every problem of the files that an organisation edits. This
//! page stands when everything else is broken.

mod checklist;
mod problems;
mod rehearsal;

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::provider::Provider;
use crate::console::desk::readiness::{Check, CheckResult};
use crate::console::desk::setup::Setup;
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::page::PageHeading;
use crate::ui::reactive::whenever;
use crate::ui::shape::{Shape, StateIcon};

/// The page "Readiness".
#[component]
pub fn Readiness() -> impl IntoView {
    let desk = Desk::here();
    desk.head("Readiness");
    let provider = desk.provider();
    // What is asked of services depends on who they are, which the settings say.
    whenever(move || {
        if desk.setup().with(|setup| setup.ready().is_some()) {
            provider.ask_services(desk);
        }
    });
    let loading = Memo::new(move |_| {
        desk.setup().with(|setup| match setup {
            Setup::Loading => true,
            Setup::Ready(_) => false,
        })
    });
    view! {
        <div class="page-head">
            <PageHeading>"Readiness"</PageHeading>
        </div>
        <Show
            when=move || !loading.get()
            fallback=|| view! { <p class="quiet late">"Reading the settings…"</p> }
        >
            <Verdict desk provider />
            <problems::ProblemList desk />
            <rehearsal::HostedServices desk />
            <div class="readiness">
                <checklist::BeforeIncident desk provider />
                <Checks desk provider />
            </div>
        </Show>
    }
}

/// The answer in one sentence.
#[component]
fn Verdict(desk: Desk, provider: Provider) -> impl IntoView {
    let failing = Memo::new(move |_| {
        let checks = desk.checks(provider).into_iter();
        checks
            .filter(|check| check.outcome == CheckResult::Fails)
            .map(|check| check.what)
            .collect::<Vec<_>>()
    });
    let problems = Memo::new(move |_| {
        desk.setup()
            .with(|setup| setup.ready().map_or(0, |ready| ready.problems.len()))
    });
    move || {
        let (failing, problems) = (failing.get(), problems.get());
        if failing.is_empty() && problems == 0 {
            return view! {
                <Notice tone=NoticeTone::Good announce=true>"The console can run the SOP."</Notice>
            }
            .into_any();
        }
        let mut said = Vec::new();
        if !failing.is_empty() {
            said.push(format!(
                "Not ready: {}.",
                failing.join(", ").to_ascii_lowercase()
            ));
        }
        match problems {
            0 => {}
            1 => said.push("The settings have 1 problem.".to_owned()),
            count => said.push(format!("The settings have {count} problems.")),
        }
        view! { <Notice tone=NoticeTone::Bad announce=true>{said.join(" ")}</Notice> }.into_any()
    }
}

/// The checks, with what was found.
#[component]
fn Checks(desk: Desk, provider: Provider) -> impl IntoView {
    let checks = Memo::new(move |_| desk.checks(provider));
    view! {
        <section class="card" aria-labelledby="checks-heading">
            <div class="card-head"><h2 id="checks-heading">"Checks"</h2></div>
            <ul class="checks" aria-label="Checks">
                <For
                    each=move || checks.get()
                    key=|check| (check.what, check.outcome == CheckResult::Holds, check.found.clone())
                    children=|check| view! { <OneCheck check /> }
                />
            </ul>
        </section>
    }
}

#[component]
fn OneCheck(check: Check) -> impl IntoView {
    let (state, shape, word) = match check.outcome {
        CheckResult::Holds => ("done", Shape::Check, "Holds"),
        CheckResult::Fails => ("failed", Shape::Cross, "Fails"),
        CheckResult::Mind => ("degraded", Shape::Triangle, "Check this"),
        CheckResult::Asking => ("waiting", Shape::ClockFace, "Checking"),
    };
    view! {
        <li class="check-row" data-state=state>
            <span class="state-word"><StateIcon shape /> {word}</span>
            <span class="strong">{check.what}</span>
            <span class="check-found">{check.found}</span>
        </li>
    }
}
