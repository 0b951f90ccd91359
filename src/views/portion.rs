//! A long list in portions: a page that holds five thousand of something draws the first of them, and more when asked.

use std::sync::Arc;

use leptos::prelude::*;

use super::words;
use crate::ui::{Button, Kind, reactive};

/// A list, as far as it is shown.
pub struct Portions {
    /// The items that are shown; what stands is not drawn again when more come.
    pub items: AnyView,
    /// The button that shows more; nothing where all are shown from the beginning.
    pub more: AnyView,
}

/// `count` items that `draw` draws by their places, `step` at a time.
pub fn portions(
    count: usize,
    step: usize,
    draw: impl Fn(usize) -> AnyView + Send + Sync + 'static,
) -> Portions {
    let draw: Arc<dyn Fn(usize) -> AnyView + Send + Sync> = Arc::new(draw);
    let shown = RwSignal::new(step);
    let mut items: Vec<AnyView> = (0..count.min(step)).map(|place| draw(place)).collect();
    for first in (step..count).step_by(step) {
        let draw = Arc::clone(&draw);
        let is_open = Memo::new(move |_| shown.get() > first);
        items.push(reactive(move || {
            if !is_open.get() {
                return ().into_any();
            }
            let places = first..count.min(first + step);
            let items: Vec<AnyView> = places.map(|place| draw(place)).collect();
            items.into_any()
        }));
    }
    let more = if count > step {
        let left = move || count.saturating_sub(shown.get());
        // The button stays: the focus is not lost with the last portion.
        let reason =
            Signal::derive(move || (left() == 0).then(|| words::say().all_shown.to_owned()));
        let label = reactive(move || words::show_more(left()).into_any());
        view! {
            <Button
                kind=Kind::Quiet
                disabled_reason=reason
                on_press=move |()| shown.update(|shown| *shown += step)
            >
                {label}
            </Button>
        }
        .into_any()
    } else {
        ().into_any()
    };
    Portions {
        items: items.into_any(),
        more,
    }
}
