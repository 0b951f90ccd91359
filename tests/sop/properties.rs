//! What holds for any sequence of events whatever (`docs/duties.md`, rules 1, 8, 15, 16).

use allclear::domain::incident::IncidentStatus;
use allclear::domain::promise;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{Duty, DutyKey, DutyKind, DutyState};
use allclear::sop::event::{
    Event, EventId, EventKind, PersonalData, Receipt, SendOutcome, TimeFact,
};
use allclear::sop::facts::Facts;
use allclear::sop::run::{Author, Phase, Run, RunId, duties, evidence, handle, permitted, state};
use allclear::sop::severity::Severity;
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use crate::sop::support::at;
use crate::sop::support::log::{message, post};
use crate::sop::support::playbook::playbook;

/// An event in the making: how many seconds after the last, from which device, and what.
type Step = (i64, u8, EventKind);

const CHANNELS: [Channel; 5] = Channel::ALL;

fn severities() -> impl Strategy<Value = Severity> {
    prop::sample::select(Severity::ALL.to_vec())
}

fn statuses() -> impl Strategy<Value = IncidentStatus> {
    prop::sample::select(IncidentStatus::CHOICES.to_vec())
}

fn kinds() -> impl Strategy<Value = DutyKind> {
    prop::sample::select(vec![
        DutyKind::First,
        DutyKind::Update,
        DutyKind::Raised,
        DutyKind::Reopened,
        DutyKind::Resolved,
        DutyKind::Report,
        DutyKind::Postmortem,
        DutyKind::Regulator,
    ])
}

fn keys() -> impl Strategy<Value = DutyKey> {
    (
        1..3_u32,
        kinds(),
        prop::option::of(prop::sample::select(CHANNELS.to_vec())),
        1..3_u32,
    )
        .prop_map(|(episode, kind, channel, seq)| DutyKey {
            episode,
            kind,
            channel,
            seq,
        })
}

fn ops() -> impl Strategy<Value = String> {
    (0..6_u8).prop_map(|op| format!("op-{op}"))
}

pub fn whats() -> impl Strategy<Value = EventKind> {
    let channels = || prop::sample::select(CHANNELS.to_vec());
    let posts = || {
        (statuses(), severities(), prop::option::of(-5_i64..70)).prop_map(
            |(status, severity, promise)| {
                let promise = promise.map(|minutes| at("14:00") + TimeDelta::minutes(minutes));
                post(status, severity, promise)
            },
        )
    };
    let mails = || (channels(), kinds()).prop_map(|(channel, kind)| message(channel, kind));
    let messages = || prop_oneof![posts(), mails()];
    let times = || (-60_i64..400).prop_map(|minutes| at("14:00") + TimeDelta::minutes(minutes));
    prop_oneof![
        3 => (ops(), messages()).prop_map(|(op, message)| EventKind::SendStarted { op, message }),
        3 => ops().prop_map(|op| EventKind::SendAnswered {
            op,
            outcome: SendOutcome::Accepted { receipt: Receipt::default() },
        }),
        1 => ops().prop_map(|op| EventKind::SendAnswered {
            op,
            outcome: SendOutcome::Unknown { reason: "lost".to_owned() },
        }),
        1 => (ops(), prop::option::of(1..9_u32)).prop_map(|(op, unknown)| EventKind::EmailFinished { op, failed: 0, unknown }),
        6 => (messages(), times()).prop_map(|(message, posted_at)| EventKind::PostedByHand {
            message,
            posted_at,
            link: None,
        }),
        3 => severities().prop_map(|to| EventKind::SeverityChanged { to, reason: String::new() }),
        1 => prop::sample::select(vec!["outage", "breach", "security", "no such type"])
            .prop_map(|to| EventKind::TypeChanged { to: to.to_owned() }),
        1 => prop::sample::select(vec![PersonalData::Affected, PersonalData::NotAffected])
            .prop_map(|to| EventKind::PersonalDataSet { to }),
        2 => (keys(), "[a ]?").prop_map(|(duty, reason)| EventKind::Skipped { duty, reason }),
        1 => keys().prop_map(|duty| EventKind::AnsweredPost { duty }),
        1 => "[ab]?".prop_map(|approver| EventKind::Approved { approver, alone: false }),
        1 => Just(EventKind::ResolvedWithoutPage),
        2 => Just(EventKind::Reopened),
        1 => "[a]?".prop_map(|reason| EventKind::DeclaredInError { reason }),
        1 => times().prop_map(|value| EventKind::TimeSet { time: TimeFact::ImpactEnded, value }),
        1 => times().prop_map(|value| EventKind::TimeSet { time: TimeFact::BecameAware, value }),
        1 => prop::option::of(times()).prop_map(|notified_at| EventKind::RegulatorNotified { reference: None, notified_at }),
        1 => Just(EventKind::PostmortemDone {
            text: "text".to_owned(),
            held_on: at("14:00").date_naive(),
            participants: Vec::new(),
        }),
        1 => severities().prop_map(declaration),
    ]
}

