//! The words for what the rules and the field speak of, in one place: this is where a second language of the console
//! begins. Knows nouns, never views.

mod counted;
pub mod evidence;
pub mod ledger;
mod notice;
pub mod readiness;
mod refusal;
pub mod sending;

pub use counted::{counted, left_out, must_be_mended, not_yet_shared, stored_again, unshown};
pub use notice::{mailing_notice, notice};
pub use refusal::refusal;

use chrono::TimeDelta;

use crate::domain::component::ComponentState;
use crate::domain::duration;
use crate::domain::incident::IncidentStatus;
use crate::sop::channel::Channel;
use crate::sop::duty::{Duty, DutyKey, DutyKind, DutyState, Ended};
use crate::sop::score::Lateness;

/// What "Download everything" holds, and what it leaves out: beside the button wherever it stands.
pub const EVERYTHING: &str = "“Download everything” is the logs of all incidents: who did what and when, notes, reasons, \
    names, and the exact texts sent. Left out are recipients, drafts, the mails in the outbox and the embedded status page.";

/// What is said of an email that is out and not finished, in the place of its clock.
pub const MET: &str = "The first mails are out. Not every recipient has a final state yet.";

/// A channel's name.
pub fn channel(channel: Channel) -> &'static str {
    channel.name()
}

/// A kind of message.
pub fn kind(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::First => "First message",
        DutyKind::Update => "Update",
        DutyKind::Raised => "Severity raised",
        DutyKind::Reopened => "Reopened",
        DutyKind::Resolved => "Resolved",
        DutyKind::Report => "Incident report",
        DutyKind::Postmortem => "Post-mortem",
        DutyKind::Regulator => "Notify the regulator",
    }
}

/// A duty in one phrase: "Status page: first message".
pub fn duty(key: DutyKey) -> String {
    match key.channel {
        Some(on) => message(on, key.kind),
        None => kind(key.kind).to_owned(),
    }
}

/// "Status page: first message".
pub fn message(on: Channel, of: DutyKind) -> String {
    format!("{}: {}", channel(on), lower_first(kind(of)))
}

/// The file of the icon, from the console's base, that says how many duties ask for something; more than nine are "9+".
pub fn tab_icon(asking: usize) -> String {
    match asking {
        0 => "../icons/allclear.svg".to_owned(),
        1..=9 => format!("../icons/due-{asking}.svg"),
        _ => "../icons/due-more.svg".to_owned(),
    }
}

/// What the Next due card's button says: what it leads to.
pub fn duty_act(key: DutyKey) -> &'static str {
    match (key.kind, key.channel) {
        (DutyKind::Report, _) => "Write the report",
        (DutyKind::Postmortem, _) => "Write the post-mortem",
        (DutyKind::Regulator, _) => "Record the notification",
        (_, Some(Channel::Team)) => "Tell the team",
        (_, Some(Channel::Page)) => "Write the post",
        (_, Some(Channel::Email)) => "Write the email",
        (_, Some(Channel::X | Channel::LinkedIn)) => "Write the social post",
        (_, None) => "Open",
    }
}

/// A duty's state in words.
pub fn duty_state(duty: &Duty) -> String {
    match &duty.state {
        DutyState::Waiting => "Waiting".to_owned(),
        DutyState::Due if duty.met => "Sending".to_owned(),
        DutyState::Due => "Due".to_owned(),
        DutyState::Overdue => "Overdue".to_owned(),
        DutyState::Offered => "Offered".to_owned(),
        DutyState::Done {
            late_seconds: 0, ..
        } => "Done".to_owned(),
        DutyState::Done { late_seconds, .. } => {
            format!("Done, {} late", span(TimeDelta::seconds(*late_seconds)))
        }
        DutyState::Skipped { reason, .. } => format!("Skipped: {reason}"),
        DutyState::Lapsed { why, .. } => format!("Lapsed: {}", ended(*why)),
        DutyState::Missed { why, .. } => format!("Missed: {}", ended(*why)),
    }
}

/// How a first message was late, for the score.
pub fn late_first(how: Lateness) -> String {
    match how {
        Lateness::By { seconds } => format!("{} late", span(TimeDelta::seconds(seconds))),
        Lateness::WhenLowered => "late when the severity was lowered".to_owned(),
        Lateness::NeverCame => "never came".to_owned(),
    }
}

/// When readers were first told, for the score: an incident that was opened elsewhere is declared here later.
pub fn first_public(since_declared: TimeDelta, since_impact: Option<TimeDelta>) -> String {
    let since = |length: TimeDelta, then: &str, before: &str| {
        let side = if length < TimeDelta::zero() {
            before
        } else {
            then
        };
        format!("{} {side}", duration::words(length.abs()))
    };
    let declared = since(
        since_declared,
        "after the declaration",
        "before it was declared here",
    );
    let impact = since_impact
        .map(|length| since(length, "after the impact began", "before the impact began"));
    std::iter::once(declared)
        .chain(impact)
        .collect::<Vec<_>>()
        .join(", ")
}

fn ended(why: Ended) -> &'static str {
    match why {
        Ended::Resolved => "the incident was resolved",
        Ended::SeverityLowered => "the severity was lowered",
        Ended::Replaced => "replaced when the incident was reopened",
        Ended::DeclaredInError => "declared in error",
        Ended::Unanswered => "optional, and not answered",
        Ended::NoPersonalData => "no personal data is affected",
        Ended::TypeChanged => "the type was changed",
    }
}

/// A public status in words, as the console shows it.
pub fn status(status: &IncidentStatus) -> &str {
    match status {
        IncidentStatus::Postmortem => kind(DutyKind::Postmortem),
        IncidentStatus::Investigating
        | IncidentStatus::Identified
        | IncidentStatus::Monitoring
        | IncidentStatus::Resolved
        | IncidentStatus::Unknown(_) => status.name(),
    }
}

/// A component's state in words.
pub fn component_state(state: &ComponentState) -> &str {
    match state {
        ComponentState::Operational => "Operational",
        ComponentState::UnderMaintenance => "Under maintenance",
        ComponentState::Unknown(raw) => raw,
        ComponentState::DegradedPerformance => "Degraded performance",
        ComponentState::PartialOutage => "Partial outage",
        ComponentState::MajorOutage => "Major outage",
    }
}

/// A time span for a clock: "4:05", "1:02:03", "2 d 3 h". Never negative: the words around it say which
/// side of the due time it is on.
pub fn clock(span: TimeDelta) -> String {
    let seconds = span.num_seconds().abs();
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours >= 24 {
        format!("{} d {} h", hours / 24, hours % 24)
    } else if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes}:{rest:02}")
    }
}

/// A short span in words: "40 s", "5 min", "2 h 5 min".
pub fn span(span: TimeDelta) -> String {
    let seconds = span.num_seconds().abs();
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, m, _) => format!("{m} min"),
        (h, 0, _) => format!("{h} h"),
        (h, m, _) => format!("{h} h {m} min"),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| format!("{}{}", first.to_ascii_lowercase(), letters.as_str()))
        .unwrap_or_default()
}
