//! A device's clock goes back (rule 16): nothing that was done is undone, and acting goes on.

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, DutyState};
use allclear::sop::event::{EventKind, Receipt, SendOutcome, TimeFact, WithdrawnBecause};
use allclear::sop::facts::Fact;
use allclear::sop::run::{Author, Phase, Refusal, State, corrections, handle, permitted_on};
use allclear::sop::severity::Severity;

use super::{Desk, stamp};
use crate::sop::support::at;

/// Declared at 14:00 by a clock that then goes back to 13:00.
fn declared_ahead() -> Desk {
    Desk::declared("outage", Severity::P0)
}

impl Desk {
    /// Why this device may not say something at a time of its clock.
    fn refused_on(&self, when: &str, what: &EventKind) -> Option<Refusal> {
        permitted_on(&self.sop, &self.run, "d", what, "Ada", at(when)).err()
    }

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
fn rule_16_what_was_cut_off_is_not_told_about_once_it_was_sent_by_a_clock_that_went_back() {
    let mut desk = declared_ahead();
    let about = |desk: &Desk, op: &str, when: &str| EventKind::AboutToLeave {
        op: op.to_owned(),
        message: desk.message(Channel::Page, DutyKind::First, when).record().clone(),
        leaves_at: at(when) + chrono::TimeDelta::seconds(15),
    };
    desk.say("13:01", about(&desk, "a", "13:01")).unwrap();
    assert_eq!(desk.refused_on("13:01:05", &about(&desk, "b", "13:01:05")), Some(Refusal::AboutToLeaveHere));
    desk.say("13:01:10", EventKind::Withdrawn { op: "a".to_owned(), why: WithdrawnBecause::CutOff }).unwrap();
    assert_eq!(desk.reads("13:01:11").not_sent.len(), 1);
    desk.sent("13:03", Channel::Page, DutyKind::First);
    assert!(desk.reads("13:03:01").not_sent.is_empty());
    // A window that nobody closed ends by itself, as at any time.
    desk.say("13:05", about(&desk, "c", "13:05")).unwrap();
    assert_eq!(desk.reads("13:05:30").about_to_leave.len(), 1);
    assert!(desk.reads("13:06:30").about_to_leave.is_empty());
}

#[test]
fn rule_16_times_are_corrected_by_the_clock_as_it_is_now() {
    let desk = declared_ahead();
    let wished = |when| [(TimeFact::ImpactStarted, at(when))];
    let corrected = |when| corrections(&desk.sop, &desk.run, "d", &wished(when), at("13:20"));
    assert_eq!(corrected("13:10").unwrap().len(), 1);
    assert_eq!(corrected("13:40").err(), Some(Refusal::InFuture), "as the rule for entering it says");
}

#[test]
fn rule_16_one_entry_of_a_clock_far_ahead_makes_nothing_late_that_was_on_time() {
    let mut desk = Desk::declared("outage", Severity::P0);
    desk.say("03-10 14:01", EventKind::Note { text: "Looking".to_owned() }).unwrap();
    desk.sent("14:05", Channel::Page, DutyKind::First);
    for when in ["14:06", "03-11 09:00"] {
        let all = desk.run.read_by(&desk.sop, "d", at(when)).unwrap().duties();
        let first = all.iter().find(|duty| duty.key.kind == DutyKind::First && duty.key.channel == Some(Channel::Page));
        assert_eq!(first.unwrap().state, DutyState::Done { at: at("14:05"), late_seconds: 0 }, "{when}");
    }
}

#[test]
fn what_another_device_entered_ahead_of_its_time_has_not_happened_here() {
    let mut desk = declared_ahead();
    let note = EventKind::Note { text: "Looking".to_owned() };
    let other = Author { device: "other".to_owned(), ..stamp("Grace", "13:00") };
    assert_eq!(handle(&desk.sop, &mut desk.run, note.clone(), None, &other).err(), Some(Refusal::NotDeclared));
    assert_eq!(desk.refused_on("13:00", &note), None);
}
