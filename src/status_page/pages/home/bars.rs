//! The last ninety days of a component, as they are drawn once the page's later part is here.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::component::Component;
use crate::domain::page::Snapshot;
use crate::domain::uptime::track;
use crate::platform::clock;
use crate::status_page::store::PageStore;
use crate::ui::reactive;
use crate::views::Bars;

/// The component's last ninety days. They follow the day; what goes on grows.
pub fn bars(board: PageStore, component: Component) -> AnyView {
    let shown = board.shown();
    let known = shown.with_untracked(|shown| shown.whole && shown.page.value().is_some());
    if !known {
        return place();
    }
    let name = board.called(&component);
    let tracked = move || {
        board.day().track();
        shown.with_untracked(|shown| {
            let page = shown.page.value()?;
            if goes_on(page, &component) {
                board.quarter().track();
            }
            let now = board.now().get_untracked();
            Some(track(&component, &page.incidents, page.reach, now))
        })
    };
    let tracked: Arc<dyn Fn() -> _ + Send + Sync> = Arc::new(tracked);
    in_line(move || view! { <Bars name=name.clone() track=Arc::clone(&tracked) /> }.into_any())
}

/// Their place is kept, so that nothing moves when they come.
fn place() -> AnyView {
    view! { <div class="bars"></div> }.into_any()
}

thread_local! {
    /// The bars that are still to be drawn.
    static WAITING: RefCell<VecDeque<RwSignal<bool>>> = RefCell::default();
    /// Whether the first of them stand: those that come later take the place of others at once.
    static STAND: Cell<bool> = const { Cell::new(false) };
}

/// Draws what comes when the later part does, one after the other and each in a task of its own: a slow phone answers its
/// reader in between.
fn in_line(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
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

/// Whether something goes on that today's mark tells of.
fn goes_on(page: &Snapshot, component: &Component) -> bool {
    let mut open = page.open_incidents();
    open.any(|incident| incident.says_of(&component.id).is_some())
}
