//! Two tabs, one browser: one of them sends, and a frozen one is not waited for.

use allclear::console::runner::{drive, give_up_unanswered};
use allclear::delivery::mailing::{Intent, Person, Summary, Which};
use allclear::delivery::notice::{MailingNotice, MessageName, Notice};
use allclear::domain::after_loss::AfterLoss;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::SentMessage;
use allclear::sop::run::{LedgerRow, LedgerState};
use allclear::sop::severity::Severity;
use allclear::words::{self, ledger};
use chrono::TimeDelta;

use super::sim::{Fault, Shared, Sim, Tab, run};
use crate::sop::decisions::Desk;

fn people(count: usize) -> Vec<Person> {
    (0..count).map(|n| Person { address: format!("p{n}@example.com"), name: None }).collect()
}

fn email() -> allclear::sop::message::Sendable {
    Desk::declared("outage", Severity::P0).message(Channel::Email, DutyKind::First, "14:09")
}

fn first_post() -> allclear::sop::message::Sendable {
    Desk::declared("outage", Severity::P0).message(Channel::Page, DutyKind::First, "14:09")
}

fn delivered(sim: &Shared) -> (usize, u32) {
    let sim = sim.borrow();
    (sim.outbox.delivered.len(), sim.outbox.delivered.values().sum())
}

#[test]
fn what_waits_is_sent_after_a_reload_and_nobody_twice() {
    let sim = Sim::new();
    let tab = Tab::declared(&sim, "first");
    // The second batch cannot leave.
    sim.borrow_mut().faults = [Fault::None, Fault::NotSent].into();
    run(&sim, vec![Box::pin(tab.press("op-x", email(), people(12)))]);
    assert_eq!(delivered(&sim), (3, 3));
    let summary = tab.summaries().pop().unwrap();
    assert_eq!((summary.tally.accepted, summary.tally.open, summary.tally.all), (3, 9, 12));
    assert!(matches!(sim.borrow().of_mailings.last(), Some(MailingNotice::Stopped(_, tally)) if tally.open == 9));
    // The ledger never says that twelve have it.
    let row = tab.row("op-x").unwrap();
    let row = LedgerRow { message: SentMessage { recipients: Some(12), ..row.message }, ..row };
    assert_eq!((ledger::state(&row), ledger::people(&row).as_deref()), ("Partly sent", Some(" for 12 people")));
    assert!(matches!(tab.row("op-x").unwrap().state, LedgerState::Sent { .. }));
    assert_eq!(tab.row("op-x").unwrap().not_reached, None);
    drop(tab);
    let again = Tab::opened(&sim, "second");
    run(&sim, vec![Box::pin(again.open())]);
    assert_eq!(delivered(&sim), (3, 3), "opening the console sends nothing new");
    run(&sim, vec![Box::pin(drive(&again, "op-x".into(), Intent::Resume))]);
    assert_eq!(delivered(&sim), (12, 12));
    assert_eq!(again.row("op-x").unwrap().not_reached, Some(0));
}

#[test]
fn the_log_says_of_how_many_nobody_knows_whether_they_have_it() {
    let sim = Sim::new();
    sim.borrow_mut().outbox.after_loss = AfterLoss::Offer;
    let tab = Tab::declared(&sim, "first");
    sim.borrow_mut().faults = [Fault::None, Fault::LostBefore].into();
    run(&sim, vec![Box::pin(tab.press("op-x", email(), people(6)))]);
    run(&sim, vec![Box::pin(drive(&tab, "op-x".into(), Intent::LeaveUnknown))]);
    let row = tab.row("op-x").unwrap();
    assert_eq!((row.not_reached, row.unknown), (Some(0), Some(3)));
    // Mailed once more, and accepted: the log says so, too.
    run(&sim, vec![Box::pin(drive(&tab, "op-x".into(), Intent::OnceMore(Which::Unknown)))]);
    let row = tab.row("op-x").unwrap();
    assert_eq!((row.not_reached, row.unknown), (Some(0), None));
}

