//! A person stops finding out, or the whole sending, while an answer is lost.

use allclear::delivery::mailing::{
    Act, Answer, ChunkState, Doing, Fate, Mailing, Pause, Plan, Step, Stopped, Summary, Tally, Which, acts,
};
use allclear::domain::after_loss::AfterLoss;

use super::{KEY, LOOKS, WIDE, accepted, after, message, people, plan, tally};

/// Its first batch of three is lost, and two wait.
fn lost() -> Mailing {
    let mut mailing = Mailing::new(plan(), people(5), WIDE);
    mailing.leaving(0, after(0));
    mailing.answered(0, Answer::Lost("no answer".to_owned()), after(10));
    mailing
}

/// Gives up what is to be given up, and says what follows.
fn given_up(mailing: &mut Mailing, rule: AfterLoss) -> Step {
    loop {
        match mailing.next(after(20), rule) {
            Step::GiveUp(number) => mailing.give_up(number),
            step => return step,
        }
    }
}

#[test]
fn a_person_may_stop_looking_at_any_time_and_decide_about_the_rest() {
    for rule in [LOOKS, KEY] {
        let mut mailing = lost();
        assert!(matches!(mailing.next(after(11), rule), Step::WaitUntil(_)), "nothing leaves meanwhile");
        mailing.stop_looking();
        assert_eq!(given_up(&mut mailing, rule), Step::Paused);
        assert_eq!((mailing.tally(), mailing.plan.pause.clone()), (tally(0, 0, 3, 2), Some(Pause::ByPerson)));
        mailing.resume();
        assert_eq!(mailing.next(after(21), rule), Step::Send(1));
        // What is lost from now on is found out again.
        mailing.leaving(1, after(21));
        mailing.answered(1, Answer::Lost("no answer".to_owned()), after(22));
        assert!(matches!(mailing.next(after(22), rule), Step::WaitUntil(_)));
        mailing.stop_looking();
        assert_eq!(given_up(&mut mailing, rule), Step::Offer(tally(0, 0, 5, 0)));
        mailing.once_more(Which::Unknown, WIDE);
        assert_eq!(mailing.next(after(23), rule), Step::Send(2));
    }
}

#[test]
fn what_was_found_before_a_person_stopped_looking_counts() {
    let mut mailing = lost();
    mailing.looked(0, Ok(vec![(1, "found".to_owned())]), after(40));
    mailing.stop_looking();
    assert_eq!(given_up(&mut mailing, LOOKS), Step::Paused);
    assert_eq!(mailing.tally(), tally(1, 0, 2, 2));
}

#[test]
fn a_person_may_end_it_while_an_answer_is_lost() {
    for rule in [LOOKS, KEY, AfterLoss::Offer] {
        let mut mailing = lost();
        mailing.pause();
        mailing.end();
        assert_eq!(given_up(&mut mailing, rule), Step::Finished(tally(0, 2, 3, 0)));
        let ended = "the sending was ended before its turn came".to_owned();
        assert_eq!(mailing.chunk(1).unwrap().state, ChunkState::Done(vec![Fate::Refused(ended); 2]));
    }
}

#[test]
fn what_a_person_has_stopped_stays_so_when_the_console_is_closed_over_it() {
    for stopped in [None, Some(Stopped::Looking), Some(Stopped::All)] {
        let kept = Plan { stopped, ..plan() }.kept();
        assert_eq!(Plan::restored(&kept, message().record()).unwrap().stopped, stopped);
        // As earlier versions kept it.
        let before = kept.replace(",\"stopped\":null", "").replace("\"stopped\":null,", "");
        assert_eq!(before.contains("stopped"), stopped.is_some());
        assert_eq!(Plan::restored(&before, message().record()).unwrap().stopped, stopped);
    }
    let mut mailing = lost();
    mailing.end();
    mailing.recover(after(600));
    assert_eq!(given_up(&mut mailing, KEY), Step::Finished(tally(0, 2, 3, 0)));
}

#[test]
fn a_service_that_refuses_to_say_what_it_has_was_asked_all_the_same() {
    let mut mailing = lost();
    mailing.looked(0, Err(Answer::Refused("this key may not read".to_owned())), after(40));
    // It answers: the rest may go on.
    assert_eq!(mailing.next(after(41), LOOKS), Step::Send(1));
    mailing.leaving(1, after(41));
    mailing.answered(1, accepted(2), after(42));
    mailing.looked(0, Err(Answer::Refused("this key may not read".to_owned())), after(130));
    assert_eq!(mailing.next(after(161), LOOKS), Step::GiveUp(0));
    mailing.give_up(0);
    assert_eq!(mailing.next(after(162), LOOKS), Step::Offer(Tally { accepted: 2, unknown: 3, ..tally(0, 0, 5, 0) }));
}

#[test]
fn there_is_a_way_to_end_it_for_as_long_as_something_is_being_found_out() {
    let mut mailing = lost();
    let on_offer = |mailing: &Mailing, doing| acts(&Summary::of(mailing), doing);
    assert_eq!(on_offer(&mailing, mailing.waits_for()), [Act::Pause, Act::StopLooking, Act::End]);
    mailing.pause();
    assert_eq!(on_offer(&mailing, mailing.waits_for()), [Act::StopLooking, Act::End]);
    assert_eq!(on_offer(&mailing, Doing::Resting), [Act::Resume, Act::End]);
    assert_eq!(on_offer(&mailing, Doing::Elsewhere), [], "the tab that has it in hand");
    mailing.end();
    given_up(&mut mailing, LOOKS);
    assert_eq!(on_offer(&mailing, Doing::Resting), [Act::Retry, Act::Download, Act::Forget]);
}
