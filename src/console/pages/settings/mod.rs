//! Settings of this browser: who is here, how it looks, what is stored and what of it is old, and the embedded
//! provider's switches.

mod check;
mod old;
mod provider;
mod stored;

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::domain::frozen::USUAL_UNDO_SECONDS;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::field::Field;
use crate::ui::link::NEW_TAB;
use crate::ui::page::PageHeading;
use crate::ui::reactive::whenever;
use crate::ui::theme::Theme;
use crate::words;

/// The page "Settings".
#[component]
pub fn Settings() -> impl IntoView {
    let desk = Desk::here();
    desk.head("Settings");
    let probes = desk.probes();
    view! {
        <div class="page-head">
            <PageHeading>"Settings"</PageHeading>
        </div>
        <div class="settings">
            <You desk />
            <Look desk />
            <Sending desk />
            <stored::Stored desk probes />
            <old::OldIncidents desk />
            <check::CheckEvidence desk />
            <Show when=move || !desk.is_loading() && desk.keeps_here()>
                <provider::EmbeddedProvider desk probes />
            </Show>
        </div>
    }
}

/// Who is here. Until it was said, the frame of every page asks.
#[component]
fn You(desk: Desk) -> impl IntoView {
    let who = desk.who();
    let typed = RwSignal::new(who.get_untracked());
    whenever(move || typed.set(who.get()));
    let blank = Signal::derive(move || {
        typed
            .with(|name| name.trim().is_empty())
            .then(|| "Type a name or initials first.".to_owned())
    });
    view! {
        <section class="card" aria-labelledby="you-heading">
            <div class="card-head"><h2 id="you-heading">"Who you are"</h2></div>
            <Show
                when=move || !who.get().is_empty() && !desk.is_logged_in()
                fallback=move || view! {
                    <p class="quiet">
                        {move || if desk.is_logged_in() {
                            format!("You are {}, from the login. That stands beside everything you do here.", who.get())
                        } else {
                            "Asked at the top of this page: give your name there, or log in.".to_owned()
                        }}
                    </p>
                }
            >
                <form
                    class="form"
                    aria-label="Who you are"
                    on:submit=move |event| {
                        event.prevent_default();
                        if blank.get_untracked().is_none() {
                            desk.set_who(&typed.get_untracked());
                            desk.say(format!("From now on you are {}.", desk.who().get_untracked()));
                        }
                    }
                >
                    <Field
                        label="You are"
                        hint=Some("Stands beside everything you do from now on. What was entered before keeps its name.".to_owned())
                        value=typed
                        on_input=move |text| typed.set(text)
                        autocomplete="name"
                    />
                    <Button kind=Kind::Primary submit=true disabled_reason=blank on_press=|()| ()>
                        "Save name"
                    </Button>
                </form>
            </Show>
        </section>
    }
}

#[component]
fn Look(desk: Desk) -> impl IntoView {
    let theme = desk.theme();
    let options = vec![
        Choice::new(Theme::Auto, "As the system says"),
        Choice::new(Theme::Light, "Light"),
        Choice::new(Theme::Dark, "Dark"),
    ];
    view! {
        <section class="card" aria-labelledby="look-heading">
            <div class="card-head"><h2 id="look-heading">"Look"</h2></div>
            <RadioGroup
                legend="Theme"
                options
                value=Signal::derive(move || Some(theme.get()))
                on_change=move |theme: Theme| {
                    theme.apply();
                    desk.set_theme(theme);
                }
            />
        </section>
    }
}

/// What the team's settings say of sending; changed in their file only.
#[component]
fn Sending(desk: Desk) -> impl IntoView {
    let seconds = |count: u32| words::counted(count as usize, "second", "seconds");
    let undo = move || {
        desk.setup().with(|setup| match setup.team() {
            Some(team) => format!(
                "A message waits {} before it leaves, and can be undone until then. Set for the whole team in console/team.toml (undo_seconds).",
                seconds(team.undo_seconds)
            ),
            None => format!(
                "A message waits {} before it leaves: console/team.toml could not be read, and says nothing else.",
                seconds(USUAL_UNDO_SECONDS)
            ),
        })
    };
    view! {
        <section class="card" aria-labelledby="sending-heading">
            <div class="card-head"><h2 id="sending-heading">"Sending"</h2></div>
            <p class="measure">{undo}</p>
            <p>
                <a href=desk.status_page_address() target="_blank" rel=NEW_TAB>"Open the status page"</a>
                " (in a new tab)"
            </p>
        </section>
    }
}
