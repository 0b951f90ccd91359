//! Approval and frozen text (rules 13 and 14).

use allclear::domain::frozen::LONGEST_UNDO_SECONDS;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::run::{Author, Refusal, handle};
use allclear::sop::severity::Severity;
use chrono::TimeDelta;

use super::{Desk, stamp};
use crate::sop::support::at;

#[test]
fn rule_14_a_text_that_is_more_than_a_minute_old_goes_back() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let late = desk.send(
        "Ada",
        "14:06:01",
        "14:05:00",
        Channel::Page,
        DutyKind::First,
    );
    assert_eq!(late, Err(Refusal::Stale));
    assert_eq!(desk.run.events().count(), 1);
    desk.send(
        "Ada",
        "14:06:00",
        "14:05:00",
        Channel::Page,
        DutyKind::First,
    )
    .unwrap();
    // By the server's clock: a device that is two minutes fast says 14:08.
    let message = desk.message(Channel::Email, DutyKind::First, "14:06:00");
    let what = EventKind::SendStarted {
        op: "mail".to_owned(),
        message: message.record().clone(),
    };
    let fast = Author {
        offset_ms: Some(120_000),
        ..stamp("Ada", "14:08:30")
    };
    assert!(handle(&desk.sop, &mut desk.run, what, Some(message), &fast).is_ok());
    assert_eq!(desk.last().corrected(), at("14:06:30"));
}

#[test]
fn rule_13_approval_stands_before_every_public_message() {
    let mut desk = Desk::declared("breach", Severity::P0);
    for (channel, kind) in [
        (Channel::Page, DutyKind::First),
        (Channel::Email, DutyKind::First),
        (Channel::X, DutyKind::First),
    ] {
        let refused = desk.send("Ada", "14:05", "14:05", channel, kind);
        assert_eq!(refused, Err(Refusal::NeedsApproval), "{channel:?}");
    }
    assert!(
        desk.send("Ada", "14:05", "14:05", Channel::Team, DutyKind::First)
            .is_ok()
    );
    let approve = |approver: &str, alone| EventKind::Approved {
        approver: approver.to_owned(),
        alone,
    };
    assert_eq!(
        desk.refused("14:06", &approve(" ", false)),
        Some(Refusal::NoName)
    );
    // The approver is not the sender, however the name is typed.
    desk.say("14:06", approve("ada ", false)).unwrap();
    let refused = desk.send("Ada", "14:07", "14:07", Channel::Page, DutyKind::First);
    assert_eq!(refused, Err(Refusal::ApproverIsSender));
    assert!(
        desk.send("Bob", "14:07", "14:07", Channel::Page, DutyKind::First)
            .is_ok()
    );
    for (approver, sender) in [
        ("Élodie", "élodie"),
        ("ŽOFIE", "Žofie"),
        ("ΕΛΈΝΗ", "ελΈνη"),
        ("ЇЖАК", "їжак"),
    ] {
        desk.say("14:07", approve(approver, false)).unwrap();
        let refused = desk.send(sender, "14:07", "14:07", Channel::Email, DutyKind::First);
        assert_eq!(refused, Err(Refusal::ApproverIsSender), "{approver}");
    }
    // Unless alone on duty.
    desk.say("14:08", approve("Ada", true)).unwrap();
    assert!(
        desk.send("Ada", "14:09", "14:09", Channel::Email, DutyKind::First)
            .is_ok()
    );
    // Again after a change of type.
    desk.say(
        "14:10",
        EventKind::TypeChanged {
            to: "security".to_owned(),
        },
    )
    .unwrap();
    let refused = desk.send("Ada", "14:11", "14:11", Channel::Page, DutyKind::Update);
    assert_eq!(refused, Err(Refusal::NeedsApproval));
    desk.say("14:12", approve("Grace", false)).unwrap();
    assert!(
        desk.send("Ada", "14:13", "14:13", Channel::Page, DutyKind::Update)
            .is_ok()
    );
    // An outage needs none.
    let outage = Desk::declared("outage", Severity::P0);
    let needless = outage.refused("14:01", &approve("Grace", false));
    assert_eq!(needless, Some(Refusal::NoApprovalNeeded));
}

#[test]
fn rule_13_a_type_that_the_playbook_does_not_know_is_locked() {
    let mut desk = Desk::declared("breach", Severity::P0);
    desk.sop.types.retain(|kind| kind.id != "breach");
    let refused = desk.send("Ada", "14:05", "14:05", Channel::Page, DutyKind::First);
    assert_eq!(refused, Err(Refusal::NeedsApproval));
    let unknown = EventKind::TypeChanged {
        to: "breach".to_owned(),
    };
    assert_eq!(desk.refused("14:05", &unknown), Some(Refusal::NoSuchType));
}

#[test]
fn rule_14_a_message_that_waited_for_the_longest_undo_of_a_team_leaves() {
    let pressed = at("14:05:00");
    let leaves = pressed + TimeDelta::seconds(i64::from(LONGEST_UNDO_SECONDS));
    let mut desk = Desk::declared("outage", Severity::P0);
    let message = desk.message(Channel::Page, DutyKind::First, "14:05:00");
    let what = EventKind::SendStarted {
        op: "post".to_owned(),
        message: message.record().clone(),
    };
    let at_the_end = Author {
        now: leaves,
        ..stamp("Ada", "14:05:00")
    };
    assert!(handle(&desk.sop, &mut desk.run, what, Some(message), &at_the_end).is_ok());
}
