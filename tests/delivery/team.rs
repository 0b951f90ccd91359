//! The team told by its webhook: what the ledger says is compared with what stands in the channel, on every bad day.

use allclear::config::ChatService;
use allclear::delivery::notice::Notice;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, DutyState};
use allclear::sop::message::Sendable;
use allclear::sop::run::{LedgerState, duties};
use allclear::sop::severity::Severity;
use allclear::words;
use allclear_sandbox::faults::Kind;
use allclear_sandbox::team::notices;

use super::faults::{FAULTS, strike};
use super::sim::{Hosted, Shared, Sim, Tab, run};
use super::told;
use crate::sop::decisions::Desk;
use crate::sop::support::playbook::playbook;

const OP: &str = "op-x";
const ALL: [(ChatService, &str); 3] = [
    (ChatService::Slack, "/team/slack"),
    (ChatService::Discord, "/team/discord"),
    (ChatService::Teams, "/team/teams"),
];

fn message() -> Sendable {
    Desk::declared("outage", Severity::P0).message(Channel::Team, DutyKind::First, "14:09")
}

fn opened(sim: &Shared, name: &'static str, service: ChatService) -> Tab {
    let tab = Tab::opened(sim, name);
    tab.hosted.set(Hosted { team: Some(service), ..Hosted::default() });
    tab
}

