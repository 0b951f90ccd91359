//! The incidents by month, newest first, each with its permalink.

use chrono::{DateTime, Datelike, Months, Utc};
use leptos::prelude::*;

use crate::domain::incident::Incident;
use crate::status_page::board::{Board, Past};
use crate::status_page::link;
use crate::status_page::router::Router;
use crate::ui::time::{Form, utc};
use crate::ui::{Button, PageHeading, Time, live, show_remote};
use crate::views::state::{StateWord, impact_shape, impact_tone};
use crate::views::words;

/// The page.
#[component]
pub fn History(
    /// The board.
    board: Board,
    /// Where we are.
    router: Router,
    /// Whether the reader came by a link.
    focus: bool,
) -> impl IntoView {
    router.name("Incident history");
    let (shown, now) = (board.shown(), board.now());
    view! {
        <PageHeading focus=focus>"Incident history"</PageHeading>
        {live(move || {
            let now = now.get_untracked();
            shown.with(|shown| show_remote(&shown.past, |past| months(now, past)))
        })}
        <div class="section">
            <div class="section-body">
                <Button on_press=move |()| board.show_earlier()>"Show earlier months"</Button>
            </div>
        </div>
    }
}

/// The months, the present one first; a month without incidents says so.
fn months(now: DateTime<Utc>, past: &Past) -> AnyView {
    (0..past.months)
        .filter_map(|back| {
            let in_month = now.with_day(1)?.checked_sub_months(Months::new(back))?;
            let of_month: Vec<Incident> = past
                .incidents
                .iter()
                .filter(|incident| {
                    let began = incident.began_at();
                    (began.year(), began.month()) == (in_month.year(), in_month.month())
                })
                .cloned()
                .collect();
            Some(month(in_month, of_month))
        })
        .collect_view()
        .into_any()
}

fn month(at: DateTime<Utc>, incidents: Vec<Incident>) -> impl IntoView {
    // "1 March 2026" without its day.
    let name = utc(at, Form::Day);
    let name = name
        .split_once(' ')
        .map_or(name.clone(), |(_, month)| month.to_owned());
    let body = if incidents.is_empty() {
        view! { <p class="remark">"No incidents."</p> }.into_any()
    } else {
        view! { <ul class="past">{incidents.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="section">
            <h2>{name}</h2>
            <div class="section-body">{body}</div>
        </section>
    }
}

fn row(incident: Incident) -> impl IntoView {
    let length = match incident.resolved_at() {
        Some(at) => words::lasted(at - incident.began_at()),
        None => words::status(&incident.status()),
    };
    let demo = incident
        .demo
        .then(|| view! { <span class="tag">{words::DEMONSTRATION}</span> });
    view! {
        <li>
            <h3 class="past-title">
                <a href=link::incident(&incident.id)>{incident.name.clone()}</a>
            </h3>
            <p class="past-meta">
                <StateWord
                    shape=impact_shape(&incident.impact)
                    tone=impact_tone(&incident.impact)
                    words=words::impact(&incident.impact)
                />
                <span><Time at=incident.began_at() /></span>
                <span>{length}</span>
                {demo}
            </p>
        </li>
    }
}