fn declaration(severity: Severity) -> EventKind {
    EventKind::Declared {
        impact_started: at("13:52"),
        severity,
        kind: "security".to_owned(),
        components: Vec::new(),
        became_aware: None,
        personal_data: None,
        facts: Facts::default(),
        sop_version: "1.0".to_owned(),
        drill: false,
    }
}

fn steps() -> impl Strategy<Value = (Severity, Vec<Step>)> {
    (
        severities(),
        prop::collection::vec((0_i64..1_500, 0_u8..2, whats()), 0..24),
    )
}

/// A log of steps; `offsets`: the second device's clock is wrong, and it is known by how much.
fn log(first: Severity, steps: &[Step], ahead: i64) -> Run {
    let mut run = Run::new(RunId("run".to_owned()));
    let mut now = at("14:00");
    let mut add = |now: DateTime<Utc>, device: u8, what: EventKind| {
        let off = if device == 1 { ahead } else { 0 };
        let local = now + TimeDelta::seconds(off);
        let id = EventId::next(&format!("d{device}"), local, run.last_id());
        run.insert(Event {
            vouched: false,
            id,
            at: local,
            offset_ms: Some(off * 1_000),
            who: "Ada".to_owned(),
            what,
        });
    };
    add(now, 0, declaration(first));
    for (wait, device, what) in steps {
        now += TimeDelta::seconds(*wait);
        add(now, *device, what.clone());
    }
    run
}

/// The moments at which anything can change, and a second after each.
fn moments(run: &Run) -> Vec<DateTime<Utc>> {
    let mut moments: Vec<DateTime<Utc>> = run
        .events()
        .flat_map(|event| [event.corrected(), event.corrected() + TimeDelta::seconds(1)])
        .collect();
    moments.sort_unstable();
    moments.dedup();
    moments
}

fn open(duties: &[Duty], kind: DutyKind, channel: Option<Channel>) -> impl Iterator<Item = &Duty> {
    duties.iter().filter(move |duty| {
        duty.key.kind == kind && duty.key.channel == channel && duty.is_open() && !duty.met
    })
}

