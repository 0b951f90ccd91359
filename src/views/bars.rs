//! The last ninety days of a component: marks whose length is duration and whose pattern is severity, the
//! share in words, and the days with trouble as a table for everybody who reads rather than looks.

use std::sync::Arc;

use leptos::prelude::*;

use super::state::{StateWord, shape, tone};
use super::words;
use crate::domain::page::Overall;
use crate::domain::uptime::{DAYS, Day, Told, Track};
use crate::ui::reactive;
use crate::ui::time::{Form, day};

/// The grid of the drawing: a day's place, a mark's width, the height of a whole day.
const PLACE: u32 = 4;
const MARK: u32 = 3;
const HEIGHT: u32 = 24;
const DAY_SECONDS: u32 = 86_400;

/// The share and the marks; opened, the table.
#[component]
pub fn Bars(
    /// The name of the component.
    name: String,
    /// Its days, following the clock.
    track: Arc<dyn Fn() -> Option<Track> + Send + Sync>,
    /// Whether something of it was made up for a demonstration.
    #[prop(optional)]
    demo: Signal<bool>,
) -> impl IntoView {
    let opened = RwSignal::new(false);
    let days = Arc::clone(&track);
    // Only what changes is drawn anew: what a reader has opened stays open.
    let marks = reactive(move || {
        let Some(track) = track() else {
            return ().into_any();
        };
        let share = words::later::share(track.share, track.known);
        let demo = demo.get().then(|| {
            view! { " " <span class="tag">{words::say().demonstration}</span> }.into_any()
        });
        view! {
            {drawing(&track.days)}
            <span class="sr-only"><bdi>{name.clone()}</bdi> ": "</span>
            <span class="bars-ends">
                <span>{words::later::days_ago(DAYS)}</span>
                " "
                <span class="bars-share">{share}</span>
                " "
                <span>{words::later::say().today}</span>
            </span>
            {demo}
        }
        .into_any()
    });
    // Hundreds of tables would weigh on a page that nobody opens them on.
    let table = reactive(move || {
        let days = opened.get().then(|| days()).flatten();
        days.map_or_else(|| ().into_any(), |track| table(&track))
    });
    view! {
        <details class="bars" on:toggle=move |_| opened.set(true)>
            <summary>{marks}</summary>
            {table}
        </details>
    }
}

/// The marks: one path for each state, so that a page of hundreds of components stays light.
fn drawing(days: &[Day]) -> AnyView {
    let mut paths: [(&'static str, String); 5] = [
        ("operational", String::new()),
        (tone(Overall::Unknown), String::new()),
        (tone(Overall::Degraded), String::new()),
        (tone(Overall::PartialOutage), String::new()),
        (tone(Overall::MajorOutage), String::new()),
    ];
    for (number, day) in (0_u32..).zip(days) {
        let (tone, marks) = match day.told {
            Told::Nothing => continue,
            Told::Calm => ("operational", rectangle(number, MARK, HEIGHT - 2, HEIGHT)),
            Told::Trouble { worst, seconds } => (tone(worst), marks(number, worst, seconds)),
        };
        for (of, path) in &mut paths {
            if *of == tone {
                path.push_str(&marks);
            }
        }
    }
    let paths: Vec<AnyView> = paths
        .into_iter()
        .filter(|(_, path)| !path.is_empty())
        .map(|(tone, path)| view! { <path data-state=tone d=path /> }.into_any())
        .collect();
    view! {
        <svg viewBox="0 0 360 24" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {paths}
        </svg>
    }
    .into_any()
}

/// A day with trouble: solid is a major outage, half as wide a partial one, hatched is degraded, a frame is
/// what nobody knows.
fn marks(number: u32, worst: Overall, seconds: u32) -> String {
    let length = (HEIGHT * seconds.min(DAY_SECONDS)).div_ceil(DAY_SECONDS);
    let top = HEIGHT - length.max(4);
    match worst {
        Overall::MajorOutage => rectangle(number, MARK, top, HEIGHT),
        Overall::PartialOutage => rectangle(number, MARK.div_ceil(2), top, HEIGHT),
        Overall::Degraded => (top..HEIGHT)
            .rev()
            .step_by(3)
            .map(|line| rectangle(number, MARK, line.saturating_sub(1).max(top), line + 1))
            .collect(),
        Overall::Unknown | Overall::Operational | Overall::Maintenance => {
            rectangle(number, MARK, top, top + 1) + &rectangle(number, MARK, HEIGHT - 1, HEIGHT)
        }
    }
}

fn rectangle(number: u32, width: u32, top: u32, bottom: u32) -> String {
    let (left, height) = (number * PLACE, bottom - top);
    format!("M{left} {top}h{width}v{height}h-{width}z")
}

fn table(track: &Track) -> AnyView {
    let rows: Vec<AnyView> = track
        .days
        .iter()
        .rev()
        .filter_map(|each| match each.told {
            Told::Nothing | Told::Calm => None,
            Told::Trouble { worst, seconds } => Some((each.day, worst, seconds)),
        })
        .map(|(on, worst, seconds)| {
            view! {
                <tr>
                    <th scope="row">{day(on, Form::Day)}</th>
                    <td>
                        <StateWord shape=shape(worst) tone=tone(worst) words=words::trouble(worst) />
                    </td>
                    <td>{words::later::for_seconds(seconds)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let unknown = words::later::unknown_days(usize::from(DAYS) - usize::from(track.known));
    let unknown = unknown.map(|said| view! { <p class="remark small">{said}</p> }.into_any());
    if rows.is_empty() {
        let said = (track.known > 0).then(|| {
            view! { <p class="remark small">{words::later::say().no_trouble}</p> }.into_any()
        });
        return view! { <div class="bars-table">{said} {unknown}</div> }.into_any();
    }
    let [on, worst, length] = words::later::say().trouble_head;
    view! {
        <div class="bars-table">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{on}</th>
                        <th scope="col">{worst}</th>
                        <th scope="col">{length}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {unknown}
        </div>
    }
    .into_any()
}
