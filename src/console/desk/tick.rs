//! The desk's clock: once a second it sets the time, lets go what has waited long enough, and writes the
//! tab's title and icon, so that a background tab is heard of.

use leptos::prelude::*;

use crate::platform::{clock, page};
use crate::sop::duty::Duty;

use super::Desk;
use super::slices::View;
use crate::console::words;

const SECOND_MS: u32 = 1_000;

pub(super) fn start(desk: Desk) {
    let timer = clock::every(SECOND_MS, move || {
        let now = clock::now();
        desk.set_now.set(now);
        desk.sends.let_go(desk, now);
    });
    on_cleanup(move || drop(timer));
}

/// How many duties ask for something now, and the clock of the nearest: "2 due · 3:12", "Overdue 0:40".
pub fn summary(desk: Desk) -> (usize, Option<String>) {
    let views = desk.views();
    let asking = views.iter().flat_map(|view: &View| view.duties.iter()).filter(|d| asks(d)).count();
    let now = desk.now.get();
    let nearest = views
        .iter()
        .filter_map(View::next)
        .min_by_key(|duty| duty.next_due_order())
        .and_then(|duty| duty.remaining(now).map(|left| (duty.is_overdue(), left)));
    let clock = nearest.map(|(overdue, left)| {
        let shown = words::clock(left);
        if overdue { format!("overdue {shown}") } else { shown }
    });
    (asking, clock)
}

fn asks(duty: &Duty) -> bool {
    use crate::sop::duty::DutyState::{Due, Overdue};
    matches!(duty.state, Due | Overdue)
}

/// Keeps the tab's title and icon in step with the duties and the page's own heading.
pub fn head(desk: Desk, heading: Signal<String>) {
    let shown = Memo::new(move |_| {
        let (asking, clock) = summary(desk);
        let lead = match (asking, clock) {
            (0, None) => String::new(),
            (0, Some(clock)) => format!("{clock} · "),
            (count, None) => format!("({count}) "),
            (count, Some(clock)) => format!("({count}) {clock} · "),
        };
        (asking, format!("{lead}{} – Allclear", heading.get()))
    });
    Effect::new(move |_| {
        let (asking, title) = shown.get();
        page::set_title(&title);
        page::set_badge(asking);
    });
}
