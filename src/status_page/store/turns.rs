//! What is drawn for the first time is drawn in turns, each in a task of its own: a slow phone answers its reader between
//! two of them. From then on each piece is drawn as soon as what it shows has changed.

use leptos::prelude::*;

use super::PageStore;
use crate::platform::clock;
use crate::status_page::route::Route;
use crate::ui::reactive;

/// The pieces in the order in which they are drawn: what stands around every page, then the home page from above.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    Nobody,
    Header,
    Page,
    Footer,
    Doubts,
    Active,
    Looked,
    Yours,
    Components,
    Planned,
    Updates,
}

impl Turn {
    const ALL: [Self; 10] = [
        Self::Header,
        Self::Page,
        Self::Footer,
        Self::Doubts,
        Self::Active,
        Self::Looked,
        Self::Yours,
        Self::Components,
        Self::Planned,
        Self::Updates,
    ];
    pub(super) const LAST: Self = Self::Updates;
}

impl PageStore {
    /// Draws a piece when its turn has come, and anew whenever a signal that it read changes.
    pub fn in_turn(self, turn: Turn, draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
        let come = Memo::new(move |_| self.turn.get() >= turn);
        reactive(move || if come.get() { draw() } else { ().into_any() })
    }

    /// Gives each piece its turn up to the last that is named; those that had theirs are left out, and those of the home
    /// page are not waited for on another.
    pub(super) async fn take_turns(self, last: Turn) {
        for turn in Turn::ALL {
            if turn <= self.turn.get_untracked() || turn > last {
                continue;
            }
            let is_drawn =
                turn <= Turn::Footer || self.route.with_untracked(|route| *route == Route::Home);
            if is_drawn {
                clock::breathe().await;
            }
            self.turn.set(turn);
        }
    }
}
