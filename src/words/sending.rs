//! What is said of a sending: sentences with the numbers in them.

use super::counted;
use crate::delivery::mailing::{Pause, Tally};
use crate::sop::run::Outdated;

/// "1 person", "412 people".
pub fn people(count: usize) -> String {
    counted(count, "person", "people")
}

/// "1 line left out", "30 lines left out"; nothing where all are used.
pub fn left_out(lines: usize) -> Option<String> {
    (lines > 0).then(|| format!("{} left out", counted(lines, "line", "lines")))
}

/// What came of a file of addresses: how many were read, how many of them were known, how many lines are left out.
pub fn added(read: usize, known: usize, lines: usize) -> String {
    let addresses = format!("{} read", counted(read, "address", "addresses"));
    let new = read.saturating_sub(known);
    let known = match known {
        0 => String::new(),
        known => format!(", {known} of them known already"),
    };
    let out = left_out(lines).map_or_else(String::new, |words| format!(" {words}."));
    format!("{addresses}{known}, {new} added.{out}")
}

/// Why nothing new leaves.
pub fn pause(pause: &Pause) -> String {
    match pause {
        Pause::ByPerson => "It is paused.".to_owned(),
        Pause::Interrupted => "Sending was interrupted.".to_owned(),
        Pause::LoginNeeded => {
            "Your login has ended. Log in again in another tab, then send the rest.".to_owned()
        }
        Pause::Changed => {
            "The incident has changed since this email was written: check whether the rest should still be sent."
                .to_owned()
        }
        Pause::NotSent(why) => format!("The rest could not leave: {why}."),
        Pause::Refused(why) => format!("A whole batch was refused: {why}."),
        Pause::Lost(why) => {
            format!("An answer was lost ({why}), and this service cannot be asked what it has.")
        }
    }
}

/// A sending that has stopped before its end.
pub fn stopped(why: &Pause, tally: Tally) -> String {
    let mut sentences = vec![pause(why), progress(tally)];
    sentences.extend(open(tally));
    sentences.push("Nothing more leaves until you press “Send the rest”.".to_owned());
    sentences.join(" ")
}

/// Who may have it already, and who certainly does not.
pub fn open(tally: Tally) -> Vec<String> {
    let mut sentences = Vec::new();
    let doubtful = tally.unknown + tally.doubtful;
    if doubtful > 0 {
        sentences.push(format!(
            "It may already have been delivered to {}.",
            people(doubtful)
        ));
    }
    if tally.not_sent() > 0 {
        sentences.push(format!("Not sent to {} yet.", people(tally.not_sent())));
    }
    sentences
}

/// What an email says that is no longer so.
pub fn outdated(outdated: Outdated) -> &'static str {
    match outdated {
        Outdated::Over => {
            "The incident has ended since this email was written, but it says the incident is still going on."
        }
        Outdated::GoesOn => {
            "The incident goes on again since this email was written, but it says the incident has ended."
        }
    }
}

/// What ending a sending means: for those who certainly did not get it, and for those who may have it.
pub fn ending(tally: Tally) -> String {
    let mut sentences = Vec::new();
    if tally.not_sent() > 0 {
        sentences.push(format!(
            "{} did not get the mail yet, and will not get it.",
            people(tally.not_sent())
        ));
    }
    let doubtful = tally.unknown + tally.doubtful;
    if doubtful > 0 {
        sentences.push(format!(
            "It may already have been delivered to {}: that stays unknown.",
            people(doubtful)
        ));
    }
    sentences.join(" ")
}

/// A sending whose rest nobody can find out about.
pub fn offered(tally: Tally) -> String {
    format!(
        "No answer came for {}: it may already have been delivered to them. You decide below.",
        people(tally.unknown)
    )
}

/// A sending that is over, with failures.
pub fn not_reached(tally: Tally) -> String {
    let unknown = match tally.unknown {
        0 => String::new(),
        unknown => format!(", and {} may not have been", people(unknown)),
    };
    format!(
        "Sent to {}; {} could not be reached{unknown}. The list of them is below.",
        people(tally.accepted),
        people(tally.failed)
    )
}

/// How far a sending has come.
pub fn progress(tally: Tally) -> String {
    let mut parts = vec![format!("{} of {} sent", tally.accepted, tally.all)];
    if tally.failed > 0 {
        parts.push(format!("{} failed", tally.failed));
    }
    if tally.unknown > 0 {
        parts.push(format!("{} unknown", tally.unknown));
    }
    format!("{}.", parts.join(", "))
}
