//! What a background tab is heard by: its title and its icon carry how many duties ask for something and
//! the nearest clock.

use leptos::prelude::*;

use crate::platform::favicon;
use crate::platform::page;
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
        let asking = views.asking();
        let clock = views.next().and_then(|(_, duty)| {
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
