//! Adopting what somebody did in the vendor's own console: a post there counts as ours (`docs/duties.md` rule 3),
//! an incident opened there gets its duties once a person adopts it. Every console finds the same by itself,
//! under ids that follow from the page's, so that two that adopt the same agree.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::calendar::{earlier, later};
use crate::domain::incident::{Incident, IncidentId, IncidentStatus, IncidentUpdate};
use crate::domain::promise;
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::event::{Event, EventId, EventKind, PagePost, SentMessage};
use crate::sop::patience::{ARRIVAL, CLOCKS_APART, UNANSWERED_ELSEWHERE};
use crate::sop::playbook::Playbook;
use crate::sop::run::{Phase, Run, RunId, severity_at, state};

use super::lost::{Standing, page_sends};

/// Who posted what was adopted.
pub const STATUS_PAGE: &str = "Status page";

/// How far the time that a person gave for a post by hand may be from the page's.
const BY_HAND: TimeDelta = TimeDelta::minutes(10);

/// The run of an incident that was opened on the page and adopted: the same on every console.
pub fn adopted_run(incident: &IncidentId) -> RunId {
    RunId(format!("page-{}", incident.0))
}

/// Where a run stands on the page, as an event for a log that does not say so yet: the console that opened
/// it may not have written it down beside the incident.
pub fn placed(run: &Run, incident: &Incident) -> Option<Event> {
    let known = run
        .events()
        .any(|event| matches!(event.what, EventKind::PageIncident { .. }));
    let declared = declared(run).filter(|_| !known)?;
    Some(Event {
        id: EventId::adopted(
            &format!("at.{}", incident.id.0),
            incident.created_at,
            declared,
        ),
        at: incident.created_at,
        offset_ms: None,
        who: STATUS_PAGE.to_owned(),
        vouched: false,
        what: EventKind::PageIncident {
            id: incident.id.clone(),
        },
    })
}

/// The updates on the page, oldest first, that nothing in the log accounts for at `now`: no send of any
/// console, none that still waits for its answer, no post by hand, no earlier adoption.
pub fn unaccounted<'i>(
    run: &Run,
    incident: &'i Incident,
    now: DateTime<Utc>,
) -> Vec<&'i IncidentUpdate> {
    let adopted: Vec<&str> = run
        .events()
        .filter_map(|event| event.id.page_update())
        .collect();
    let sends = page_sends(run);
    let made = |update: &IncidentUpdate| {
        sends
            .iter()
            .any(|send| send.update() == Some(update.id.as_str()))
    };
    // What may stand behind an update: each only behind one.
    let mut perhaps: Vec<(IncidentStatus, DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    for send in &sends {
        let waits = match &send.standing {
            Standing::Accepted(update) => update.is_none(),
            Standing::Failed => false,
            Standing::Open => {
                now - send.left <= UNANSWERED_ELSEWHERE || !send.message.text.is_empty()
            }
        };
        if waits && let Some(page) = &send.message.page {
            let span = (earlier(send.left, CLOCKS_APART), later(send.left, ARRIVAL));
            perhaps.push((page.status.clone(), span.0, span.1));
        }
    }
    for event in run
        .events()
        .filter(|event| event.id.page_update().is_none())
    {
        if let EventKind::PostedByHand {
            message, posted_at, ..
        } = &event.what
            && let Some(page) = &message.page
        {
            let span = (earlier(*posted_at, BY_HAND), later(*posted_at, BY_HAND));
            perhaps.push((page.status.clone(), span.0, span.1));
        }
    }
    let candidates = incident.updates.iter().rev().filter(|update| {
        update.status != IncidentStatus::Postmortem
            && !adopted.contains(&update.id.as_str())
            && !made(update)
    });
    candidates
        .filter(|update| {
            let behind = perhaps.iter().position(|(status, from, until)| {
                *status == update.status && (*from..=*until).contains(&update.created_at)
            });
            if let Some(behind) = behind {
                perhaps.swap_remove(behind);
            }
            behind.is_none()
        })
        .collect()
}

/// The posts that are to be adopted at `now`, as events.
pub fn adopted_posts(
    sop: &Playbook,
    run: &Run,
    incident: &Incident,
    now: DateTime<Utc>,
) -> Vec<Event> {
    let Some(declared) = declared(run) else {
        return Vec::new();
    };
    let first = incident.updates.last().map(|update| update.id.as_str());
    unaccounted(run, incident, now)
        .into_iter()
        .filter_map(|update| {
            let severity = severity_at(sop, run, update.created_at)?;
            let kind = if update.status.is_over() {
                DutyKind::Resolved
            } else if first == Some(update.id.as_str()) {
                DutyKind::First
            } else {
                DutyKind::Update
            };
            let page = PagePost {
                status: update.status.clone(),
                severity,
                promise: promise::read(&update.body, update.created_at)
                    .filter(|_| !update.status.is_over()),
                impact: None,
                components: Vec::new(),
                notified_subscribers: false,
                ended: None,
            };
            Some(Event {
                id: EventId::adopted(&update.id, update.created_at, declared),
                at: update.created_at,
                offset_ms: None,
                who: STATUS_PAGE.to_owned(),
                vouched: false,
                what: EventKind::PostedByHand {
                    message: SentMessage {
                        channel: Channel::Page,
                        kind,
                        title: Some(incident.name.clone()),
                        text: update.body.clone(),
                        html: None,
                        page: Some(page),
                        recipients: None,
                    },
                    posted_at: update.created_at,
                    link: None,
                },
            })
        })
        .collect()
}

/// Whether the page was told, after the incident was over, that it goes on: that changes no duty, and the
/// console asks whether to reopen (rule 3).
pub fn posted_after_the_end(sop: &Playbook, run: &Run, now: DateTime<Utc>) -> bool {
    state(sop, run, now).is_some_and(|state| {
        state.phase == Phase::Resolved
            && state
                .page
                .zip(state.resolved_at)
                .is_some_and(|(last, over)| last.at > over && !last.status.is_over())
    })
}

pub(super) fn declared(run: &Run) -> Option<&EventId> {
    run.events()
        .find(|event| matches!(event.what, EventKind::Declared { .. }))
        .map(|event| &event.id)
}
