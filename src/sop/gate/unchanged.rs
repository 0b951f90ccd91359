//! "No change": the playbook's own words and a new promise, and nothing else that readers do not know already.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::Wish;
use crate::domain::incident::IncidentStatus;
use crate::domain::order::by_key;
use crate::domain::text::{readings, same};
use crate::sop::channel::Channel;
use crate::sop::compose;
use crate::sop::duty::DutyKind;
use crate::sop::facts::Fact;
use crate::sop::lint::Finding;
use crate::sop::message::read_back::{places, service_in};
use crate::sop::message::{Origin, PageOptions, Preview};
use crate::sop::playbook::{Playbook, Purpose};
use crate::sop::run::{LedgerRow, LedgerState};
use crate::sop::template::{Computed, Source, joined};

/// How many posts are looked through for what was told: in ordinary use the last one says it all.
const LOOKED_AT: usize = 20;

/// What readers were told at a moment.
struct Told {
    at: DateTime<Utc>,
    /// The title, where it is known.
    title: Option<String>,
    text: String,
}

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
        self.says_something_else(preview?).map(Finding::blocking)
    }

    /// What it prints otherwise than readers were told last, place by place of the playbook's templates. Of somebody's own
    /// words it is enough that a fact stands in them.
    fn says_something_else(&self, preview: &Preview) -> Option<String> {
        let told = self.told();
        let mut open = self.prints(preview);
        for told in told.iter().take(LOOKED_AT) {
            if open.is_empty() {
                break;
            }
            let read = read(self.playbook, told.title.as_deref(), &told.text);
            let is_own_words = places(self.playbook, &told.text).is_empty();
            let mut left = Vec::new();
            for (source, value) in open {
                let mut places = read.iter();
                let is_told = match places.find(|(known, _)| *known == source) {
                    Some((_, told)) => Some(same(told, &value)),
                    None => tells_without_a_place(source, &value, told, is_own_words),
                };
                match is_told {
                    Some(true) => {}
                    Some(false) => return Some(not_said(&value)),
                    None => left.push((source, value)),
                }
            }
            open = left;
        }
        open.into_iter().find_map(|(source, value)| {
            let Source::Fact(fact) = source else {
                // A start that nobody was told of cannot have changed.
                return None;
            };
            match told.first() {
                // No title is known: it names what it named.
                Some(_) if fact == Fact::Service => None,
                Some(last) => (!stands_in(&value, last)).then(|| not_said(&value)),
                None => self.is_default(fact, &value).then(|| {
                    format!("It is not known here whether the last post says “{value}”: say it in an update.")
                }),
            }
        })
    }

    /// What it prints of the facts and of the start.
    fn prints(&self, preview: &Preview) -> Vec<(Source, String)> {
        let title = preview.title.as_deref().map(joined);
        let read = read(self.playbook, title.as_deref(), &joined(&preview.text));
        if !read.is_empty() {
            return read;
        }
        // Of a template whose places cannot be told apart, the facts.
        let stretches = preview.title.iter().flatten().chain(&preview.text);
        let facts = stretches.filter_map(|stretch| match stretch.origin {
            Origin::Fact(fact) => Some((Source::Fact(fact), stretch.text.clone())),
            Origin::Template
            | Origin::Value
            | Origin::Default
            | Origin::Gap
            | Origin::Recipient => None,
        });
        facts.filter(|(source, _)| is_repeated(*source)).collect()
    }

    fn is_default(&self, fact: Fact, value: &str) -> bool {
        let default = self.playbook.fact_defaults.get(&fact);
        default.is_some_and(|default| same(default, value))
    }

    /// What readers were told, newest first: the words of this console's log, and those on the page, where what others posted
    /// and what was edited stands.
    fn told(&self) -> Vec<Told> {
        let mut told: Vec<Told> = self
            .posts()
            .filter(|row| !row.message.text.trim().is_empty())
            .map(|row| Told {
                at: row.at,
                title: row.message.title.clone(),
                text: row.message.text.clone(),
            })
            .collect();
        let own = self.state.page_incident.as_ref();
        let there = self.page.zip(own).and_then(|(page, own)| {
            let mut incidents = page.incidents.iter();
            incidents.find(|incident| incident.id == *own)
        });
        if let Some(there) = there {
            // Of the page only the newest title is known.
            let mut title = Some(there.name.clone());
            let updates = there.updates.iter();
            let posts = updates.filter(|update| update.status != IncidentStatus::Postmortem);
            told.extend(
                posts
                    .filter(|update| !update.body.trim().is_empty())
                    .map(|update| Told {
                        at: update.created_at,
                        title: title.take(),
                        text: update.body.clone(),
                    }),
            );
        }
        // The newest by its own time, whenever it was recorded.
        by_key(told, |told| Reverse(told.at))
    }

    fn posts(&self) -> impl Iterator<Item = &LedgerRow> {
        let posts = self.state.ledger.iter();
        posts.filter(|row| row.message.is_post() && matches!(row.state, LedgerState::Sent { .. }))
    }

    /// What is said of a progress that readers have read already: it would reach them as news.
    pub(super) fn says_it_again(&self) -> Option<Finding> {
        let Purpose { channel, kind, .. } = self.purpose;
        let update = channel == Channel::Page && kind == DutyKind::Update && !self.unchanged;
        let progress = self.facts.get(Fact::Progress).filter(|_| update)?;
        let last = self.posts().max_by_key(|row| row.at)?;
        let again = last.message.text.contains(progress);
        again.then(|| {
            Finding::warning(
                "The last update says this progress already: change it, or press “No change”.",
            )
            .about(Some(Fact::Progress))
        })
    }
}

