//! Every kind of event goes round through text. The chain below is one exhaustive match: a new kind does not compile
//! here until it stands in it, and is red until it can be read back.

use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::{IncidentId, IncidentStatus};
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{
    ComponentChange, Event, EventId, EventKind, PersonalData, Receipt, SendOutcome, TimeFact, WithdrawnBecause,
};
use allclear::sop::facts::{Fact, Facts};
use allclear::sop::run::{Run, RunId, state};
use allclear::sop::severity::Severity;

use super::support::at;
use super::support::log::{key, message, post};

/// The kind behind another one, with something in every field; the first behind none.
fn next(kind: Option<&EventKind>) -> Option<EventKind> {
    let op = || "op".to_owned();
    let text = || "Ü \u{1F525} <b>\"\r\n".to_owned();
    let duty = key(1, DutyKind::First, Channel::LinkedIn);
    let change = || vec![ComponentChange { id: ComponentId("c".to_owned()), state: ComponentState::MajorOutage }];
    let sent = || post(IncidentStatus::Unknown("odd".to_owned()), Severity::P0, Some(at("14:20")));
    let Some(kind) = kind else {
        let mut facts = Facts::default();
        facts.set(Fact::Symptom, text());
        return Some(EventKind::Declared {
            impact_started: at("13:52"),
            severity: Severity::P0,
            kind: "security".to_owned(),
            components: vec![ComponentId("c".to_owned())],
            became_aware: Some(at("13:55")),
            personal_data: Some(PersonalData::Unknown),
            facts,
            sop_version: "1.0".to_owned(),
            drill: true,
        });
    };
    Some(match kind {
        EventKind::Declared { .. } => EventKind::FactSet { fact: Fact::Progress, value: text() },
        EventKind::FactSet { .. } => EventKind::TimeSet { time: TimeFact::ImpactEnded, value: at("14:00") },
        EventKind::TimeSet { .. } => EventKind::ComponentsSet { components: vec![ComponentId("c".to_owned())] },
        EventKind::ComponentsSet { .. } => EventKind::SeverityChanged { to: Severity::P1, reason: text() },
        EventKind::SeverityChanged { .. } => EventKind::TypeChanged { to: "breach".to_owned() },
        EventKind::TypeChanged { .. } => EventKind::PersonalDataSet { to: PersonalData::Affected },
        EventKind::PersonalDataSet { .. } => EventKind::AboutToLeave { op: op(), message: sent(), leaves_at: at("14:05") },
        EventKind::AboutToLeave { .. } => EventKind::Withdrawn { op: op(), why: WithdrawnBecause::Undone },
        EventKind::Withdrawn { op, why } => match why {
            WithdrawnBecause::Undone => EventKind::Withdrawn { op: op.clone(), why: WithdrawnBecause::CutOff },
            WithdrawnBecause::CutOff => EventKind::Withdrawn { op: op.clone(), why: WithdrawnBecause::Held },
            WithdrawnBecause::Held => EventKind::SendStarted { op: op.clone(), message: sent() },
        },
        EventKind::SendStarted { .. } => EventKind::SendAnswered { op: op(), outcome: SendOutcome::Unknown { reason: text() } },
        EventKind::SendAnswered { op, outcome } => match outcome {
            SendOutcome::Unknown { .. } => {
                EventKind::SendAnswered { op: op.clone(), outcome: SendOutcome::Failed { reason: text() } }
            }
            SendOutcome::Failed { .. } => EventKind::SendAnswered {
                op: op.clone(),
                outcome: SendOutcome::Accepted {
                    receipt: Receipt { vendor_id: Some("v".to_owned()), link: Some("https://x.example".to_owned()) },
                },
            },
            SendOutcome::Accepted { .. } => EventKind::EmailFinished { op: op.clone(), failed: 3, unknown: Some(500) },
        },
        EventKind::EmailFinished { .. } => EventKind::PostedByHand {
            message: message(Channel::X, DutyKind::First),
            posted_at: at("14:01"),
            link: Some("https://x.example".to_owned()),
        },
        EventKind::PostedByHand { .. } => EventKind::ComponentsChanged { components: change() },
        EventKind::ComponentsChanged { .. } => EventKind::AnsweredPost { duty },
        EventKind::AnsweredPost { .. } => EventKind::Skipped { duty, reason: text() },
        EventKind::Skipped { .. } => EventKind::Approved { approver: "Grace".to_owned(), alone: true },
        EventKind::Approved { .. } => EventKind::ResolvedWithoutPage,
        EventKind::ResolvedWithoutPage => EventKind::Reopened,
        EventKind::Reopened => EventKind::DeclaredInError { reason: text() },
        EventKind::DeclaredInError { .. } => EventKind::Ticked { item: "page-first".to_owned(), on: true },
        EventKind::Ticked { .. } => EventKind::PostmortemDone {
            text: text(),
            held_on: "2026-03-10".parse().unwrap(),
            participants: vec!["Ada".to_owned()],
        },
        EventKind::PostmortemDone { .. } => {
            EventKind::RegulatorNotified { reference: Some(text()), notified_at: Some(at("14:03")) }
        }
        EventKind::RegulatorNotified { .. } => EventKind::PageIncident { id: IncidentId("i".to_owned()) },
        EventKind::PageIncident { .. } => EventKind::PageLeft,
        EventKind::PageLeft => EventKind::Claimed { op: op(), kind: DutyKind::First, episode: 2 },
        EventKind::Claimed { .. } => EventKind::Note { text: text() },
        EventKind::Note { .. } => return None,
    })
}

#[test]
fn every_kind_of_event_goes_round_through_text() {
    let mut kind = next(None);
    let mut seen = 0;
    while let Some(what) = kind {
        let event = Event {
            vouched: false,
            id: EventId::next("d", at("14:00"), None),
            at: at("14:00"),
            offset_ms: Some(-1_500),
            who: "Ada".to_owned(),
            what,
        };
        let written = serde_json::to_string(&event).unwrap();
        let read: Event = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{written}: {error}"));
        assert_eq!(read, event, "{written}");
        kind = next(Some(&event.what));
        seen += 1;
    }
    assert!(seen > 20, "the chain ended early, after {seen}");
}

/// What the first version stored, an event a line. A browser may still hold it.
const FIRST: &str = include_str!("../golden/events-first.jsonl");

#[test]
fn what_the_first_version_stored_is_read_and_written_as_it_was() {
    let mut events = Vec::new();
    for line in FIRST.lines() {
        let event: Event = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        let written: serde_json::Value = serde_json::to_value(&event).unwrap();
        let stored: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(written, stored);
        events.push(event);
    }
    assert_eq!(events.len(), 25);
    let run = Run::from_events(RunId("kept".to_owned()), events);
    let state = state(&super::support::playbook::playbook(), &run, at("15:00")).unwrap();
    assert_eq!(state.page_incident, Some(IncidentId("page-1".to_owned())));
    assert_eq!(state.facts.get(Fact::Progress), Some("Half of it is back"));
}