#[test]
fn what_was_found_out_of_a_sending_is_told_after_whatever_death() {
    let mut proved = 0;
    for dies_at in 1..60 {
        let sim = Sim::new();
        sim.borrow_mut().outbox.after_loss = AfterLoss::ReadBack { after_seconds: &[30] };
        let tab = Tab::declared(&sim, "first");
        sim.borrow_mut().faults = [Fault::LostAfter].into();
        let from = sim.borrow().steps;
        sim.borrow_mut().dies_at = Some(("first", from + dies_at));
        run(&sim, vec![Box::pin(tab.press("op-x", email(), people(3)))]);
        let died = !sim.borrow().dead.is_empty();
        drop(tab);
        let again = Tab::opened(&sim, "second");
        run(&sim, vec![Box::pin(again.open())]);
        let Some(summary) = again.summaries().pop().filter(Summary::is_over) else { continue };
        let row = again.row("op-x").unwrap();
        assert_eq!((summary.tally.accepted, row.not_reached), (3, Some(0)), "dies at {dies_at}: {row:?}");
        proved += 1;
        if !died {
            break;
        }
    }
    assert!(proved > 5, "{proved}");
}

#[test]
fn two_tabs_that_go_on_at_once_send_to_each_once() {
    let sim = Sim::new();
    let tab = Tab::declared(&sim, "first");
    sim.borrow_mut().faults = [Fault::None, Fault::NotSent].into();
    run(&sim, vec![Box::pin(tab.press("op-x", email(), people(12)))]);
    let other = Tab::opened(&sim, "second");
    run(&sim, vec![
        Box::pin(drive(&tab, "op-x".into(), Intent::Resume)),
        Box::pin(drive(&other, "op-x".into(), Intent::Resume)),
    ]);
    assert_eq!(delivered(&sim), (12, 12));
}

#[test]
fn a_sending_whose_tab_died_is_never_called_unsent_by_another_tab_that_was_open_all_the_while() {
    for follows in [true, false] {
        let mut begun = 0;
        for dies_at in 1..60 {
            let sim = Sim::new();
            let tab = Tab::declared(&sim, "first");
            let other = Tab::opened(&sim, "second");
            sim.borrow_mut().steps = 0;
            sim.borrow_mut().dies_at = Some(("first", dies_at));
            run(&sim, vec![Box::pin(tab.press("op-x", email(), people(7)))]);
            if sim.borrow().dead.is_empty() {
                break;
            }
            sim.borrow_mut().dies_at = None;
            drop(tab);
            let (left, _) = delivered(&sim);
            other.follow(follows);
            sim.borrow_mut().now += TimeDelta::seconds(91);
            run(&sim, vec![Box::pin(async {
                // What it follows it takes up; of the rest it is told.
                for summary in other.summaries().into_iter().filter(|summary| follows && !summary.is_over()) {
                    drive(&other, summary.op, Intent::Recover).await;
                }
                for op in give_up_unanswered(&other).await {
                    drive(&other, op, Intent::Recover).await;
                }
            })]);
            let state = other.row("op-x").map(|row| row.state);
            let failed = matches!(state, Some(LedgerState::Failed { .. }));
            assert!(!failed || left == 0, "closed at {dies_at}: {left} have it");
            let open = matches!(state, Some(LedgerState::Queued));
            assert!(!open || left == 0, "closed at {dies_at}: nothing is known of {left}");
            begun += u32::from(left > 0);
        }
        assert!(begun > 3, "{begun}");
    }
}

#[test]
fn a_tab_that_is_frozen_is_taken_over_from_and_woken_sends_nothing() {
    for knows_locks in [true, false] {
        for freezes_at in 1..40 {
            let sim = Sim::new();
            sim.borrow_mut().knows_locks = knows_locks;
            let tab = Tab::declared(&sim, "first");
            sim.borrow_mut().steps = 0;
            sim.borrow_mut().dies_at = Some(("first", freezes_at));
            let work = tab.press("op-x", email(), people(7));
            let mut frozen: std::pin::Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
            run(&sim, vec![Box::pin(&mut frozen)]);
            if sim.borrow().dead.is_empty() {
                continue;
            }
            let other = Tab::opened(&sim, "second");
            run(&sim, vec![Box::pin(async {
                other.open().await;
                drive(&other, "op-x".into(), Intent::Resume).await;
            })]);
            // A mailing that had begun is carried out by whoever took it over.
            let taken_over = other.summaries().pop().is_some_and(|summary| summary.tally.open == 0);
            let (_, sent) = delivered(&sim);
            sim.borrow_mut().dead.clear();
            sim.borrow_mut().dies_at = None;
            run(&sim, vec![Box::pin(frozen)]);
            let (reached, all) = delivered(&sim);
            assert_eq!(reached, usize::try_from(all).unwrap(), "locks {knows_locks}, step {freezes_at}");
            if taken_over {
                assert_eq!((sent, all), (7, 7), "locks {knows_locks}, step {freezes_at}");
            }
        }
    }
}

