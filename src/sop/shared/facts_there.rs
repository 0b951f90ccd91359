//! Facts off the page. Facts are words, and words are not shared beside the incident; but they stand in the posts that the
//! playbook's templates made. This console reads them there, and fills the next message with what readers know already.

use chrono::{DateTime, Utc};

use crate::domain::incident::{Incident, IncidentStatus, IncidentUpdate};
use crate::domain::ordered::ShortMap;
use crate::domain::text::plain;
use crate::sop::channel::Channel;
use crate::sop::event::{Event, EventId, EventKind};
use crate::sop::facts::Fact;
use crate::sop::playbook::{Message, Playbook};
use crate::sop::run::Run;
use crate::sop::template::{Piece, Source, Template};

use super::adopt::{STATUS_PAGE, declared};
use super::lost::page_sends;

/// What others posted of an incident says of its facts, as events: one for each fact that a post made another than the post
/// before it. They stand in the log where the posts stand, so that what was said here later holds. The progress is news
/// each time, and no fact that the next message could repeat.
pub fn facts_there(sop: &Playbook, run: &Run, incident: &Incident) -> Vec<Event> {
    let Some(declared) = declared(run) else {
        return Vec::new();
    };
    let sends = page_sends(run);
    let is_own = |update: &IncidentUpdate| {
        let mut with_words = sends.iter().filter(|send| !send.message.text.is_empty());
        with_words.any(|send| send.update() == Some(update.id.as_str()))
    };
    let mut known: ShortMap<Fact, String> = ShortMap::default();
    let mut events = Vec::new();
    let newest = incident.updates.first().map(|update| update.id.as_str());
    let told = incident.updates.iter().rev();
    for update in told.filter(|update| update.status != IncidentStatus::Postmortem) {
        let mut said = said_in(sop, &update.body);
        // The page keeps the newest title alone.
        if newest == Some(update.id.as_str()) && !sop.additions.keep_first_title {
            said.extend(service_in(sop, &incident.name).map(|name| (Fact::Service, name)));
        }
        for (fact, value) in said {
            if known.get(&fact).map_or("", String::as_str) == value {
                continue;
            }
            known.insert(fact, value.clone());
            if !is_own(update) {
                events.push(event(declared, update, fact, value));
            }
        }
    }
    events
}

fn event(declared: &EventId, update: &IncidentUpdate, fact: Fact, value: String) -> Event {
    let at: DateTime<Utc> = update.created_at;
    Event {
        id: EventId::adopted(&format!("{}.{}", fact.word(), update.id), at, declared),
        at,
        offset_ms: None,
        who: STATUS_PAGE.to_owned(),
        vouched: false,
        what: EventKind::FactSet { fact, value },
    }
}

/// The service that a title of the page names, where the playbook's words made it.
pub fn service_in(sop: &Playbook, title: &str) -> Option<String> {
    let titles = posts(sop).flat_map(|message| message.title.iter().chain(&message.title_plain));
    let mut read = titles.filter_map(|template| read(template, title.trim()));
    let (_, service) = read.find_map(|found| {
        let mut places = found.into_iter();
        places.find(|(source, _)| *source == Source::Fact(Fact::Service))
    })?;
    Some(service.to_owned()).filter(|service| !service.is_empty())
}

/// The facts in a post of the page, where the playbook's words made it; what stands there for a blank one is blank.
fn said_in(sop: &Playbook, body: &str) -> Vec<(Fact, String)> {
    let body = plain(body);
    let found = posts(sop).find_map(|message| read(&message.body, body.trim()));
    let places = found.unwrap_or_default().into_iter();
    places
        .filter_map(|(source, value)| match source {
            Source::Fact(Fact::Progress) | Source::Computed(_) | Source::RecipientName => None,
            Source::Fact(fact) => {
                let default = sop.fact_defaults.get(&fact).map(String::as_str);
                let given = Some(value).filter(|value| Some(*value) != default);
                Some((fact, given.unwrap_or_default().to_owned()))
            }
        })
        .collect()
}

fn posts(sop: &Playbook) -> impl Iterator<Item = &Message> {
    let messages = sop.messages.iter();
    messages.filter(|message| message.purpose.channel == Channel::Page)
}

/// What stands in the places of a template in a text that was made from it, in order; more may follow in lines of its own.
/// `None` where the text was not made from it, or where it cannot be told where a place ends.
fn read<'t>(template: &Template, text: &'t str) -> Option<Vec<(Source, &'t str)>> {
    let mut rest = text;
    let mut open = None;
    let mut found = Vec::new();
    let pieces = template.pieces();
    let last = pieces.last();
    for piece in pieces {
        match piece {
            Piece::Place { source, .. } => {
                if open.replace(*source).is_some() {
                    return None;
                }
            }
            Piece::Text(words) => {
                let ends = last.is_some_and(|last| std::ptr::eq(last, piece));
                let words = if ends { words.trim_end() } else { words };
                let (before, after) = rest.split_once(words)?;
                match open.take() {
                    Some(source) => found.push((source, before.trim())),
                    None if before.is_empty() => {}
                    None => return None,
                }
                rest = after;
            }
        }
    }
    let (line, _) = rest.split_once('\n').unwrap_or((rest, ""));
    match open {
        Some(source) => found.push((source, line.trim())),
        None if line.trim().is_empty() => {}
        None => return None,
    }
    Some(found)
}
