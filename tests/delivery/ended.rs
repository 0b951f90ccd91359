//! A sending that a person ends, or leaves at what is known of it: nothing leaves because of it. And one that is gone on
//! with: only as it might be begun now.

use std::cell::RefCell;

use allclear::console::runner::drive;
use allclear::console::runner::world::Clock;
use allclear::delivery::mailing::{Intent, Pause, Person, Summary, Tally, Which};
use allclear::delivery::notice::MailingNotice;
use allclear::domain::after_loss::AfterLoss;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::message::Sendable;
use allclear::sop::run::{LedgerState, Outdated, Refusal};
use allclear::sop::severity::Severity;
use allclear::words::sending::ending;
use chrono::TimeDelta;

use super::sim::{Fault, Shared, Sim, Tab, run};
use crate::sop::decisions::Desk;

const OP: &str = "op-x";
const KEY: AfterLoss = AfterLoss::SendAgain;
const LOOKS: AfterLoss = AfterLoss::ReadBack { after_seconds: &[30, 120] };

fn people(count: usize) -> Vec<Person> {
    (0..count).map(|n| Person { address: format!("p{n}@example.com"), name: None }).collect()
}

fn email() -> Sendable {
    Desk::declared("outage", Severity::P0).message(Channel::Email, DutyKind::First, "14:09")
}

fn summary(tab: &Tab) -> Option<Summary> {
    tab.summaries().pop()
}

/// The times at which a console can be closed so that its service has a batch, and the console has no answer to it.
fn each_loss(after_loss: AfterLoss, check: impl Fn(&Shared, &Tab, u32)) {
    let mut losses = 0;
    for dies_at in 1..60 {
        let sim = Sim::new();
        sim.borrow_mut().outbox.after_loss = after_loss;
        let tab = Tab::declared(&sim, "first");
        sim.borrow_mut().dies_at = Some(("first", dies_at));
        run(&sim, vec![Box::pin(tab.press(OP, email(), people(7)))]);
        sim.borrow_mut().dies_at = None;
        drop(tab);
        let tab = Tab::opened(&sim, "second");
        let is_lost = summary(&tab).is_some_and(|summary| summary.tally.accepted < sim.borrow().outbox.delivered.len());
        if is_lost {
            losses += 1;
            check(&sim, &tab, dies_at);
        }
    }
    assert!(losses > 2, "{losses}");
}

/// The settings name another service: it knows no keys and no batches of this sending.
fn another_service(sim: &Shared) {
    let mut sim = sim.borrow_mut();
    for plan in sim.plans.values_mut() {
        *plan = plan.replace("the test service", "another service");
    }
    sim.outbox.answers.clear();
}

#[test]
fn ending_a_sending_mails_nobody_whatever_service_the_settings_name() {
    for (after_loss, elsewhere) in [(KEY, true), (KEY, false), (LOOKS, true), (LOOKS, false), (AfterLoss::Offer, true)] {
        each_loss(after_loss, |sim, tab, dies_at| {
            let what = format!("{after_loss:?}, another service {elsewhere}, closed at {dies_at}");
            let before = sim.borrow().outbox.delivered.clone();
            if elsewhere {
                another_service(sim);
            }
            run(sim, vec![Box::pin(async {
                tab.open().await;
            })]);
            if elsewhere {
                assert_eq!(sim.borrow().outbox.delivered, before, "{what}");
            }
            let before = sim.borrow().outbox.delivered.clone();
            run(sim, vec![Box::pin(drive(tab, OP.to_owned(), Intent::End))]);
            assert_eq!(sim.borrow().outbox.delivered, before, "{what}");
            let summary = summary(tab).unwrap();
            assert!(summary.is_over(), "{what}: {summary:?}");
            if elsewhere {
                assert_eq!(summary.tally.accepted + summary.tally.unknown, before.len(), "{what}");
                assert!(summary.tally.unknown > 0, "{what}");
                let sent = matches!(tab.row(OP).unwrap().state, LedgerState::Sent { .. });
                assert_eq!(sent, summary.tally.accepted > 0, "{what}");
            }
        });
    }
}

/// A batch whose answer was lost with its tab, taken up after so many minutes: how many were mailed because of it, and how
/// many may have it.
fn taken_up(minutes: i64, meanwhile: Option<EventKind>) -> Vec<(usize, usize)> {
    let outcomes = RefCell::new(Vec::new());
    each_loss(KEY, |sim, tab, _| {
        // The service has forgotten the key: whatever leaves now is mailed.
        sim.borrow_mut().outbox.answers.clear();
        sim.borrow_mut().now += TimeDelta::minutes(minutes);
        if let Some(what) = meanwhile.clone() {
            run(sim, vec![Box::pin(tab.act(what))]);
        }
        let before: u32 = sim.borrow().outbox.delivered.values().sum();
        run(sim, vec![Box::pin(tab.open())]);
        let after: u32 = sim.borrow().outbox.delivered.values().sum();
        let unknown = summary(tab).unwrap().tally.unknown;
        outcomes.borrow_mut().push(((after - before) as usize, unknown));
    });
    outcomes.into_inner()
}

