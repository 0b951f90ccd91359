//! A part of an app that is fetched when it is first needed: away, on its way, here, or not to be had.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;

/// A part on its way; `None` where it could not be fetched.
pub type Coming<T> = Pin<Box<dyn Future<Output = Option<T>>>>;

/// A part: `T` is how it is used once it is here, a function. A handle: copies share the part.
pub struct Part<T: 'static> {
    from: fn() -> Coming<T>,
    state: RwSignal<PartState<T>>,
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Part<T> {}

/// How far a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PartState<T> {
    /// Nobody has asked for it.
    Away,
    /// It is on its way.
    Coming,
    Here(T),
    /// The network or the server did not give it.
    Failed,
}

impl<T: Copy + Send + Sync + 'static> Part<T> {
    /// A part, by the function that fetches it; it is not fetched yet.
    pub fn new(from: fn() -> Coming<T>) -> Self {
        Self {
            from,
            state: RwSignal::new(PartState::Away),
        }
    }

    /// How far it is; whoever asks follows it.
    pub fn state(self) -> PartState<T> {
        self.state.get()
    }

    /// The part, where it is here.
    pub fn now(self) -> Option<T> {
        match self.state.get_untracked() {
            PartState::Here(part) => Some(part),
            PartState::Away | PartState::Coming | PartState::Failed => None,
        }
    }

    /// Whether it could not be fetched.
    pub fn failed(self) -> bool {
        self.state.with_untracked(|state| match state {
            PartState::Failed => true,
            PartState::Away | PartState::Coming | PartState::Here(_) => false,
        })
    }

    /// Fetches it, once.
    pub fn fetch(self) {
        match self.state.get_untracked() {
            PartState::Away => {}
            PartState::Coming | PartState::Here(_) | PartState::Failed => return,
        }
        self.state.set(PartState::Coming);
        let coming = (self.from)();
        leptos::task::spawn_local(async move {
            let state = coming.await.map_or(PartState::Failed, PartState::Here);
            self.state.set(state);
        });
    }

    /// The part on its way: whoever asks for it while it is fetched waits for the same.
    pub fn here(self) -> Coming<T> {
        (self.from)()
    }

    /// After a failure: asks once more, behind what is said of the failure.
    pub fn ask_again(self) {
        let coming = self.here();
        leptos::task::spawn_local(async move {
            if let Some(part) = coming.await {
                self.state.set(PartState::Here(part));
            }
        });
    }

    /// After a failure: whoever follows it may fetch it again.
    pub fn again(self) {
        self.state.set(PartState::Away);
    }
}
