//! Reading the page's files over the network, without a header of ours: across origins every one of them
//! would cost a question beforehand.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::read::Files;
use super::rhythm::Patience;
use super::wire;
use crate::api::error::ApiError;
use crate::api::http::{self, Request};
use crate::domain::page::Snapshot;
use crate::domain::utc_text;
use crate::platform::{clock, first, json};

const STRANGE: &str = "what is there is not a status page in the Statuspage format";
/// What the service worker adds to an answer that it kept: when the source gave it.
pub(super) const KEPT_SINCE: &str = "allclear-as-of";

/// A page, by the folder of its files. Cloning shares what was read.
#[derive(Debug, Clone)]
pub struct PublicPage {
    pub(super) url: String,
    pub(super) last: Rc<RefCell<Last>>,
}

/// What was read before, so that the list of incidents is asked for only when something has changed.
#[derive(Debug, Default)]
pub(super) struct Last {
    texts: Texts,
    pub(super) files: Files,
    pub(super) patience: Patience,
    /// Whether the list of incidents that was read last calls one open of which the summary does not tell.
    pub(super) is_doubted: bool,
    /// Since when what the newest glance found was kept, where it found no more: then the past may be old, too.
    pub(super) kept_since: Option<DateTime<Utc>>,
}

/// The summary as it came, and the files that tell what it leaves out.
#[derive(Debug, Default, PartialEq, Eq)]
struct Texts {
    summary: String,
    components: Option<String>,
    maintenances: Option<String>,
}

/// A page at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// The page, as far as it is known; `None` where only the list of incidents tells its state.
    pub page: Option<Snapshot>,
    /// When the source gave it, where it is only what was kept: the source cannot be reached then.
    pub kept_since: Option<DateTime<Utc>>,
    /// Whether the list of incidents is still to be read: [`PublicPage::whole`] does.
    pub more: bool,
    /// What the answer tells of the time, where the browser lets us see it.
    pub dated: Option<Dated>,
}

/// What an answer tells of the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// When it was asked for, by this device.
    pub asked: DateTime<Utc>,
    /// When it came, by this device.
    pub came: DateTime<Utc>,
    /// Its `Date`.
    pub date: String,
    /// Its `Age`: for how long a cache on the way has had it.
    pub age: Option<String>,
}

/// A file as it came.
pub(super) struct Answer {
    pub(super) text: String,
    pub(super) kept_since: Option<DateTime<Utc>>,
    dated: Option<Dated>,
}

impl PublicPage {
    /// The page whose files are in a folder.
    pub fn new(url: String) -> Self {
        Self {
            url,
            last: Rc::default(),
        }
    }

    /// Where its folder is.
    pub fn address(&self) -> &str {
        &self.url
    }

    /// A file; `None` where the page has none of that name.
    pub(super) async fn ask(&self, name: &str) -> Result<Option<Answer>, ApiError> {
        let request = Request::get(format!("{}/{name}.json", self.url));
        let asked = clock::device();
        let response = http::send(&request).await?;
        if response.status == 404 {
            return Ok(None);
        }
        if !response.ok() {
            return Err(ApiError::Refused(http::refusal(response.status)));
        }
        let kept_since = response.header(KEPT_SINCE).and_then(kept_since);
        let header = |name| response.header(name).map(str::to_owned);
        // What the service worker kept was dated long ago.
        let date = header("date").filter(|_| kept_since.is_none());
        let dated = date.map(|date| Dated {
            asked,
            came: clock::device(),
            date,
            age: header("age"),
        });
        Ok(Some(Answer {
            text: response.body,
            kept_since,
            dated,
        }))
    }

    /// The page from its summary, and from the list of incidents that was read before.
    pub async fn glance(&self) -> Result<Glance, ApiError> {
        // The page itself asks for the summary before the app is there.
        let answer = match first::take(first::Asked::Summary, &self.url).await {
            Some(text) => Answer {
                text,
                kept_since: None,
                dated: None,
            },
            None => self.ask("summary").await?.ok_or_else(strange)?,
        };
        let mut kept_since = answer.kept_since;
        let is_new = self.last.borrow().texts.summary != answer.text;
        let summary = is_new.then(|| read(&answer.text)).transpose()?;
        // What the summary leaves out has files of their own, which may change while it stays.
        let left_out = {
            let last = self.last.borrow();
            let summary = summary.as_ref().unwrap_or(&last.files.summary);
            let components = wire::components_of(summary);
            let planned = wire::maintenances_of(summary);
            [
                components.is_none().then_some("components"),
                planned.is_none().then_some(wire::PLANNED),
            ]
        };
        let mut beside = [None, None];
        for (name, text) in left_out.into_iter().zip(&mut beside) {
            let Some(name) = name else { continue };
            if let Some(answer) = self.ask(name).await? {
                // The page is as old as the oldest of its files.
                kept_since = older(kept_since, answer.kept_since);
                *text = Some(answer.text);
            }
        }
        let [components, maintenances] = beside;
        let texts = Texts {
            summary: answer.text,
            components,
            maintenances,
        };
        let mut last = self.last.borrow_mut();
        let same = last.texts == texts;
        if !same {
            let parsed = |text: Option<&str>| text.map(read).transpose();
            let components = parsed(texts.components.as_deref())?;
            let maintenances = parsed(texts.maintenances.as_deref())?;
            last.files.components = components;
            last.files.maintenances = maintenances;
            if let Some(summary) = summary {
                last.files.renew(summary);
            }
            last.texts = texts;
        }
        last.kept_since = kept_since;
        let changed = !same || last.files.incidents.is_none();
        let asks = last.patience.asks(changed, clock::now());
        let files = &last.files;
        // Of a page whose summary is silent on incidents, only its list tells the state.
        let silent = files.lacks_incidents();
        Ok(Glance {
            page: files.snapshot().filter(|_| !silent),
            kept_since,
            more: asks || silent,
            dated: answer.dated,
        })
    }
}

/// The earlier of two moments, as far as there are any.
pub(super) fn older(
    one: Option<DateTime<Utc>>,
    other: Option<DateTime<Utc>>,
) -> Option<DateTime<Utc>> {
    [one, other].into_iter().flatten().min()
}

/// When the source gave what the service worker kept, which goes by this device's clock as it is.
pub(super) fn kept_since(told: &str) -> Option<DateTime<Utc>> {
    utc_text::moment(told).map(clock::corrected)
}

pub(super) fn read(text: &str) -> Result<Value, ApiError> {
    json::parse(text).ok_or_else(strange)
}

pub(super) fn strange() -> ApiError {
    ApiError::NotSent(STRANGE.to_owned())
}
