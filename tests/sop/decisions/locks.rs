//! Approval and frozen text (rules 13 and 14).

use allclear::domain::frozen::LONGEST_UNDO_SECONDS;
use allclear::domain::incident::IncidentId;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::run::{Actor, Author, Refusal, handle, state};
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
        vouched: false,
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
fn rule_13_where_a_login_says_who_is_here_another_login_approves() {
    let mut desk = Desk::declared("breach", Severity::P0);
    let typed = || EventKind::Approved {
        approver: "Grace".to_owned(),
        alone: false,
    };
    let lets = |desk: &Desk, name, vouched, on_page| {
        let approval = state(&desk.sop, &desk.run, at("14:10")).unwrap().approval;
        approval.unwrap().lets(Actor { name, vouched }, on_page)
    };
    // Before the incident is on the page, nobody could approve on a console of their own.
    desk.say("14:01", typed()).unwrap();
    assert_eq!(lets(&desk, "ada", true, false), Ok(()));
    assert_eq!(
        lets(&desk, "grace", true, false),
        Err(Refusal::ApproverIsSender)
    );
    assert_eq!(
        lets(&desk, "ada", true, true),
        Err(Refusal::ApprovalWasTyped)
    );
    let id = IncidentId("page".to_owned());
    desk.say("14:02", EventKind::PageIncident { id }).unwrap();
    let by_login = |desk: &mut Desk, who: &str, approver: &str| {
        let stamp = Author {
            vouched: true,
            ..stamp(who, "14:05")
        };
        let approver = approver.to_owned();
        let alone = false;
        let what = EventKind::Approved { approver, alone };
        handle(&desk.sop, &mut desk.run, what, None, &stamp).map(|_| ())
    };
    // Nobody approves in another's name.
    assert_eq!(
        by_login(&mut desk, "ada", "grace"),
        Err(Refusal::ApproveAsYourself)
    );
    assert_eq!(by_login(&mut desk, "ada", "ada"), Ok(()));
    assert_eq!(
        lets(&desk, "ada", true, true),
        Err(Refusal::ApproverIsSender)
    );
    assert_eq!(lets(&desk, "grace", true, true), Ok(()));
    // Logins are compared whole: nobody is taken for another of the same initial.
    assert_eq!(lets(&desk, "a.", true, true), Ok(()));
    // A name that was typed lets those send who typed theirs too, and no login.
    desk.say("14:06", typed()).unwrap();
    assert_eq!(lets(&desk, "Ada", false, true), Ok(()));
    assert_eq!(
        lets(&desk, "ada", true, true),
        Err(Refusal::ApprovalWasTyped)
    );
    let alone = EventKind::Approved {
        approver: "ada".to_owned(),
        alone: true,
    };
    desk.say("14:07", alone).unwrap();
    assert_eq!(lets(&desk, "ada", true, true), Ok(()), "alone on duty");
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
        vouched: false,
        now: leaves,
        ..stamp("Ada", "14:05:00")
    };
    assert!(handle(&desk.sop, &mut desk.run, what, Some(message), &at_the_end).is_ok());
}
