//! The theme that a responder chose, kept in this browser.

use leptos::prelude::*;

use crate::platform::storage;
use crate::ui::theme::Theme;

use crate::console::desk::Desk;

const THEME: &str = "theme";

impl Desk {
    /// The theme that is shown.
    pub fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    /// Keeps a chosen theme.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        if let Err(error) = storage::local::set(THEME, theme.word()) {
            self.alarm(format!(
                "The theme holds until this tab is closed: {error}."
            ));
        }
    }
}

pub(in crate::console::desk) fn kept_theme() -> Theme {
    storage::local::get(THEME)
        .ok()
        .flatten()
        .map_or(Theme::Auto, |word| Theme::from_word(&word))
}
