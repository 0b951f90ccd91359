//! What is refused, and why (rules 6, 7, 8 and bad input).

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{EventKind, TimeFact};
use allclear::sop::run::{Refusal, Run, RunId, corrections, handle, permitted, state};
use allclear::sop::severity::Severity;

use super::{Desk, declaration, skip, stamp};
use crate::sop::support::at;
use crate::sop::support::log::{Log, key, message, post};
use crate::sop::support::playbook::playbook;

#[test]
fn rule_8_skips() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let first = |channel| key(1, DutyKind::First, channel);
    let update = key(1, DutyKind::Update, Channel::Page);
    assert_eq!(
        desk.refused("14:01", &skip(first(Channel::X), "  ")),
        Some(Refusal::NoReason)
    );
    assert_eq!(
        desk.refused("14:01", &skip(update, "why")),
        Some(Refusal::NoSuchDuty)
    );
    desk.sent("14:05", Channel::Page, DutyKind::First);
    assert_eq!(
        desk.refused("14:06", &skip(update, "nothing new")),
        Some(Refusal::Promised)
    );
    let closed = Some(Refusal::DutyClosed);
    assert_eq!(
        desk.refused("14:06", &skip(first(Channel::Page), "why")),
        closed
    );
    desk.sent("14:07", Channel::Email, DutyKind::First);
    let met = Some(Refusal::FirstMailsOut);
    assert_eq!(
        desk.refused("14:08", &skip(first(Channel::Email), "why")),
        met
    );
    let answer = |duty| EventKind::AnsweredPost { duty };
    let required = Some(Refusal::RequiredAnyway);
    assert_eq!(desk.refused("14:08", &answer(first(Channel::X))), required);
    assert_eq!(desk.refused("14:08", &answer(first(Channel::Page))), closed);
    desk.say("14:09", skip(first(Channel::X), "no account"))
        .unwrap();
    assert_eq!(desk.refused("14:10", &answer(first(Channel::X))), None);
    desk.sent("14:11", Channel::Page, DutyKind::Resolved);
    assert_eq!(
        desk.refused("14:12", &answer(first(Channel::X))),
        Some(Refusal::DutyReplaced)
    );
}

#[test]
fn rule_8_a_skipped_update_stays_skipped() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let by_hand = EventKind::PostedByHand {
        message: post(IncidentStatus::Identified, Severity::P0, None),
        posted_at: at("14:05"),
        link: None,
    };
    desk.say("14:05", by_hand).unwrap();
    let update = key(1, DutyKind::Update, Channel::Page);
    desk.say("14:10", skip(update, "nothing new")).unwrap();
    let answer = EventKind::AnsweredPost { duty: update };
    assert_eq!(desk.refused("14:11", &answer), Some(Refusal::SkippedUpdate));
}

#[test]
fn rule_6_resolve_and_rule_7_reopen() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let button = EventKind::ResolvedWithoutPage;
    assert_eq!(desk.refused("14:01", &button), Some(Refusal::PageNeverTold));
    assert_eq!(
        desk.refused("14:01", &EventKind::Reopened),
        Some(Refusal::NothingToReopen)
    );
    desk.sent("14:05", Channel::Page, DutyKind::First);
    assert_eq!(desk.refused("14:06", &button), Some(Refusal::PageStillOpen));
    let early = message(Channel::Email, DutyKind::Resolved);
    let early = EventKind::SendStarted {
        op: "e".to_owned(),
        message: early,
    };
    assert_eq!(desk.refused("14:06", &early), Some(Refusal::NotResolvedYet));
    desk.sent("14:10", Channel::Page, DutyKind::Resolved);
    assert_eq!(desk.refused("14:11", &early), None);
    assert_eq!(
        desk.refused("14:11", &button),
        Some(Refusal::AlreadyResolved)
    );
    let raise = EventKind::SeverityChanged {
        to: Severity::P1,
        reason: String::new(),
    };
    assert_eq!(desk.refused("14:11", &raise), Some(Refusal::SeverityStands));
    let over = Some(Refusal::Over);
    let post = |status| EventKind::SendStarted {
        op: "p".to_owned(),
        message: post(status, Severity::P0, None),
    };
    assert_eq!(
        desk.refused("14:11", &post(IncidentStatus::Monitoring)),
        over
    );
    let again = Some(Refusal::PageSaysResolved);
    assert_eq!(
        desk.refused("14:11", &post(IncidentStatus::Resolved)),
        again
    );
    let opening = message(Channel::Email, DutyKind::First);
    let opening = EventKind::SendStarted {
        op: "f".to_owned(),
        message: opening,
    };
    assert_eq!(desk.refused("14:11", &opening), over);
    let team = EventKind::SendStarted {
        op: "t".to_owned(),
        message: message(Channel::Team, DutyKind::First),
    };
    assert_eq!(
        desk.refused("14:11", &team),
        None,
        "the team may always be told"
    );
    let error = |reason: &str| EventKind::DeclaredInError {
        reason: reason.to_owned(),
    };
    assert_eq!(
        desk.refused("14:11", &error("why")),
        Some(Refusal::AlreadyOver)
    );
    desk.say("14:12", EventKind::Reopened).unwrap();
    assert_eq!(
        desk.refused("14:13", &post(IncidentStatus::Monitoring)),
        None
    );
    // The last page post is Resolved: what nobody was told of the second episode may end by the button.
    assert_eq!(desk.refused("14:13", &button), None);
    assert_eq!(desk.refused("14:13", &error(" ")), Some(Refusal::NoReason));
    desk.say("14:14", error("a false alarm")).unwrap();
    assert_eq!(
        desk.refused("14:15", &post(IncidentStatus::Monitoring)),
        over
    );
    assert_eq!(
        desk.refused("14:15", &post(IncidentStatus::Resolved)),
        None,
        "the retraction"
    );
    let kind = EventKind::TypeChanged {
        to: "breach".to_owned(),
    };
    assert_eq!(desk.refused("14:15", &kind), Some(Refusal::InError));
}

