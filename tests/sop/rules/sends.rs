//! Sends, emails, clocks, and what makes no sense (rules 9 and 15).

use allclear::domain::incident::IncidentStatus;
use allclear::domain::promise;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKey, DutyKind, DutyState, next_due};
use allclear::sop::event::{Event, EventId, SendOutcome, SentMessage, Receipt, TimeFact, EventKind};
use allclear::sop::report::timeline;
use allclear::sop::run::{Actor, LedgerRow, LedgerState, Outdated, Refusal};
use allclear::sop::severity::Severity;
use allclear::words::ledger;
use chrono::{DateTime, TimeDelta, Utc};

use super::first;
use crate::sop::support::at;
use crate::sop::support::log::{Log, key, message, post};
use crate::sop::support::table::{check, check_at};

#[test]
fn next_due_goes_by_due_time_then_by_channel() {
    let log = Log::declared(Severity::P0, "14:00");
    let mut duties = log.duties("14:00");
    let mut order = Vec::new();
    while let Some(next) = next_due(&duties).map(|duty| duty.key) {
        order.push(next.channel);
        duties.retain(|duty| duty.key != next);
    }
    let expected = [Channel::Team, Channel::Page, Channel::Email, Channel::X, Channel::LinkedIn];
    assert_eq!(order, expected.map(Some));
    let mut breach = Log::declared_as("breach", Severity::P3, "14:00", "14:00", None);
    breach.resolved("14:10");
    assert_eq!(next_due(&breach.duties("14:11")).unwrap().key.kind, DutyKind::Regulator);
}

#[test]
fn rule_9_email_is_met_by_its_first_batch_and_done_when_finished() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let op = "mail".to_owned();
    log.say(
        "14:20",
        EventKind::SendStarted { op: op.clone(), message: message(Channel::Email, DutyKind::First) },
    );
    let accepted = SendOutcome::Accepted { receipt: Receipt::default() };
    log.say("14:21", EventKind::SendAnswered { op: op.clone(), outcome: accepted });
    check_at(&log, "14:20:30", &[("email first", "O(14:15)")]);
    let mail = |log: &Log, when: &str| {
        log.duties(when).into_iter().find(|duty| duty.key == first(Channel::Email)).unwrap()
    };
    assert_eq!((mail(&log, "14:21").state, mail(&log, "14:21").met), (DutyState::Due, true));
    // Its due time no longer moves, and it neither lapses nor is missed.
    log.severity("14:22", Severity::P1).resolved("14:30");
    assert_eq!(mail(&log, "14:30").due_at, Some(at("14:15")));
    assert_eq!(mail(&log, "14:30").state, DutyState::Due);
    check_at(&log, "14:30", &[("email resolved", "D(15:30)")]);
    log.skip("14:31", first(Channel::Email), "enough");
    assert_eq!(mail(&log, "14:31").state, DutyState::Due);
    log.reopened("14:40").in_error("14:45");
    assert_eq!(mail(&log, "14:45").state, DutyState::Due);
    log.say("14:50", EventKind::EmailFinished { op: "other".to_owned(), failed: 0, unknown: None });
    assert_eq!(mail(&log, "14:50").state, DutyState::Due);
    log.say("14:51", EventKind::EmailFinished { op, failed: 2, unknown: None });
    let done = mail(&log, "14:51");
    assert_eq!(done.state, DutyState::Done { at: at("14:20"), late_seconds: 300 });
    assert!(!done.met);
    assert_eq!(log.state("14:51").ledger[0].not_reached, Some(2));
}

#[test]
fn rule_9_where_two_mails_serve_a_duty_it_is_done_when_both_are_finished() {
    let finished = |op: &str| EventKind::EmailFinished { op: op.to_owned(), failed: 0, unknown: None };
    for (one, other) in [("op-1", "op-2"), ("op-2", "op-1")] {
        let mut log = Log::declared(Severity::P0, "14:00");
        for (op, when) in [("op-1", "14:09"), ("op-2", "14:10")] {
            let message = message(Channel::Email, DutyKind::First);
            log.say(when, EventKind::SendStarted { op: op.to_owned(), message });
            let outcome = SendOutcome::Accepted { receipt: Receipt::default() };
            log.say(when, EventKind::SendAnswered { op: op.to_owned(), outcome });
        }
        let mail = |log: &Log, when: &str| log.duties(when).into_iter().find(|duty| duty.key == first(Channel::Email)).unwrap();
        log.say("14:12", finished(one));
        assert!(mail(&log, "14:12").met, "{other} is under way");
        log.say("14:20", finished(other));
        assert_eq!(mail(&log, "14:20").state, DutyState::Done { at: at("14:09"), late_seconds: 0 }, "as early as the first");
    }
}