/// A browser in which the incident was declared.
fn ready((service, webhook): (ChatService, &'static str)) -> (Shared, Tab) {
    let sim = Sim::new();
    sim.borrow_mut().webhook = webhook;
    drop(Tab::declared(&sim, "first"));
    let tab = opened(&sim, "first", service);
    (sim, tab)
}

fn press(sim: &Shared, tab: &Tab) {
    run(sim, vec![Box::pin(tab.press(OP, message(), Vec::new()))]);
}

/// What stands in the channel.
fn channel(sim: &Shared) -> Vec<String> {
    let sim = sim.borrow();
    let all = sim.vendors.as_ref().map_or_else(Vec::new, |world| notices(world).unwrap());
    all.iter().map(|notice| notice["text"].as_str().unwrap().to_owned()).collect()
}

fn is_due(tab: &Tab) -> bool {
    let now = tab.sim.borrow().now;
    let all = duties(&playbook(), &tab.own_log(), now);
    let duty = all.iter().find(|duty| duty.key.channel == Some(Channel::Team)).unwrap();
    !matches!(duty.state, DutyState::Done { .. })
}

fn state(tab: &Tab) -> LedgerState {
    tab.row(OP).unwrap().state
}

/// Why it failed, as the ledger has it.
fn why(tab: &Tab) -> String {
    match state(tab) {
        LedgerState::Failed { reason } => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_accepted_notice_meets_the_duty_and_stands_in_the_channel_once() {
    for service in ALL {
        let (sim, tab) = ready(service);
        assert!(is_due(&tab));
        press(&sim, &tab);
        assert!(matches!(state(&tab), LedgerState::Sent { .. }), "{service:?}");
        assert!(!is_due(&tab), "{service:?}");
        assert_eq!(channel(&sim), [message().record().text.clone()], "{service:?}");
        let said: Vec<String> = sim.borrow().notices.iter().map(words::notice).collect();
        assert!(said.len() == 1 && said[0].starts_with("Internal team: first message. Sent at "), "{said:?}");
    }
}

#[test]
fn a_refused_notice_says_why_and_the_duty_stays() {
    for (service, word) in [
        (ALL[0], "; the service says “no_service”"),
        (ALL[1], "; the service says “Unknown Webhook”"),
        (ALL[2], ""),
    ] {
        let (sim, tab) = ready(service);
        strike(&sim, (Kind::Latency, true), Some(u64::MAX), None);
        sim.borrow_mut().vendors.as_mut().unwrap().switches.revoked = vec!["team".to_owned()];
        press(&sim, &tab);
        let gone = format!("the webhook is gone: it was deleted, or its address at the edge of this host is wrong{word}");
        assert_eq!(why(&tab), gone);
        assert!(is_due(&tab) && channel(&sim).is_empty());
        assert!(matches!(sim.borrow().notices[..], [Notice::NotSent(Some(_), _)]));
    }
}

#[test]
fn one_whose_answer_was_lost_is_unknown_and_never_repeated_by_itself() {
    for (kind, after) in [(Kind::DropAfter, false), (Kind::Truncate, false), (Kind::Failed, true), (Kind::Gateway, true), (Kind::Latency, true)] {
        let (sim, tab) = ready(ALL[0]);
        strike(&sim, (kind, after), Some(1), None);
        press(&sim, &tab);
        assert!(matches!(state(&tab), LedgerState::Unknown { .. }), "{kind:?}");
        assert!(is_due(&tab), "{kind:?}: it is offered again");
        assert_eq!((channel(&sim).len(), sim.borrow().requests), (1, 1), "{kind:?}");
        // A person decides to send it again.
        run(&sim, vec![Box::pin(tab.press("op-2", message(), Vec::new()))]);
        assert!(!is_due(&tab), "{kind:?}");
    }
    for body in ["{\"id\":\"11", "{\"success\":false}"] {
        let (sim, tab) = ready(ALL[1]);
        sim.borrow_mut().garbled = Some(body);
        press(&sim, &tab);
        assert!(matches!(state(&tab), LedgerState::Unknown { .. }), "{body}");
        assert_eq!((is_due(&tab), sim.borrow().requests), (true, 1), "{body}");
    }
}

#[test]
fn a_busy_service_is_waited_for_shortly_and_a_long_pause_is_a_person_s() {
    for (seconds, waited) in [(Some("3"), 3), (None, 2)] {
        let (sim, tab) = ready(ALL[1]);
        let before = sim.borrow().now;
        strike(&sim, (Kind::TooMany, false), Some(1), seconds);
        press(&sim, &tab);
        assert!(matches!(state(&tab), LedgerState::Sent { .. }), "{:?}", state(&tab));
        assert_eq!((channel(&sim).len(), sim.borrow().requests), (1, 2));
        assert_eq!((sim.borrow().now - before).num_seconds(), waited);
    }
    let (sim, tab) = ready(ALL[1]);
    strike(&sim, (Kind::TooMany, false), Some(1), Some("300"));
    press(&sim, &tab);
    assert_eq!(why(&tab), "the service is busy: too many requests; nothing was sent; try again in 5 minutes");
    assert_eq!((channel(&sim).len(), sim.borrow().requests), (0, 1));
    // Busy all the time.
    let (sim, tab) = ready(ALL[1]);
    strike(&sim, (Kind::TooMany, false), None, Some("1"));
    press(&sim, &tab);
    assert!(why(&tab).starts_with("the service is busy"));
    assert_eq!((channel(&sim).len(), sim.borrow().requests), (0, 4));
}

#[test]
fn a_text_that_grew_old_while_it_waited_does_not_leave() {
    let (sim, tab) = ready(ALL[0]);
    strike(&sim, (Kind::TooMany, false), None, Some("25"));
    press(&sim, &tab);
    assert_eq!(why(&tab), "its text was more than a minute old, so its times were: look at it again");
    assert_eq!((channel(&sim).len(), sim.borrow().requests), (0, 3));
    assert!(is_due(&tab));
}

#[test]
fn where_no_webhook_is_named_a_person_copies_it() {
    let (sim, tab) = ready(ALL[0]);
    tab.hosted.set(Hosted::default());
    press(&sim, &tab);
    assert_eq!(why(&tab), "this channel is posted by hand");
    assert_eq!(sim.borrow().requests, 0);
}

/// One bad day: the first request meets a fault, and the console is closed at the so-maniest step. Whether it was.
fn bad_day(service: (ChatService, &'static str), fault: Option<(Kind, bool)>, dies_at: u32) -> bool {
    let what = format!("{service:?}, {fault:?}, dies at {dies_at}");
    let (sim, tab) = ready(service);
    if let Some(fault) = fault {
        strike(&sim, fault, Some(1), Some("3"));
    }
    sim.borrow_mut().steps = 0;
    sim.borrow_mut().dies_at = (dies_at > 0).then_some(("first", dies_at));
    press(&sim, &tab);
    let died = !sim.borrow().dead.is_empty();
    drop(tab);
    sim.borrow_mut().dies_at = None;
    sim.borrow_mut().dead.clear();
    let again = opened(&sim, "second", service.0);
    run(&sim, vec![Box::pin(again.open())]);
    let there = channel(&sim).len();
    match again.row(OP).map(|row| row.state) {
        Some(LedgerState::Sent { .. }) => assert_eq!(there, 1, "{what}: the ledger says that it is there"),
        Some(LedgerState::Failed { .. }) | None => assert_eq!(there, 0, "{what}: the ledger says that it is not there"),
        Some(LedgerState::Unknown { .. }) => assert!(there <= 1, "{what}: it stands there twice"),
        Some(LedgerState::Queued) => panic!("{what}: nobody answers for it"),
    }
    died
}

#[test]
fn a_notice_survives_every_bad_day() {
    let mut cases = 0;
    for service in ALL {
        // The notice may stand in the channel though no complete answer comes in time, or may not.
        let faults = FAULTS.into_iter().chain([(Kind::Latency, false)]);
        for fault in std::iter::once(None).chain(faults.map(Some)) {
            for dies_at in 0..60 {
                let died = bad_day(service, fault, dies_at);
                cases += 1;
                if dies_at > 0 && !died {
                    break;
                }
            }
        }
    }
    assert!(told("a notice to the team, every fault and death", cases) > 200, "{cases}");
}