#[test]
fn bad_input_is_refused_by_name() {
    let mut desk = Desk {
        sop: playbook(),
        run: Run::new(RunId("run".to_owned())),
    };
    let note = EventKind::Note {
        text: "a note".to_owned(),
    };
    assert_eq!(desk.refused("14:00", &note), Some(Refusal::NotDeclared));
    let future = declaration("outage", Severity::P0, "14:00:01");
    assert_eq!(desk.refused("14:00", &future), Some(Refusal::InFuture));
    let odd = declaration("flood", Severity::P0, "13:00");
    assert_eq!(desk.refused("14:00", &odd), Some(Refusal::NoSuchType));
    let good = declaration("outage", Severity::P0, "14:00");
    let nameless = permitted(&desk.sop, &desk.run, &good, " ", at("14:00"));
    assert_eq!(nameless, Err(Refusal::NoName));
    desk.say("14:00", good.clone()).unwrap();
    assert_eq!(desk.refused("14:01", &good), Some(Refusal::AlreadyDeclared));
    let time = |time, value: &str| EventKind::TimeSet {
        time,
        value: at(value),
    };
    for fact in [
        TimeFact::ImpactStarted,
        TimeFact::ImpactEnded,
        TimeFact::BecameAware,
    ] {
        assert_eq!(
            desk.refused("14:01", &time(fact, "14:01:01")),
            Some(Refusal::InFuture)
        );
    }
    let end = time(TimeFact::ImpactEnded, "13:59");
    assert_eq!(desk.refused("14:01", &end), Some(Refusal::EndsBeforeStart));
    desk.say("14:10", time(TimeFact::ImpactEnded, "14:05"))
        .unwrap();
    let start = time(TimeFact::ImpactStarted, "14:06");
    assert_eq!(desk.refused("14:10", &start), Some(Refusal::StartsAfterEnd));
    two_times_are_judged_together(&desk);
    let by_hand = |message, when: &str| EventKind::PostedByHand {
        message,
        posted_at: at(when),
        link: None,
    };
    let x = message(Channel::X, DutyKind::First);
    assert_eq!(
        desk.refused("14:10", &by_hand(x, "14:11")),
        Some(Refusal::InFuture)
    );
    let page = message(Channel::Page, DutyKind::First);
    let unsaid = Some(Refusal::NoStatus);
    assert_eq!(desk.refused("14:10", &by_hand(page, "14:10")), unsaid);
    let same = EventKind::SeverityChanged {
        to: Severity::P0,
        reason: String::new(),
    };
    assert_eq!(desk.refused("14:10", &same), Some(Refusal::SameSeverity));
    let same = EventKind::TypeChanged {
        to: "outage".to_owned(),
    };
    assert_eq!(desk.refused("14:10", &same), Some(Refusal::SameType));
    let regulator = |notified_at| EventKind::RegulatorNotified {
        reference: None,
        notified_at,
    };
    let nothing = Some(Refusal::NoRegulatorOwed);
    assert_eq!(desk.refused("14:10", &regulator(None)), nothing);
    let tomorrow = regulator(Some(at("03-10 14:00")));
    assert_eq!(desk.refused("14:10", &tomorrow), Some(Refusal::InFuture));
    let empty = EventKind::Note {
        text: " ".to_owned(),
    };
    assert_eq!(desk.refused("14:10", &empty), Some(Refusal::EmptyNote));
}

