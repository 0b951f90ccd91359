//! An event in one sentence, for the timeline.

use chrono::{DateTime, Utc};

use crate::domain::utc_text;
use crate::sop::duty::{DutyKey, DutyKind};
use crate::sop::event::{Event, EventKind, PersonalData, SentMessage, WithdrawnBecause};
use crate::sop::playbook::Playbook;
use crate::sop::run::{LedgerState, State};

/// When an event counts, and its sentence; `None` for what another event tells.
pub(super) fn of(sop: &Playbook, state: &State, event: &Event) -> Option<(DateTime<Utc>, String)> {
    let at = event.corrected();
    let kind_name = |id: &str| {
        sop.incident_type(id)
            .map_or_else(|| id.to_owned(), |kind| kind.name.clone())
    };
    let text = match &event.what {
        // Answers stand in the sentence of their send; ticks, ids and claims are the consoles' own.
        // What was about to leave has left by then, or was taken back.
        EventKind::AboutToLeave { .. }
        | EventKind::SendAnswered { .. }
        | EventKind::Ticked { .. }
        | EventKind::PageIncident { .. }
        | EventKind::PageLeft
        | EventKind::Claimed { .. } => return None,
        EventKind::Declared {
            severity,
            kind,
            drill,
            ..
        } => {
            let drill = if *drill { " (drill)" } else { "" };
            format!("Declared: {}, {}{drill}", kind_name(kind), severity.word())
        }
        EventKind::FactSet { fact, value } => {
            let label = sop.label(*fact);
            if value.trim().is_empty() {
                format!("{label}: cleared")
            } else {
                format!("{label}: {value}")
            }
        }
        EventKind::TimeSet { time, value } => {
            format!("{}: {}", time.name(), utc_text::timestamp(*value))
        }
        EventKind::ComponentsSet { components } => {
            let count = components.len();
            let plural = if count == 1 { " is" } else { "s are" };
            format!("Services changed: {count} component{plural} affected")
        }
        EventKind::SeverityChanged { to, reason } => {
            with_reason(&format!("Severity changed to {}", to.word()), reason)
        }
        EventKind::TypeChanged { to } => format!("Type changed to {}", kind_name(to)),
        EventKind::PersonalDataSet { to } => {
            format!("Personal data: {}", personal_data(*to))
        }
        EventKind::Withdrawn { why, .. } => match why {
            WithdrawnBecause::Undone => "A message was taken back before it left".to_owned(),
            WithdrawnBecause::CutOff => {
                "A message was not sent: the console was closed before it left".to_owned()
            }
            WithdrawnBecause::Held => "A message was not sent: it was held".to_owned(),
        },
        EventKind::SendStarted { op, message } => sent(state, op, message),
        EventKind::EmailFinished {
            failed, unknown, ..
        } => finished(*failed, unknown.unwrap_or(0)),
        EventKind::PostedByHand {
            message,
            posted_at,
            link,
        } => {
            let link = link
                .as_deref()
                .map(|link| format!(" ({link})"))
                .unwrap_or_default();
            let text = format!("{}, by hand{link}", about(message));
            return Some(((*posted_at).min(at), text));
        }
        EventKind::ComponentsChanged { components } => {
            format!(
                "Components changed on the status page: {}",
                components.len()
            )
        }
        EventKind::AnsweredPost { duty } => format!("{}: to be posted", duty_name(*duty)),
        EventKind::Skipped { duty, reason } => {
            with_reason(&format!("{}: skipped", duty_name(*duty)), reason)
        }
        EventKind::Approved { approver, alone } => {
            let alone = if *alone { ", alone on duty" } else { "" };
            let login = if event.approves_as_itself(approver) {
                ", by login"
            } else {
                ""
            };
            format!("Public messages approved by {approver}{login}{alone}")
        }
        EventKind::ResolvedWithoutPage => "Resolved, with nothing on the status page".to_owned(),
        EventKind::Reopened => "Reopened".to_owned(),
        EventKind::DeclaredInError { reason } => with_reason("Declared in error", reason),
        EventKind::PostmortemDone {
            held_on,
            participants,
            ..
        } => {
            let with = match participants.as_slice() {
                [] => String::new(),
                people => format!(" with {}", people.join(", ")),
            };
            format!("Post-mortem held on {held_on}{with}")
        }
        EventKind::RegulatorNotified {
            reference,
            notified_at,
        } => {
            let text = with_reason(
                "Regulator notified",
                reference.as_deref().unwrap_or_default(),
            );
            return Some((notified_at.unwrap_or(at).min(at), text));
        }
        EventKind::Note { text } => format!("Note: {text}"),
    };
    Some((at, text))
}

/// What is known of personal data.
pub(super) fn personal_data(known: PersonalData) -> &'static str {
    match known {
        PersonalData::Affected => "affected",
        PersonalData::NotAffected => "not affected",
        PersonalData::Unknown => "not known",
    }
}

/// How an email ended.
fn finished(failed: u32, unknown: u32) -> String {
    match missed(failed, unknown) {
        missed if missed.is_empty() => "Email: every recipient was reached".to_owned(),
        missed => format!("Email: {missed}"),
    }
}

/// Whom an email certainly did not reach, and whom it may not have reached; empty where it reached everybody.
pub(super) fn missed(failed: u32, unknown: u32) -> String {
    let counted = |count: u32, what: &str| {
        let s = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} recipient{s} {what}"))
    };
    let missed = [
        counted(failed, "not reached"),
        counted(unknown, "may not have been reached"),
    ];
    missed.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub(super) fn with_reason(text: &str, reason: &str) -> String {
    if reason.trim().is_empty() {
        text.to_owned()
    } else {
        format!("{text}: {reason}")
    }
}

/// A send, with how it ended where it did not simply arrive.
fn sent(state: &State, op: &str, message: &SentMessage) -> String {
    let row = state
        .ledger
        .iter()
        .find(|row| row.op.as_deref() == Some(op));
    let end = match row.map(|row| &row.state) {
        Some(LedgerState::Sent { .. }) => String::new(),
        Some(LedgerState::Queued) | None => " (not confirmed)".to_owned(),
        Some(LedgerState::Failed { reason }) => format!(" (failed: {reason})"),
        Some(LedgerState::Unknown { reason }) => format!(" (may have been delivered: {reason})"),
    };
    about(message) + &end
}

/// A message in a few words: where, what, and which title or status.
pub(super) fn about(message: &SentMessage) -> String {
    let place = message.channel.name();
    let what = match &message.page {
        Some(page) => format!("status {}", page.status.word()),
        None => kind_name(message.kind).to_owned(),
    };
    let title = message
        .title
        .as_deref()
        .map(|title| format!(", “{title}”"))
        .unwrap_or_default();
    format!("{place}: {what}{title}")
}

fn kind_name(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::First => "first message",
        DutyKind::Update => "update",
        DutyKind::Raised => "severity raised",
        DutyKind::Reopened => "reopened",
        DutyKind::Resolved => "resolved",
        DutyKind::Report => "incident report",
        DutyKind::Postmortem => "post-mortem",
        DutyKind::Regulator => "notification of the regulator",
    }
}

pub(super) fn duty_name(duty: DutyKey) -> String {
    match duty.channel {
        Some(channel) => format!("{}, {}", channel.name(), kind_name(duty.kind)),
        None => capital(kind_name(duty.kind)),
    }
}

/// A name where a sentence begins.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
