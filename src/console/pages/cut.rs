//! What is said on every page while hosted services cannot be used, or this device's clock is wrong.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::ui::button::{Button, Kind};
use crate::ui::notice::{Banner, NoticeTone};

/// The banners of the edge: login, network, clock.
#[component]
pub fn CutBanners(
    /// The desk.
    desk: Desk,
) -> impl IntoView {
    // A list by words, so that a banner that stays keeps the focus that is in it.
    let said = Memo::new(move |_| {
        let cut = desk.cut().map(|cut| (cut.text, cut.by_login, true));
        let skew = desk.skew().map(|text| (text, false, false));
        cut.into_iter().chain(skew).collect::<Vec<_>>()
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
