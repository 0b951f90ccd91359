//! The dialog that asks for one thing to be done: what it says, and at its foot the way back and the act.

use leptos::prelude::*;

use super::button::{Button, Kind};
use super::dialog::Dialog;

#[component]
pub fn ActDialog(
    /// Its title; the accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    #[prop(default = Signal::stored(true), into)]
    open: Signal<bool>,
    /// Asked to close: by the way back, by Escape or by the browser. The app closes it.
    #[prop(into)]
    on_close: Callback<()>,
    /// What the act is called.
    act: &'static str,
    /// How the act is meant.
    #[prop(default = Kind::Primary)]
    kind: Kind,
    /// Why the act cannot be done now; `None` while it can.
    #[prop(default = Signal::stored(None), into)]
    disabled_reason: Signal<Option<String>>,
    #[prop(into)] on_act: Callback<()>,
    /// What the way back is called.
    #[prop(default = "Cancel")]
    keep: &'static str,
    /// What it says and asks.
    children: ChildrenFn,
) -> impl IntoView {
    let foot = move || {
        view! {
            <Button kind=Kind::Quiet on_press=on_close>{keep}</Button>
            <Button kind disabled_reason on_press=on_act>{act}</Button>
        }
    };
    view! { <Dialog title open on_close foot children /> }
}
