//! What a post that failed, was taken back or was recorded late means for the next one: readers were told what arrived,
//! in the order in which it was posted.

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::compose::{filling, has_left, page_options};
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{EventKind, Receipt, SendOutcome, SentMessage, WithdrawnBecause};
use allclear::sop::playbook::{Purpose, Variant};
use allclear::sop::run::severity_at;
use allclear::sop::severity::Severity;
use chrono::TimeDelta;

use super::decisions::facts;
use super::support::at;
use super::support::log::{Log, post};

const UPDATE: Purpose = Purpose { channel: Channel::Page, kind: DutyKind::Update, variant: Variant::Usual };

/// Whether the next update tells of a raise: bridges it, and has the page mail its subscribers.
fn tells_of_a_raise(log: &Log, when: &str) -> (bool, bool) {
    let state = log.state(when);
    let filled = filling(&log.sop, &state, facts(), UPDATE, IncidentStatus::Identified, true, at(when));
    let options = page_options(&log.sop, &state, UPDATE, None);
    (filled.bridge.is_some(), options.notify_subscribers)
}

fn first_title(log: &Log, when: &str) -> Option<String> {
    filling(&log.sop, &log.state(when), facts(), UPDATE, IncidentStatus::Identified, true, at(when)).first_title
}

fn titled(title: &str, severity: Severity) -> SentMessage {
    SentMessage { title: Some(title.to_owned()), ..post(IncidentStatus::Investigating, severity, None) }
}

fn start(log: &mut Log, when: &str, op: &str, message: SentMessage) {
    log.say(when, EventKind::SendStarted { op: op.to_owned(), message });
}

fn answer(log: &mut Log, when: &str, op: &str, outcome: SendOutcome) {
    log.say(when, EventKind::SendAnswered { op: op.to_owned(), outcome });
}

fn failed() -> SendOutcome {
    SendOutcome::Failed { reason: "422".to_owned() }
}

#[test]
fn a_raise_is_told_until_a_post_that_tells_it_has_arrived() {
    let mut log = Log::declared(Severity::P2, "14:00");
    log.page("14:05").severity("14:10", Severity::P0);
    assert_eq!(tells_of_a_raise(&log, "14:11"), (true, true));
    start(&mut log, "14:11", "a", post(IncidentStatus::Identified, Severity::P0, None));
    answer(&mut log, "14:12", "a", failed());
    assert_eq!(tells_of_a_raise(&log, "14:12"), (true, true), "it told nobody");
    log.page("14:13");
    assert_eq!(tells_of_a_raise(&log, "14:14"), (false, false));
}

#[test]
fn a_post_that_is_recorded_later_is_no_newer_for_it() {
    let mut log = Log::declared(Severity::P2, "14:00");
    log.page("14:05").severity("14:10", Severity::P0).page("14:15");
    let then = severity_at(&log.sop, &log.run, at("14:08"));
    assert_eq!(then, Some(Severity::P2), "what it was made under");
    assert_eq!(severity_at(&log.sop, &log.run, at("14:10")), Some(Severity::P0));
    assert_eq!(severity_at(&log.sop, &log.run, at("13:00")), Some(Severity::P2), "before the declaration");
    log.by_hand("14:20", "14:08", post(IncidentStatus::Investigating, Severity::P2, None));
    assert_eq!(tells_of_a_raise(&log, "14:21"), (false, false));
}

#[test]
fn the_first_title_is_that_of_the_first_post_that_arrived() {
    let mut log = Log::declared(Severity::P0, "14:00");
    start(&mut log, "14:05", "a", titled("API - Wrong", Severity::P0));
    answer(&mut log, "14:05", "a", failed());
    assert_eq!(first_title(&log, "14:06"), None);
    log.send("14:07", titled("API - Investigating Issue", Severity::P0));
    log.send("14:08", titled("API - Later", Severity::P0));
    log.by_hand("14:09", "14:06", titled("API - By hand", Severity::P0));
    assert_eq!(first_title(&log, "14:10").as_deref(), Some("API - By hand"), "posted before the others");
}

#[test]
fn what_was_chosen_for_a_post_is_spent_when_it_has_left_and_not_before_nor_when_it_did_not_arrive() {
    let frozen = |log: &mut Log, op: &str| {
        let leaves_at = at("14:05") + TimeDelta::seconds(15);
        let message = post(IncidentStatus::Resolved, Severity::P0, None);
        log.say("14:05", EventKind::AboutToLeave { op: op.to_owned(), message, leaves_at });
    };
    let message = || post(IncidentStatus::Resolved, Severity::P0, None);
    let left = |steps: &dyn Fn(&mut Log), when: &str| {
        let mut log = Log::declared(Severity::P0, "14:00");
        frozen(&mut log, "a");
        steps(&mut log);
        has_left(&log.state(when), "a")
    };
    let unknown = || SendOutcome::Unknown { reason: "no answer".to_owned() };
    let accepted = || SendOutcome::Accepted { receipt: Receipt::default() };
    let answered = |outcome: SendOutcome| {
        move |log: &mut Log| {
            start(log, "14:05:15", "a", message());
            answer(log, "14:05:16", "a", outcome.clone());
        }
    };
    assert!(left(&|_| {}, "14:05:10"), "it waits");
    assert!(left(&|log| start(log, "14:05:15", "a", message()), "14:05:16"), "on its way");
    assert!(left(&answered(accepted()), "14:06"));
    assert!(!left(&answered(failed()), "14:06"));
    assert!(!left(&answered(unknown()), "14:06"), "it may be sent again");
    for why in [WithdrawnBecause::Undone, WithdrawnBecause::Held] {
        let taken_back = |log: &mut Log| {
            log.say("14:05:10", EventKind::Withdrawn { op: "a".to_owned(), why });
        };
        assert!(!left(&taken_back, "14:05:11"), "{why:?}");
    }
    assert!(!has_left(&Log::declared(Severity::P0, "14:00").state("14:06"), "a"), "nothing is known of it");
}