fn is_final(state: &DutyState) -> bool {
    matches!(
        state,
        DutyState::Done { .. } | DutyState::Lapsed { .. } | DutyState::Missed { .. }
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn at_most_what_the_rules_allow_is_open((first, steps) in steps()) {
        let sop = playbook();
        let run = log(first, &steps, 0);
        for now in moments(&run) {
            let duties = duties(&sop, &run, now);
            let state = state(&sop, &run, now).unwrap();
            for channel in CHANNELS {
                for kind in [DutyKind::First, DutyKind::Reopened, DutyKind::Resolved, DutyKind::Report] {
                    prop_assert!(open(&duties, kind, Some(channel)).count() <= 1, "{kind:?} {channel:?}");
                }
            }
            prop_assert!(open(&duties, DutyKind::Update, Some(Channel::Page)).count() <= 1);
            prop_assert!(open(&duties, DutyKind::Regulator, None).count() <= 1);
            prop_assert!(open(&duties, DutyKind::Postmortem, None).count() <= 1);
            for duty in duties.iter().filter(|duty| duty.is_open() && !duty.met) {
                let over = state.phase != Phase::Open;
                let fits = match duty.key.kind {
                    DutyKind::First | DutyKind::Update | DutyKind::Raised | DutyKind::Reopened => !over,
                    DutyKind::Resolved | DutyKind::Report | DutyKind::Postmortem => over,
                    DutyKind::Regulator => state.phase != Phase::InError,
                };
                prop_assert!(fits, "{:?} in {:?}", duty.key, state.phase);
                prop_assert!(duty.key.episode == state.episode || duty.key.kind == DutyKind::Regulator);
            }
            let mut keys: Vec<DutyKey> = duties.iter().map(|duty| duty.key).collect();
            keys.sort_unstable();
            let all = keys.len();
            keys.dedup();
            prop_assert_eq!(keys.len(), all, "every duty has a key of its own");
        }
    }

    #[test]
    fn nothing_moves_because_nothing_happened((first, steps) in steps(), wait in 0_i64..200_000) {
        let sop = playbook();
        let run = log(first, &steps, 0);
        let now = run.events().map(Event::corrected).max().unwrap();
        let before = duties(&sop, &run, now);
        let after = duties(&sop, &run, now + TimeDelta::seconds(wait));
        prop_assert_eq!(before.len(), after.len(), "time alone makes no duty");
        for (before, after) in before.iter().zip(&after) {
            prop_assert_eq!(before.key, after.key);
            prop_assert_eq!(before.due_at, after.due_at);
            prop_assert_eq!(before.opens_at, after.opens_at);
            // Forward only: waiting, due, overdue or lapsed.
            let rank = |state: &DutyState| match state {
                DutyState::Waiting => 0,
                DutyState::Due => 1,
                DutyState::Overdue => 2,
                DutyState::Offered | DutyState::Skipped { .. } | DutyState::Done { .. }
                | DutyState::Lapsed { .. } | DutyState::Missed { .. } => 3,
            };
            prop_assert!(rank(&before.state) <= rank(&after.state));
            if rank(&before.state) == 3 {
                prop_assert_eq!(&before.state, &after.state);
            }
        }
    }

    #[test]
    fn nothing_that_is_over_comes_back((first, steps) in steps()) {
        // A send whose answer comes later changes the past by rule, so every answer comes at once here.
        let sop = playbook();
        let steps: Vec<Step> = steps
            .into_iter()
            .filter(|(_, _, what)| !matches!(what, EventKind::SendStarted { .. } | EventKind::SendAnswered { .. }))
            .collect();
        let run = log(first, &steps, 0);
        let mut last: Vec<Duty> = Vec::new();
        for now in moments(&run) {
            let next = duties(&sop, &run, now);
            for old in last.iter().filter(|duty| is_final(&duty.state)) {
                let new = next.iter().find(|duty| duty.key == old.key);
                prop_assert_eq!(new.map(|duty| &duty.state), Some(&old.state), "{:?}", old.key);
            }
            last = next;
        }
    }

    #[test]
    fn no_silence_goes_unflagged((first, steps) in steps(), wait in 1_i64..20_000) {
        let sop = playbook();
        let run = log(first, &steps, 0);
        let last = run.events().map(Event::corrected).max().unwrap();
        let now = last + TimeDelta::seconds(wait);
        let state = state(&sop, &run, now).unwrap();
        let duties = duties(&sop, &run, now);
        let cadence = sop.severities.of(state.severity).cadence;
        let told = state.page.as_ref().filter(|page| !page.status.is_over());
        let (Phase::Open, Some(cadence), Some(page)) = (state.phase, cadence, told) else {
            return Ok(());
        };
        // After a reopening, the reopened message is what is owed (or was skipped), until the first post.
        let reopened = duties.iter().find(|duty| {
            let key = DutyKey {
                episode: state.episode,
                kind: DutyKind::Reopened,
                channel: Some(Channel::Page),
                seq: 1,
            };
            duty.key == key && !matches!(duty.state, DutyState::Done { .. })
        });
        if reopened.is_some() {
            return Ok(());
        }
        // Whatever was skipped, raised or lowered: one update is open, and overdue once both the promise
        // and every cadence since the last word on it have passed.
        let open: Vec<&Duty> = open(&duties, DutyKind::Update, Some(Channel::Page)).collect();
        prop_assert_eq!(open.len(), 1);
        let skips = duties.iter().filter(|duty| {
            duty.key.kind == DutyKind::Update && matches!(duty.state, DutyState::Skipped { .. })
        });
        let longest = sop.severities.p1.cadence.unwrap().max(cadence);
        let grace = longest * (i32::try_from(skips.count()).unwrap() + 1);
        let latest = page.promise.unwrap_or(page.at).max(page.at).max(at("14:00")) + grace;
        let raised = run.events().filter(|event| matches!(event.what, EventKind::SeverityChanged { .. }))
            .map(Event::corrected).max().unwrap_or(page.at) + grace;
        if now > latest.max(raised) {
            prop_assert!(open[0].is_overdue(), "{:?} at {now}", open[0]);
        }
    }

    #[test]
    fn a_post_under_a_cadence_is_followed_by_its_promise(
        severity in prop::sample::select(vec![Severity::P0, Severity::P1]),
        waits in prop::collection::vec(1_i64..9_000, 1..8),
    ) {
        let sop = playbook();
        let cadence = sop.severities.of(severity).cadence.unwrap();
        let mut now = at("14:00");
        let mut steps = Vec::new();
        for wait in &waits {
            now += TimeDelta::seconds(*wait);
            let promise = Some(promise::promised(now, cadence));
            let message = post(IncidentStatus::Identified, severity, promise);
            steps.push((*wait, 0, EventKind::PostedByHand { message, posted_at: now, link: None }));
        }
        let run = log(severity, &steps, 0);
        let due = promise::promised(now, cadence);
        for (moment, overdue) in [(due, false), (due + TimeDelta::seconds(1), true)] {
            let duties = duties(&sop, &run, moment);
            let open: Vec<&Duty> = open(&duties, DutyKind::Update, Some(Channel::Page)).collect();
            prop_assert_eq!(open.len(), 1);
            prop_assert_eq!(open[0].due_at, Some(due));
            prop_assert_eq!(open[0].is_overdue(), overdue);
            prop_assert_eq!(promise::is_overdue(due, moment), overdue, "both sides agree");
        }
    }

    #[test]
    fn replaying_and_merging_give_the_same(
        (first, steps) in steps(),
        offset in -600_i64..600,
        copies in prop::collection::vec(any::<(bool, bool)>(), 25),
    ) {
        let sop = playbook();
        let run = log(first, &steps, offset);
        let now = run.events().map(Event::corrected).max().unwrap();
        // Two devices hold parts of the log that overlap; what is in neither is lost to both.
        let part = |side: fn(&(bool, bool)) -> bool| {
            let kept = run.events().zip(&copies).filter(|(_, copy)| side(copy));
            Run::from_events(run.id.clone(), kept.map(|(event, _)| event.clone()))
        };
        let (one, other) = (part(|copy| copy.0), part(|copy| copy.1));
        let (mut there, mut back) = (one.clone(), other.clone());
        there.merge(&other);
        back.merge(&one);
        prop_assert_eq!(&there, &back);
        prop_assert_eq!(duties(&sop, &there, now), duties(&sop, &back, now));
        prop_assert_eq!(state(&sop, &there, now), state(&sop, &back, now));
        // Through the evidence file, and in reverse, it is the same log.
        let read = evidence::import(&evidence::export(&run).unwrap()).unwrap();
        prop_assert_eq!(&read.bad, &vec![]);
        prop_assert_eq!(duties(&sop, &read.run, now), duties(&sop, &run, now));
        let reversed = Run::from_events(run.id.clone(), run.events().rev().cloned());
        prop_assert_eq!(state(&sop, &reversed, now), state(&sop, &run, now));
        // Folding is total at every moment, with clocks that are wrong.
        for now in moments(&run) {
            let _ = duties(&sop, &run, now);
        }
    }

    #[test]
    fn what_is_refused_changes_nothing_and_what_is_allowed_is_appended((first, steps) in steps()) {
        let sop = playbook();
        let mut run = log(first, &[], 0);
        let mut now = at("14:00");
        for (wait, _, what) in steps {
            now += TimeDelta::seconds(wait);
            let stamp = Author { vouched: false, who: "Ada".to_owned(), device: "d".to_owned(), now, offset_ms: None };
            let before = run.clone();
            let allowed = permitted(&sop, &run, &what, "Ada", now);
            match handle(&sop, &mut run, what.clone(), None, &stamp) {
                Ok(commands) => {
                    prop_assert_eq!(allowed, Ok(()));
                    prop_assert!(!commands.is_empty());
                    prop_assert_eq!(run.events().count(), before.events().count() + 1);
                    prop_assert_eq!(&run.events().next_back().unwrap().what, &what);
                }
                Err(refusal) => {
                    // A send needs its message as well, which these steps do not carry.
                    if !matches!(what, EventKind::SendStarted { .. }) {
                        prop_assert_eq!(allowed, Err(refusal));
                    }
                    prop_assert_eq!(&run, &before);
                }
            }
        }
    }
}
