//! What is drawn for the first time is drawn in turns, each in a task of its own: a slow phone answers its reader between
//! two of them. From then on each piece is drawn as soon as what it shows has changed.

use leptos::prelude::*;

use super::PageStore;
use crate::platform::clock;
use crate::status_page::route::Route;
use crate::ui::reactive;

/// The pieces in the order in which they are drawn: the page within what stands around it, then the home page from above.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    Nobody,
    Page,
    Doubts,
    Active,
    Looked,
    Yours,
    Components,
    Planned,
    Updates,
}

/// What draws a piece; behind one pointer, as `ui::reactive` says why.
pub type Draw = Box<dyn Fn() -> AnyView + Send>;

impl Turn {
    const ALL: [Self; 8] = [
        Self::Page,
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
    pub fn in_turn(self, turn: Turn, draw: Draw) -> AnyView {
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
                turn == Turn::Page || self.route.with_untracked(|route| *route == Route::Home);
            if is_drawn {
                clock::breathe().await;
            }
            self.turn.set(turn);
        }
    }
}