#[test]
fn a_lost_batch_is_sent_again_by_itself_for_some_minutes_and_only_while_it_may_be() {
    assert!(taken_up(1, None).iter().all(|(mailed, unknown)| *mailed > 0 && *unknown == 0));
    let not = |outcomes: Vec<(usize, usize)>| outcomes.iter().all(|(mailed, unknown)| *mailed == 0 && *unknown > 0);
    assert!(not(taken_up(6, None)));
    assert!(not(taken_up(19 * 60, None)));
    // The device's clock was put back meanwhile.
    assert!(not(taken_up(-120, None)));
    for meanwhile in [
        EventKind::TypeChanged { to: "breach".to_owned() },
        EventKind::DeclaredInError { reason: "a test".to_owned() },
    ] {
        assert!(not(taken_up(1, Some(meanwhile))));
    }
}

#[test]
fn what_is_unknown_can_be_left_so_under_another_service() {
    each_loss(LOOKS, |sim, tab, dies_at| {
        another_service(sim);
        run(sim, vec![Box::pin(drive(tab, OP.to_owned(), Intent::End))]);
        let plan = sim.borrow().plans[OP].replace("\"unknown_left\":true", "\"unknown_left\":false");
        sim.borrow_mut().plans.insert(OP.to_owned(), plan);
        let before = sim.borrow().outbox.delivered.clone();
        run(sim, vec![Box::pin(drive(tab, OP.to_owned(), Intent::LeaveUnknown))]);
        assert!(summary(tab).unwrap().is_over(), "closed at {dies_at}");
        assert_eq!(sim.borrow().outbox.delivered, before);
    });
}

#[test]
fn whoever_ends_a_sending_is_told_who_may_have_it() {
    let tally = Tally { all: 12, accepted: 3, open: 9, doubtful: 3, ..Tally::default() };
    assert_eq!(
        ending(tally),
        "6 people did not get the mail yet, and will not get it. \
         It may already have been delivered to 3 people: that stays unknown."
    );
    assert_eq!(
        ending(Tally { doubtful: 0, ..tally }),
        "9 people did not get the mail yet, and will not get it."
    );
}

const SEE_THE_LIST: &str = "every mail was refused; the list of those who were not reached says why, as long as it is kept";

#[test]
fn where_everybody_is_refused_the_log_names_nobody_and_the_list_says_why() {
    let everybody = people(7).into_iter().map(|one| Person { address: format!("refused-{}", one.address), ..one });
    let sim = Sim::new();
    let tab = Tab::declared(&sim, "first");
    run(&sim, vec![Box::pin(tab.press(OP, email(), everybody.collect()))]);
    let LedgerState::Failed { reason } = tab.row(OP).unwrap().state else { panic!("{:?}", tab.row(OP)) };
    assert_eq!(reason, "inactive: (address left out)");
    let batches: String = sim.borrow().chunks.values().cloned().collect();
    for number in 0..7 {
        assert!(batches.contains(&format!("inactive: refused-p{number}@example.com")), "{batches}");
    }
    // Where one may still stand in it, nothing of the reason is in the log.
    for (to, told) in [
        ("refused <ada@bücher.example>", "inactive: refused <(address left out)>"),
        ("refused mailto:ada@b.example.", "inactive: refused mailto:(address left out)"),
        ("refused-\"ada b\"@example.com", SEE_THE_LIST),
        ("refused-\"a@b\"@example.com", SEE_THE_LIST),
        ("refused-ada@[192.0.2.1]", SEE_THE_LIST),
    ] {
        let sim = Sim::new();
        let tab = Tab::declared(&sim, "first");
        let one = Person { address: to.to_owned(), name: None };
        run(&sim, vec![Box::pin(tab.press(OP, email(), vec![one]))]);
        let LedgerState::Failed { reason } = tab.row(OP).unwrap().state else { panic!("{:?}", tab.row(OP)) };
        assert_eq!(reason, told);
    }
}