#[test]
fn rule_9_a_mail_of_the_next_episode_keeps_none_of_this_one_open() {
    let send = |log: &mut Log, op: &str, when: &str, kind| {
        log.say(when, EventKind::SendStarted { op: op.to_owned(), message: message(Channel::Email, kind) });
        let outcome = SendOutcome::Accepted { receipt: Receipt::default() };
        log.say(when, EventKind::SendAnswered { op: op.to_owned(), outcome });
    };
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05");
    send(&mut log, "op-1", "14:06", DutyKind::First);
    log.resolved("14:20").reopened("14:40");
    send(&mut log, "op-2", "14:50", DutyKind::Reopened);
    log.say("14:55", EventKind::EmailFinished { op: "op-1".to_owned(), failed: 0, unknown: None });
    let mail = log.duties("14:55").into_iter().find(|duty| duty.key == first(Channel::Email)).unwrap();
    assert!(matches!(mail.state, DutyState::Done { .. }), "{:?}", mail.state);
}

#[test]
fn rule_9_what_is_met_and_unfinished_hides_nothing_that_is_owed_and_shows_no_clock() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.tell("14:01", Channel::Team, DutyKind::First).page("14:05").mail_begun("14:09");
    let duties = log.duties("14:18");
    assert_eq!(next_due(&duties).unwrap().key, key(1, DutyKind::Update, Channel::Page));
    let mail = duties.iter().find(|duty| duty.key == first(Channel::Email)).unwrap();
    assert!(mail.met && mail.is_open());
    assert_eq!((mail.due_at, mail.remaining(at("14:18"))), (Some(at("14:15")), None));
    // It is named where nothing else is owed.
    let only = [mail.clone()];
    assert_eq!(next_due(&only).unwrap().key, first(Channel::Email));
}

#[test]
fn an_email_that_may_not_have_reached_some_has_not_reached_everybody() {
    for (failed, unknown, expected, people) in [
        (0, None, "Email: every recipient was reached", " to 520 people"),
        (1, None, "Email: 1 recipient not reached", " to 519 of 520 people"),
        (0, Some(500), "Email: 500 recipients may not have been reached", " to 20 of 520 people"),
        (3, Some(1), "Email: 3 recipients not reached, 1 recipient may not have been reached", " to 516 of 520 people"),
    ] {
        let mut log = Log::declared(Severity::P0, "14:00");
        let op = "mail".to_owned();
        log.say("14:05", EventKind::SendStarted { op: op.clone(), message: message(Channel::Email, DutyKind::First) });
        let accepted = SendOutcome::Accepted { receipt: Receipt::default() };
        log.say("14:06", EventKind::SendAnswered { op: op.clone(), outcome: accepted });
        log.say("14:07", EventKind::EmailFinished { op, failed, unknown });
        let said = timeline(&log.sop, &log.run, at("14:08")).pop().unwrap().text;
        assert_eq!(said, expected);
        let row = &log.state("14:08").ledger[0];
        assert_eq!((row.not_reached, row.unknown), (Some(failed), unknown));
        let row = LedgerRow { message: SentMessage { recipients: Some(520), ..row.message.clone() }, ..row.clone() };
        assert_eq!((ledger::state(&row), ledger::people(&row).unwrap().as_str()), ("Sent", people));
    }
}

