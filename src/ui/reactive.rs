//! What follows signals, behind one pointer: every closure in a `view!`, and every effect, is compiled into code of its
//! own, and these share theirs. Readers download less for it.

use leptos::prelude::*;

/// Draws what `draw` gives, and draws it anew, in place, whenever a signal that it read changes.
pub fn reactive(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let draw: Box<dyn Fn() -> AnyView + Send> = Box::new(draw);
    (move || draw()).into_any()
}

/// Does something once what is drawn stands, and again whenever a signal that it read has changed.
pub fn whenever(act: impl FnMut() + 'static) {
    let mut act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_| act());
}
