//! What follows signals, behind one pointer: every closure in a `view!`, and every effect, is compiled into code of its
//! own, and these share theirs. Readers download less for it.

use leptos::either::Either;
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

/// One of two places for what is drawn: what stood in the other goes, and this is drawn as something new. A screen reader
/// says it then, also where it reads the same.
pub fn in_turn<V>(is_second: bool, view: V) -> Either<V, V> {
    if is_second {
        Either::Right(view)
    } else {
        Either::Left(view)
    }
}
