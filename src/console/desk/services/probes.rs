//! What only asking can tell of the services and of this browser: whether the page answers, how many mails lie in the
//! outbox, how the failure switch stands, whether the browser keeps our data, and whether strangers can read the playbook.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::edge::strangers::Guarded;
use crate::api::mail::SendMail;
use crate::api::page::ReadPage;
use crate::api::provider::{FailureSwitch, watch};
use crate::platform::{clock, storage};

use super::failure::Failure;
use crate::console::desk::{Desk, setup};

/// An answer that is on its way (`None`), or what came of asking.
pub type Asked<T> = RwSignal<Option<Result<T, String>>>;

/// What was asked, each with its answer; asked again whenever the embedded provider changes.
#[derive(Clone, Copy)]
pub struct Probes {
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
    /// What of the console whoever has no login can read; `None` where nothing.
    pub given_to_strangers: Asked<Option<Guarded>>,
    /// When the services were asked.
    pub asked_at: RwSignal<Option<DateTime<Utc>>>,
}

impl Desk {
    /// Asks, and asks again after every change of the embedded provider while the page stands.
    pub fn probes(self) -> Probes {
        let probes = Probes {
            components: RwSignal::new(None),
            mails: RwSignal::new(None),
            failure: RwSignal::new(None),
            demo: RwSignal::new(None),
            lasting: RwSignal::new(None),
            readers: RwSignal::new(None),
            mail_service: RwSignal::new(None),
            given_to_strangers: RwSignal::new(None),
            asked_at: RwSignal::new(None),
        };
        probes.ask(self);
        while_here(move || probes.ask(self));
        probes
    }

    /// Asks the browser to promise that it keeps our data.
    pub fn ask_to_keep(self, probes: Probes) {
        leptos::task::spawn_local(async move {
            let answer = storage::persist().await.map_err(|error| error.to_string());
            match &answer {
                Ok(true) => self.say("The browser will keep the data of this page."),
                Ok(false) => {
                    self.say("The browser made no promise. Download everything now and then.");
                }
                Err(error) => self.alarm(format!("The browser could not be asked: {error}.")),
            }
            probes.lasting.set(Some(answer));
        });
    }
}

impl Probes {
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
        self.given_to_strangers.set(None);
        self.readers.set(None);
        self.mail_service.set(None);
        self.components.set(None);
        let asked_at = untrack(|| desk.fresh_now());
        self.asked_at.set(Some(asked_at));
        // An answer to an earlier asking says nothing of now, and may come later, or when the page is left.
        let is_newest = move || self.asked_at.try_get_untracked().flatten() == Some(asked_at);
        leptos::task::spawn_local(async move {
            let given = told(setup::given_to_strangers().await);
            if !is_newest() {
                return;
            }
            self.given_to_strangers.set(Some(given));
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
pub(in crate::console::desk) fn while_here(changed: impl Fn() + Clone + 'static) {
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