/// What a post says of the facts and of the start, which "No change" repeats. Its title, which may be kept from the first
/// post, comes before its text.
fn read(sop: &Playbook, title: Option<&str>, text: &str) -> Vec<(Source, String)> {
    let service = title.and_then(|title| service_in(sop, title));
    let named = service.map(|service| (Source::Fact(Fact::Service), service));
    let mut read: Vec<_> = named.into_iter().chain(places(sop, text)).collect();
    read.retain(|(source, _)| is_repeated(*source));
    read
}

fn is_repeated(source: Source) -> bool {
    match source {
        Source::Fact(fact) => fact != Fact::Progress,
        Source::Computed(Computed::Started | Computed::StartedAgain) => true,
        Source::Computed(
            Computed::LastUpdated
            | Computed::Resolved
            | Computed::Duration
            | Computed::Cadence
            | Computed::Status
            | Computed::Date
            | Computed::Severity,
        )
        | Source::RecipientName => false,
    }
}

fn not_said(value: &str) -> String {
    format!(
        "The last post does not say “{}”: say it in an update.",
        value.trim()
    )
}

/// Whether a post tells a value for which it has no place; `None` where it may have left it out, as a service whose title is
/// not known, or a start that is in nobody's own words.
fn tells_without_a_place(
    source: Source,
    value: &str,
    told: &Told,
    is_own_words: bool,
) -> Option<bool> {
    let is_asked = match source {
        Source::Fact(Fact::Service) => told.title.is_some(),
        Source::Fact(_) => is_own_words,
        Source::Computed(_) | Source::RecipientName => false,
    };
    let stands = (is_asked || is_own_words) && stands_in(value, told);
    (is_asked || stands).then_some(stands)
}

/// Whether a value stands in a post by itself, and not as a part of other words.
fn stands_in(value: &str, told: &Told) -> bool {
    let title = told.title.as_deref().unwrap_or_default();
    let (all, values) = (
        readings(&format!("{title}\n{}", told.text)),
        readings(value),
    );
    let mut read = all.iter().zip(&values);
    read.any(|(all, value)| holds(all, value))
}

/// Whether a text holds these words between borders of words.
fn holds(text: &str, words: &str) -> bool {
    if words.is_empty() {
        return true;
    }
    let is_border = |sign: Option<char>| sign.is_none_or(|sign| !sign.is_alphanumeric());
    let mut rest = text;
    let mut before = None;
    while let Some((head, tail)) = rest.split_once(words) {
        if is_border(head.chars().next_back().or(before)) && is_border(tail.chars().next()) {
            return true;
        }
        before = words.chars().next_back();
        rest = tail;
    }
    false
}
