//! Any fault at any request, and a console that is closed at any time: counted at the service.

use std::collections::BTreeMap;

use allclear::domain::after_loss::AfterLoss;
use allclear::delivery::mailing::{
    Answer, Chunk, ChunkState, Fate, Mailing, Plan, Step, Which,
};
use chrono::TimeDelta;
use proptest::prelude::*;

use super::{KEY, LOOKS, WIDE, after, message, people, plan};

/// What a service does to one request.
#[derive(Debug, Clone, Copy)]
enum Fault {
    None,
    SomeRefused,
    WholeRefused,
    NotSent,
    Busy,
    Login,
    LostBefore,
    LostAfter,
    CrashBefore,
    CrashAfter,
}

/// A service that counts what it delivers.
struct Service {
    after_loss: AfterLoss,
    delivered: BTreeMap<String, u32>,
    answers: BTreeMap<u32, Vec<Result<String, String>>>,
}

impl Service {
    fn deliver(&mut self, chunk: &Chunk, some_refused: bool) -> Vec<Result<String, String>> {
        if let (AfterLoss::SendAgain, Some(known)) = (self.after_loss, self.answers.get(&chunk.number)) {
            return known.clone();
        }
        let results: Vec<_> = chunk
            .people
            .iter()
            .enumerate()
            .map(|(item, person)| {
                if some_refused && item % 2 == 0 {
                    return Err("inactive".to_owned());
                }
                *self.delivered.entry(person.address.clone()).or_default() += 1;
                Ok(format!("{}-{item}", chunk.number))
            })
            .collect();
        self.answers.insert(chunk.number, results.clone());
        results
    }

    fn found(&self, number: u32) -> Vec<(u32, String)> {
        let known = self.answers.get(&number).cloned().unwrap_or_default();
        (0..).zip(known).filter_map(|(item, result)| Some((item, result.ok()?))).collect()
    }
}

/// Puts everything away and takes it back.
fn reloaded(mailing: &Mailing) -> Mailing {
    Mailing {
        plan: Plan::restored(&mailing.plan.kept(), message().record()).unwrap(),
        chunks: mailing.chunks.iter().map(|chunk| Chunk::restored(&chunk.kept()).unwrap()).collect(),
    }
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        4 => Just(Fault::None),
        2 => Just(Fault::SomeRefused),
        1 => Just(Fault::WholeRefused),
        1 => Just(Fault::NotSent),
        1 => Just(Fault::Busy),
        1 => Just(Fault::Login),
        2 => Just(Fault::LostBefore),
        2 => Just(Fault::LostAfter),
        1 => Just(Fault::CrashBefore),
        1 => Just(Fault::CrashAfter),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn nobody_is_mailed_twice_by_itself_and_nobody_is_lost(
        count in 0..14_usize,
        after_loss in prop::sample::select(vec![LOOKS, KEY, AfterLoss::Offer]),
        faults in prop::collection::vec(fault(), 0..40),
        index_delay in 0..2_u32,
        retry_failed in any::<bool>(),
    ) {
        let mut service = Service { after_loss, delivered: BTreeMap::new(), answers: BTreeMap::new() };
        let mut mailing = Mailing::new(plan(), people(count), WIDE);
        let mut faults = faults.into_iter();
        let mut now = after(0);
        let mut retried = !retry_failed;
        let mut looks = BTreeMap::new();
        let finished = loop {
            now += TimeDelta::seconds(1);
            match mailing.next(now, after_loss) {
                Step::Send(number) => {
                    mailing.leaving(number, now);
                    let chunk = reloaded(&mailing).chunk(number).unwrap().clone();
                    let answer = match faults.next().unwrap_or(Fault::None) {
                        Fault::None => Answer::Results(service.deliver(&chunk, false)),
                        Fault::SomeRefused => Answer::Results(service.deliver(&chunk, true)),
                        Fault::WholeRefused => Answer::Refused("no".to_owned()),
                        Fault::NotSent => Answer::NotSent("offline".to_owned()),
                        Fault::Busy => Answer::Busy { after_seconds: None },
                        Fault::Login => Answer::LoginNeeded,
                        Fault::LostBefore => Answer::Lost("lost".to_owned()),
                        Fault::LostAfter => {
                            service.deliver(&chunk, false);
                            Answer::Lost("lost".to_owned())
                        }
                        crash @ (Fault::CrashBefore | Fault::CrashAfter) => {
                            if matches!(crash, Fault::CrashAfter) {
                                service.deliver(&chunk, false);
                            }
                            mailing = reloaded(&mailing);
                            mailing.recover(now);
                            continue;
                        }
                    };
                    mailing.answered(number, answer, now);
                }
                Step::ReadBack(number) => {
                    let seen: &mut u32 = looks.entry(number).or_default();
                    let answer = if *seen < index_delay { Vec::new() } else { service.found(number) };
                    *seen += 1;
                    mailing.looked(number, Ok(answer), now);
                }
                Step::GiveUp(number) => mailing.give_up(number),
                Step::WaitUntil(until) => {
                    prop_assert!(until > now);
                    now = until;
                }
                Step::Paused => mailing.resume(),
                Step::Offer(_) => mailing.leave_unknown(),
                Step::Finished(_) if !retried => {
                    retried = true;
                    mailing.once_more(Which::Failed, WIDE);
                }
                Step::Finished(tally) => break tally,
            }
            mailing = reloaded(&mailing);
        };
        prop_assert!(service.delivered.values().all(|times| *times == 1), "{:?}", service.delivered);
        prop_assert_eq!(finished.all, count);
        prop_assert_eq!(finished.open, 0);
        prop_assert_eq!(finished.accepted + finished.failed + finished.unknown, count);
        let mut ends: BTreeMap<String, u32> = BTreeMap::new();
        for chunk in &mailing.chunks {
            let ChunkState::Done(fates) = &chunk.state else {
                panic!("a batch is open: {chunk:?}");
            };
            for (person, fate) in chunk.people.iter().zip(fates) {
                let delivered = service.delivered.contains_key(&person.address);
                match fate {
                    Fate::Accepted(_) => prop_assert!(delivered),
                    Fate::Refused(_) => prop_assert!(!delivered),
                    Fate::Unknown => {}
                    Fate::Moved => continue,
                }
                *ends.entry(person.address.clone()).or_default() += 1;
            }
        }
        prop_assert_eq!(ends.len(), count);
        prop_assert!(ends.values().all(|times| *times == 1));
    }
}
