//! The last ninety days of a component, as they are drawn once the page's later part is here.

use leptos::prelude::*;

use crate::domain::component::Component;
use crate::domain::uptime::track;
use crate::status_page::store::PageStore;
use crate::views::Bars;

/// The component's last ninety days.
pub fn bars(board: PageStore, component: Component) -> AnyView {
    let now = board.now().get_untracked();
    board.shown().with_untracked(|shown| {
        let Some(page) = shown.page.value().filter(|_| shown.whole) else {
            // Their place is kept, so that nothing moves when they come.
            return view! { <div class="bars"></div> }.into_any();
        };
        let track = track(&component, &page.incidents, page.reach, now);
        view! { <Bars name=component.name track=track /> }.into_any()
    })
}
