//! The embedded provider as the desk sees it: the page's components and incidents, the first start's
//! offer, and following its changes.

use leptos::prelude::*;

use crate::api::embedded;
use crate::api::page::ReadPage;
use crate::platform::{clock, storage};

use super::Desk;

const ASKED: &str = "first-start";
const DEMO_SEED: u64 = 0x0A11_C1EA;

/// Sets up an empty page for the configured components, and follows its changes.
pub(super) async fn open(desk: Desk) {
    let components = desk
        .setup
        .with_untracked(|setup| setup.config().map(|config| config.components.clone()));
    if let Some(components) = components
        && let Err(error) = desk.writer().seed_components(&components).await
    {
        desk.alarm(format!(
            "The embedded status page could not be set up: {error}."
        ));
    }
    refresh(desk).await;
    match embedded::watch(move || leptos::task::spawn_local(refresh(desk))) {
        Ok(subscription) => subscription.forever(),
        Err(error) => desk.alarm(format!("Changes of other tabs are not seen here: {error}.")),
    }
    let asked = storage::local::get(ASKED).is_ok_and(|said| said.is_some());
    desk.first_start.set(!asked);
}

/// Reads the page as the provider shows it now.
pub(in crate::console) async fn refresh(desk: Desk) {
    match desk.reader().snapshot().await {
        Ok(snapshot) => desk.page.set(Some(snapshot)),
        Err(error) => desk.alarm(format!("The status page could not be read: {error}.")),
    }
}

impl Desk {
    /// Whether the first start's offer is still to be answered.
    pub fn demo_asked(self) -> Signal<bool> {
        self.first_start.into()
    }

    /// Answers the first start's offer: the page stays empty.
    pub fn keep_empty_page(self) {
        self.answered();
        self.say("Your status page is empty and ready.");
    }

    /// Puts a year of made-up incidents on the page, labelled as such.
    pub fn add_demo(self) {
        leptos::task::spawn_local(async move {
            match self.writer().seed_demo(DEMO_SEED, clock::now()).await {
                Ok(count) => {
                    self.answered();
                    self.say(format!(
                        "{count} made-up incidents are on the page, labelled as a demonstration."
                    ));
                    refresh(self).await;
                }
                Err(error) => self.alarm(format!("The demonstration could not be added: {error}.")),
            }
        });
    }

    /// Takes the demonstration off the page again.
    pub fn clear_demo(self) {
        leptos::task::spawn_local(async move {
            match self.writer().clear_demo().await {
                Ok(count) => {
                    self.say(format!(
                        "{count} made-up incidents were taken off the page."
                    ));
                    refresh(self).await;
                }
                Err(error) => {
                    self.alarm(format!("The demonstration could not be removed: {error}."));
                }
            }
        });
    }

    fn answered(self) {
        self.first_start.set(false);
        // A denied storage asks again next time, which harms nobody.
        let _kept = storage::local::set(ASKED, "answered");
    }
}
