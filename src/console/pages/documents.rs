//! What the pages to read have in common: they stand on the playbook, can be printed, and mark what we
//! added to the SOP.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::readiness::PLAYBOOK_FILE;
use crate::console::desk::setup::Setup;
use crate::console::paths::Route;
use crate::domain::{duration, utc_text};
use crate::sop::playbook::Playbook;
use crate::ui::button::Button;
use crate::ui::notice::{Notice, NoticeTone};
use crate::views::body::Body;

/// Shows what stands on the playbook; says what to do where it cannot be run.
pub fn of_playbook(
    desk: Desk,
    show: impl Fn(Arc<Playbook>) -> AnyView + Send + 'static,
) -> impl IntoView {
    move || {
        desk.setup().with(|setup| match setup {
            Setup::Loading => view! { <p class="quiet late">"Loading…"</p> }.into_any(),
            Setup::Ready(ready) => match &ready.playbook {
                Some(playbook) => show(playbook.clone()),
                None => view! {
                    <Notice tone=NoticeTone::Bad>
                        <p>{format!("The SOP cannot be shown: {PLAYBOOK_FILE} cannot be run as it is.")}</p>
                        <p><a href=Route::Readiness.path()>"See every problem, with its line"</a></p>
                    </Notice>
                }
                .into_any(),
            },
        })
    }
}

/// The button "Print".
#[component]
pub fn PrintButton(desk: Desk) -> impl IntoView {
    view! { <Button on_press=move |()| desk.print()>"Print"</Button> }
}

/// The mark of what the SOP itself does not have.
#[component]
pub fn Addition() -> impl IntoView {
    view! { <span class="tag" data-addition="true">"Addition"</span> }
}

/// A day of the calendar.
#[component]
pub fn Day(day: NaiveDate) -> impl IntoView {
    view! { <time datetime=day.to_string()>{utc_text::day(day)}</time> }
}

/// A window as the SOP says it: "48 hours", not "2 days"; longer ones in days.
pub fn hours(span: TimeDelta) -> String {
    let whole = span == TimeDelta::hours(span.num_hours());
    if whole && (24..=96).contains(&span.num_hours()) {
        format!("{} hours", span.num_hours())
    } else {
        duration::words(span)
    }
}

/// Prose of the playbook: paragraphs, and lists of lines that begin with "- ".
pub fn prose(text: &str) -> impl IntoView + use<> {
    blocks(text)
        .into_iter()
        .map(|block| match block {
            Block::Paragraph(text) => view! { <p class="pre"><Body text /></p> }.into_any(),
            Block::List(items) => {
                let items: Vec<_> = items
                    .into_iter()
                    .map(|text| view! { <li><Body text /></li> })
                    .collect();
                view! { <ul>{items}</ul> }.into_any()
            }
        })
        .collect_view()
}

/// A block of prose.
enum Block {
    Paragraph(String),
    List(Vec<String>),
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut fresh = true;
    for line in text.lines() {
        if line.trim().is_empty() {
            fresh = true;
            continue;
        }
        match (line.strip_prefix("- "), blocks.last_mut()) {
            (Some(item), Some(Block::List(items))) => items.push(item.to_owned()),
            (Some(item), _) => blocks.push(Block::List(vec![item.to_owned()])),
            (None, Some(Block::Paragraph(text))) if !fresh => {
                text.push('\n');
                text.push_str(line);
            }
            (None, _) => blocks.push(Block::Paragraph(line.to_owned())),
        }
        fresh = false;
    }
    blocks
}
