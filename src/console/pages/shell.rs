//! The frame around every page: name, navigation, who is here, and what has to be said on every page
//! (nothing is being saved, the playbook has problems, a message is about to leave).

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::kept::event_store::Saving;
use crate::console::desk::undo_queue::Leaving;
use crate::console::pages::banners::{NotSentBanners, ServiceBanners};
use crate::console::pages::drill::DrillBanner;
use crate::console::pages::incident::conflict::Conflict;
use crate::console::paths::Route;
use crate::console::router;
use crate::domain::utc_text;
use crate::sop::channel::Channel;
use crate::ui::button::{Button, Kind};
use crate::ui::field::Field;
use crate::ui::focus::{keep_focus, window_has_focus};
use crate::ui::notice::{Banner, NoticeTone};
use crate::ui::page::{SkipLink, focus_first, focus_once_there};
use crate::ui::reactive::in_turn;
use crate::ui::theme::ThemeButton;
use crate::words;

/// The frame. The page is its child.
#[component]
pub fn Shell(
    /// The page that is shown; `None` for an unknown address.
    route: Memo<Option<Route>>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let desk = Desk::here();
    // A drill's mails lie in this browser's outbox, whatever service sends the real ones.
    let drills = Memo::new(move |_| desk.views().iter().any(|view| view.state.drill));
    announce_arrivals();
    let room = NodeRef::new();
    keep_focus(room);
    view! {
        <div class="app" node_ref=room>
            <SkipLink />
            <header class="app-bar">
                <a href=Route::Incidents.path() class="app-bar-name">"Allclear"</a>
                <nav class="app-bar-nav" aria-label="Console">
                    {nav_link(route, Route::Incidents, "Incidents")}
                    {nav_link(route, Route::Readiness, "Readiness")}
                    {nav_link(route, Route::Sop, "SOP")}
                    <Show when=move || !desk.is_hosted(Channel::Email) || drills.get()>
                        {nav_link(route, Route::Outbox, "Outbox")}
                    </Show>
                    {nav_link(route, Route::Settings, "Settings")}
                </nav>
                <WhoHere desk />
                <ThemeButton theme=desk.theme() on_change=move |theme| desk.set_theme(theme) />
            </header>
            <Troubles desk route />
            <main id="main" class="page">
                <AskWho desk />
                {children()}
            </main>
            <div class="leaving" role="region" aria-label="About to leave">
                <For
                    each=move || desk.leaving()
                    key=|leaving| leaving.frozen.op.clone()
                    children=move |leaving| view! { <Undo desk leaving /> }
                />
            </div>
            // A live region that comes with its words is not told everywhere: this one stands before, and tells of the last.
            <p class="sr-only" role="status" aria-label="Waits to leave">
                {move || desk.leaving().pop().map(|leaving| told(desk, &leaving))}
            </p>
            <p class="said" role="status" aria-label="Last message">
                {move || desk.said().get().filter(|said| !said.alarm).map(|said| in_turn(said.is_second, said.text))}
            </p>
        </div>
    }
}

/// How long a page may take to stand before the focus stays where it is: some ten seconds.
const FRAMES: u32 = 600;

/// Moves the focus to the heading of the page that a link led to; the first page keeps its own.
fn announce_arrivals() {
    let path = router::path();
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            focus_once_there("main h1", FRAMES);
        }
        now
    });
}

/// A link of the navigation, marked while it leads to where one is.
fn nav_link(here: Memo<Option<Route>>, to: Route, name: &'static str) -> AnyView {
    let href = to.path();
    let current = Signal::derive(move || {
        here.with(|here| here.as_ref().is_some_and(|here| here.is_within(&to)))
            .then_some("page")
    });
    view! { <a href=href aria-current=current>{name}</a> }.into_any()
}

