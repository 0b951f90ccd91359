//! Buttons. One that cannot be pressed says why and stays reachable: it does not vanish.

use leptos::prelude::*;

use super::id::fresh;
use super::reactive::{in_turn, reactive};
use super::words;

/// What pressing it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// One of several things that can be done.
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// Something small.
    Quiet,
    /// Something that cannot be taken back.
    Danger,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Primary => "primary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// A button. While `disabled_reason` holds a text it does nothing when pressed, keeps its place in the
/// tab order, and shows and announces the reason, as a sentence.
#[component]
pub fn Button(
    /// What happens.
    #[prop(into)]
    on_press: Callback<()>,
    /// What kind of act it is.
    #[prop(optional)]
    kind: Kind,
    /// Why it cannot be pressed now; `None` while it can.
    #[prop(default = Signal::stored(None), into)]
    disabled_reason: Signal<Option<String>>,
    /// Whether it fills its line.
    #[prop(optional)]
    wide: bool,
    /// Whether it sends the form that it stands in (the form's `on:submit` acts, not `on_press`).
    #[prop(optional)]
    submit: bool,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let why = fresh("why");
    let described_by = {
        let why = why.clone();
        move || disabled_reason.with(Option::is_some).then(|| why.clone())
    };
    let pressed = move |event: leptos::ev::MouseEvent| {
        if disabled_reason.with_untracked(Option::is_some) {
            event.prevent_default();
        } else if !submit {
            on_press.run(());
        }
    };
    let reason = reactive(move || {
        let id = why.clone();
        let reason = disabled_reason.get().map(|reason| {
            view! { <p class="button-why" id=id>{words::sentence(&reason)}</p> }.into_any()
        });
        reason.into_any()
    });
    view! {
        <div class="button-wrap">
            <button
                type=if submit { "submit" } else { "button" }
                class=if wide { "button button-wide" } else { "button" }
                data-kind=kind.word()
                aria-disabled=move || disabled_reason.with(Option::is_some).then_some("true")
                aria-describedby=described_by
                on:click=pressed
            >
                {children()}
            </button>
            {reason}
        </div>
    }
}

/// A button that puts a text on the clipboard, and says whether it did.
#[component]
pub fn CopyButton(
    /// Its words: "Copy the text for X".
    #[prop(into)]
    label: String,
    /// Copies. The app does it, and tells through `outcome`.
    #[prop(into)]
    on_copy: Callback<()>,
    /// What became of the last press; `None` before it.
    #[prop(into)]
    outcome: Signal<Option<Result<(), String>>>,
) -> impl IntoView {
    let is_second = StoredValue::new(false);
    let said = move || {
        let said = match outcome.get() {
            None => String::new(),
            Some(Ok(())) => words::say().copied.to_owned(),
            Some(Err(why)) => words::fill(words::say().not_copied, &[&why]),
        };
        is_second.update_value(|second| *second = !*second);
        in_turn(is_second.get_value(), said)
    };
    view! {
        <div class="row">
            <Button on_press=on_copy>{label}</Button>
            <span role="status" class="small quiet">{said}</span>
        </div>
    }
}
