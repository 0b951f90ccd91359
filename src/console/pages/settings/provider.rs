//! The embedded provider: its failure switch and the demonstration.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::services::failure::Failure;
use crate::console::desk::services::probes::Probes;
use crate::console::paths::Route;
use crate::sop::channel::Channel;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::notice::{Notice, NoticeTone};

/// The embedded provider's section.
#[component]
pub fn EmbeddedProvider(
    desk: Desk,
    /// What was asked of the provider and the browser.
    probes: Probes,
) -> impl IntoView {
    let embedded = |channel| untrack(|| !desk.is_hosted(channel));
    let (page, mail) = (embedded(Channel::Page), embedded(Channel::Email));
    view! {
        <section class="card" aria-labelledby="provider-heading">
            <div class="card-head"><h2 id="provider-heading">"Embedded provider"</h2></div>
            {match (page, mail) {
                (true, true) => view! {
                    <p class="measure">
                        "The status page and the mail service of this console live in this browser. Nothing of them leaves it. Mails land in the "
                        <a href=Route::Outbox.path()>"Outbox"</a> "."
                    </p>
                }.into_any(),
                (false, _) => view! {
                    <p class="measure">
                        "The status page is hosted. Mails live in this browser, and land in the "
                        <a href=Route::Outbox.path()>"Outbox"</a> "; nobody gets them."
                    </p>
                }.into_any(),
                (true, false) => view! {
                    <p class="measure">"Mails leave through a hosted service. The status page lives in this browser, and nobody else sees it."</p>
                }.into_any(),
            }}
            <Failures desk probes />
            {page.then(|| view! { <Demonstration desk probes /> })}
        </section>
    }
}

/// What a failure does, for people.
fn explained(failure: Failure) -> &'static str {
    match failure {
        Failure::None => "Every request is performed and answered.",
        Failure::Refuse => {
            "The provider says no and does nothing. The ledger says “failed”, and sending again is safe."
        }
        Failure::LoseAnswer => {
            "The request is performed and its answer is lost. The ledger says “unknown”: it may already have been delivered."
        }
        Failure::Offline => "No request leaves. The ledger says “failed”, and nobody got anything.",
        Failure::Slow => "Every answer takes six seconds.",
        Failure::StorageFull => "The provider has no room left and takes nothing in.",
    }
}

/// The failure switch: for drills, and to see what the console does then.
#[component]
fn Failures(desk: Desk, probes: Probes) -> impl IntoView {
    let options = Failure::ALL
        .map(|failure| Choice::new(failure, failure.label()).with_note(explained(failure)))
        .to_vec();
    let value = Signal::derive(move || probes.failure.get().and_then(Result::ok));
    let unreadable = move || match probes.failure.get() {
        Some(Err(error)) => Some(format!("The switch cannot be read: {error}.")),
        Some(Ok(_)) | None => None,
    };
    let on = move || value.get().is_some_and(|failure| failure != Failure::None);
    view! {
        <Show when=on>
            <Notice tone=NoticeTone::Warn>
                "The failure switch is on, in every tab of this browser. Turn it back to “Everything works” before a real incident."
            </Notice>
        </Show>
        <RadioGroup
            legend="Failure switch"
            hint=Some("For drills: what happens to requests to the embedded provider.".to_owned())
            error=Signal::derive(unreadable)
            options
            value
            on_change=move |failure| desk.set_failure(failure)
        />
    }
}

/// A year of made-up incidents on the page, to look at.
#[component]
fn Demonstration(desk: Desk, probes: Probes) -> impl IntoView {
    let shown = move || match probes.demo.get() {
        None => String::new(),
        Some(Ok(true)) => {
            "A year of made-up incidents is on the status page, labelled as a demonstration."
                .to_owned()
        }
        Some(Ok(false)) => "No demonstration is on the status page.".to_owned(),
        Some(Err(error)) => format!("The status page cannot be read: {error}."),
    };
    let is_on = Memo::new(move |_| probes.demo.get() == Some(Ok(true)));
    let absent =
        Signal::derive(move || (!is_on.get()).then(|| "There is none on the page.".to_owned()));
    view! {
        <h3>"Demonstration history"</h3>
        <p>{shown}</p>
        <div class="row">
            <Button on_press=move |()| desk.add_demo()>
                {move || if is_on.get() { "Make the demonstration anew" } else { "Add the demonstration" }}
            </Button>
            <Button kind=Kind::Danger disabled_reason=absent on_press=move |()| desk.clear_demo()>
                "Remove the demonstration"
            </Button>
        </div>
    }
}
