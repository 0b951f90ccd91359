//! Sending one email to many, with everything that can go wrong in between.

mod faults;
mod stopped;

use allclear::domain::after_loss::AfterLoss;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::delivery::mailing::{
    Answer, ChunkState, Fate, Mailing, Pause, Person, Plan, Room, Step, Tally, Unreadable, Which, csv, missed,
};
use allclear::sop::message::{Letter, Sendable};
use allclear::sop::run::RunId;
use allclear::sop::severity::Severity;
use chrono::{DateTime, TimeDelta, Utc};

use crate::sop::decisions::Desk;
use crate::sop::support::at;

const LOOKS: AfterLoss = AfterLoss::ReadBack {
    after_seconds: &[30, 120],
};
const KEY: AfterLoss = AfterLoss::SendAgain;
const WIDE: Room = Room {
    mails: 3,
    bytes: 1_000_000,
};

fn message() -> Sendable {
    Desk::declared("outage", Severity::P0).message(Channel::Email, DutyKind::First, "14:09")
}

fn plan() -> Plan {
    Plan {
        op: "op-1".to_owned(),
        run: RunId("run".to_owned()),
        service: "Postmark".to_owned(),
        begun_at: at("14:09"),
        from: "AIAS <status@example.com>".to_owned(),
        reply_to: "support@example.com".to_owned(),
        letter: message().letter().unwrap().clone(),
        hash: Some("abc".to_owned()),
        pause: None,
        not_before: None,
        unknown_left: false,
        stopped: None,
    }
}

fn people(count: usize) -> Vec<Person> {
    (0..count)
        .map(|number| Person {
            address: format!("p{number}@example.com"),
            name: (number % 2 == 0).then(|| format!("P \"{number}\"")),
        })
        .collect()
}

fn accepted(count: usize) -> Answer {
    Answer::Results((0..count).map(|n| Ok(format!("id-{n}"))).collect())
}

fn after(seconds: i64) -> DateTime<Utc> {
    at("14:09") + TimeDelta::seconds(seconds)
}

fn tally(accepted: usize, failed: usize, unknown: usize, open: usize) -> Tally {
    let all = accepted + failed + unknown + open;
    Tally { all, accepted, failed, unknown, open, doubtful: 0 }
}

#[test]
fn a_sending_without_trouble_goes_through_its_batches_once() {
    let mut mailing = Mailing::new(plan(), people(7), WIDE);
    for number in 0..3 {
        assert_eq!(mailing.next(after(0), LOOKS), Step::Send(number));
        mailing.leaving(number, after(0));
        let size = mailing.chunk(number).unwrap().people.len();
        mailing.answered(number, accepted(size), after(1));
    }
    assert_eq!(mailing.next(after(2), LOOKS), Step::Finished(tally(7, 0, 0, 0)));
}

#[test]
fn batches_keep_both_limits_of_the_service() {
    let sizes = |room: Room| -> Vec<usize> {
        let mailing = Mailing::new(plan(), people(10), room);
        mailing.chunks.iter().map(|chunk| chunk.people.len()).collect()
    };
    assert_eq!(sizes(WIDE), [3, 3, 3, 1]);
    let one = plan().letter.for_name(Some("P \"0\""));
    let mail = one.text.len() + one.html.len() + one.subject.len();
    let tight = Room { mails: 500, bytes: mail * 4 };
    assert!(sizes(tight).iter().all(|count| (1..=3).contains(count)), "{:?}", sizes(tight));
    assert_eq!(sizes(Room { mails: 500, bytes: 10 }), [1; 10], "the service itself refuses what is too large");
    assert_eq!(Mailing::new(plan(), Vec::new(), WIDE).chunks, []);
}

