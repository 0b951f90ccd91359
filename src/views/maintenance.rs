//! Planned work, as a card and as the line that says how far it has come.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::body::Body;
use super::incident::names;
use super::sentence::sentence_at;
use super::state::{StateWord, shape, tone};
use super::words;
use crate::domain::maintenance::{Late, Maintenance, MaintenanceStatus};
use crate::domain::page::Overall;
use crate::ui::reactive;

/// Up to when it is known how things are, and what changes when another minute has begun: nobody redraws hundreds of
/// cards each second.
#[derive(Clone, Copy)]
pub struct Minutes {
    /// Up to when that is known: nothing is late of which nobody has read since.
    pub known: Signal<DateTime<Utc>>,
    /// Changes right after each full minute.
    pub minute: RwSignal<u32>,
}

/// The card, an `article` whose heading is the title.
#[component]
pub fn MaintenanceCard(
    /// The planned work.
    maintenance: Maintenance,
    /// Where its own page is, if it has one.
    href: Option<String>,
    /// The names of what it touches.
    touches: Vec<String>,
    /// The time.
    minutes: Minutes,
) -> impl IntoView {
    let name = words::work_title(&maintenance.name).to_owned();
    let state = tone(state_of(&maintenance));
    let line = work_line(&maintenance, touches, minutes);
    let texts = maintenance.texts().into_iter();
    let texts: Vec<AnyView> = texts.map(work_text).collect();
    view! {
        <article class="planned" data-state=state>
            <h3 class="incident-title" dir="auto">
                <a href=href>{name}</a>
            </h3>
            <p class="incident-meta">{line}</p>
            {texts}
        </article>
    }
}

/// What it is drawn as: of a status that nobody knows, nobody knows what it does to the page.
fn state_of(work: &Maintenance) -> Overall {
    match work.status {
        MaintenanceStatus::Unknown(_) => Overall::Unknown,
        MaintenanceStatus::Scheduled
        | MaintenanceStatus::InProgress
        | MaintenanceStatus::Verifying
        | MaintenanceStatus::Completed => Overall::Maintenance,
    }
}

/// How far planned work has come, when it is, and what it touches.
pub fn work_line(work: &Maintenance, touches: Vec<String>, minutes: Minutes) -> AnyView {
    let demo = work
        .demo
        .then(|| view! { <span class="tag">{words::say().demonstration}</span> }.into_any());
    let state = state_of(work);
    let status = words::maintenance(&work.status);
    let work = work.clone();
    let times = reactive(move || {
        minutes.minute.track();
        let say = words::say();
        let (from, until) = match work.late(minutes.known.get_untracked()) {
            None => (say.from, say.until),
            Some(Late::Begin) => (say.late_begin, say.until),
            Some(Late::End) => (say.from, say.late_end),
        };
        let until = work
            .until
            .map(|at| view! { <span>{sentence_at(until, at)}</span> }.into_any());
        view! {
            <span>{sentence_at(from, work.from)}</span>
            {until}
        }
        .into_any()
    });
    view! {
        <StateWord shape=shape(state) tone=tone(state) words=status />
        {names(touches)}
        {times}
        {demo}
    }
    .into_any()
}

/// A text that readers are told of planned work.
fn work_text(body: String) -> AnyView {
    view! {
        <div class="timeline-item">
            <div class="timeline-text" dir="auto">
                <Body text=body />
            </div>
        </div>
    }
    .into_any()
}
