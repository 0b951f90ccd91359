//! The provider and this browser, as far as only asking can tell: whether the page answers, how many mails
//! lie in the outbox, how the failure switch stands, whether the browser keeps our data, and whether
//! strangers can read the playbook.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::mail::SendMail;
use crate::api::page::ReadPage;
use crate::api::provider::{FailureSwitch, StoredMail, UnreadableRecord, watch};
use crate::platform::{clock, print, storage};
use crate::sop::channel::Channel;

use super::{Desk, setup};

pub use crate::api::provider::FailureMode as Failure;

/// An answer that is on its way (`None`), or what came of asking.
pub type Asked<T> = RwSignal<Option<Result<T, String>>>;

/// What was asked of the provider and of the browser; asked again whenever the provider changes.
#[derive(Clone, Copy)]
pub struct Provider {
    /// How many components the page has.
    pub components: Asked<usize>,
    /// How many mails lie in the outbox.
    pub mails: Asked<u32>,
    /// How the failure switch stands.
    pub failure: Asked<Failure>,
    /// Whether a demonstration is on the page.
    pub demo: Asked<bool>,
    /// Whether the browser has promised to keep our data.
    pub lasting: Asked<bool>,
    /// Whether readers can read the page where the configuration sends them.
    pub readers: Asked<()>,
    /// Whether the mail service takes the key, and a mail in its test mode.
    pub mail_service: Asked<()>,
    /// Whether whoever has no login can read the playbook.
    pub public_playbook: Asked<bool>,
    /// When the services were asked.
    pub asked_at: RwSignal<Option<DateTime<Utc>>>,
}

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
    /// Asks the provider and the browser, and asks again after every change while the page stands.
    pub fn provider(self) -> Provider {
        let provider = Provider {
            components: RwSignal::new(None),
            mails: RwSignal::new(None),
            failure: RwSignal::new(None),
            demo: RwSignal::new(None),
            lasting: RwSignal::new(None),
            readers: RwSignal::new(None),
            mail_service: RwSignal::new(None),
            public_playbook: RwSignal::new(None),
            asked_at: RwSignal::new(None),
        };
        provider.ask(self);
        while_here(move || provider.ask(self));
        provider
    }

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

    /// Downloads the stored mails that cannot be read, as they are.
    pub fn export_unreadable_mails(self, mails: &[UnreadableRecord]) {
        let raw: Vec<(&str, &str)> = mails
            .iter()
            .map(|mail| (mail.key.as_str(), mail.raw.as_str()))
            .collect();
        match serde_json::to_string_pretty(&raw) {
            Ok(text) => self.offer("allclear-unreadable-mails.json", &text),
            Err(error) => self.alarm(format!("The download could not be offered: {error}.")),
        }
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

    /// Asks the browser to promise that it keeps our data.
    pub fn ask_to_keep(self, provider: Provider) {
        leptos::task::spawn_local(async move {
            let answer = storage::persist().await.map_err(|error| error.to_string());
            match &answer {
                Ok(true) => self.say("The browser will keep the data of this page."),
                Ok(false) => {
                    self.say("The browser made no promise. Download everything now and then.");
                }
                Err(error) => self.alarm(format!("The browser could not be asked: {error}.")),
            }
            provider.lasting.set(Some(answer));
        });
    }

    /// Opens the browser's print dialog.
    pub fn print(self) {
        if let Err(error) = print::page() {
            self.alarm(format!("The page could not be printed: {error}."));
        }
    }
}

impl Provider {
    fn ask(self, desk: Desk) {
        leptos::task::spawn_local(async move {
            self.mails.set(Some(told(desk.outbox().count().await)));
            self.failure
                .set(Some(told(FailureSwitch::new().get().await)));
            let service = desk.service();
            if let Some((_, writer)) = service.kept_here() {
                self.demo.set(Some(told(writer.has_demo().await)));
                self.components.set(Some(components_there(desk).await));
            }
            self.lasting.set(Some(told(storage::persisted().await)));
        });
    }

    /// Asks what costs a request to a service: the hosted page and mail service, and who may read the playbook.
    pub fn ask_services(self, desk: Desk) {
        // What was found before says nothing of now.
        self.public_playbook.set(None);
        self.readers.set(None);
        self.mail_service.set(None);
        self.components.set(None);
        let asked_at = untrack(|| desk.fresh_now());
        self.asked_at.set(Some(asked_at));
        // An answer to an earlier asking says nothing of now, and may come later, or when the page is left.
        let is_newest = move || self.asked_at.try_get_untracked().flatten() == Some(asked_at);
        leptos::task::spawn_local(async move {
            let public = told(setup::playbook_is_public().await);
            if !is_newest() {
                return;
            }
            self.public_playbook.set(Some(public));
            let source = desk.setup.with_untracked(|setup| {
                let config = setup.config()?;
                let url = config.source.url().map(str::to_owned);
                url.filter(|_| setup::read_elsewhere(config).is_none())
            });
            if let Some(url) = source {
                let read = told(setup::read_as_readers(&url).await);
                if !is_newest() {
                    return;
                }
                self.readers.set(Some(read));
            }
            if desk.mailer().is_hosted() {
                let taken = told(desk.sample_mail().await);
                if !is_newest() {
                    return;
                }
                self.mail_service.set(Some(taken));
            }
            let components = components_there(desk).await;
            if is_newest() {
                self.components.set(Some(components));
            }
        });
    }
}

/// How many components the page has.
async fn components_there(desk: Desk) -> Result<usize, String> {
    let snapshot = desk.service().snapshot().await;
    told(snapshot.map(|page| page.components.len()))
}

/// Calls back after every change of the provider, until the page that asked is left.
fn while_here(changed: impl Fn() + Clone + 'static) {
    match watch({
        let changed = changed.clone();
        move || changed()
    }) {
        Ok(subscription) => drop(StoredValue::new_local(subscription)),
        // The desk has said already that changes of other tabs are not seen here; a slow look remains.
        Err(_) => drop(StoredValue::new_local(clock::every(
            SLOW_LOOK_MS,
            move |_| changed(),
        ))),
    }
}

const SLOW_LOOK_MS: u32 = 5_000;

fn told<T, E: std::fmt::Display>(outcome: Result<T, E>) -> Result<T, String> {
    outcome.map_err(|error| error.to_string())
}
