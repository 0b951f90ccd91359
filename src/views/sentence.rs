//! Sentences with an element in them: a time, a link. The language decides where it stands.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::words;
use crate::ui::Time;

/// A sentence with an element in its place {0}.
pub fn sentence(words: &'static str, element: AnyView) -> AnyView {
    let (before, after) = words::around(words);
    (before, element, after).into_any()
}

/// A sentence with a time in its place {0}.
pub fn sentence_at(words: &'static str, at: DateTime<Utc>) -> AnyView {
    sentence(words, view! { <Time at=at /> }.into_any())
}
