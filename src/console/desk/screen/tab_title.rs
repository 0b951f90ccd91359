//! What a background tab is heard by: its title and its icon carry how many duties ask for something and
//! the nearest clock.

use leptos::prelude::*;

use crate::platform::favicon;
use crate::platform::page;
use crate::sop::duty::{Duty, DutyState};
use crate::words;

use crate::console::desk::Desk;

impl Desk {
    /// Names the page that is shown.
    pub fn head(self, heading: &'static str) {
        self.head_with(Signal::stored(heading.to_owned()));
    }

    /// Names the page that is shown, by a name that may change.
    pub fn head_with(self, heading: Signal<String>) {
        let shown = Memo::new(move |_| self.tab(&heading.get()));
        Effect::new(move |_| {
            let (asking, title) = shown.get();
            // A title or icon that cannot be set is seen by nobody; nothing else depends on it.
            let _titled = page::set_title(&title);
            favicon::point_to(&words::tab_icon(asking));
        });
    }

    /// How many duties ask for something now, and the tab's title.
    fn tab(self, heading: &str) -> (usize, String) {
        let views = self.views();
        let asking = views
            .iter()
            .flat_map(|view| &view.duties)
            .filter(|duty| asks(duty))
            .count();
        let nearest = views
            .iter()
            .filter_map(|view| view.next())
            .min_by_key(|duty| duty.next_due_order());
        let clock = nearest.and_then(|duty| {
            let left = words::clock(duty.remaining(self.now.get())?);
            Some(if duty.is_overdue() {
                format!("overdue {left}")
            } else {
                left
            })
        });
        let lead = match (asking, clock) {
            (0, None) => String::new(),
            (0, Some(clock)) => format!("{clock} · "),
            (count, None) => format!("({count}) "),
            (count, Some(clock)) => format!("({count}) {clock} · "),
        };
        (asking, format!("{lead}{heading} – Allclear"))
    }
}

fn asks(duty: &Duty) -> bool {
    match duty.state {
        DutyState::Due | DutyState::Overdue => true,
        DutyState::Waiting
        | DutyState::Offered
        | DutyState::Done { .. }
        | DutyState::Skipped { .. }
        | DutyState::Lapsed { .. }
        | DutyState::Missed { .. } => false,
    }
}
