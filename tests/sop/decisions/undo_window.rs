//! A message in its undo window is an event (rule 14; decided since, 2): every tab sees it, is bound by it, and may take
//! it back; what was cut off is told about.

use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{EventKind, WithdrawnBecause};
use allclear::sop::run::{Refusal, state};
use allclear::sop::severity::Severity;

use super::Desk;
use crate::sop::support::at;

impl Desk {
    fn about_to_leave(&self, op: &str, when: &str, channel: Channel, kind: DutyKind) -> EventKind {
        let message = self.message(channel, kind, when).record().clone();
        EventKind::AboutToLeave { op: op.to_owned(), message, leaves_at: at(when) + chrono::TimeDelta::seconds(15) }
    }

    /// The operations that wait, and those that were not sent.
    fn windows(&self, when: &str) -> (Vec<String>, Vec<String>) {
        let state = state(&self.sop, &self.run, at(when)).unwrap();
        let ops = |frozen: &[allclear::sop::run::Frozen]| frozen.iter().map(|frozen| frozen.op.clone()).collect();
        (ops(&state.about_to_leave), ops(&state.not_sent))
    }
}

fn one() -> Desk {
    let mut desk = Desk::declared("outage", Severity::P0);
    desk.say("14:05:00", desk.about_to_leave("a", "14:05:00", Channel::Page, DutyKind::First)).unwrap();
    desk
}

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

fn withdrawn(op: &str, why: WithdrawnBecause) -> EventKind {
    EventKind::Withdrawn { op: op.to_owned(), why }
}

#[test]
fn while_one_waits_another_of_its_channel_is_refused_in_whatever_tab() {
    let mut desk = one();
    assert_eq!(desk.windows("14:05:10"), (names(&["a"]), vec![]));
    for kind in [DutyKind::First, DutyKind::Update] {
        let second = desk.about_to_leave("b", "14:05:05", Channel::Page, kind);
        assert_eq!(desk.refused("14:05:05", &second), Some(Refusal::AboutToLeaveHere));
    }
    let email = desk.about_to_leave("m", "14:05:05", Channel::Email, DutyKind::First);
    assert_eq!(desk.refused("14:05:05", &email), None, "another channel is free");
    desk.say("14:05:06", withdrawn("a", WithdrawnBecause::Undone)).unwrap();
    assert_eq!(desk.windows("14:05:07"), (vec![], vec![]), "undone is not cut off");
    let again = desk.about_to_leave("b", "14:05:08", Channel::Page, DutyKind::First);
    assert_eq!(desk.refused("14:05:08", &again), None);
}

#[test]
fn it_meets_no_duty_and_stands_in_no_ledger_before_it_leaves() {
    let desk = one();
    let state = state(&desk.sop, &desk.run, at("14:05:10")).unwrap();
    assert!(state.ledger.is_empty() && state.first_public_at.is_none());
}

#[test]
fn once_it_leaves_it_waits_no_more_and_cannot_be_taken_back() {
    let mut desk = one();
    let message = desk.message(Channel::Page, DutyKind::First, "14:05:00");
    let what = EventKind::SendStarted { op: "a".to_owned(), message: message.record().clone() };
    let stamp = super::stamp("Ada", "14:05:15");
    allclear::sop::run::handle(&desk.sop, &mut desk.run, what, Some(message), &stamp).unwrap();
    assert_eq!(desk.windows("14:05:16"), (vec![], vec![]));
    let undo = withdrawn("a", WithdrawnBecause::Undone);
    assert_eq!(desk.refused("14:05:16", &undo), Some(Refusal::NotWaiting));
}

#[test]
fn what_was_cut_off_is_told_about_until_something_is_sent_there() {
    for how in ["said by the console that found it", "by its age alone"] {
        let mut desk = one();
        if how != "by its age alone" {
            desk.say("14:05:30", withdrawn("a", WithdrawnBecause::CutOff)).unwrap();
            assert_eq!(desk.windows("14:05:31"), (vec![], names(&["a"])), "{how}");
        }
        assert_eq!(desk.windows("14:06:01"), (vec![], names(&["a"])), "{how}");
        desk.sent("14:07:00", Channel::Page, DutyKind::First);
        assert_eq!(desk.windows("14:07:01"), (vec![], vec![]), "{how}");
    }
}

#[test]
fn what_was_cut_off_can_be_put_away_and_is_not_told_about_once_it_may_not_leave() {
    let mut desk = one();
    desk.say("14:05:30", withdrawn("a", WithdrawnBecause::CutOff)).unwrap();
    desk.say("14:06:00", desk.about_to_leave("b", "14:06:00", Channel::Page, DutyKind::First)).unwrap();
    desk.say("14:06:05", withdrawn("b", WithdrawnBecause::Undone)).unwrap();
    assert_eq!(desk.windows("14:06:06"), (vec![], names(&["a"])), "the one that was undone was not sent either");
    desk.say("14:07:00", withdrawn("a", WithdrawnBecause::Undone)).unwrap();
    assert_eq!(desk.windows("14:07:01"), (vec![], vec![]), "put away");

    let mut desk = one();
    desk.say("14:05:30", withdrawn("a", WithdrawnBecause::CutOff)).unwrap();
    desk.say("14:08:00", EventKind::DeclaredInError { reason: "A test alarm".to_owned() }).unwrap();
    assert_eq!(desk.windows("14:08:01"), (vec![], vec![]), "the incident never was");
}

#[test]
fn a_text_that_grew_old_in_its_window_binds_nobody() {
    let desk = one();
    let next = desk.about_to_leave("b", "14:06:01", Channel::Page, DutyKind::First);
    assert_eq!(desk.refused("14:06:01", &next), None);
}

#[test]
fn what_was_frozen_under_another_severity_does_not_leave() {
    for channel in [Channel::Page, Channel::Email, Channel::Team] {
        let mut desk = Desk::declared("outage", Severity::P1);
        desk.say("14:05:00", desk.about_to_leave("a", "14:05:00", channel, DutyKind::First)).unwrap();
        let message = desk.message(channel, DutyKind::First, "14:05:00");
        let leaves = EventKind::SendStarted { op: "a".to_owned(), message: message.record().clone() };
        assert_eq!(desk.refused("14:05:05", &leaves), None);
        let change = |to| EventKind::SeverityChanged { to, reason: "It is worse".to_owned() };
        desk.say("14:05:06", change(Severity::P0)).unwrap();
        assert!(desk.refused("14:05:15", &leaves).is_some(), "{channel:?} says the pace of before");
        desk.say("14:05:16", change(Severity::P1)).unwrap();
        assert_eq!(desk.refused("14:05:17", &leaves), None, "what it says is so again");
    }
}
