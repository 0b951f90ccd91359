//! The failure switch of the embedded provider: how it fails when it is tried out.

use leptos::prelude::*;

use crate::api::provider::FailureSwitch;
use crate::sop::channel::Channel;

use super::probes::while_here;
use crate::console::desk::Desk;

pub use crate::api::provider::FailureMode as Failure;

impl Desk {
    /// How the embedded provider is set to fail; `None` while it works.
    pub fn failing(self) -> Signal<Option<&'static str>> {
        let switch = RwSignal::new(None);
        let ask = move || {
            leptos::task::spawn_local(async move {
                switch.set(FailureSwitch::new().get().await.ok());
            });
        };
        ask();
        while_here(ask);
        Signal::derive(move || match switch.get().filter(|_| self.keeps_here()) {
            Some(Failure::None) | None => None,
            Some(failure) => Some(failure.label()),
        })
    }

    /// Whether the page or the mails are kept in this browser; the failure switch is theirs.
    pub fn keeps_here(self) -> bool {
        !(self.is_hosted(Channel::Page) && self.is_hosted(Channel::Email))
    }

    /// Turns the failure switch.
    pub fn set_failure(self, failure: Failure) {
        leptos::task::spawn_local(async move {
            match FailureSwitch::new().set(failure).await {
                Ok(()) => self.say(format!("Failure switch: {}.", failure.label())),
                Err(error) => self.alarm(format!("The switch could not be turned: {error}.")),
            }
        });
    }
}