#[test]
fn two_first_posts_of_two_tabs_open_one_incident() {
    let sim = Sim::new();
    sim.borrow_mut().page.remembers = true;
    let tab = Tab::declared(&sim, "first");
    let other = Tab::opened(&sim, "second");
    run(&sim, vec![
        Box::pin(tab.press("op-1", first_post(), Vec::new())),
        Box::pin(other.press("op-2", first_post(), Vec::new())),
    ]);
    assert_eq!(sim.borrow().page.incidents.len(), 1);
}

#[test]
fn a_first_post_whose_answer_was_lost_is_gone_on_with_in_its_incident() {
    let sim = Sim::new();
    sim.borrow_mut().page.remembers = true;
    let tab = Tab::declared(&sim, "first");
    sim.borrow_mut().faults = [Fault::LostAfter].into();
    run(&sim, vec![Box::pin(tab.press("op-1", first_post(), Vec::new()))]);
    assert!(matches!(tab.row("op-1").unwrap().state, LedgerState::Unknown { .. }));
    run(&sim, vec![Box::pin(tab.press("op-2", first_post(), Vec::new()))]);
    let sim = sim.borrow();
    assert_eq!(sim.page.incidents.len(), 1, "two public incidents, one of which nothing can close");
}

#[test]
fn who_is_never_mailed_gets_nothing_of_any_sending_whenever_that_was_noted() {
    let never_gets = |sim: &Shared, tab: &Tab, what: &str| {
        assert!(!sim.borrow().outbox.delivered.contains_key("p1@example.com"), "{what}");
        let tally = tab.summaries().pop().unwrap().tally;
        assert_eq!((tally.accepted, tally.failed, tally.open, tally.all), (6, 1, 0, 7), "{what}: nobody is dropped without a word");
    };
    // Within the undo window, after the people were chosen; in whichever tab.
    let sim = Sim::new();
    let tab = Tab::declared(&sim, "first");
    sim.borrow_mut().never = "p1@example.com".to_owned();
    run(&sim, vec![Box::pin(tab.press("op-x", email(), people(7)))]);
    never_gets(&sim, &tab, "a first sending");
    // "Mail only the refused": they are refused again, and still nobody is mailed.
    run(&sim, vec![Box::pin(drive(&tab, "op-x".into(), Intent::OnceMore(Which::Failed)))]);
    never_gets(&sim, &tab, "once more");

    // A sending that waits, gone on with after a domain was noted.
    let sim = Sim::new();
    let tab = Tab::declared(&sim, "first");
    let mut all = people(6);
    all.push(Person { address: "d@gone.example".to_owned(), name: None });
    sim.borrow_mut().faults = [Fault::NotSent].into();
    run(&sim, vec![Box::pin(tab.press("op-x", email(), all))]);
    sim.borrow_mut().never = "@gone.example".to_owned();
    run(&sim, vec![Box::pin(drive(&tab, "op-x".into(), Intent::Resume))]);
    assert_eq!(delivered(&sim), (6, 6));
    assert!(!sim.borrow().outbox.delivered.contains_key("d@gone.example"));

    // Everybody.
    let sim = Sim::new();
    let tab = Tab::declared(&sim, "first");
    sim.borrow_mut().never = "@example.com".to_owned();
    run(&sim, vec![Box::pin(tab.press("op-x", email(), people(7)))]);
    assert_eq!(delivered(&sim), (0, 0));
    assert!(matches!(tab.row("op-x").unwrap().state, LedgerState::Failed { .. }));
}

#[test]
fn each_message_that_leaves_is_told_of_by_its_name_and_time() {
    let sim = Sim::new();
    let tab = Tab::declared(&sim, "first");
    run(&sim, vec![Box::pin(tab.press("op-1", first_post(), Vec::new()))]);
    run(&sim, vec![Box::pin(tab.press("op-2", email(), people(2)))]);
    let told: Vec<String> = sim.borrow().notices.iter().map(words::notice).collect();
    let [post, mail] = told.as_slice() else { panic!("{told:?}") };
    assert!(post.starts_with("Status page: first message. Sent at ") && post.ends_with(" UTC."), "{post}");
    assert!(mail.starts_with("Email: first message. Sent at "), "{mail}");
    let about = Some(MessageName { channel: Channel::Email, kind: DutyKind::First });
    let failed = words::notice(&Notice::NotSent(about, "the key is wrong".to_owned()));
    assert_eq!(failed, "Email: first message. Not sent: the key is wrong. Nobody got it.");
}
