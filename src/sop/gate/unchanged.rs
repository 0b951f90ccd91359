//! "No change": the playbook's own words and a new promise, and nothing else that readers do not know already.

use super::Wish;
use crate::domain::incident::IncidentStatus;
use crate::domain::text::plain;
use crate::sop::channel::Channel;
use crate::sop::compose;
use crate::sop::duty::DutyKind;
use crate::sop::facts::Fact;
use crate::sop::lint::Finding;
use crate::sop::message::{Origin, PageOptions, Preview, Stretch};
use crate::sop::playbook::Purpose;
use crate::sop::run::{LedgerRow, LedgerState};

impl Wish<'_> {
    /// "No change": the playbook's own words, and nothing but the promise changes (`docs/decisions.md`, "Decided since",
    /// 4). What is typed and not said yet waits for the next update.
    #[must_use]
    pub fn no_change(mut self) -> Self {
        let words = self.playbook.additions.no_change.clone();
        self.facts = self.state.facts.clone();
        self.facts.set(Fact::Progress, words);
        if let Some(last) = &self.state.page {
            self.status = last.status.clone();
        }
        self.promise = true;
        self.options = PageOptions::default();
        self.unchanged = true;
        self
    }

    /// Why it cannot be said that nothing changed: readers know another severity, fewer services, or something
    /// else of what it prints.
    pub(super) fn hides_a_change(&self, preview: Option<&Preview>) -> Option<Finding> {
        if !self.unchanged {
            return None;
        }
        if compose::severity_changed_since_last_post(self.state) {
            return Some(Finding::blocking(
                "The severity changed since the last post: say so in an update.",
            ));
        }
        let mut touched = self.state.components.iter();
        if touched.any(|id| compose::is_untold(self.state, id)) {
            return Some(Finding::blocking(
                "A service came to the incident after the last post: say so in an update.",
            ));
        }
        let preview = preview?;
        let mut stretches = preview.title.iter().flatten().chain(&preview.text);
        let why = if let Some(told) = self.told() {
            let new =
                |stretch: &&Stretch| is_said(stretch) && !told.contains(&words(&stretch.text));
            let new = stretches.find(new)?.text.trim();
            format!("The last post does not say “{new}”: say it in an update.")
        } else {
            let open = stretches.find(|stretch| stretch.origin == Origin::Default)?;
            let open = open.text.trim();
            format!(
                "It is not known here whether the last post says “{open}”: say it in an update."
            )
        };
        Some(Finding::blocking(why))
    }

    /// What readers were told last, title and text; `None` where this console does not know the words.
    fn told(&self) -> Option<String> {
        let last = &self.last_post()?.message;
        let own = self.state.page_incident.as_ref();
        let there = self.page.zip(own).and_then(|(page, own)| {
            let mut incidents = page.incidents.iter();
            incidents.find(|incident| incident.id == *own)
        });
        // Of another console's post only the page has the words.
        if last.text.is_empty() {
            let there = there?;
            let mut updates = there.updates.iter();
            let newest = updates.find(|update| update.status != IncidentStatus::Postmortem)?;
            let body = Some(plain(&newest.body)).filter(|body| !body.trim().is_empty())?;
            return Some(words(&format!("{}\n{body}", there.name)));
        }
        let title = last.title.as_deref().unwrap_or_default();
        Some(words(&format!("{title}\n{}", last.text)))
    }

    fn last_post(&self) -> Option<&LedgerRow> {
        let mut posts = self.state.ledger.iter().rev();
        posts.find(|row| row.message.is_post() && matches!(row.state, LedgerState::Sent { .. }))
    }

    /// What is said of a progress that readers have read already: it would reach them as news.
    pub(super) fn says_it_again(&self) -> Option<Finding> {
        let Purpose { channel, kind, .. } = self.purpose;
        let update = channel == Channel::Page && kind == DutyKind::Update && !self.unchanged;
        let progress = self.facts.get(Fact::Progress).filter(|_| update)?;
        let again = self.last_post()?.message.text.contains(progress);
        again.then(|| {
            Finding::warning(
                "The last update says this progress already: change it, or press “No change”.",
            )
            .about(Some(Fact::Progress))
        })
    }
}

/// Whether a stretch is what responders said, or what stands for what they left out; not the words that say that nothing
/// changed.
fn is_said(stretch: &Stretch) -> bool {
    match stretch.origin {
        Origin::Fact(fact) => fact != Fact::Progress,
        Origin::Default => true,
        Origin::Template | Origin::Value | Origin::Gap | Origin::Recipient => false,
    }
}

/// A text without what a page may do to its blanks and line ends.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
