//! The outbox of this browser: the mails that the embedded provider has sent.

use leptos::prelude::*;

use crate::api::provider::{StoredMail, UnreadableRecord};

use super::probes::while_here;
use crate::console::desk::Desk;
use crate::sop::run::evidence;

/// The outbox as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Mails {
    /// The newest mails, newest first.
    pub newest: Vec<StoredMail>,
    /// How many there are.
    pub count: u32,
    /// Stored mails that cannot be read.
    pub unreadable: Vec<UnreadableRecord>,
}

impl Desk {
    /// The newest `limit` mails; read again after every change while the page stands.
    pub fn mails(self, limit: Signal<usize>) -> ReadSignal<Option<Result<Mails, String>>> {
        let (mails, set_mails) = signal(None);
        let read = move || {
            let limit = limit.get_untracked();
            leptos::task::spawn_local(async move {
                set_mails.set(Some(self.read_mails(limit).await));
            });
        };
        Effect::new(move |_| {
            limit.track();
            read();
        });
        while_here(read);
        mails
    }

    async fn read_mails(self, limit: usize) -> Result<Mails, String> {
        let outbox = self.outbox();
        let (newest, unreadable) = outbox
            .list(limit)
            .await
            .map_err(|error| error.to_string())?;
        let count = outbox.count().await.map_err(|error| error.to_string())?;
        Ok(Mails {
            newest,
            count,
            unreadable,
        })
    }

    /// Throws every mail of the outbox away.
    pub fn clear_mails(self) {
        leptos::task::spawn_local(async move {
            match self.outbox().clear().await {
                Ok(()) => self.say("The outbox is empty."),
                Err(error) => self.alarm(format!("The outbox could not be emptied: {error}.")),
            }
        });
    }

    /// Downloads the stored mails that cannot be read as they are; without addresses unless they are asked for.
    pub fn export_unreadable_mails(self, mails: &[UnreadableRecord], with_addresses: bool) {
        let raw: Vec<(&str, String)> = mails
            .iter()
            .map(|mail| {
                let raw = evidence::raw(&mail.raw, with_addresses);
                (mail.key.as_str(), raw)
            })
            .collect();
        match serde_json::to_string_pretty(&raw) {
            Ok(text) => self.offer("allclear-unreadable-mails.json", &text),
            Err(error) => self.alarm(format!("The download could not be offered: {error}.")),
        }
    }
}