#[test]
fn rule_13_an_email_that_was_begun_goes_on_only_as_a_new_one_might() {
    let (ada, grace) = (Actor::from("Ada"), Actor::from("Grace"));
    let (first, report) = (message(Channel::Email, DutyKind::First), message(Channel::Email, DutyKind::Report));
    let mut log = Log::declared(Severity::P0, "14:00");
    assert_eq!(log.state("14:01").lets_go_on(&first, ada), Ok(None));
    assert_eq!(log.state("14:01").lets_go_on(&first, Actor::from(" ")), Err(Refusal::NoName));
    // The type asks for an approver by now.
    log.change_type("14:10", "breach");
    assert_eq!(log.state("14:10").lets_go_on(&first, ada), Err(Refusal::NeedsApproval));
    log.approve("14:11", "Grace");
    assert_eq!(log.state("14:11").lets_go_on(&first, ada), Ok(None));
    assert_eq!(log.state("14:11").lets_go_on(&first, grace), Err(Refusal::ApproverIsSender));
    log.change_type("14:12", "outage");
    assert_eq!(log.state("14:12").lets_go_on(&first, grace), Ok(None));
    // What it says is no longer so: a person is asked.
    log.page("14:13").resolved("14:20");
    assert_eq!(log.state("14:20").lets_go_on(&first, ada), Ok(Some(Outdated::Over)));
    assert_eq!(log.state("14:20").lets_go_on(&report, ada), Ok(None));
    log.reopened("14:30");
    assert_eq!(log.state("14:30").lets_go_on(&first, ada), Ok(None));
    assert_eq!(log.state("14:30").lets_go_on(&report, ada), Ok(Some(Outdated::GoesOn)));
}

#[test]
fn rule_15_corrected_times_decide_what_has_happened() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.offset_ms = Some(-120_000);
    "b".clone_into(&mut log.device);
    // A device two minutes slow says 14:03: it is 14:05.
    log.page_without_promise("14:03");
    check(&log, &["14:04:59", "14:05:00"], &[("page first", &["D", "✓"])]);
    check_at(&log, "14:05", &[("page update", "W(14:20)")]);
}

#[test]
fn a_send_counts_from_when_it_left_and_only_once_it_is_accepted() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let promise = Some(promise::promised(at("14:14"), TimeDelta::minutes(15)));
    let message = post(IncidentStatus::Investigating, Severity::P0, promise);
    let op = || "op".to_owned();
    let receipt = Receipt { vendor_id: Some("v1".to_owned()), link: None };
    log.say("14:14", EventKind::SendStarted { op: op(), message: message.clone() });
    let unknown = SendOutcome::Unknown { reason: "no answer".to_owned() };
    log.say("14:14:30", EventKind::SendAnswered { op: op(), outcome: unknown.clone() });
    // Raised, resolved or not meanwhile: the post was out before.
    log.severity("14:20", Severity::P1);
    log.say(
        "14:40",
        EventKind::SendAnswered { op: op(), outcome: SendOutcome::Accepted { receipt: receipt.clone() } },
    );
    let late = SendOutcome::Failed { reason: "late news".to_owned() };
    log.say("14:41", EventKind::SendAnswered { op: op(), outcome: late });
    let state = |when: &str| log.state(when).ledger[0].state.clone();
    assert_eq!(state("14:14"), LedgerState::Queued);
    assert_eq!(state("14:30"), LedgerState::Unknown { reason: "no answer".to_owned() });
    assert_eq!(state("14:41"), LedgerState::Sent { at: at("14:40") });
    assert_eq!(log.state("14:41").ledger[0].receipt, receipt);
    check(
        &log,
        &["14:15:01", "14:39", "14:40"],
        &[
            ("page first", &["O(14:15)", "D(15:00)", "✓ late=0"]),
            ("page update", &["–", "–", "O(14:29)"]),
        ],
    );
    // Failed closes nothing, and the same operation is started once.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.say("14:05", EventKind::SendStarted { op: op(), message: message.clone() });
    let failed = SendOutcome::Failed { reason: "refused".to_owned() };
    log.say("14:06", EventKind::SendAnswered { op: op(), outcome: failed });
    log.say("14:07", EventKind::SendAnswered { op: op(), outcome: unknown });
    log.say("14:08", EventKind::SendStarted { op: op(), message });
    check_at(&log, "14:08", &[("page first", "D"), ("page update", "–")]);
    let failed = LedgerState::Failed { reason: "refused".to_owned() };
    assert_eq!(log.state("14:08").ledger.len(), 1);
    assert_eq!(log.state("14:08").ledger[0].state, failed);
    assert_eq!(log.state("14:08").first_public_at, None);
}

#[test]
fn events_that_make_no_sense_are_kept_and_ignored() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let before = (log.duties("14:30"), log.state("14:30"));
    let nothing = DutyKey { episode: 7, ..first(Channel::X) };
    log.skip("14:01", nothing, "why not")
        .answer("14:02", nothing)
        .answer("14:02", first(Channel::Email))
        .approve("14:03", "Grace")
        .impact_ended("14:04", "13:00")
        .severity("14:05", Severity::P0)
        .say("14:06", EventKind::EmailFinished { op: "none".to_owned(), failed: 0, unknown: None })
        .say("14:06", EventKind::DeclaredInError { reason: " ".to_owned() })
        .say("14:07", EventKind::RegulatorNotified { reference: None, notified_at: None })
        .say("14:08", EventKind::Note { text: "a note".to_owned() });
    assert_eq!((log.duties("14:30"), log.state("14:30")), before);
    assert_eq!(log.run.events().count(), 11, "kept");
}

