//! What one tab does to a list, the others know within a moment: a list that was deleted is deleted everywhere, and what
//! waits for it is taken back (`docs/decisions.md`, "Decided since", 2 and 3).

use leptos::prelude::*;

use crate::domain::ordered::ShortMap;
use crate::platform::tabs::Channel as Line;
use crate::sop::channel::Channel;
use crate::sop::run::RunId;

use super::{Desk, Loaded};

const LINE: &str = "recipients";

/// Tells the other tabs that a list was kept or deleted, or who is never mailed. One that cannot be told reads them
/// again when it is opened.
pub(super) fn tell(desk: Desk) {
    drop(Line::open(LINE).and_then(|line| line.publish(&desk.mailings.tab())));
}

/// Goes by what the other tabs have stored, from now on.
pub(super) fn follow(desk: Desk) {
    let followed = Line::open(LINE).and_then(|line| {
        line.subscribe(move |tab| {
            if tab != desk.mailings.tab() {
                leptos::task::spawn_local(async move { desk.follow_lists().await });
            }
        })
    });
    // A browser without it reads the lists when it is opened.
    if let Ok(subscription) = followed {
        subscription.forever();
    }
}

impl Desk {
    /// A mail that is about to leave to a list that is deleted does not leave, in whichever tab it was frozen.
    pub(super) fn take_back_mails(self, run: &RunId) {
        let mails = untrack(|| self.leaving())
            .into_iter()
            .filter(|leaving| {
                leaving.run == *run && leaving.frozen.message.channel == Channel::Email
            })
            .map(|leaving| leaving.frozen.op);
        let mut taken_back = false;
        for op in mails {
            taken_back |= self.undo(run, &op);
        }
        if taken_back {
            self.alarm("The email that was about to leave was taken back: its recipients were deleted. Nobody got it.");
        }
    }

    /// Another tab has kept or deleted a list, or noted who is never mailed: this one goes by what is stored.
    async fn follow_lists(self) {
        // What cannot be read now is known from before.
        if let Ok(never) = self.mailings.store().never().await
            && self
                .recipients
                .never
                .with_untracked(|known| *known != never)
        {
            self.recipients.never.set(never);
            self.choose_anew();
        }
        let Ok(lists) = self.mailings.store().lists().await else {
            return;
        };
        let stored: ShortMap<RunId, String> = lists.into_iter().collect();
        let known: Vec<(RunId, String)> = self.recipients.lists.with_untracked(|lists| {
            lists
                .iter()
                .map(|(run, loaded)| (run.clone(), loaded.kept()))
                .collect()
        });
        for (run, _) in known.iter().filter(|(run, _)| !stored.contains_key(run)) {
            self.recipients.forget(run);
        }
        for (run, kept) in stored.iter() {
            if !known.iter().any(|(id, text)| id == run && text == kept) {
                self.recipients.next_turn(run);
                self.recipients.lists.update(|lists| {
                    lists.insert(run.clone(), Loaded::restored(kept));
                });
            }
        }
    }
}
