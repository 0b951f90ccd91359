//! A long list in portions: a page that holds five thousand of something draws the first of them, and more when asked.

use leptos::prelude::*;

use super::words;
use crate::ui::{Button, Kind, reactive};

/// Something that is drawn when it is its turn.
pub type Item = Box<dyn FnOnce() -> AnyView>;

/// A list, as far as it is shown.
pub struct Portions {
    /// The items that are shown; what stands is not drawn again when more come.
    pub items: AnyView,
    /// The button that shows more; nothing where all are shown from the beginning.
    pub more: AnyView,
}

/// The items, `step` at a time.
pub fn portions(items: Vec<Item>, step: usize) -> Portions {
    let count = items.len();
    let mut items = items.into_iter();
    let mut drawn = draw(&mut items, step);
    if count <= step {
        return Portions {
            items: drawn.into_any(),
            more: ().into_any(),
        };
    }
    let waiting = StoredValue::new_local(items);
    let shown = RwSignal::new(step);
    for first in (step..count).step_by(step) {
        let is_open = Memo::new(move |_| shown.get() > first);
        drawn.push(reactive(move || {
            if !is_open.get() {
                return ().into_any();
            }
            let next = waiting.try_update_value(|items| draw(items, step));
            next.unwrap_or_default().into_any()
        }));
    }
    // The button stays: the focus is not lost with the last portion.
    let all =
        Signal::derive(move || (shown.get() >= count).then(|| words::say().all_shown.to_owned()));
    let more = view! {
        <Button
            kind=Kind::Quiet
            disabled_reason=all
            on_press=move |()| shown.update(|shown| *shown += step)
        >
            {words::say().show_more}
        </Button>
    };
    Portions {
        items: drawn.into_any(),
        more: more.into_any(),
    }
}

fn draw(items: &mut std::vec::IntoIter<Item>, step: usize) -> Vec<AnyView> {
    items.by_ref().take(step).map(|draw| draw()).collect()
}