#[test]
fn a_hostile_calendar_does_not_panic() {
    for extreme in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
        for (step, what) in [
            EventKind::TimeSet { time: TimeFact::ImpactStarted, value: extreme },
            EventKind::TimeSet { time: TimeFact::BecameAware, value: extreme },
            EventKind::PostedByHand {
                message: post(IncidentStatus::Identified, Severity::P0, Some(extreme)),
                posted_at: extreme,
                link: None,
            },
            EventKind::SeverityChanged { to: Severity::P1, reason: String::new() },
            EventKind::PostedByHand {
                message: post(IncidentStatus::Resolved, Severity::P0, None),
                posted_at: extreme,
                link: None,
            },
            EventKind::Reopened,
        ]
        .into_iter()
        .enumerate()
        {
            let id = EventId { millis: u64::MAX, counter: 0, device: format!("x{step}") };
            let offset_ms = [None, Some(i64::MIN), Some(i64::MAX)][step % 3];
            let event = Event { id, at: extreme, offset_ms, vouched: false, who: String::new(), what };
            log.run.insert(event);
        }
        for now in [DateTime::<Utc>::MIN_UTC, at("14:00"), DateTime::<Utc>::MAX_UTC] {
            let _ = allclear::sop::run::duties(&log.sop, &log.run, now);
            let _ = allclear::sop::run::state(&log.sop, &log.run, now);
            let _ = allclear::sop::score::score(&log.sop, &log.run, now);
            let _ = allclear::sop::report::postmortem_draft(&log.sop, &log.run, now);
        }
    }
}

#[test]
fn a_proof_of_delivery_outweighs_what_was_said_before() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let op = || "op".to_owned();
    log.say("14:05", EventKind::SendStarted { op: op(), message: post(IncidentStatus::Identified, Severity::P0, None) });
    log.say("14:06", EventKind::SendAnswered { op: op(), outcome: SendOutcome::Failed { reason: "refused".to_owned() } });
    let accepted = SendOutcome::Accepted { receipt: Receipt::default() };
    log.say("14:07", EventKind::SendAnswered { op: op(), outcome: accepted });
    check_at(&log, "14:07", &[("page first", "✓ late=0")]);
    assert_eq!(log.state("14:07").ledger[0].state, LedgerState::Sent { at: at("14:07") });
}

#[test]
fn times_that_contradict_each_other_are_ignored_and_no_duration_is_negative() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.impact_ended("14:10", "14:05");
    log.say("14:11", EventKind::TimeSet { time: TimeFact::ImpactStarted, value: at("14:06") });
    assert_eq!(log.state("14:11").impact_started, at("14:00"));
    let mut log = Log::declared_since(Severity::P0, "16:00", "14:00");
    assert_eq!(log.state("14:30").duration, TimeDelta::zero());
    log.resolved("14:40").reopened("15:00").resolved("15:10").reopened("15:20");
    assert_eq!(log.state("15:30").duration, TimeDelta::minutes(20));
    assert_eq!(log.state("15:30").first_impact_started, at("16:00"), "of the first episode");
}

#[test]
fn a_postmortem_before_the_resolution_is_kept_and_ignored() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let held_on = at("14:00").date_naive();
    log.say("14:05", EventKind::PostmortemDone { text: "early".to_owned(), held_on, participants: Vec::new() });
    assert_eq!(log.state("14:05").postmortem, None);
}

#[test]
fn half_a_second_late_is_late() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let last = log.run.last_id().cloned();
    let now = at("14:15:00") + TimeDelta::milliseconds(500);
    let what = EventKind::PostedByHand { message: message(Channel::Team, DutyKind::First), posted_at: now, link: None };
    let id = EventId::next("a", now, last.as_ref());
    log.run.insert(Event { id, at: now, offset_ms: None, vouched: false, who: "Ada".to_owned(), what });
    check_at(&log, "14:16", &[("team first", "✓ late=1s")]);
}
