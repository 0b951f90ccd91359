//! What is said on every page while hosted services cannot be used, this device's clock is wrong, or a message was cut
//! off before it left.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::paths::Route;
use crate::ui::button::{Button, Kind};
use crate::ui::notice::{Banner, NoticeTone};
use crate::words;

/// The banners of the edge: login, network, clock.
#[component]
pub fn ServiceBanners(desk: Desk) -> impl IntoView {
    // A list by words, so that a banner that stays keeps the focus that is in it.
    let said = Memo::new(move |_| {
        let services = desk
            .out_of_reach()
            .map(|what| (what.text, what.by_login, true));
        let skew = desk.skew().map(|text| (text, false, false));
        services.into_iter().chain(skew).collect::<Vec<_>>()
    });
    view! {
        <For
            each=move || said.get()
            key=Clone::clone
            children=move |(text, by_login, again)| view! {
                <div role="alert">
                    <Banner tone=NoticeTone::Warn>
                        <p>{text}</p>
                        {by_login.then(|| view! {
                            <Button kind=Kind::Primary on_press=move |()| desk.open_login()>"Log in"</Button>
                        })}
                        {again.then(|| view! {
                            <Button on_press=move |()| desk.ask_login()>"Try again"</Button>
                        })}
                    </Banner>
                </div>
            }
        />
    }
}

/// Messages of this device that were about to leave when their console was closed. Their facts are kept: the text is
/// made anew from them.
#[component]
pub fn NotSentBanners(desk: Desk) -> impl IntoView {
    let not_sent = Memo::new(move |_| desk.not_sent());
    view! {
        <For
            each=move || not_sent.get()
            key=|leaving| leaving.frozen.op.clone()
            children=move |leaving| {
                let (channel, kind) = (leaving.frozen.message.channel, leaving.frozen.message.kind);
                let (run, op) = (leaving.run.clone(), leaving.frozen.op.clone());
                let leave = move |()| desk.put_away(&run, &op);
                let of = untrack(|| desk.view(&leaving.run)).map_or_else(String::new, |view| view.title());
                let to = if leaving.frozen.message.is_postmortem() {
                    Route::Postmortem(leaving.run)
                } else {
                    Route::Incident(leaving.run)
                };
                view! {
                    <div role="alert">
                        <Banner tone=NoticeTone::Warn>
                            <p>
                                <strong>{format!("{}, {}, was not sent. ", words::channel(channel), words::kind(kind).to_ascii_lowercase())}</strong>
                                {format!("{of}: the console was closed before it left. Nobody got it; its text is ready.")}
                            </p>
                            <a class="button" href=to.path()>"Look at it again"</a>
                            <Button on_press=leave>"Do not send it"</Button>
                        </Banner>
                    </div>
                }
            }
        />
    }
}
