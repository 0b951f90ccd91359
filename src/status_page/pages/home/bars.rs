//! The last ninety days of a component, as they are drawn once the page's later part is here.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::domain::component::Component;
use crate::domain::page::Snapshot;
use crate::domain::uptime::{DAYS, track};
use crate::status_page::store::{PageStore, in_line};
use crate::views::Bars;

/// The component's last ninety days. They follow the day; what goes on grows.
pub fn bars(store: PageStore, component: Component) -> AnyView {
    let shown = store.shown();
    let known = shown.with_untracked(|shown| shown.whole && shown.page.value().is_some());
    if !known {
        return place();
    }
    let name = store.called(&component);
    let tracked = Memo::new(move |_| {
        store.day().track();
        store.told().track();
        shown.with_untracked(|shown| {
            let page = shown.page.value()?;
            if goes_on(page, &component) {
                store.quarter().track();
            }
            let (read, now) = (store.known().get_untracked(), store.now().get_untracked());
            let track = track(&component, &page.incidents, page.reach, read, now);
            Some((track, is_made_up(page, &component, now)))
        })
    });
    let demo = Signal::derive(move || tracked.with(|told| matches!(told, Some((_, true)))));
    let tracked: Arc<dyn Fn() -> _ + Send + Sync> =
        Arc::new(move || tracked.get().map(|(track, _)| track));
    let draw =
        move || view! { <Bars name=name.clone() track=Arc::clone(&tracked) demo /> }.into_any();
    in_line(place, Box::new(draw))
}

/// Their place is kept, so that nothing moves when they come.
fn place() -> AnyView {
    view! { <div class="bars"></div> }.into_any()
}

/// Whether an incident of the demonstration is among those that its days tell of.
fn is_made_up(page: &Snapshot, component: &Component, now: DateTime<Utc>) -> bool {
    let first = now.date_naive() - TimeDelta::days(i64::from(DAYS) - 1);
    page.incidents.iter().any(|incident| {
        let closing = incident.closing();
        incident.demo
            && incident.says_of(&component.id).is_some()
            && closing.is_none_or(|update| update.created_at.date_naive() >= first)
    })
}

/// Whether something goes on that today's mark tells of.
fn goes_on(page: &Snapshot, component: &Component) -> bool {
    let mut open = page.open_incidents();
    open.any(|incident| incident.says_of(&component.id).is_some())
}
