//! What can be checked before an incident, and every problem of the files that an organisation edits. This
//! page stands when everything else is broken.

mod checklist;
mod problems;
mod rehearsal;

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::readiness::{Check, CheckResult};
use crate::console::desk::services::probes::Probes;
use crate::console::desk::setup::Setup;
use crate::console::pages::parts::DueTime;
use crate::ui::button::{Button, Kind};
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::page::PageHeading;
use crate::ui::reactive::{in_turn, whenever};
use crate::ui::shape::{Shape, StateIcon};
use crate::words::readiness::{self, verdict};

/// The page "Readiness".
#[component]
pub fn Readiness() -> impl IntoView {
    let desk = Desk::here();
    desk.head("Readiness");
    let probes = desk.probes();
    // What is asked of services depends on who they are, which the settings say.
    whenever(move || {
        if desk.setup().with(|setup| setup.ready().is_some()) {
            probes.ask_services(desk);
        }
    });
    // What failed because nobody was logged in, or offline, is asked anew.
    let are_away = Memo::new(move |_| desk.out_of_reach().is_some());
    let were_away = StoredValue::new(false);
    whenever(move || {
        let are_away = are_away.get();
        if were_away.get_value() && !are_away {
            probes.ask_services(desk);
        }
        were_away.set_value(are_away);
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
            <Verdict desk probes />
            <problems::ProblemList desk />
            <rehearsal::HostedServices desk />
            <div class="readiness">
                <checklist::BeforeIncident desk probes />
                <Checks desk probes />
            </div>
        </Show>
    }
}

/// The answer in one sentence.
#[component]
fn Verdict(desk: Desk, probes: Probes) -> impl IntoView {
    let said = Memo::new(move |_| {
        let checks = desk.checks(probes);
        let that = |outcome| {
            let wanted = checks.iter().filter(move |check| check.outcome == outcome);
            wanted.map(|check| check.what).collect::<Vec<_>>()
        };
        let problems = desk
            .setup()
            .with(|setup| setup.ready().map_or(0, |ready| ready.problems.len()));
        verdict(
            &that(CheckResult::Fails),
            &that(CheckResult::Asking),
            problems,
        )
    });
    move || {
        let (verdict, words) = said.get();
        let (tone, announce) = match verdict {
            readiness::Verdict::Ready => (NoticeTone::Good, true),
            readiness::Verdict::Asking => (NoticeTone::Info, false),
            readiness::Verdict::NotReady => (NoticeTone::Bad, true),
        };
        in_turn(announce, view! { <Notice tone announce>{words}</Notice> })
    }
}

/// The checks, with what was found.
#[component]
fn Checks(desk: Desk, probes: Probes) -> impl IntoView {
    let checks = Memo::new(move |_| desk.checks(probes));
    let asking = Signal::derive(move || {
        let mut checks = checks.get().into_iter();
        let asks = checks.any(|check| check.outcome == CheckResult::Asking);
        asks.then(|| "The answers are on their way.".to_owned())
    });
    let asked_at = move || {
        let at = probes.asked_at.get()?;
        Some(view! { <span class="small quiet">"Asked at " <DueTime at /></span> })
    };
    view! {
        <section class="card" aria-labelledby="checks-heading">
            <div class="card-head">
                <h2 id="checks-heading">"Checks"</h2>
                {asked_at}
                <Button kind=Kind::Quiet disabled_reason=asking on_press=move |()| probes.ask_services(desk)>
                    "Check again"
                </Button>
            </div>
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
        CheckResult::Holds => ("done", Shape::Check, "OK"),
        CheckResult::Fails => ("failed", Shape::Cross, "Failed"),
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
