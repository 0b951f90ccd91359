//! The hosted services for real: every order through its adapter to the vendor's state machine, with every fault at
//! every request of it, and a console that is closed before and after everything that it does. What the ledger says is
//! compared with what the vendor has.

use std::pin::Pin;

use allclear::config::MailService;
use allclear::console::runner::drive;
use allclear::console::runner::world::Others;
use allclear::delivery::mailing::{Intent, Pause, Person, Tally};
use allclear::delivery::notice::{MessageName, MailingNotice, Notice};
use allclear::domain::after_loss::AfterLoss;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::run::LedgerState;
use allclear_sandbox::call::Vendor;
use allclear_sandbox::faults::Kind;
use allclear_sandbox::switches::{Metadata, Switches, Taken};

use super::faults::{self, FAULTS};
use super::orders::{OP, Order, PEOPLE, check, check_postmortem, delivered, opened, ready};
use super::sim::{Shared, Sim, Tab, run, run_id, vendor_of};
use super::told;

fn give(sim: &Shared, tab: &Tab, order: Order) {
    run(sim, vec![Box::pin(order.leave(tab))]);
}

/// Opens the console again, lets it find out what it can, and goes on with what waits.
fn aftermath(sim: &Shared, order: Order, what: &str) -> Tab {
    {
        let mut sim = sim.borrow_mut();
        sim.dies_at = None;
        sim.dead.clear();
        if let Some(world) = &mut sim.vendors {
            world.switches.faults.clear();
            world.switches.revoked.clear();
        }
    }
    let tab = opened(sim, "second", order);
    run(sim, vec![Box::pin(async {
        tab.open().await;
        // The page is read every 15 seconds anyway.
        tab.look_for(&run_id()).await;
    })]);
    if let Order::Mail(_) = order {
        for _round in 0..8 {
            match tab.summaries().pop() {
                Some(summary) if summary.tally.open > 0 => {
                    run(sim, vec![Box::pin(drive(&tab, OP.to_owned(), Intent::Resume))]);
                }
                Some(_) | None => break,
            }
        }
        if let Some(summary) = tab.summaries().pop() {
            assert_eq!((summary.tally.open, summary.tally.all), (0, PEOPLE), "{what}: somebody is lost");
        }
    }
    tab
}

/// One bad day: the so-maniest request meets a fault, and the console is closed at the so-maniest step. Whether it was.
fn bad_day(order: Order, fault: Option<(Kind, bool, u64)>, dies_at: u32) -> bool {
    let what = format!("{order:?}, {fault:?}, dies at {dies_at}");
    let (sim, tab) = ready(order);
    if let Some(fault) = fault {
        strike(&sim, fault);
    }
    sim.borrow_mut().dies_at = (dies_at > 0).then_some(("first", dies_at));
    give(&sim, &tab, order);
    let died = !sim.borrow().dead.is_empty();
    sim.borrow_mut().was_closed = died;
    drop(tab);
    let tab = aftermath(&sim, order, &what);
    check(&sim, &tab, order, true, &what);
    died
}

/// The first tab is frozen at the so-maniest step, with its locks; a second one is opened and goes on with what waits;
/// then the first wakes. Whether it was frozen.
fn frozen_day(order: Order, fault: (Kind, bool, u64), freezes_at: u32) -> bool {
    let what = format!("{order:?}, {fault:?}, freezes at {freezes_at}");
    let (sim, tab) = ready(order);
    strike(&sim, fault);
    sim.borrow_mut().dies_at = Some(("first", freezes_at));
    let mut frozen: Pin<Box<dyn Future<Output = ()>>> = Box::pin(order.leave(&tab));
    run(&sim, vec![Box::pin(&mut frozen)]);
    let froze = !sim.borrow().dead.is_empty();
    let second = opened(&sim, "second", order);
    run(&sim, vec![Box::pin(async {
        second.open().await;
        drive(&second, OP.to_owned(), Intent::Resume).await;
    })]);
    sim.borrow_mut().dies_at = None;
    sim.borrow_mut().dead.clear();
    if froze {
        run(&sim, vec![Box::pin(frozen)]);
    }
    drop(second);
    let judge = aftermath(&sim, order, &what);
    check(&sim, &judge, order, false, &what);
    froze
}

fn strike(sim: &Shared, (kind, after, nth): (Kind, bool, u64)) {
    faults::strike(sim, (kind, after), Some(nth), Some("3"));
}