#[test]
fn a_lost_answer_is_read_back_twice_and_then_only_offered() {
    let mut mailing = Mailing::new(plan(), people(5), WIDE);
    mailing.leaving(0, after(0));
    mailing.answered(0, Answer::Lost("no answer".to_owned()), after(10));
    // Nothing else is sent before the service has answered once.
    assert_eq!(mailing.next(after(11), LOOKS), Step::WaitUntil(after(40)));
    assert_eq!(mailing.next(after(40), LOOKS), Step::ReadBack(0));
    mailing.looked(0, Err(Answer::NotSent("offline".to_owned())), after(40));
    assert_eq!(mailing.next(after(41), LOOKS), Step::WaitUntil(after(70)));
    mailing.looked(0, Ok(vec![(1, "found".to_owned()), (9, "nobody".to_owned())]), after(70));
    // It answers: the rest may go on meanwhile.
    assert_eq!(mailing.next(after(71), LOOKS), Step::Send(1));
    mailing.leaving(1, after(71));
    mailing.answered(1, accepted(2), after(72));
    assert_eq!(mailing.next(after(73), LOOKS), Step::WaitUntil(after(130)));
    assert_eq!(mailing.next(after(130), LOOKS), Step::ReadBack(0));
    mailing.looked(0, Ok(vec![(1, "found".to_owned())]), after(130));
    assert_eq!(mailing.next(after(131), LOOKS), Step::GiveUp(0));
    mailing.give_up(0);
    assert_eq!(mailing.next(after(132), LOOKS), Step::Offer(tally(3, 0, 2, 0)));
    assert!(csv(&mailing).contains("p0@example.com,\"P \"\"0\"\"\",unknown,it may already have been delivered"));
    assert_eq!(mailing.once_more(Which::Unknown, WIDE), [0, 2], "a number of its own");
    assert_eq!(mailing.next(after(133), LOOKS), Step::Send(2));
    mailing.leaving(2, after(133));
    mailing.answered(2, accepted(2), after(134));
    assert_eq!(mailing.next(after(135), LOOKS), Step::Finished(tally(5, 0, 0, 0)));
}

#[test]
fn everything_found_at_the_first_look_settles_it() {
    let mut mailing = Mailing::new(plan(), people(2), WIDE);
    mailing.leaving(0, after(0));
    mailing.answered(0, Answer::Lost("no answer".to_owned()), after(0));
    mailing.looked(0, Ok(vec![(0, "a".to_owned()), (1, "b".to_owned())]), after(30));
    assert_eq!(mailing.next(after(31), LOOKS), Step::Finished(tally(2, 0, 0, 0)));
}

#[test]
fn a_key_is_used_again_for_some_minutes() {
    let mut mailing = Mailing::new(plan(), people(2), WIDE);
    mailing.leaving(0, after(0));
    mailing.answered(0, Answer::Lost("no answer".to_owned()), after(10));
    assert_eq!(mailing.next(after(11), KEY), Step::WaitUntil(after(15)));
    assert_eq!(mailing.next(after(15), KEY), Step::Send(0));
    mailing.leaving(0, after(15));
    mailing.answered(0, Answer::Lost("no answer".to_owned()), after(25));
    assert_eq!(mailing.next(after(25), KEY), Step::Send(0));
    // A refusal now says nothing about the first time.
    let mut refused = mailing.clone();
    refused.leaving(0, after(25));
    refused.answered(0, Answer::Refused("another body".to_owned()), after(26));
    assert_eq!(refused.next(after(27), KEY), Step::Offer(tally(0, 0, 2, 0)));
    // It may never have arrived, and is old by then: never again by itself.
    assert_eq!(mailing.next(after(309), KEY), Step::Send(0));
    assert_eq!(mailing.next(after(310), KEY), Step::GiveUp(0));
    // Nor where somebody has said so, or has to be asked.
    for pause in [Pause::ByPerson, Pause::Changed] {
        let mut paused = mailing.clone();
        paused.plan.pause = Some(pause);
        assert_eq!(paused.next(after(26), KEY), Step::GiveUp(0));
    }
    mailing.leaving(0, after(30));
    mailing.answered(0, accepted(2), after(31));
    assert_eq!(mailing.next(after(32), KEY), Step::Finished(tally(2, 0, 0, 0)));
}

