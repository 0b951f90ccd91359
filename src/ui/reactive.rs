//! A part of a view that follows signals, behind one pointer: every closure in a `view!` is compiled
//! into drawing code of its own, and these share theirs. Readers download less for it.

use leptos::prelude::*;

/// Draws what `draw` gives, and draws it anew, in place, whenever a signal that it read changes.
pub fn reactive(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let draw: Box<dyn Fn() -> AnyView + Send> = Box::new(draw);
    (move || draw()).into_any()
}
