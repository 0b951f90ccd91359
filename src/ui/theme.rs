//! Light, dark, or as the system says. The choice is applied to `<html data-theme>`; keeping it is the
//! app's business, and a small script applies the kept one before the first paint.

use leptos::prelude::*;

use super::id::fresh;
use super::reactive::reactive;
use super::shape::{Shape, StateIcon};
use super::words;

/// Which theme is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// The word that is kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads a kept word; anything else is `Auto`.
    pub fn from_word(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }

    /// The next one of the round.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    /// Shows it.
    pub fn apply(self) {
        let Some(root) = document().document_element() else {
            return;
        };
        // Both fail only for names that are no attribute names.
        let _ = match self {
            Self::Auto => root.remove_attribute("data-theme"),
            Self::Light | Self::Dark => root.set_attribute("data-theme", self.word()),
        };
    }
}

/// The button "Theme": each press shows the next of auto, light, dark.
#[component]
pub fn ThemeButton(
    /// What is shown now.
    #[prop(into)]
    theme: Signal<Theme>,
    /// Told of the next one, to keep it. The button has already applied it.
    #[prop(into)]
    on_change: Callback<Theme>,
) -> impl IntoView {
    let value = fresh("theme");
    let pressed = move |_| {
        let next = theme.get_untracked().next();
        next.apply();
        on_change.run(next);
    };
    let said = reactive(move || said(theme.get()).into_any());
    view! {
        <span class="theme no-print">
            <button
                type="button"
                class="button"
                data-kind="quiet"
                aria-describedby=value.clone()
                on:click=pressed
            >
                <StateIcon shape=Shape::Halves />
                {words::say().theme}
            </button>
            <span id=value class="quiet" aria-live="polite">{said}</span>
        </span>
    }
}

fn said(theme: Theme) -> &'static str {
    let [auto, light, dark] = words::say().themes;
    match theme {
        Theme::Auto => auto,
        Theme::Light => light,
        Theme::Dark => dark,
    }
}