#[test]
fn a_clock_that_is_set_back_lets_nothing_wait_for_the_old_one() {
    let (ahead, right) = (after(7200), after(20));
    let mut mailing = Mailing::new(plan(), people(5), WIDE);
    mailing.leaving(0, ahead);
    mailing.answered(0, Answer::Busy { after_seconds: Some(10) }, ahead);
    mailing.heed_clock(right, LOOKS);
    assert_eq!(mailing.next(right, LOOKS), Step::Send(0));
    mailing.leaving(0, ahead);
    mailing.answered(0, Answer::Lost("no answer".to_owned()), ahead);
    let by_key = mailing.clone();
    mailing.heed_clock(right, LOOKS);
    assert_eq!(mailing.next(right, LOOKS), Step::WaitUntil(right + TimeDelta::seconds(30)));
    // Nobody knows how long the service has had its key.
    let mut by_key = by_key;
    by_key.heed_clock(right, KEY);
    assert_eq!(by_key.next(right, KEY), Step::GiveUp(0));
}

#[test]
fn a_service_that_cannot_be_read_back_stops_and_asks() {
    let mut mailing = Mailing::new(plan(), people(5), WIDE);
    mailing.leaving(0, after(0));
    mailing.answered(0, Answer::Lost("no answer".to_owned()), after(10));
    assert_eq!(mailing.next(after(10), AfterLoss::Offer), Step::GiveUp(0));
    mailing.give_up(0);
    assert_eq!(mailing.plan.pause, Some(Pause::Lost("no answer".to_owned())));
    assert_eq!(mailing.next(after(11), AfterLoss::Offer), Step::Paused);
    mailing.resume();
    assert_eq!(mailing.next(after(11), AfterLoss::Offer), Step::Send(1));
    mailing.leaving(1, after(11));
    mailing.answered(1, accepted(2), after(12));
    assert_eq!(mailing.next(after(13), AfterLoss::Offer), Step::Offer(tally(2, 0, 3, 0)));
    mailing.leave_unknown();
    assert_eq!(mailing.next(after(13), AfterLoss::Offer), Step::Finished(tally(2, 0, 3, 0)));
}

#[test]
fn what_stops_a_sending_and_how_it_goes_on() {
    let begin = || {
        let mut mailing = Mailing::new(plan(), people(5), WIDE);
        mailing.leaving(0, after(0));
        mailing
    };
    let mut busy = begin();
    busy.answered(0, Answer::Busy { after_seconds: Some(40) }, after(1));
    assert_eq!(busy.next(after(2), LOOKS), Step::WaitUntil(after(41)));
    assert_eq!(busy.next(after(41), LOOKS), Step::Send(0));

    for answer in [Answer::LoginNeeded, Answer::NotSent("offline".to_owned())] {
        let mut stopped = begin();
        stopped.answered(0, answer, after(1));
        assert_eq!(stopped.next(after(9999), LOOKS), Step::Paused);
        assert_eq!(stopped.tally(), tally(0, 0, 0, 5));
        stopped.resume();
        assert_eq!(stopped.next(after(9999), LOOKS), Step::Send(0));
    }

    let mut refused = begin();
    refused.answered(0, Answer::Refused("the sender is not known".to_owned()), after(1));
    assert_eq!(refused.next(after(2), LOOKS), Step::Paused);
    assert_eq!(refused.tally(), tally(0, 3, 0, 2));
    refused.resume();
    refused.leaving(1, after(3));
    refused.answered(1, accepted(2), after(4));
    assert_eq!(refused.next(after(5), LOOKS), Step::Finished(tally(2, 3, 0, 0)));
    assert_eq!(refused.once_more(Which::Failed, WIDE), [0, 2]);
    assert!(refused.once_more(Which::Failed, WIDE).is_empty());
    assert_eq!(refused.tally(), tally(2, 0, 0, 3));
    assert_eq!(refused.chunk(0).unwrap().state, ChunkState::Done(vec![Fate::Moved; 3]));

    let mut ended = begin();
    ended.answered(0, accepted(3), after(1));
    ended.pause();
    ended.end();
    assert_eq!(ended.next(after(2), LOOKS), Step::GiveUp(1));
    ended.give_up(1);
    assert_eq!(ended.next(after(2), LOOKS), Step::Finished(tally(3, 2, 0, 0)));

    let mut garbled = begin();
    garbled.answered(0, accepted(2), after(1));
    assert!(matches!(garbled.chunk(0).unwrap().state, ChunkState::Unknown(_)), "two results for three mails");
}

