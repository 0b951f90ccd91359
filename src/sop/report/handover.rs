//! The hand-over: what whoever takes over has to know, as Markdown. It is read off the log alone; what is not known is
//! left out, and nothing names a recipient. A service's own words on why a send failed are left out for that: they may
//! quote an address.

use chrono::{DateTime, Utc};

use super::{escaped, inline, sentence, times_of};
use crate::domain::component::Component;
use crate::domain::order::by_key;
use crate::domain::ordered::ShortSet;
use crate::domain::{duration, utc_text};
use crate::sop::board::IncidentView;
use crate::sop::checklist::{Tick, Ticked, checklists};
use crate::sop::duty::{Block, Duty, DutyState, Mode};
use crate::sop::playbook::Playbook;
use crate::sop::run::{LedgerRow, LedgerState, Phase, Run, State};

/// What the log does not know: where the incident is, and how its page stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The incident's address in the console.
    pub link: &'a str,
    /// The page's components, in the states that it shows.
    pub components: &'a [Component],
    /// Whether the page is a service's: the embedded one is seen in one browser only.
    pub hosted: bool,
}

const DRILL: &str =
    "**A drill: nothing of it is real, and nothing of it left the browser that runs it.**\n\n";
const DEMO: &str = "**A demo status page: it is kept in one browser, and nobody else sees what is posted there.**\n\n";

/// The hand-over of an incident at `now`.
pub fn handover(
    sop: &Playbook,
    run: &Run,
    view: &IncidentView,
    now: DateTime<Utc>,
    place: &Place<'_>,
) -> String {
    let state = &view.state;
    let sections = [
        ("What readers were last told", told(state, now)),
        (
            "Components, as the page shows them",
            components(state, place.components),
        ),
        ("Facts", facts(sop, state)),
        ("Next duties", next(&view.duties, now)),
        ("Messages that are not settled", unsettled(state)),
        ("Approval", approval(state)),
        ("Open on the checklists", open_boxes(sop, run, state, now)),
        ("Skipped duties", skipped(&view.duties)),
    ];
    let title = inline(&view.title());
    let first = format!(
        "# Hand-over: {title}\n\nAs of {}.\n\n",
        utc_text::timestamp(now)
    );
    let real = match (state.drill, place.hosted) {
        (true, _) => DRILL,
        (false, false) => DEMO,
        (false, true) => "",
    };
    let head = head(sop, state, place.link).join("\n");
    let rest = sections
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(heading, lines)| format!("\n## {heading}\n\n{}\n", lines.join("\n")));
    [first.as_str(), real, &head, "\n", &rest.collect::<String>()].concat()
}

/// What it is, since when, and by whom.
fn head(sop: &Playbook, state: &State, link: &str) -> Vec<String> {
    let (severity, worst) = (state.severity.word(), state.worst_severity.word());
    let worst = if severity == worst {
        String::new()
    } else {
        format!(" (worst: {worst})")
    };
    let kind = sop.incident_type(&state.kind);
    let kind = kind.map_or(state.kind.as_str(), |kind| kind.name.as_str());
    let phase = match state.phase {
        Phase::Open => "open".to_owned(),
        Phase::Resolved => "resolved".to_owned(),
        Phase::InError => {
            let why = state.error_reason.as_deref().unwrap_or_default();
            sentence::with_reason("declared in error", &inline(why))
        }
    };
    let mut lines = vec![
        format!("- Severity: {severity}{worst}"),
        format!("- Type: {}", inline(kind)),
        format!("- State: {phase}"),
        format!(
            "- Declared: {}, by {}",
            utc_text::timestamp(state.declared_at),
            inline(&state.declared_by)
        ),
    ];
    lines.extend(times_of(state));
    if state.episode > 1 {
        lines.push(format!(
            "- Reopened: this is period {}, and its impact started {}",
            state.episode,
            utc_text::timestamp(state.impact_started)
        ));
    }
    if let Some(known) = state.personal_data {
        lines.push(format!(
            "- Personal data: {}",
            sentence::personal_data(known)
        ));
    }
    lines.push(format!("- In the console: {}", inline(link)));
    lines
}

