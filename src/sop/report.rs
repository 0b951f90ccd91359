//! The timeline of a run, and the post-mortem's prefilled text, as Markdown.
//!
//! What people typed goes into Markdown as text, never as structure: a value cannot forge a heading, a
//! list item, a rule, a quote, a fence, a table or HTML, nor be strong by accident. On each of its lines the first
//! character gets a backslash where it could begin a block, and so does every sign that would mean something inside
//! a line; whoever reads the Markdown sees what was typed (`domain::markdown`). In the timeline, where an entry is one
//! line, line breaks become spaces.

pub mod handover;
pub mod ics;
mod sentence;

/// What stands where nobody has written anything yet.
pub const TO_BE_WRITTEN: &str = "To be written.";

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::order::by_key;
use crate::domain::{duration, utc_text};

use super::event::Event;
use super::facts::Fact;
use super::playbook::Playbook;
use super::run::{PostmortemRecord, Run, State, state};

/// One entry of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When: for a message, when it left or was posted.
    pub at: DateTime<Utc>,
    /// By whom.
    pub who: String,
    /// What, in one sentence, as plain text.
    pub text: String,
}

/// The people of a list as it is typed: one a line, or with semicolons between. A comma belongs to a name.
pub fn participants(typed: &str) -> Vec<String> {
    typed
        .split([';', '\n'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The day and the people that the fields of a post-mortem begin with: as they are recorded, else today and nobody.
pub fn prefilled(record: Option<&PostmortemRecord>, today: NaiveDate) -> (NaiveDate, String) {
    record.map_or((today, String::new()), |record| {
        (record.held_on, record.participants.join("\n"))
    })
}

/// The timeline of a run up to `now`, oldest first.
pub fn timeline(sop: &Playbook, run: &Run, now: DateTime<Utc>) -> Vec<Line> {
    let Some(state) = state(sop, run, now) else {
        return Vec::new();
    };
    let lines: Vec<Line> = run
        .events()
        .filter(|event| event.corrected() <= now)
        .filter_map(|event| line(sop, &state, event))
        .collect();
    by_key(lines, |line| line.at)
}

fn line(sop: &Playbook, state: &State, event: &Event) -> Option<Line> {
    let (at, text) = sentence::of(sop, state, event)?;
    Some(Line {
        at,
        who: event.who.clone(),
        text,
    })
}

/// The timeline as a Markdown list, every time with its zone.
pub fn timeline_markdown(sop: &Playbook, run: &Run, now: DateTime<Utc>) -> String {
    let items = timeline(sop, run, now).into_iter().map(|line| {
        let (at, who) = (utc_text::timestamp(line.at), inline(&line.who));
        format!("- {at}, {who}: {}", inline(&line.text))
    });
    items.collect::<Vec<_>>().join("\n")
}

/// A post-mortem to start from: what the log knows, under the headings of the SOP's report. `None` while
/// no declaration is in the log.
pub fn postmortem_draft(sop: &Playbook, run: &Run, now: DateTime<Utc>) -> Option<String> {
    let state = state(sop, run, now)?;
    let fact = |fact: Fact| {
        let given = state.facts.get(fact);
        block(given.or_else(|| sop.fact_defaults.get(&fact).map(String::as_str)))
    };
    let service = state
        .facts
        .get(Fact::Service)
        .map_or_else(|| "incident".to_owned(), inline);
    let summary = [Fact::Summary, Fact::WhatHappened, Fact::Description]
        .into_iter()
        .find_map(|fact| state.facts.get(fact));
    let resolution = [Fact::Resolution, Fact::Cause]
        .into_iter()
        .find_map(|fact| state.facts.get(fact));
    let sections = [
        (
            "Summary",
            format!("{}\n\n{}", block(summary), facts_of(&state)),
        ),
        ("Impact", fact(Fact::Impact)),
        ("Timeline", timeline_markdown(sop, run, now)),
        ("Root cause", fact(Fact::RootCause)),
        ("Resolution", block(resolution)),
        ("Prevention", fact(Fact::Prevention)),
    ];
    let sections = sections.map(|(heading, body)| format!("\n## {heading}\n\n{body}\n"));
    Some(format!("# Post-mortem: {service}\n{}", sections.concat()))
}

/// What readers may get of it, to start from: summary, times, impact, cause, resolution and prevention, and nothing of
/// the log, the notes, the reasons, the people or the references (`docs/decisions.md`, "Decided since", 5).
pub fn public_draft(sop: &Playbook, state: &State) -> String {
    let one_of = |facts: &[Fact]| {
        let given = facts.iter().find_map(|fact| state.facts.get(*fact));
        let default = facts.last().and_then(|fact| sop.fact_defaults.get(fact));
        block(given.or(default.map(String::as_str)))
    };
    let summary = one_of(&[Fact::Summary, Fact::WhatHappened, Fact::Description]);
    let sections = [
        (
            "Summary",
            format!("{summary}\n\n{}", times_of(state).join("\n")),
        ),
        ("Impact", one_of(&[Fact::Impact])),
        ("Cause", one_of(&[Fact::RootCause])),
        ("Resolution", one_of(&[Fact::Resolution, Fact::Cause])),
        ("Prevention", one_of(&[Fact::Prevention])),
    ];
    sections
        .map(|(heading, body)| format!("## {heading}\n\n{body}\n"))
        .join("\n")
}

/// Severity, times and duration, as a list.
fn facts_of(state: &State) -> String {
    let (severity, worst) = (state.severity.word(), state.worst_severity.word());
    let severity = if severity == worst {
        severity.to_owned()
    } else {
        format!("{severity} (worst: {worst})")
    };
    let declared = format!("- Declared: {}", utc_text::timestamp(state.declared_at));
    let mut lines = times_of(state);
    // After the start of the impact, which is always known.
    lines.insert(1, declared);
    lines.insert(0, format!("- Severity: {severity}"));
    lines.join("\n")
}

/// The times that readers know, and how long it lasted.
fn times_of(state: &State) -> Vec<String> {
    let mut lines = vec![format!(
        "- Impact started: {}",
        utc_text::timestamp(state.first_impact_started)
    )];
    if let Some(first) = state.first_public_at {
        lines.push(format!(
            "- First public update: {}",
            utc_text::timestamp(first)
        ));
    }
    if let Some(ended) = state.resolved_at.and(state.ended_at) {
        lines.push(format!("- Resolved: {}", utc_text::timestamp(ended)));
        lines.push(format!(
            "- Duration: {}",
            duration::in_periods(state.duration, state.episode)
        ));
    }
    lines
}

/// A value on one line.
fn inline(value: &str) -> String {
    escaped(&value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A value as paragraphs; a sentence to replace where there is none.
fn block(value: Option<&str>) -> String {
    match value {
        Some(value) => value.lines().map(escaped).collect::<Vec<_>>().join("\n"),
        None => TO_BE_WRITTEN.to_owned(),
    }
}

/// One line as Markdown text that begins no block, holds no HTML, and says what was typed.
pub fn escaped(line: &str) -> String {
    // Indentation would make a code block, and hides nothing else.
    let line = line.trim();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - number.len();
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    if digits > 0 && number.starts_with(['.', ')']) {
        // "1." begins a list: the backslash belongs before the dot.
        let (number, dot) = line.split_at_checked(digits).unwrap_or((line, ""));
        text.push_str(number);
        text.push('\\');
        rest = dot;
    } else if line.starts_with(['#', '=', '-', '+', '>', '~', '|', ':']) {
        text.push('\\');
    }
    for (at, word) in rest.split(' ').enumerate() {
        if at > 0 {
            text.push(' ');
        }
        if is_an_address(word) {
            text.push_str(word);
        } else {
            signs(word, &mut text);
        }
    }
    text
}

/// An address that stands for itself is a link as it is.
fn is_an_address(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#&=%+,;@".contains(c);
    word.starts_with("https://") && word.chars().all(plain) && !word.ends_with('_')
}

/// Signs that would mean something inside a line get a backslash; `_` within a word means nothing.
fn signs(word: &str, text: &mut String) {
    let mut before = ' ';
    let mut signs = word.chars().peekable();
    while let Some(sign) = signs.next() {
        let after = signs.peek().copied().unwrap_or(' ');
        let means = match sign {
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '\\' | '`' | '*' | '[' | '<' => true,
            _ => false,
        };
        if means {
            text.push('\\');
        }
        text.push(sign);
        before = sign;
    }
}