#[test]
fn a_console_that_was_closed_finds_out_first_and_leaves_the_rest_to_a_person() {
    let mut mailing = Mailing::new(plan(), people(5), WIDE);
    mailing.leaving(0, after(0));
    mailing.recover(after(600));
    assert_eq!(mailing.plan.pause, Some(Pause::Interrupted));
    assert_eq!(mailing.next(after(606), LOOKS), Step::ReadBack(0));
    mailing.looked(0, Ok(Vec::new()), after(606));
    assert_eq!(mailing.next(after(607), LOOKS), Step::ReadBack(0));
    mailing.looked(0, Ok(Vec::new()), after(607));
    mailing.give_up(0);
    assert_eq!(mailing.next(after(608), LOOKS), Step::Paused);
    assert_eq!(mailing.tally(), tally(0, 0, 3, 2));
}

#[test]
fn offline_in_the_middle_the_rest_is_left_to_a_person() {
    let mut mailing = Mailing::new(plan(), people(7), WIDE);
    mailing.offline();
    assert_eq!(mailing.plan.pause, None, "nothing was lost to it");
    mailing.leaving(0, after(0));
    assert_eq!((mailing.tally().doubtful, mailing.tally().not_sent()), (3, 4));
    mailing.answered(0, accepted(3), after(1));
    mailing.leaving(1, after(1));
    mailing.answered(1, Answer::Lost("no answer".to_owned()), after(2));
    mailing.offline();
    assert_eq!(mailing.tally(), Tally { doubtful: 3, ..tally(3, 0, 0, 4) });
    assert_eq!(mailing.tally().not_sent(), 1);
    mailing.looked(1, Err(Answer::NotSent("offline".to_owned())), after(32));
    // The network is back.
    assert_eq!(mailing.next(after(62), LOOKS), Step::ReadBack(1));
    mailing.looked(1, Ok((0..3).map(|item| (item, "found".to_owned())).collect()), after(62));
    assert_eq!(mailing.next(after(63), LOOKS), Step::Paused);
    mailing.resume();
    assert_eq!(mailing.next(after(64), LOOKS), Step::Send(2));
    // The last batch: there is nothing to pause.
    mailing.leaving(2, after(64));
    mailing.answered(2, Answer::Lost("no answer".to_owned()), after(65));
    mailing.offline();
    assert_eq!(mailing.plan.pause, None);
}

#[test]
fn a_stored_email_is_taken_back_only_beside_the_log() {
    let message = message();
    let plan = plan();
    assert_eq!(Plan::restored(&plan.kept(), message.record()).unwrap(), plan);
    assert_eq!(Plan::whose(&plan.kept()).unwrap().0, "op-1");
    let forged = plan.kept().replace("the symptom", "another symptom");
    assert_ne!(forged, plan.kept());
    assert_eq!(Plan::restored(&forged, message.record()), Err(Unreadable::OtherEmail));
    assert_eq!(Plan::restored("{", message.record()), Err(Unreadable::Broken));
    assert_eq!(Letter::restored(&plan.letter.kept(), message.record()).unwrap(), plan.letter);
    for pause in [Pause::ByPerson, Pause::Interrupted, Pause::LoginNeeded, Pause::NotSent("a".into()), Pause::Refused("b".into()), Pause::Lost("c".into()), Pause::Changed] {
        let paused = Plan { pause: Some(pause), not_before: Some(after(1)), ..plan.clone() };
        assert_eq!(Plan::restored(&paused.kept(), message.record()).unwrap(), paused);
    }
}

