//! The clause of the SOP that asks for a duty, in the SOP's own words where the playbook has them.

use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::playbook::{ChecklistItem, Playbook, Ticker, TimelineLine};
use crate::sop::severity::Severity;

/// The clause for a duty of `kind` on `channel` under `severity`.
pub(super) fn clause(
    sop: &Playbook,
    severity: Severity,
    kind: DutyKind,
    channel: Option<Channel>,
) -> String {
    let lines = &sop.severities.of(severity).timeline;
    match kind {
        DutyKind::First => match channel {
            Some(Channel::Team) => checklist(&sop.checklists.during, kind, channel)
                .unwrap_or_else(|| "Checklist, during incident: internal team notified".to_owned()),
            Some(Channel::X | Channel::LinkedIn) => timeline(
                sop,
                severity,
                opening(lines).find(|line| says(line, "social")),
            ),
            Some(Channel::Email) => naming(
                sop,
                severity,
                lines.first(),
                ("email", "Email notifications: initial notification"),
            ),
            Some(Channel::Page) | None => timeline(sop, severity, lines.first()),
        },
        DutyKind::Update => timeline(
            sop,
            severity,
            opening(lines).find(|line| says(line, "every")),
        ),
        DutyKind::Resolved => match channel {
            Some(Channel::Email) => naming(
                sop,
                severity,
                lines.last(),
                ("email", "Email notifications: resolution notification"),
            ),
            Some(Channel::X | Channel::LinkedIn) => naming(
                sop,
                severity,
                lines.last(),
                ("social", "Social media: resolution announcement"),
            ),
            Some(Channel::Page | Channel::Team) | None => timeline(sop, severity, lines.last()),
        },
        DutyKind::Raised => "Addition: the team is told of a raised severity".to_owned(),
        DutyKind::Reopened => {
            "Addition: everyone who was told it was resolved is told it has reopened".to_owned()
        }
        DutyKind::Report => checklist(&sop.checklists.after, kind, channel)
            .unwrap_or_else(|| "Post-incident communication: incident report".to_owned()),
        DutyKind::Postmortem => checklist(&sop.checklists.after, kind, channel)
            .unwrap_or_else(|| "Checklist, after incident: post-mortem".to_owned()),
        DutyKind::Regulator => "Addition: notification of the regulator (GDPR Art. 33)".to_owned(),
    }
}

/// The timeline's lines but the last, which is the resolution.
fn opening(lines: &[TimelineLine]) -> impl Iterator<Item = &TimelineLine> {
    lines.iter().take(lines.len().saturating_sub(1))
}

fn says(line: &TimelineLine, word: &str) -> bool {
    line.what.to_ascii_lowercase().contains(word)
}

/// The timeline's line where it names the channel by a word, else the SOP's section on that channel.
fn naming(
    sop: &Playbook,
    severity: Severity,
    line: Option<&TimelineLine>,
    (word, section): (&str, &str),
) -> String {
    match line {
        Some(line) if says(line, word) => timeline(sop, severity, Some(line)),
        Some(_) | None => section.to_owned(),
    }
}

fn timeline(sop: &Playbook, severity: Severity, line: Option<&TimelineLine>) -> String {
    let name = &sop.severities.of(severity).name;
    let word = severity.word();
    match line {
        Some(line) => {
            format!(
                "Communication timeline, {name} ({word}), {}: {}",
                line.when, line.what
            )
        }
        None => format!("Communication timeline, {name} ({word})"),
    }
}

fn checklist(items: &[ChecklistItem], kind: DutyKind, channel: Option<Channel>) -> Option<String> {
    let wanted = |item: &&ChecklistItem| match &item.ticked_by {
        Some(Ticker::Duties {
            kind: ticked,
            channels,
        }) => *ticked == kind && channel.is_none_or(|channel| channels.contains(&channel)),
        Some(Ticker::Check(_)) | None => false,
    };
    items
        .iter()
        .find(wanted)
        .map(|item| format!("Checklist: {}", item.text))
}
