//! What is drawn for the first time is drawn in turns, each in a task of its own: a slow phone answers its reader between
//! two of them. From then on each piece is drawn as soon as what it shows has changed.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::PageStore;
use crate::platform::clock;
use crate::status_page::route::Route;
use crate::ui::reactive;

/// The pieces in the order in which they are drawn: what stands around every page, the page within it, then the home page
/// from above.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    Nobody,
    Sheet,
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
    const ALL: [Self; 9] = [
        Self::Sheet,
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

thread_local! {
    /// What is still to be drawn one after the other.
    static WAITING: RefCell<VecDeque<RwSignal<bool>>> = RefCell::default();
    /// Whether the first of it stands: what comes later takes the place of others at once.
    static STAND: Cell<bool> = const { Cell::new(false) };
}

/// Draws what comes many times, and only when the later part is here, one after the other; until then what keeps its
/// place, so that nothing moves.
pub fn in_line(place: fn() -> AnyView, draw: Draw) -> AnyView {
    if STAND.get() {
        return draw();
    }
    let come = RwSignal::new(false);
    let is_first = WAITING.with_borrow_mut(|waiting| {
        waiting.push_back(come);
        waiting.len() == 1
    });
    if is_first {
        spawn_local(async {
            while let Some(next) = WAITING.with_borrow(|waiting| waiting.front().copied()) {
                clock::breathe().await;
                // One that is gone with its list is not missed.
                let _drawn = next.try_set(true);
                WAITING.with_borrow_mut(VecDeque::pop_front);
            }
            STAND.set(true);
        });
    }
    reactive(move || if come.get() { draw() } else { place() })
}

/// Draws more when what stands is on the screen: a breath would come before the browser paints.
pub fn once_painted(more: impl FnOnce() + 'static) {
    clock::after(0, more).forever();
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
                turn <= Turn::Page || self.route.with_untracked(|route| *route == Route::Home);
            if is_drawn {
                clock::breathe().await;
            }
            self.turn.set(turn);
        }
    }
}
