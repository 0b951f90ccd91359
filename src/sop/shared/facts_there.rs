//! Facts off the page. Facts are words, and words are not shared beside the incident; but they stand in the posts that the
//! playbook's templates made. This console reads them there, and fills the next message with what readers know already.

use chrono::{DateTime, Utc};

use crate::domain::incident::{Incident, IncidentStatus, IncidentUpdate};
use crate::domain::ordered::ShortMap;
use crate::domain::text;
use crate::sop::channel::Channel;
use crate::sop::event::{Event, EventId, EventKind, SentMessage};
use crate::sop::facts::Fact;
use crate::sop::message::read_back::{places, service_in};
use crate::sop::playbook::Playbook;
use crate::sop::run::Run;
use crate::sop::template::Source;

use super::adopt::{STATUS_PAGE, declared};
use super::lost::{PageSend, Standing, page_sends};

/// What others posted of an incident says of its facts, as events: one for each fact that a post made another than what was
/// posted before it. They stand in the log where the posts stand, so that what was said here later holds. The progress is
/// news each time, and no fact that the next message could repeat.
pub fn facts_there(sop: &Playbook, run: &Run, incident: &Incident) -> Vec<Event> {
    let Some(declared) = declared(run) else {
        return Vec::new();
    };
    let sends = page_sends(run);
    let mut known: ShortMap<Fact, String> = ShortMap::default();
    let mut events = Vec::new();
    let newest = incident.updates.first().map(|update| update.id.as_str());
    let told = incident.updates.iter().rev();
    for update in told.filter(|update| update.status != IncidentStatus::Postmortem) {
        let from = written(&sends, run, update);
        let service = known.get(&Fact::Service).cloned();
        let mut new: Vec<(Fact, String)> = Vec::new();
        for (fact, value) in said_in(sop, &update.body) {
            if !text::same(known.get(&fact).map_or("", String::as_str), &value) {
                known.insert(fact, value.clone());
                new.push((fact, value));
            }
        }
        // The page keeps the newest title alone.
        let is_titled = newest == Some(update.id.as_str()) && !sop.additions.keep_first_title;
        if is_titled && let Some(named) = service_in(sop, &incident.name) {
            new.retain(|(fact, _)| *fact != Fact::Service);
            let before = titled_before(sop, &sends, run, update).or(service);
            if !before.is_some_and(|before| text::same(&before, &named)) {
                new.push((Fact::Service, named));
            }
        }
        match from {
            Written::Here => new.clear(),
            // Whoever posted it may have changed the words there.
            Written::ByHand => new.retain(|(fact, value)| !was_said(run, *fact, value)),
            Written::Elsewhere => {}
        }
        let said = new.into_iter();
        events.extend(
            said.map(|(fact, value)| learnt(fact, value, &update.id, update.created_at, declared)),
        );
    }
    events
}

/// Who wrote an update, as far as this console knows.
enum Written {
    /// It was sent from here: its facts are in the log as they were said.
    Here,
    /// A person posted it and recorded its words: those of its facts that were ever said are in the log.
    ByHand,
    Elsewhere,
}

fn written(sends: &[PageSend<'_>], run: &Run, update: &IncidentUpdate) -> Written {
    let is_it = |words: &str| !words.is_empty() && text::same(&update.body, words);
    let sent = sends.iter().any(|send| match send.update() {
        Some(id) => id == update.id && !send.message.text.is_empty(),
        // It may stand there before its answer is here.
        None => matches!(send.standing, Standing::Open) && is_it(&send.message.text),
    });
    if sent {
        Written::Here
    } else if by_hand(run).any(|message| is_it(&message.text)) {
        Written::ByHand
    } else {
        Written::Elsewhere
    }
}

/// Whether this was ever said of a fact here, or read off the page already.
fn was_said(run: &Run, wanted: Fact, words: &str) -> bool {
    let mut said = run.events().filter_map(|event| {
        if let EventKind::FactSet { fact, value } = &event.what {
            return (*fact == wanted).then_some(value.as_str());
        }
        let EventKind::Declared { facts, .. } = &event.what else {
            return None;
        };
        facts.get(wanted)
    });
    words.is_empty() || said.any(|said| text::same(said, words))
}

/// The posts that a person recorded.
fn by_hand(run: &Run) -> impl Iterator<Item = &SentMessage> {
    let events = run.events();
    let events = events.filter(|event| event.id.page_update().is_none());
    events.filter_map(|event| {
        let EventKind::PostedByHand { message, .. } = &event.what else {
            return None;
        };
        (message.channel == Channel::Page).then_some(message)
    })
}

/// The service that the page's title named before an update, as far as this console knows: by its own posts, by those that
/// were recorded or adopted, and by what was read off an earlier title.
fn titled_before(
    sop: &Playbook,
    sends: &[PageSend<'_>],
    run: &Run,
    update: &IncidentUpdate,
) -> Option<String> {
    // One that failed named nothing.
    let arrived = sends
        .iter()
        .filter(|send| send.left < update.created_at && !matches!(send.standing, Standing::Failed));
    let sent = arrived
        .filter_map(|send| Some((send.left, service_in(sop, send.message.title.as_deref()?)?)));
    let before = run.events().filter(|event| {
        event.corrected() < update.created_at && event.id.page_update() != Some(update.id.as_str())
    });
    let named = before.filter_map(|event| Some((event.corrected(), names(sop, event)?)));
    let named = named.chain(sent).max_by_key(|(at, _)| *at);
    named.map(|(_, service)| service)
}

/// The service that an event tells the page's title to name.
fn names(sop: &Playbook, event: &Event) -> Option<String> {
    if let EventKind::PostedByHand { message, .. } = &event.what {
        let title = message.title.as_deref();
        let title = title.filter(|_| message.channel == Channel::Page)?;
        return service_in(sop, title);
    }
    let EventKind::FactSet { fact, value } = &event.what else {
        return None;
    };
    let is_read = *fact == Fact::Service && event.id.page_update().is_some();
    is_read.then(|| value.clone())
}

/// A fact that was read off the page, as an event at a moment and after another event: the same on every console that reads
/// the same there. `from` tells where: the id of an update or of the incident.
pub fn learnt(fact: Fact, value: String, from: &str, at: DateTime<Utc>, after: &EventId) -> Event {
    Event {
        id: EventId::adopted(&format!("{}.{from}", fact.word()), at, after),
        at,
        offset_ms: None,
        who: STATUS_PAGE.to_owned(),
        vouched: false,
        what: EventKind::FactSet { fact, value },
    }
}

/// The facts in a post of the page, where the playbook's words made it; what stands there for a blank one is blank.
fn said_in(sop: &Playbook, body: &str) -> Vec<(Fact, String)> {
    let places = places(sop, body).into_iter();
    places
        .filter_map(|(source, value)| match source {
            Source::Fact(Fact::Progress) | Source::Computed(_) | Source::RecipientName => None,
            Source::Fact(fact) => {
                let default = sop.fact_defaults.get(&fact);
                let is_default = default.is_some_and(|default| text::same(default, &value));
                Some((fact, if is_default { String::new() } else { value }))
            }
        })
        .collect()
}
