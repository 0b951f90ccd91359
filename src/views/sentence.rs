//! Sentences with an element in them: a time, a link. The language decides where it stands.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::words;
use crate::ui::Time;
use crate::ui::time::Form;

/// A sentence with an element in its place {0}.
pub fn sentence(words: &'static str, element: AnyView) -> AnyView {
    let (before, after) = words::around(words);
    (before, element, after).into_any()
}

/// A sentence with a time in its place {0}.
pub fn sentence_at(words: &'static str, at: DateTime<Utc>) -> AnyView {
    sentence_in(words, at, Form::Full)
}

/// The same, with so much of the time.
pub fn sentence_in(words: &'static str, at: DateTime<Utc>, form: Form) -> AnyView {
    sentence(words, view! { <Time at=at form=form /> }.into_any())
}