#[test]
fn the_same_message_does_not_leave_while_it_is_under_way() {
    let mut desk = Desk::declared("outage", Severity::P0);
    let again = |desk: &Desk, channel, kind, when: &str| {
        let what = EventKind::SendStarted {
            op: "again".to_owned(),
            message: desk.message(channel, kind, when).record().clone(),
        };
        desk.refused(when, &what)
    };
    let under_way = Some(Refusal::SameUnderWay);
    let (page, email) = (Channel::Page, Channel::Email);
    desk.send("Ada", "14:01", "14:01", page, DutyKind::First)
        .unwrap();
    assert_eq!(again(&desk, page, DutyKind::First, "14:02"), under_way);
    assert_eq!(again(&desk, page, DutyKind::Update, "14:02"), None);
    assert_eq!(again(&desk, email, DutyKind::First, "14:02"), None);
    desk.sent("14:03", email, DutyKind::First);
    assert_eq!(again(&desk, email, DutyKind::First, "14:04"), under_way);
    // A sender that died is not waited for without an end.
    assert_eq!(again(&desk, email, DutyKind::First, "15:03"), under_way);
    assert_eq!(again(&desk, email, DutyKind::First, "15:04"), None);
    let op = desk.run.events().find_map(|event| match &event.what {
        EventKind::SendStarted { op, message } if message.channel == email => Some(op.clone()),
        _ => None,
    });
    let over = EventKind::EmailFinished {
        op: op.unwrap(),
        failed: 0,
        unknown: None,
    };
    desk.say("14:05", over).unwrap();
    assert_eq!(again(&desk, email, DutyKind::First, "14:06"), None);
}

/// The impact lasted from 14:00 to 14:05, and somebody corrects both ends at 14:30.
fn two_times_are_judged_together(desk: &Desk) {
    let wish = |start: &str, end: &str| {
        let wished = [
            (TimeFact::ImpactStarted, at(start)),
            (TimeFact::ImpactEnded, at(end)),
        ];
        corrections(&desk.sop, &desk.run, "d", &wished, at("14:30"))
    };
    for (start, end) in [
        ("14:10", "14:20"),
        ("13:00", "13:20"),
        ("13:00", "14:20"),
        ("14:20", "14:20"),
    ] {
        let mut run = desk.run.clone();
        for what in wish(start, end).unwrap() {
            handle(&desk.sop, &mut run, what, None, &stamp("Ada", "14:30")).unwrap();
        }
        let state = state(&desk.sop, &run, at("14:31")).unwrap();
        assert_eq!(
            (state.impact_started, state.ended_at),
            (at(start), Some(at(end)))
        );
    }
    assert_eq!(wish("13:00", "12:50"), Err(Refusal::EndsBeforeStart));
    assert_eq!(wish("14:20", "14:10"), Err(Refusal::StartsAfterEnd));
    assert_eq!(wish("14:10", "14:31"), Err(Refusal::InFuture));
}

#[test]
fn a_later_period_of_the_impact_does_not_reach_into_an_earlier_one() {
    let mut log = Log::declared_since(Severity::P0, "13:52", "14:00");
    log.page("14:05").resolved("15:40").reopened("16:10");
    let start = |value: &str| EventKind::TimeSet {
        time: TimeFact::ImpactStarted,
        value: at(value),
    };
    let asked = |value: &str| permitted(&log.sop, &log.run, &start(value), "Ada", at("16:15"));
    assert_eq!(asked("15:39"), Err(Refusal::StartsInEarlierPeriod));
    assert_eq!(asked("13:45"), Err(Refusal::StartsInEarlierPeriod));
    assert_eq!(asked("15:40"), Ok(()));
    // One that another console wrote down all the same is kept and ignored.
    let before = log.state("16:20").duration;
    log.say("16:15", start("13:45"));
    assert_eq!(log.state("16:20").duration, before);
    log.say("16:16", start("15:40"));
    let whole = log.state("16:20");
    assert_eq!(whole.duration, at("16:20") - whole.first_impact_started);
}

#[test]
fn a_start_is_not_after_the_end_that_an_ordinary_resolution_told() {
    let start = |value: &str| EventKind::TimeSet {
        time: TimeFact::ImpactStarted,
        value: at(value),
    };
    for by_button in [false, true] {
        let mut log = Log::declared_since(Severity::P3, "13:52", "14:00");
        if by_button {
            log.button("14:40");
        } else {
            log.page("14:05").resolved("14:40");
        }
        let asked = |value: &str| permitted(&log.sop, &log.run, &start(value), "Ada", at("15:00"));
        assert_eq!(asked("14:41"), Err(Refusal::StartsAfterEnd));
        assert_eq!(asked("14:40"), Ok(()));
        // Both ends are moved: the end goes first.
        let wished = [
            (TimeFact::ImpactStarted, at("14:45")),
            (TimeFact::ImpactEnded, at("14:50")),
        ];
        let said = corrections(&log.sop, &log.run, "a", &wished, at("15:00")).unwrap();
        assert!(matches!(
            said.first(),
            Some(EventKind::TimeSet {
                time: TimeFact::ImpactEnded,
                ..
            })
        ));
        // One that was written down all the same is kept and ignored.
        log.say("15:01", start("14:41"));
        assert_eq!(log.state("15:02").impact_started, at("13:52"));
    }
}
