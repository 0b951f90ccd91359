//! Passing an incident on: a copy of its text, and its address.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::incident::IncidentId;
use crate::platform::{PlatformError, clipboard, page, share};
use crate::status_page::link;
use crate::views::words;

/// Puts a text on the clipboard, and says what became of it.
pub fn copy(text: String, said: RwSignal<&'static str>) {
    spawn_local(async move {
        // The same words are said anew.
        said.set("");
        let outcome = clipboard::write(&text).await;
        tell(outcome, words::later::say().copied, said);
    });
}

/// Offers an address to the system's share sheet; copies it where there is none.
pub fn pass_on(title: String, address: String, said: RwSignal<&'static str>) {
    spawn_local(async move {
        said.set("");
        if !share::available() {
            let outcome = clipboard::write(&address).await;
            tell(outcome, words::later::say().link_copied, said);
            return;
        }
        match share::text(&title, &title, Some(&address)).await {
            Ok(()) | Err(PlatformError::Cancelled) => said.set(""),
            Err(_) => {
                let outcome = clipboard::write(&address).await;
                tell(outcome, words::later::say().link_copied, said);
            }
        }
    });
}

fn tell(outcome: Result<(), PlatformError>, done: &'static str, said: RwSignal<&'static str>) {
    said.set(match outcome {
        Ok(()) => done,
        Err(_) => words::later::say().not_copied,
    });
}

/// The permalink of an incident in full.
pub fn permalink(id: &IncidentId) -> String {
    let origin = page::origin().unwrap_or_default();
    [
        origin,
        page::base_path(),
        link::incident(id).unwrap_or_default(),
    ]
    .concat()
}
