//! What a responder takes out of the console, and brings in: exports, paper, the clipboard, the share sheet of a
//! network, a file.

use leptos::prelude::*;

use crate::platform::{chosen, clipboard, download, page, print, share};
use crate::sop::channel::Channel;
use crate::sop::recipients::text_of;
use crate::sop::report::handover::{Place, handover};
use crate::sop::report::ics::calendar;
use crate::sop::run::{RunId, evidence};

use crate::console::desk::Desk;
use crate::console::paths::Route;

const JSON: &str = "application/json";
const CALENDAR: &str = "text/calendar";
const NOT_HERE: &str = "The part of the console that writes it out could not be fetched. Leave this tab open, and try again when the network is back.";

impl Desk {
    /// Downloads an incident's evidence file: its whole log with the exact texts and their receipts.
    pub fn export(self, id: &RunId) {
        let Some(run) = self.runs.with_untracked(|runs| runs.get(id).cloned()) else {
            return;
        };
        match evidence::export(&run) {
            Ok(text) => self.offer(&format!("allclear-{}.json", id.0), &text),
            Err(error) => self.alarm(format!("The evidence could not be written out: {error}.")),
        }
    }

    /// Copies what the next responder has to know of an incident.
    pub fn copy_handover(self, id: &RunId, outcome: RwSignal<Option<Result<(), String>>>) {
        let text = untrack(|| {
            let run = self.runs.with(|runs| runs.get(id).cloned())?;
            let (sop, view) = (self.playbook()?, self.view(id)?);
            let place = Place {
                link: &address(id),
                components: &self.components_seen(id),
                hosted: self.is_hosted(Channel::Page),
            };
            Some(handover(&sop, &run, &view, self.now_for(&run), &place))
        });
        if let Some(text) = text {
            self.copy(text, outcome);
        }
    }

    /// Downloads the duties of an incident that are still owed by a time, as a calendar file.
    pub fn export_calendar(self, id: &RunId) {
        let text = untrack(|| calendar(&*self.view(id)?, self.now().get(), &address(id)));
        if let Some(text) = text {
            self.offer_as(&format!("allclear-{}.ics", id.0), CALENDAR, &text);
        }
    }

    /// Downloads every incident's evidence in one file: the way out when nothing is being saved.
    pub fn export_all(self) {
        leptos::task::spawn_local(async move {
            match self.later.rescue().await {
                Some(rescue) => (rescue.all)(self),
                None => self.alarm(NOT_HERE),
            }
        });
    }

    /// Downloads the stored entries that could not be read; as they are, or with what looks like an address left out.
    pub fn export_dropped(self, with_addresses: bool) {
        leptos::task::spawn_local(async move {
            match self.later.rescue().await {
                Some(rescue) => (rescue.dropped)(self, with_addresses),
                None => self.alarm(NOT_HERE),
            }
        });
    }

    pub(in crate::console::desk) fn offer(self, name: &str, text: &str) {
        self.offer_as(name, JSON, text);
    }

    fn offer_as(self, name: &str, kind: &str, text: &str) {
        if let Err(error) = download::text(name, kind, text) {
            self.alarm(format!("The download could not be offered: {error}."));
        }
    }

    /// Puts a text on the clipboard; the outcome is shown beside the button.
    pub fn copy(self, text: String, outcome: RwSignal<Option<Result<(), String>>>) {
        self.copy_and(text, outcome, |_| ());
    }

    /// The same, and goes on with whether it is copied; the page that asked may be gone by then.
    pub fn copy_and(
        self,
        text: String,
        outcome: RwSignal<Option<Result<(), String>>>,
        then: impl FnOnce(bool) + 'static,
    ) {
        leptos::task::spawn_local(async move {
            let by_hand = |error| format!("{error}. Select the text and copy it by hand.");
            let copied = clipboard::write(&text).await.map_err(by_hand);
            let is_copied = copied.is_ok();
            outcome.set(Some(copied));
            then(is_copied);
        });
    }

    /// Opens a network's own composer with a text in it, in a new tab.
    pub fn open_share(self, channel: Channel, text: &str) {
        let address = self
            .setup
            .with_untracked(|setup| setup.team()?.share_address(channel).map(str::to_owned));
        let Some(address) = address else {
            self.alarm("The team’s settings (team.toml) have no share address for this network. Copy the text instead.");
            return;
        };
        if let Err(error) = share::open_with_text(&address, text) {
            self.alarm(format!(
                "The network could not be opened: {error}. Copy the text instead."
            ));
        }
    }

    /// Reads a chosen file as text; its name, and what it says.
    pub fn load_text_file(self, file: web_sys::File, take: impl FnOnce(String, String) + 'static) {
        leptos::task::spawn_local(async move {
            let bytes = chosen::bytes(&file).await;
            match bytes.map(text_of) {
                Ok(Ok(text)) => take(file.name(), text),
                Ok(Err(why)) => self.alarm(format!("{} was not read: {why}.", file.name())),
                Err(_) => {
                    self.alarm("The file could not be read. Choose it again, or paste its lines.");
                }
            }
        });
    }

    /// Opens the browser's print dialog.
    pub fn print(self) {
        if let Err(error) = print::page() {
            self.alarm(format!("The page could not be printed: {error}."));
        }
    }
}

/// An incident's page, as somebody else can open it.
fn address(id: &RunId) -> String {
    let origin = page::origin().unwrap_or_default();
    [origin, Route::Incident(id.clone()).path()].concat()
}
