//! What comes from elsewhere: on its way, late, here, old, or not to be had; and how that shows.

use leptos::prelude::*;

use super::notice::{Notice, NoticeTone};
use super::words;

/// Why something is not to be had, as far as a reader can do anything with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// No answer came, or none that can be read.
    Unreadable,
    /// The answer was one of failure.
    Refused,
    /// It is asked too much.
    Busy,
}

/// A value from elsewhere. It stands behind a pointer: what moves it about is code that readers download.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Remote<T> {
    /// Asked for.
    #[default]
    Loading,
    /// Asked for, and late.
    Slow,
    /// Here.
    Ready(Box<T>),
    /// Here, but the last attempt to refresh it failed, for this reason.
    Stale(Box<T>, Why),
    /// Not to be had, for this reason.
    Failed(Why),
}

impl<T> Remote<T> {
    /// The value, however old.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Ready(value) | Self::Stale(value, _) => Some(value),
            Self::Loading | Self::Slow | Self::Failed(_) => None,
        }
    }

    /// Why its value may be old; `None` where it is not, or where there is none.
    pub fn stale(&self) -> Option<Why> {
        match self {
            Self::Stale(_, why) => Some(*why),
            Self::Loading | Self::Slow | Self::Ready(_) | Self::Failed(_) => None,
        }
    }

    /// Whether the first attempt has ended, well or not.
    pub fn is_settled(&self) -> bool {
        match self {
            Self::Ready(_) | Self::Stale(..) | Self::Failed(_) => true,
            Self::Loading | Self::Slow => false,
        }
    }

    /// Takes the outcome of an attempt over: a failure never takes away what was there.
    pub fn refresh(&mut self, outcome: Result<T, Why>) {
        *self = match outcome {
            Ok(value) => Self::Ready(Box::new(value)),
            Err(why) => match std::mem::take(self) {
                Self::Ready(value) | Self::Stale(value, _) => Self::Stale(value, why),
                Self::Loading | Self::Slow | Self::Failed(_) => Self::Failed(why),
            },
        };
    }
}

/// Shows a remote value: words when it is late, the value, or what went wrong.
pub fn show_remote<T>(remote: &Remote<T>, ready: impl FnOnce(&T) -> AnyView) -> AnyView {
    match remote {
        Remote::Loading => view! { <p class="quiet late">{words::say().loading}</p> }.into_any(),
        Remote::Slow => view! { <p class="quiet">{words::say().still_loading}</p> }.into_any(),
        Remote::Ready(value) => ready(value),
        Remote::Stale(value, why) => {
            let why = because(words::say().may_be_old, *why);
            let shown = ready(value);
            view! {
                <Notice tone=NoticeTone::Warn>{why}</Notice>
                {shown}
            }
            .into_any()
        }
        Remote::Failed(why) => {
            let why = because(words::say().not_loaded, *why);
            view! { <Notice tone=NoticeTone::Bad>{why}</Notice> }.into_any()
        }
    }
}

/// A sentence with a reason in it.
pub fn because(sentence: &'static str, why: Why) -> String {
    let [unreadable, refused, busy] = words::say().whys;
    let why = match why {
        Why::Unreadable => unreadable,
        Why::Refused => refused,
        Why::Busy => busy,
    };
    words::fill(sentence, &[why])
}