/// Who is at this device, in the header.
#[component]
fn WhoHere(desk: Desk) -> impl IntoView {
    let who = desk.who();
    view! {
        <Show when=move || !who.get().is_empty()>
            <p class="app-bar-who">
                "You are " <strong>{who}</strong>
                {move || desk.is_logged_in().then_some(", from the login")}
            </p>
        </Show>
    }
}

/// Asks once per device who is here. The name is kept when its field is left, and the form goes when the press is over
/// that took the focus: nothing moves away from under it.
#[component]
fn AskWho(desk: Desk) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    // Whether somebody has typed in it since the last press elsewhere.
    let writes = RwSignal::new(false);
    let _for_good = window_event_listener(leptos::ev::click, move |_| writes.set(false));
    let save = move || {
        // The form may have gone with its page.
        let name = typed.try_get_untracked().unwrap_or_default();
        if !name.trim().is_empty() {
            desk.set_who(&name);
        }
    };
    view! {
        <Show when=move || desk.asks_who() || (writes.get() && !desk.is_logged_in())>
            <form
                class="card ask-who"
                aria-label="Who is here"
                on:click=|event| event.stop_propagation()
                on:submit=move |event| {
                    event.prevent_default();
                    save();
                    writes.set(false);
                }
            >
                // Another window takes the focus from half a name.
                <div on:focusout=move |_| if window_has_focus() { save() }>
                    <Field
                        label="You are"
                        hint=Some("Your name or initials. They stand beside everything you do here.".to_owned())
                        value=typed
                        on_input=move |text| {
                            typed.set(text);
                            writes.set(true);
                        }
                        autocomplete="name"
                    />
                </div>
                <Button kind=Kind::Primary submit=true on_press=|()| ()>"Save name"</Button>
            </form>
        </Show>
    }
}

/// What has to be said on every page.
#[component]
fn Troubles(desk: Desk, route: Memo<Option<Route>>) -> impl IntoView {
    let failing = desk.failing();
    let problems = move || {
        desk.setup()
            .with(|setup| setup.ready().map_or(0, |ready| ready.problems.len()))
    };
    view! {
        <section class="troubles" aria-label="What needs attention">
            <DrillBanner desk route />
            {move || match desk.saving().get() {
                Saving::Opening | Saving::Kept => None,
                Saving::StoredAgain(entries) => Some(view! {
                    <div role="alert">
                        <Banner tone=NoticeTone::Bad>
                            <p>
                                <strong>"The storage of this browser was emptied. "</strong>
                                {format!("Another tab did it, or the browser. Of what was still here, {}; download everything to be safe. A status page and lists that only this browser kept may be gone.", words::stored_again(entries))}
                            </p>
                            <Button on_press=move |()| desk.export_all()>"Download everything"</Button>
                            <Button kind=Kind::Quiet on_press=move |()| desk.close_unsaved()>"Close"</Button>
                        </Banner>
                    </div>
                }
                .into_any()),
                Saving::Failed(reason) => Some(view! {
                    <Banner tone=NoticeTone::Bad>
                        <p>
                            <strong>"Nothing is being saved. "</strong>
                            {format!("The browser says: {reason}. What you see stays until this tab is closed.")}
                        </p>
                        <p>{words::EVERYTHING}</p>
                        <Button on_press=move |()| desk.export_all()>"Download everything"</Button>
                    </Banner>
                }
                .into_any()),
            }}
            <NotSentBanners desk />
            <ServiceBanners desk />
            <Conflict desk />
            {move || desk.said().get().filter(|said| said.alarm).map(|said| {
                in_turn(said.is_second, view! { <Alarm text=said.text on_close=move |()| desk.close_said() /> })
            })}
            {move || desk.minded().get().map(|text| {
                view! { <Alarm text on_close=move |()| desk.close_minded() /> }
            })}
            {move || failing.get().map(|what| view! {
                <Banner tone=NoticeTone::Warn>
                    <p>
                        {format!("The embedded provider is set to fail: {what}. ")}
                        <a href=Route::Settings.path()>"Open the failure switch"</a>
                    </p>
                </Banner>
            })}
            <Show when=move || desk.dropped().with(|dropped| !dropped.is_empty())>
                <Banner tone=NoticeTone::Warn>
                    <p>
                        {move || {
                            format!(
                                "{}; the rest is here. Nothing was deleted.",
                                words::left_out(desk.dropped().with(Vec::len))
                            )
                        }}
                    </p>
                    <p>"They may hold names and what was typed. Addresses are left out unless you ask for them."</p>
                    <Button on_press=move |()| desk.export_dropped(false)>"Download the raw entries"</Button>
                    <Button kind=Kind::Quiet on_press=move |()| desk.export_dropped(true)>"Download them with addresses"</Button>
                </Banner>
            </Show>
            <Show when=move || { problems() > 0 }>
                <Banner tone=NoticeTone::Bad>
                    <p>
                        {move || format!("The settings have {}. ", words::counted(problems(), "problem", "problems"))}
                        <a href=Route::Readiness.path()>"See what is wrong, and what cannot run"</a>
                    </p>
                </Banner>
            </Show>
        </section>
    }
}