/// The last post that is known to be out, letter by letter, and what it promised.
fn told(state: &State, now: DateTime<Utc>) -> Vec<String> {
    let posts = state.ledger.iter().filter(|row| {
        let is_out = matches!(row.state, LedgerState::Sent { .. });
        row.message.is_post() && is_out
    });
    let Some(last) = posts.max_by_key(|row| row.at) else {
        return vec!["No post on the status page is confirmed.".to_owned()];
    };
    let what = inline(&sentence::about(&last.message));
    let mut lines = vec![
        format!("{}, {what}:", utc_text::timestamp(last.at)),
        String::new(),
    ];
    if last.message.text.trim().is_empty() {
        lines.push("The text is with whoever sent it.".to_owned());
    } else {
        lines.extend(as_it_is(&last.message.text));
    }
    let promise = state.page.as_ref().and_then(|page| page.promise);
    if let Some(promise) = promise.filter(|_| state.phase == Phase::Open) {
        let (at, how) = (utc_text::timestamp(promise), left(promise, now));
        lines.extend([
            String::new(),
            format!("Promised there: the next update by {at}, {how}."),
        ]);
    }
    lines
}

/// A text as a block of code: nothing in it means anything, and nothing is added to its lines.
fn as_it_is(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    text.split(['\n', '\r'])
        .map(|line| match line {
            "" => String::new(),
            line => format!("    {line}"),
        })
        .collect()
}

fn components(state: &State, all: &[Component]) -> Vec<String> {
    let touched = all
        .iter()
        .filter(|component| state.components.contains(&component.id));
    touched
        .map(|component| {
            let name = component.name_among(all);
            let stands = component.state.word().replace('_', " ");
            format!("- {}: {}", inline(&name), inline(&stands))
        })
        .collect()
}

fn facts(sop: &Playbook, state: &State) -> Vec<String> {
    let line = |(fact, value)| format!("- {}: {}", inline(sop.label(fact)), inline(value));
    state.facts.iter().map(line).collect()
}

/// What is open, in the order of Next due, and then what is offered.
fn next(duties: &[Duty], now: DateTime<Utc>) -> Vec<String> {
    let open = duties
        .iter()
        .filter(|duty| duty.is_open() || duty.state == DutyState::Offered);
    by_key(open.collect(), |duty| duty.next_due_order())
        .into_iter()
        .map(|duty| owed(duty, now))
        .collect()
}

fn owed(duty: &Duty, now: DateTime<Utc>) -> String {
    let when = match duty.runs_out_at() {
        Some(due) => format!("due {}, {}", utc_text::timestamp(due), left(due, now)),
        None if duty.met => {
            "the first mails are out, and not every recipient has a final state".to_owned()
        }
        None => "offered, without a due time".to_owned(),
    };
    let asked = match duty.mode {
        Mode::Conditional => "; if needed, so somebody answers: post or skip",
        Mode::Optional => "; optional",
        Mode::Required | Mode::Offered => "",
    };
    let promised = if duty.promised {
        "; promised to readers"
    } else {
        ""
    };
    let blocked = match duty.block {
        Some(Block::Approval) => "; waits for an approver",
        None => "",
    };
    let what = sentence::duty_name(duty.key);
    format!("- {what}: {when}{asked}{promised}{blocked}")
}

/// "in 12 minutes", "5 minutes overdue": strictly later than due is overdue (`docs/duties.md` rule 2).
fn left(due: DateTime<Utc>, now: DateTime<Utc>) -> String {
    if now > due {
        let late = duration::words(duration::between(due, now));
        format!("{late} overdue")
    } else {
        format!("in {}", duration::words(duration::between(now, due)))
    }
}

