//! Sentences with an element in them: a time, a link. The language decides where it stands.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::words;
use crate::domain::incident::is_given;
use crate::ui::Time;
use crate::ui::time::Form;

/// A sentence with an element in its place {0}.
pub fn sentence(words: &'static str, element: AnyView) -> AnyView {
    let (before, after) = words::around(words);
    vec![before.into_any(), element, after.into_any()].into_any()
}

/// A sentence with a time in its place {0}.
pub fn sentence_at(words: &'static str, at: DateTime<Utc>) -> AnyView {
    sentence_in(words, at, Form::Full)
}

/// The same, with so much of the time. Of a time that the source did not give nothing is said.
pub fn sentence_in(words: &'static str, at: DateTime<Utc>, form: Form) -> AnyView {
    if !is_given(at) {
        return ().into_any();
    }
    sentence(words, view! { <Time at=at form=form /> }.into_any())
}

/// A time by itself; nothing for one that the source did not give.
pub fn time(at: DateTime<Utc>) -> AnyView {
    sentence_at("{0}", at)
}

/// A sentence with names in its places, each isolated from the words around it.
pub fn sentence_of(words: &'static str, names: &[&str]) -> AnyView {
    let mut said: Vec<AnyView> = Vec::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}').unwrap_or((after, ""));
        said.push(before.into_any());
        let name = place.parse().ok().and_then(|at: usize| names.get(at));
        if let Some(name) = name.map(|name| (*name).to_owned()) {
            said.push(view! { <bdi>{name}</bdi> }.into_any());
        }
        rest = after;
    }
    said.push(rest.into_any());
    said.into_any()
}