/// Something that went wrong, until somebody closes it.
#[component]
fn Alarm(text: String, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    view! {
        <div role="alert">
            <Banner tone=NoticeTone::Bad>
                <p>{text}</p>
                <Button kind=Kind::Quiet on_press=on_close>"Close"</Button>
            </Banner>
        </div>
    }
}

/// What is told, once, of a message in its undo window.
fn told(desk: Desk, leaving: &Leaving) -> String {
    let message = &leaving.frozen.message;
    let channel = words::channel(message.channel);
    let kind = words::kind(message.kind).to_ascii_lowercase();
    let how = if desk.held_for(&leaving.run, message.channel).is_some() {
        "is held, and leaves by itself only within a minute".to_owned()
    } else {
        format!("leaves at {}", utc_text::second(leaving.frozen.leaves_at))
    };
    format!("{channel}, {kind}: {how}. “Undo” is at the end of the page.")
}

fn held(channel: &str) -> String {
    format!(
        "{channel}: held, and not sent. It leaves by itself only within a minute; after that, look at it again and publish."
    )
}

/// A message in its undo window, in whichever tab it was frozen: whose it is, and of which incident.
#[component]
fn Undo(desk: Desk, leaving: Leaving) -> impl IntoView {
    let on = leaving.frozen.message.channel;
    let channel = words::channel(on);
    let (run, op, who) = (
        leaving.run.clone(),
        leaving.frozen.op.clone(),
        leaving.frozen.who.clone(),
    );
    let of = untrack(|| desk.view(&run)).map_or_else(String::new, |view| view.title());
    let message = words::kind(leaving.frozen.message.kind).to_ascii_lowercase();
    let is_held = {
        let run = run.clone();
        Memo::new(move |_| desk.held_for(&run, on).is_some())
    };
    let at = format!("at {}", utc_text::second(leaving.frozen.leaves_at));
    let left = move || desk.leaves_in(&leaving);
    let undo = move |()| {
        if desk.undo(&run, &op) {
            desk.say("Taken back: nothing was sent.");
        }
        // On another page its own heading takes it. Never the button that sends: a key that is held presses again.
        focus_first("#messages-heading");
    };
    view! {
        // Told beside it.
        <div class="undo" role="status" aria-live="off" aria-label="About to leave">
            <Show when=move || !is_held.get() fallback=move || view! { <p>{held(channel)}</p> }>
                <p>
                    <strong>{format!("{channel}, {message}")}</strong>
                    {format!(" · {of} · {who} · leaves ")}
                    // Counted for the eye.
                    <span aria-hidden="true">"in " <span class="undo-count">{left.clone()}</span> " s"</span>
                    <span class="sr-only">{at.clone()}</span>
                </p>
            </Show>
            <Button on_press=undo>"Undo"</Button>
        </div>
    }
}
