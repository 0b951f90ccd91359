//! Notices (in a page) and banners (across it): a shape, words, and perhaps a button.

use leptos::prelude::*;

use super::shape::{Shape, StateIcon};

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoticeTone {
    /// Good to know.
    #[default]
    Info,
    /// It worked.
    Good,
    /// Mind this.
    Warn,
    /// It did not work, or something is not safe.
    Bad,
}

impl NoticeTone {
    fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    fn shape(self) -> Shape {
        match self {
            Self::Info => Shape::Info,
            Self::Good => Shape::Check,
            Self::Warn => Shape::Triangle,
            Self::Bad => Shape::Alarm,
        }
    }
}

/// A box with a remark. With `announce` it is an alert: said aloud when it appears, which a status that comes with its words
/// need not be.
#[component]
pub fn Notice(
    /// How it is meant.
    #[prop(optional)]
    tone: NoticeTone,
    /// Whether screen readers say it when it appears or changes.
    #[prop(optional)]
    announce: bool,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="notice" data-tone=tone.word() role=announce.then_some("alert")>
            <StateIcon shape=tone.shape() />
            <div>{children()}</div>
        </div>
    }
}

/// A remark across the whole page.
#[component]
pub fn Banner(
    /// How it is meant.
    #[prop(optional)]
    tone: NoticeTone,
    /// Whether it is the striped banner of a drill.
    #[prop(optional)]
    striped: bool,
    /// What it says; a button may stand last.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=if striped { "banner banner-drill" } else { "banner" } data-tone=tone.word()>
            <StateIcon shape=tone.shape() />
            <div class="row row-between">{children()}</div>
        </div>
    }
}