/// What may still leave, what was not answered, and what did not reach everybody.
fn unsettled(state: &State) -> Vec<String> {
    let mut lines = Vec::new();
    for frozen in &state.about_to_leave {
        let (what, at) = (
            sentence::about(&frozen.message),
            utc_text::timestamp(frozen.leaves_at),
        );
        lines.push(format!(
            "- {}: about to leave at {at}, by {}",
            inline(&what),
            inline(&frozen.who)
        ));
    }
    for frozen in &state.not_sent {
        let what = inline(&sentence::about(&frozen.message));
        lines.push(format!("- {what}: was cut off, and was not sent"));
    }
    for (number, row) in (1..).zip(&state.ledger) {
        if let Some(how) = how_it_stands(row, state.ledger.iter().skip(number)) {
            let what = inline(&sentence::about(&row.message));
            let (at, who) = (utc_text::timestamp(row.at), inline(&row.who));
            lines.push(format!("- {what}, {at}, by {who}: {how}"));
        }
    }
    lines
}

/// `None` for what arrived, and for what failed and was followed by a message that did not.
fn how_it_stands<'r>(
    row: &LedgerRow,
    mut since: impl Iterator<Item = &'r LedgerRow>,
) -> Option<String> {
    match row.state {
        LedgerState::Queued => Some("not answered, so it may have left".to_owned()),
        LedgerState::Unknown { .. } => Some("may not have arrived".to_owned()),
        LedgerState::Failed { .. } => {
            let is_out = |other: &LedgerRow| {
                let same = other.message.channel == row.message.channel;
                same && matches!(other.state, LedgerState::Sent { .. })
            };
            (!since.any(is_out)).then(|| "failed, so nobody got it".to_owned())
        }
        LedgerState::Sent { .. } if row.is_partly_sent() => {
            Some("partly sent, so some recipients may not have it".to_owned())
        }
        LedgerState::Sent { .. } => {
            let missed = (row.not_reached.unwrap_or(0), row.unknown.unwrap_or(0));
            (missed != (0, 0)).then(|| sentence::missed(missed.0, missed.1))
        }
    }
}

fn approval(state: &State) -> Vec<String> {
    let missing = state
        .needs_approval
        .then(|| "- Missing: public messages wait for a named approver".to_owned());
    let given = state.approval.as_ref().map(|approval| {
        let login = if approval.vouched { ", by login" } else { "" };
        let alone = if approval.alone {
            ", alone on duty"
        } else {
            ""
        };
        let (who, at) = (inline(&approval.approver), utc_text::timestamp(approval.at));
        format!("- Given: by {who}{login}{alone}, {at}")
    });
    missing.into_iter().chain(given).collect()
}

/// How many boxes are open, and which; those of "After incident" once it is over.
fn open_boxes(sop: &Playbook, run: &Run, state: &State, now: DateTime<Utc>) -> Vec<String> {
    let marked = checklists(sop, run, now, &ShortSet::default());
    let after: &[Ticked<'_>] = match state.phase {
        Phase::Open => &[],
        Phase::Resolved | Phase::InError => &marked.after,
    };
    let mut lines = Vec::new();
    for (name, boxes) in [
        ("During incident", &*marked.during),
        ("After incident", after),
    ] {
        let open: Vec<String> = boxes
            .iter()
            .filter(|ticked| ticked.tick == Tick::Open)
            .map(|ticked| escaped(&ticked.item.text))
            .collect();
        if !open.is_empty() {
            lines.push(format!(
                "- {name}, {} open: {}",
                open.len(),
                open.join("; ")
            ));
        }
    }
    lines
}

fn skipped(duties: &[Duty]) -> Vec<String> {
    let line = |duty: &Duty| match &duty.state {
        DutyState::Skipped { at, reason } => {
            let (what, at) = (sentence::duty_name(duty.key), utc_text::timestamp(*at));
            Some(format!("- {what}, {at}: {}", inline(reason)))
        }
        DutyState::Waiting
        | DutyState::Due
        | DutyState::Overdue
        | DutyState::Offered
        | DutyState::Done { .. }
        | DutyState::Lapsed { .. }
        | DutyState::Missed { .. } => None,
    };
    duties.iter().filter_map(line).collect()
}