/// Every fault at every request, every step at which the console may be closed, and both together at some.
fn bad_days(order: Order) -> u32 {
    let (sim, tab) = ready(order);
    give(&sim, &tab, order);
    check(&sim, &tab, order, true, "nothing goes wrong");
    let (steps, requests) = (sim.borrow().steps, u64::from(sim.borrow().requests));
    let mut cases = 0;
    for dies_at in 1..=steps {
        bad_day(order, None, dies_at);
        cases += 1;
    }
    for (kind, after) in FAULTS {
        for nth in 1..=requests {
            // A fault takes other ways, and more steps.
            for dies_at in 0..steps + 20 {
                let died = bad_day(order, Some((kind, after, nth)), dies_at);
                cases += 1;
                if dies_at > 0 && !died {
                    break;
                }
            }
        }
    }
    for (kind, after) in FAULTS {
        for freezes_at in (1..steps + 20).step_by(2) {
            if !frozen_day(order, (kind, after, requests), freezes_at) {
                break;
            }
            cases += 1;
        }
    }
    told(&format!("{order:?}, {requests} requests and {steps} steps each"), cases)
}

/// What the vendors' documents leave open, or what stands wrong for the whole day.
type Turn = (&'static str, fn(&mut Switches));

const MERGED: Turn = ("metadata is merged", |now| now.metadata = Metadata::Merge);
const NOT_REOPENED: Turn = ("a resolved incident is not taken back", |now| now.reopen = Taken::Refused);
const FOUND_LATE: Turn = ("a mail is found after 100 seconds", |now| now.index_delay_seconds = 100);
const REVOKED: Turn = ("the key is revoked", |now| now.revoked = ["statuspage", "postmark", "resend", "sendgrid"].map(str::to_owned).into());
const AHEAD: Turn = ("the vendor's clock is ten minutes ahead", |now| now.skew_seconds = 600);
const BEHIND: Turn = ("the vendor's clock is ten minutes behind", |now| now.skew_seconds = -600);

/// The same day with a switch turned: closed at every step, and every fault at every request.
fn turned_days(order: Order, (name, turn): Turn) -> u32 {
    let day = |fault: Option<(Kind, bool, u64)>, dies_at: u32| {
        let what = format!("{order:?}, {name}, {fault:?}, dies at {dies_at}");
        let (sim, tab) = ready(order);
        strike(&sim, fault.unwrap_or((Kind::Latency, true, u64::MAX)));
        turn(&mut sim.borrow_mut().vendors.as_mut().unwrap().switches);
        sim.borrow_mut().dies_at = (dies_at > 0).then_some(("first", dies_at));
        give(&sim, &tab, order);
        let (steps, requests) = (sim.borrow().steps, u64::from(sim.borrow().requests));
        let died = !sim.borrow().dead.is_empty();
        sim.borrow_mut().was_closed = died;
        drop(tab);
        let tab = aftermath(&sim, order, &what);
        check(&sim, &tab, order, true, &what);
        (steps, requests)
    };
    let (steps, requests) = day(None, 0);
    for dies_at in 1..=steps {
        day(None, dies_at);
    }
    let mut cases = steps + 1;
    // An answer of an odd shape is one to a request that took effect, which none does with a revoked key.
    let none_takes_effect = name == REVOKED.0;
    for (kind, after) in FAULTS.into_iter().filter(|(kind, _)| !none_takes_effect || *kind != Kind::BreakShape) {
        for nth in 1..=requests {
            day(Some((kind, after, nth)), 0);
            cases += 1;
        }
    }
    told(&format!("{order:?}, {name}"), cases)
}

#[test]
fn a_first_post_to_statuspage_survives_every_bad_day() {
    assert!(bad_days(Order::FirstPost) > 200);
}

#[test]
fn an_update_on_statuspage_survives_every_bad_day() {
    assert!(bad_days(Order::Update) > 200);
}

#[test]
fn a_resolution_on_statuspage_survives_every_bad_day() {
    assert!(bad_days(Order::Resolved) > 200);
}

#[test]
fn a_reopening_on_statuspage_survives_every_bad_day() {
    assert!(bad_days(Order::Reopened) > 200);
}

#[test]
fn a_change_of_components_on_statuspage_survives_every_bad_day() {
    assert!(bad_days(Order::Components) > 50);
}

#[test]
fn a_draft_of_a_post_mortem_on_statuspage_survives_every_bad_day() {
    assert!(bad_days(Order::Draft) > 50);
}

#[test]
fn a_post_mortem_on_statuspage_survives_every_bad_day() {
    assert!(bad_days(Order::Postmortem) > 200);
}

/// A post-mortem of which the third request, that for its publication, meets a fault: what its tab was told, and its row.
fn publication(kind: Kind, ms: u64) -> (Shared, Tab) {
    let (sim, tab) = ready(Order::Postmortem);
    strike(&sim, (kind, false, 3));
    if let Some(world) = &mut sim.borrow_mut().vendors {
        world.switches.faults[0].ms = ms;
    }
    sim.borrow_mut().notices.clear();
    give(&sim, &tab, Order::Postmortem);
    (sim, tab)
}

#[test]
fn a_post_mortem_that_readers_get_late_is_found_and_never_said_to_have_failed() {
    // The edge waits for 30 seconds; it is looked for at once, and after 10, 30 and 120 seconds more.
    for (ms, told) in [(35_000, 2), (55_000, 2), (140_000, 2), (160_000, 1)] {
        let (sim, tab) = publication(Kind::Latency, ms);
        let state = tab.row(OP).unwrap().state;
        check_postmortem(&sim, Some(&state), "a late effect");
        let sim = sim.borrow();
        assert_eq!(sim.notices.len(), told, "{ms}: {:?}", sim.notices);
        assert!(matches!(sim.notices[0], Notice::NoAnswer(..)), "{ms}: {:?}", sim.notices);
        assert_eq!(matches!(state, LedgerState::Sent { .. }), told == 2, "{ms}");
        assert_eq!(matches!(state, LedgerState::Unknown { .. }), told == 1, "{ms}");
    }
    // Only its answer was lost: nobody is told of a doubt.
    let (sim, tab) = publication(Kind::DropAfter, 0);
    let about = MessageName { channel: Channel::Page, kind: DutyKind::Postmortem };
    assert!(matches!(sim.borrow().notices[..], [Notice::Sent(Some(told), _)] if told == about));
    assert!(matches!(tab.row(OP).unwrap().state, LedgerState::Sent { .. }));
    // It never came: nobody knows that.
    let (_, tab) = publication(Kind::DropBefore, 0);
    assert!(matches!(tab.row(OP).unwrap().state, LedgerState::Unknown { .. }));
}

#[test]
fn whom_sendgrid_has_refused_by_name_is_in_no_doubt_when_the_answer_about_the_others_is_lost() {
    let (sim, tab) = ready(Order::Mail(MailService::Sendgrid));
    strike(&sim, (Kind::DropAfter, false, 2));
    let address = |address: &str| Person { address: address.to_owned(), name: None };
    let people = vec![address("p0@example.com"), address("no address"), address("p2@example.com"), address("p3@example.com")];
    run(&sim, vec![Box::pin(tab.press(OP, Order::Mail(MailService::Sendgrid).message(), people))]);
    let summary = tab.summaries().pop().unwrap();
    let Tally { accepted, failed, unknown, open, .. } = summary.tally;
    assert_eq!((accepted, failed, unknown, open), (0, 1, 2, 1));
    assert!(matches!(sim.borrow().of_mailings.last(), Some(MailingNotice::Stopped(Pause::Lost(_), _))), "a person decides about the rest");
    assert!(matches!(tab.row(OP).unwrap().state, LedgerState::Unknown { .. }));
    assert_eq!(delivered(&sim, MailService::Sendgrid).len(), 2);
}

#[test]
fn posts_survive_what_the_vendors_documents_leave_open_a_revoked_key_and_a_clock_that_is_wrong() {
    for order in [Order::FirstPost, Order::Update, Order::Resolved, Order::Reopened, Order::Components, Order::Draft, Order::Postmortem] {
        for turn in [MERGED, REVOKED, AHEAD, BEHIND] {
            assert!(turned_days(order, turn) > 10);
        }
    }
    assert!(turned_days(Order::Reopened, NOT_REOPENED) > 10);
}

#[test]
fn mailings_survive_a_revoked_key_a_clock_that_is_wrong_and_a_search_that_finds_late() {
    for service in [MailService::Postmark, MailService::Resend, MailService::Sendgrid] {
        for turn in [REVOKED, AHEAD, BEHIND] {
            assert!(turned_days(Order::Mail(service), turn) > 10);
        }
    }
    assert!(turned_days(Order::Mail(MailService::Postmark), FOUND_LATE) > 10);
}

#[test]
fn a_mailing_through_postmark_survives_every_bad_day() {
    assert!(bad_days(Order::Mail(MailService::Postmark)) > 200);
}

#[test]
fn a_mailing_through_resend_survives_every_bad_day() {
    assert!(bad_days(Order::Mail(MailService::Resend)) > 200);
}

#[test]
fn a_mailing_through_sendgrid_survives_every_bad_day() {
    assert!(bad_days(Order::Mail(MailService::Sendgrid)) > 200);
}

#[test]
fn what_the_sandbox_keeps_is_what_the_services_promise() {
    // The matrix counts by these.
    assert_eq!(vendor_of(MailService::Postmark), Vendor::Postmark);
    for (service, promised) in [
        (MailService::Postmark, AfterLoss::ReadBack { after_seconds: &[30, 120] }),
        (MailService::Resend, AfterLoss::SendAgain),
        (MailService::Sendgrid, AfterLoss::Offer),
    ] {
        let sim = Sim::new();
        let tab = opened(&sim, "any", Order::Mail(service));
        let mailer = allclear::console::runner::world::Services::mailer(&tab, &run_id());
        assert_eq!(allclear::api::mail::SendMail::after_loss(&mailer), promised);
    }
}
