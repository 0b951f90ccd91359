//! A table of duties, checked cell by cell.
//!
//! A cell is written as `docs/duties.md` writes it: `W`, `D`, `O`, `✓`, `S`, `L`, `M`, `–`, with the due time
//! in brackets where the example gives it; further words are checked where they stand: `opens=10:20`,
//! `late=5m`, `late=1s`, `blocked`, `offered`, `why=replaced`. A word that is not written is not checked.

use allclear::sop::channel::Channel;
use allclear::sop::duty::{Duty, DutyKind, DutyState};
use chrono::NaiveDate;

use super::log::Log;
use super::{MONDAY, short};

/// Checks rows of cells at moments.
pub fn check(log: &Log, moments: &[&str], rows: &[(&str, &[&str])]) {
    for (name, cells) in rows {
        assert_eq!(
            moments.len(),
            cells.len(),
            "the row {name} is as long as its head"
        );
        for (moment, expected) in moments.iter().zip(*cells) {
            let duties = log.duties(moment);
            for (kind, channel) in parse(name) {
                let actual = cell(&duties, kind, channel);
                assert!(
                    matches(&actual, expected),
                    "{name} ({channel:?}) at {moment}: expected {expected:?}, is {actual:?}"
                );
            }
        }
    }
}

/// Checks one moment.
pub fn check_at(log: &Log, moment: &str, rows: &[(&str, &str)]) {
    for (name, expected) in rows {
        check(log, &[moment], &[(name, &[expected])]);
    }
}

/// "X, LinkedIn first" is two duties.
fn parse(name: &str) -> Vec<(DutyKind, Option<Channel>)> {
    let (channels, kind) = name.rsplit_once(' ').unwrap_or(("", name));
    let kind = match kind {
        "first" => DutyKind::First,
        "update" => DutyKind::Update,
        "raised" => DutyKind::Raised,
        "reopened" => DutyKind::Reopened,
        "resolved" => DutyKind::Resolved,
        "report" => return vec![(DutyKind::Report, Some(Channel::Email))],
        "post-mortem" => return vec![(DutyKind::Postmortem, None)],
        "regulator" => return vec![(DutyKind::Regulator, None)],
        other => panic!("no such kind: {other}"),
    };
    let channel = |word: &str| match word {
        "team" => Channel::Team,
        "page" => Channel::Page,
        "email" => Channel::Email,
        "X" => Channel::X,
        "LinkedIn" => Channel::LinkedIn,
        other => panic!("no such channel: {other}"),
    };
    channels
        .split(", ")
        .map(|word| (kind, Some(channel(word))))
        .collect()
}

/// The newest duty of a kind and channel, as a cell with everything that can be said of it.
pub fn cell(duties: &[Duty], kind: DutyKind, channel: Option<Channel>) -> String {
    let newest = duties
        .iter()
        .filter(|duty| duty.key.kind == kind && duty.key.channel == channel)
        .max_by_key(|duty| (duty.key.episode, duty.key.seq));
    newest.map_or_else(|| "–".to_owned(), write)
}

fn write(duty: &Duty) -> String {
    let day: NaiveDate = MONDAY.parse().unwrap();
    let due = duty
        .due_at
        .map(|due| format!("({})", short(due, day)))
        .unwrap_or_default();
    let opens = format!("opens={}", short(duty.opens_at, day)).replace(' ', "_");
    let mut words = match &duty.state {
        DutyState::Waiting => vec![format!("W{due}"), opens],
        DutyState::Due => vec![format!("D{due}"), opens],
        DutyState::Overdue => vec![format!("O{due}"), opens],
        DutyState::Offered => vec!["offered".to_owned()],
        DutyState::Done {
            late_seconds: 0, ..
        } => vec!["✓".to_owned(), "late=0".to_owned()],
        DutyState::Done { late_seconds, .. } if late_seconds % 60 == 0 => {
            vec!["✓".to_owned(), format!("late={}m", late_seconds / 60)]
        }
        DutyState::Done { late_seconds, .. } => {
            vec!["✓".to_owned(), format!("late={late_seconds}s")]
        }
        DutyState::Skipped { .. } => vec!["S".to_owned()],
        DutyState::Lapsed { why, .. } => vec!["L".to_owned(), format!("why={why:?}")],
        DutyState::Missed { why, .. } => vec!["M".to_owned(), format!("why={why:?}")],
    };
    if duty.block.is_some() {
        words.push("blocked".to_owned());
    } else {
        words.push("open".to_owned());
    }
    // A due time on another day has a space in it.
    words
        .iter()
        .map(|word| word.replace(' ', "_"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Every word of the expectation stands in the cell; a letter without brackets leaves the due time open.
fn matches(actual: &str, expected: &str) -> bool {
    let expected = match expected.split_once('(') {
        Some((letter, rest)) => {
            let (due, rest) = rest.split_once(')').expect("a closing bracket");
            format!("{letter}({}){rest}", due.replace(' ', "_"))
        }
        None => expected.to_owned(),
    };
    let actual: Vec<&str> = actual.split(' ').collect();
    expected.split(' ').enumerate().all(|(index, word)| {
        if index == 0 && !word.contains('(') {
            return actual
                .first()
                .is_some_and(|first| first.split('(').next() == Some(word));
        }
        actual.contains(&word)
    })
}
