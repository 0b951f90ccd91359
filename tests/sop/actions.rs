//! What may be done to a duty is what the rules permit.

use allclear::sop::channel::Channel;
use allclear::sop::duty::{Duty, DutyAction, DutyKind, DutyState, next_due};
use allclear::sop::event::EventKind;
use allclear::sop::run::{Refusal, duties};
use allclear::sop::severity::Severity;

use super::decisions::{Desk, skip};
use super::support::at;

/// The event of an action that needs no more than its duty.
fn event(duty: &Duty, action: DutyAction) -> Option<EventKind> {
    match action {
        DutyAction::Post | DutyAction::PostAfterAll => Some(EventKind::AnsweredPost { duty: duty.key }),
        DutyAction::Skip => Some(skip(duty.key, "because")),
        DutyAction::Notified => Some(EventKind::RegulatorNotified { reference: None, notified_at: None }),
        DutyAction::ByHand => None,
    }
}

fn all(desk: &Desk, when: &str) -> Vec<Duty> {
    duties(&desk.sop, &desk.run, at(when))
}

#[test]
fn what_is_offered_is_permitted() {
    for (severity, kind) in [(Severity::P0, "outage"), (Severity::P2, "outage"), (Severity::P0, "breach")] {
        let mut desk = Desk::declared(kind, severity);
        if kind == "outage" {
            desk.sent("14:09", Channel::Page, DutyKind::First);
        }
        for when in ["14:10", "14:40", "18:00"] {
            for duty in all(&desk, when) {
                for action in duty.actions() {
                    let Some(event) = event(&duty, action) else { continue };
                    let refused = desk.refused(when, &event);
                    // A promise that was printed binds: the reason stands in the dialog.
                    assert!(matches!(refused, None | Some(Refusal::Promised)), "{kind} {when} {:?} {action:?}: {refused:?}", duty.key);
                }
            }
        }
    }
}

#[test]
fn a_closed_duty_offers_nothing_but_a_skipped_one_to_post_after_all_and_what_was_said_all_the_same_to_be_recorded() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let email = all(&desk, "14:01").into_iter().find(|duty| duty.key.channel == Some(Channel::Email)).unwrap();
    assert_eq!(email.actions(), [DutyAction::Skip, DutyAction::ByHand]);
    desk.say("14:02", skip(email.key, "no list")).unwrap();
    let skipped = all(&desk, "14:03").into_iter().find(|duty| duty.key == email.key).unwrap();
    assert!(matches!(skipped.state, DutyState::Skipped { .. }));
    assert_eq!(skipped.actions(), [DutyAction::PostAfterAll, DutyAction::ByHand]);
    desk.sent("14:04", Channel::Page, DutyKind::First);
    let done = all(&desk, "14:05").into_iter().find(|duty| duty.key.kind == DutyKind::First && duty.key.channel == Some(Channel::Page)).unwrap();
    assert_eq!(done.actions(), []);
    // Somebody was at the network when the incident ended.
    desk.sent("14:10", Channel::Page, DutyKind::Resolved);
    let lapsed = all(&desk, "14:11").into_iter().find(|duty| duty.key.channel == Some(Channel::X)).unwrap();
    assert!(matches!(lapsed.state, DutyState::Lapsed { .. }));
    assert_eq!(lapsed.actions(), [DutyAction::ByHand]);
}

#[test]
fn the_resolution_on_the_page_is_never_skipped() {
    let mut desk = Desk::declared("outage", Severity::P0);
    desk.sent("14:09", Channel::Page, DutyKind::First);
    for duty in all(&desk, "14:10") {
        let resolves = duty.key.kind == DutyKind::Resolved && duty.key.channel == Some(Channel::Page);
        assert!(!resolves || !duty.actions().contains(&DutyAction::Skip));
    }
}

#[test]
fn the_regulators_notification_is_recorded_whatever_else_is_due_first() {
    let mut desk = Desk::declared("breach", Severity::P0);
    let regulator = |desk: &Desk, when: &str| {
        let found = all(desk, when).into_iter().find(|duty| duty.key.kind == DutyKind::Regulator);
        found.unwrap()
    };
    let duty = regulator(&desk, "14:10");
    assert_ne!(next_due(&all(&desk, "14:10")), Some(&duty), "much is due before it");
    assert_eq!(duty.actions(), [DutyAction::Notified, DutyAction::Skip]);
    desk.say("14:11", skip(duty.key, "told by phone")).unwrap();
    let notified = EventKind::RegulatorNotified { reference: None, notified_at: None };
    assert_eq!(regulator(&desk, "14:12").actions(), [DutyAction::PostAfterAll, DutyAction::Notified]);
    desk.say("14:13", notified).unwrap();
    assert_eq!(regulator(&desk, "14:14").actions(), []);
}
