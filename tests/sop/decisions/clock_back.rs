//! A device's clock goes back (rule 16): nothing that was done is undone, and acting goes on.

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, DutyState};
use allclear::sop::event::{EventKind, Receipt, SendOutcome};
use allclear::sop::facts::Fact;
use allclear::sop::run::{Author, Phase, Refusal, State, handle, permitted};
use allclear::sop::severity::Severity;

use super::{Desk, stamp};
use crate::sop::support::at;

/// Declared at 14:00 by a clock that then goes back to 13:00.
fn declared_ahead() -> Desk {
    Desk::declared("outage", Severity::P0)
}

impl Desk {
    /// What this device reads at a time of its clock.
    fn reads(&self, when: &str) -> State {
        self.run.read_by(&self.sop, "d", at(when)).unwrap().into_state()
    }
}

#[test]
fn rule_16_an_incident_goes_on_on_the_device_whose_clock_went_back() {
    let mut desk = declared_ahead();
    desk.say("13:00", EventKind::FactSet { fact: Fact::Symptom, value: "Logins fail".to_owned() }).unwrap();
    let about = EventKind::AboutToLeave {
        op: "op-2".to_owned(),
        message: desk.message(Channel::Page, DutyKind::First, "13:01").record().clone(),
        leaves_at: at("13:01:15"),
    };
    desk.say("13:01", about).unwrap();
    let seen = desk.reads("13:01:05");
    assert_eq!(seen.about_to_leave.len(), 1, "its undo bar stands");
    assert!(seen.not_sent.is_empty());

    let message = desk.message(Channel::Page, DutyKind::First, "13:01");
    let what = EventKind::SendStarted { op: "op-2".to_owned(), message: message.record().clone() };
    handle(&desk.sop, &mut desk.run, what, Some(message), &stamp("Ada", "13:01:15")).unwrap();
    let outcome = SendOutcome::Accepted { receipt: Receipt::default() };
    desk.say("13:01:16", EventKind::SendAnswered { op: "op-2".to_owned(), outcome }).unwrap();
    desk.sent("13:02", Channel::Page, DutyKind::Update);

    let seen = desk.reads("13:03");
    assert_eq!(seen.facts.get(Fact::Symptom), Some("Logins fail"));
    assert_eq!((seen.phase, seen.ledger.len()), (Phase::Open, 2));
    let states = |kind| -> Vec<DutyState> {
        let all = desk.run.read_by(&desk.sop, "d", at("13:03")).unwrap().duties().into_iter();
        all.filter(|duty| duty.key.kind == kind && duty.key.channel == Some(Channel::Page)).map(|duty| duty.state).collect()
    };
    assert!(matches!(states(DutyKind::First)[..], [DutyState::Done { .. }]));
    assert!(matches!(states(DutyKind::Update)[..], [DutyState::Done { .. }, DutyState::Waiting]), "the update is newer than the first message");

    let end = desk.message(Channel::Page, DutyKind::Resolved, "13:30");
    assert_eq!(end.record().page.as_ref().unwrap().status, IncidentStatus::Resolved);
    desk.sent("13:30", Channel::Page, DutyKind::Resolved);
    assert_eq!(desk.reads("13:31").phase, Phase::Resolved);
}

#[test]
fn rule_16_an_answer_to_what_left_before_the_clock_went_back_is_taken() {
    let mut desk = declared_ahead();
    let op = format!("op-{}", desk.run.events().count());
    desk.send("Ada", "14:05", "14:05", Channel::Page, DutyKind::First).unwrap();
    let outcome = SendOutcome::Accepted { receipt: Receipt::default() };
    desk.say("13:05", EventKind::SendAnswered { op, outcome }).unwrap();
    assert!(desk.reads("13:06").first_public_at.is_some());
}

#[test]
fn what_another_device_entered_ahead_of_its_time_has_not_happened_here() {
    let mut desk = declared_ahead();
    let note = EventKind::Note { text: "Looking".to_owned() };
    let other = Author { device: "other".to_owned(), ..stamp("Grace", "13:00") };
    assert_eq!(handle(&desk.sop, &mut desk.run, note.clone(), None, &other).err(), Some(Refusal::NotDeclared));
    assert_eq!(permitted(&desk.sop, &desk.run, &note, "Ada", desk.run.read_at("d", at("13:00"))).err(), None);
}