/// A sending of which three have the mail, one was refused, and the rest waits.
fn begun() -> (Shared, Tab) {
    let sim = Sim::new();
    let tab = Tab::declared(&sim, "first");
    sim.borrow_mut().faults = [Fault::None, Fault::Refused, Fault::NotSent].into();
    run(&sim, vec![Box::pin(tab.press(OP, email(), people(9)))]);
    run(&sim, vec![Box::pin(drive(&tab, OP.to_owned(), Intent::Resume))]);
    assert_eq!(sim.borrow().outbox.delivered.len(), 3);
    (sim, tab)
}

fn gone_on(sim: &Shared, tab: &Tab, intent: Intent) -> usize {
    run(sim, vec![Box::pin(drive(tab, OP.to_owned(), intent))]);
    sim.borrow().outbox.delivered.len()
}

#[test]
fn nothing_more_leaves_without_the_approval_that_the_incident_needs_by_now() {
    let (sim, tab) = begun();
    run(&sim, vec![Box::pin(tab.act(EventKind::TypeChanged { to: "breach".to_owned() }))]);
    for intent in [Intent::Resume, Intent::ResumeAnyway, Intent::OnceMore(Which::Failed)] {
        assert_eq!(gone_on(&sim, &tab, intent), 3, "{intent:?}");
        let told = sim.borrow_mut().of_mailings.pop();
        assert_eq!(told, Some(MailingNotice::NotPermitted(Refusal::NeedsApproval)), "{intent:?}");
    }
    let approved = EventKind::Approved { approver: "Grace".to_owned(), alone: false };
    run(&sim, vec![Box::pin(tab.act(approved))]);
    assert_eq!(gone_on(&sim, &tab, Intent::Resume), 6);
}

#[test]
fn nothing_more_leaves_of_what_is_no_longer_so_before_a_person_was_asked() {
    let (sim, tab) = begun();
    run(&sim, vec![Box::pin(tab.act(EventKind::DeclaredInError { reason: "a test".to_owned() }))]);
    for intent in [Intent::Resume, Intent::OnceMore(Which::Failed)] {
        assert_eq!(gone_on(&sim, &tab, intent), 3, "{intent:?}");
        let told = sim.borrow_mut().of_mailings.pop();
        assert_eq!(told, Some(MailingNotice::Outdated(Outdated::Over)), "{intent:?}");
    }
    assert_eq!(gone_on(&sim, &tab, Intent::ResumeAnyway), 6);
    assert_eq!(gone_on(&sim, &tab, Intent::OnceMoreAnyway(Which::Failed)), 9);
    // It can be ended all the same.
    let (sim, tab) = begun();
    run(&sim, vec![Box::pin(tab.act(EventKind::TypeChanged { to: "breach".to_owned() }))]);
    assert_eq!(gone_on(&sim, &tab, Intent::End), 3);
    assert!(summary(&tab).unwrap().is_over());
}

#[test]
fn a_sending_under_way_stops_where_the_incident_changes_so_that_it_might_not_be_begun_now() {
    for (change, blocked) in [
        (EventKind::TypeChanged { to: "breach".to_owned() }, true),
        (EventKind::DeclaredInError { reason: "a test".to_owned() }, false),
    ] {
        let sim = Sim::new();
        let tab = Tab::declared(&sim, "first");
        // The second batch waits for a service that is busy for three seconds.
        sim.borrow_mut().faults = [Fault::None, Fault::Busy].into();
        run(&sim, vec![
            Box::pin(tab.press(OP, email(), people(9))),
            Box::pin(async {
                tab.sleep(1_000).await;
                tab.act(change).await;
            }),
        ]);
        assert_eq!(sim.borrow().outbox.delivered.len(), 3);
        assert_eq!(summary(&tab).unwrap().tally.open, 6);
        assert!(matches!(sim.borrow().of_mailings.last(), Some(MailingNotice::Stopped(Pause::Changed, _))));
        assert_eq!(gone_on(&sim, &tab, Intent::ResumeAnyway), if blocked { 3 } else { 9 });
    }
}

#[test]
fn an_email_does_not_leave_under_another_severity_than_the_claim_brings() {
    for (brought, mailed) in [(None, 3), (Some(Severity::P1), 0)] {
        let sim = Sim::new();
        let tab = Tab::declared(&sim, "first");
        sim.borrow_mut().brought = brought.map(|to| EventKind::SeverityChanged { to, reason: "Less than we thought".to_owned() });
        run(&sim, vec![Box::pin(tab.press(OP, email(), people(3)))]);
        assert_eq!(sim.borrow().outbox.delivered.len(), mailed);
        let why = match tab.row(OP).unwrap().state {
            LedgerState::Failed { reason } => Some(reason),
            _ => None,
        };
        assert_eq!(why.is_some_and(|why| why.contains("the severity was changed meanwhile")), brought.is_some());
    }
}
