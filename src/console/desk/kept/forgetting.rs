//! "Forget this browser": a device that was lost, lent or shared keeps nothing of what responders did on it.

use leptos::prelude::*;

use crate::api::provider::forget as forget_provider;
use crate::platform::storage::{self, local};
use crate::platform::{PlatformError, page, tabs};

use super::event_store::CHANNEL;
use crate::console::desk::Desk;

/// What the other tabs are told instead of the name of a run, before the name of the tab that says it.
const FORGET: &str = "*forget ";

/// What the service workers of both apps keep what they read under, after [`page::prefix`] (`worker/worker.mjs`).
const KEPT_ANSWERS: [&str; 2] = ["console:answers", "status:answers"];

impl Desk {
    /// Deletes everything that both apps keep in this browser, in every tab, and begins anew.
    pub fn forget_browser(self) {
        leptos::task::spawn_local(async move {
            if let Err(error) = self.forget().await {
                self.alarm(format!(
                    "Not everything could be deleted: {error}. Close the other tabs and try again, or clear this site’s data in the browser’s own settings."
                ));
                return;
            }
            begin_anew(self);
        });
    }

    async fn forget(self) -> Result<(), PlatformError> {
        // What is missing now is meant to be: no tab stores it again.
        let keep = self.keep.get_value();
        keep.forget_count();
        // Where the other tabs cannot be told, they keep what is in their memory until they are closed.
        let _told = tabs::Channel::open(CHANNEL)
            .and_then(|channel| channel.publish(&format!("{FORGET}{}", self.mailings.tab())));
        keep.empty().await?;
        self.mailings.store().empty().await?;
        forget_provider().await?;
        for kept in KEPT_ANSWERS {
            // A browser without such a cache has nothing in it.
            let _dropped = storage::drop_cache(kept).await;
        }
        local::clear()
    }
}

/// Whether a word of another tab says that it deletes everything: what is in this one's memory goes too.
pub(in crate::console::desk) fn is_forgotten(desk: Desk, word: &str) -> bool {
    let Some(tab) = word.strip_prefix(FORGET) else {
        return false;
    };
    // A tab hears its own word too.
    if tab != desk.mailings.tab() {
        begin_anew(desk);
    }
    true
}

fn begin_anew(desk: Desk) {
    desk.keep.get_value().forget_count();
    if let Err(error) = page::reload() {
        desk.alarm(format!(
            "Everything was deleted, and this tab still shows what it had: {error}. Close it."
        ));
    }
}