fn forget_reached(mailing: &mut Mailing) {
    for chunk in &mut mailing.chunks {
        chunk.forget_reached();
    }
}

#[test]
fn who_was_reached_can_be_forgotten_and_the_failed_are_still_retried() {
    let mut mailing = Mailing::new(plan(), people(5), WIDE);
    mailing.leaving(0, after(0));
    let failed = Answer::Results(vec![Ok("a".to_owned()), Err("inactive".to_owned()), Ok("b".to_owned())]);
    mailing.answered(0, failed, after(1));
    // What has not left keeps everybody.
    forget_reached(&mut mailing);
    let kept = |mailing: &Mailing| -> Vec<String> {
        let people = mailing.chunks.iter().flat_map(|chunk| &chunk.people);
        people.map(|person| person.address.clone()).filter(|address| !address.is_empty()).collect()
    };
    assert_eq!(kept(&mailing), ["p1@example.com", "p3@example.com", "p4@example.com"]);
    mailing.leaving(1, after(2));
    mailing.answered(1, accepted(2), after(3));
    let before = (mailing.tally(), csv(&mailing));
    forget_reached(&mut mailing);
    assert_eq!(kept(&mailing), ["p1@example.com"]);
    assert!(mailing.chunks.iter().flat_map(|chunk| &chunk.people).all(|person| person.name.is_none()));
    assert_eq!((mailing.tally(), csv(&mailing)), before);
    // As it is put away and taken back, it goes on to the one who is left, and to nobody else.
    let stored = mailing.chunks.iter().map(|chunk| allclear::delivery::mailing::Chunk::restored(&chunk.kept()).unwrap());
    let mut mailing = Mailing { chunks: stored.collect(), ..mailing.clone() };
    mailing.once_more(Which::Failed, WIDE);
    let waiting: Vec<_> = mailing.chunks.iter().filter(|chunk| chunk.is_waiting()).flat_map(|chunk| &chunk.people).collect();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].address, "p1@example.com");
    mailing.leaving(2, after(9));
    mailing.answered(2, accepted(1), after(10));
    forget_reached(&mut mailing);
    assert!(kept(&mailing).is_empty());
    assert_eq!((mailing.tally().all, mailing.tally().accepted), (5, 5));
}

#[test]
fn the_refused_are_known_by_name_until_they_are_forgotten() {
    let mut mailing = Mailing::new(plan(), people(3), WIDE);
    mailing.leaving(0, after(0));
    let results = vec![Ok("id".to_owned()), Err("inactive".to_owned()), Err("=cmd".to_owned())];
    mailing.answered(0, Answer::Results(results), after(1));
    let who: Vec<(String, Option<String>)> = missed(&mailing).into_iter().map(|one| (one.address, one.refused)).collect();
    assert_eq!(who, [
        ("p1@example.com".to_owned(), Some("inactive".to_owned())),
        ("p2@example.com".to_owned(), Some("=cmd".to_owned())),
    ]);
    assert!(csv(&mailing).ends_with("p2@example.com,\"P \"\"2\"\"\",failed,'=cmd\r\n"), "{}", csv(&mailing));
    // Mailed once more, they are no longer missed until the service has answered.
    mailing.once_more(Which::Failed, WIDE);
    assert_eq!(missed(&mailing), []);
    assert_eq!(mailing.chunk(1).unwrap().people.len(), 2);
}
