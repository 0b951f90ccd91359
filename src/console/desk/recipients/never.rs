//! Who is never mailed, in whichever incident.

use leptos::prelude::*;

use super::{Desk, reading, tabs};
use crate::sop::recipients::{Addition, Never};
use crate::sop::run::RunId;

impl Desk {
    /// Notes who is never mailed.
    pub fn set_never(self, text: String) {
        let store = self.mailings.store();
        self.recipients.never.set(text.clone());
        leptos::task::spawn_local(async move {
            match store.put_never(&text).await {
                Ok(()) => tabs::tell(self),
                Err(error) => self.alarm(format!("The list could not be kept: {error}.")),
            }
        });
        self.choose_anew();
    }

    /// Adds what a file holds to what stands there, and tells what came of it. Nothing that stands there is replaced.
    pub fn add_never(self, file: String, came: impl FnOnce(Addition) + 'static) {
        leptos::task::spawn_local(async move {
            let file = reading::never_of(&file).await;
            let list = self.recipients.never.get_untracked();
            let addition = Addition::of(file, &Never::parse(&list));
            if !addition.new.is_empty() {
                self.set_never(addition.onto(&list));
            }
            came(addition);
        });
    }

    /// Chooses anew from every list that is read: who is never mailed is so for every incident.
    pub(super) fn choose_anew(self) {
        let runs: Vec<RunId> = self
            .recipients
            .lists
            .with_untracked(|lists| lists.keys().cloned().collect());
        for run in runs {
            self.choose_recipients(&run);
        }
    }
}
