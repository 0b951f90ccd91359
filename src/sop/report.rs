//! The timeline of a run, and the post-mortem's prefilled text, as Markdown.
//!
//! What people typed goes into Markdown as text, never as structure: a value cannot forge a heading, a
//! list item, a rule, a quote, a fence, a table or HTML. On each of its lines the first character gets a
//! backslash where it could begin a block, and so does every `<`; emphasis and links inside a line are
//! left alone, so that the text stays readable as text. In the timeline, where an entry is one line, line
//! breaks become spaces.

mod sentence;

use chrono::{DateTime, Utc};

use crate::domain::order::by_key;
use crate::domain::{duration, utc_text};

use super::event::Event;
use super::facts::Fact;
use super::playbook::Playbook;
use super::run::{Run, State, state};

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

/// Severity, times and duration, as a list.
fn facts_of(state: &State) -> String {
    let (severity, worst) = (state.severity.word(), state.worst_severity.word());
    let severity = if severity == worst {
        severity.to_owned()
    } else {
        format!("{severity} (worst: {worst})")
    };
    let mut lines = vec![
        format!("- Severity: {severity}"),
        format!(
            "- Impact started: {}",
            utc_text::timestamp(state.first_impact_started)
        ),
        format!("- Declared: {}", utc_text::timestamp(state.declared_at)),
    ];
    if let Some(first) = state.first_public_at {
        lines.push(format!(
            "- First public update: {}",
            utc_text::timestamp(first)
        ));
    }
    if let Some(resolved) = state.resolved_at {
        lines.push(format!("- Resolved: {}", utc_text::timestamp(resolved)));
        lines.push(format!(
            "- Duration: {}",
            duration::in_periods(state.duration, state.episode)
        ));
    }
    lines.join("\n")
}

/// A value on one line.
fn inline(value: &str) -> String {
    escape(&value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A value as paragraphs; a sentence to replace where there is none.
fn block(value: Option<&str>) -> String {
    match value {
        Some(value) => value.lines().map(escape).collect::<Vec<_>>().join("\n"),
        None => "To be written.".to_owned(),
    }
}

/// One line as Markdown text that begins no block and holds no HTML.
fn escape(line: &str) -> String {
    // Indentation would make a code block, and hides nothing else.
    let line = line.trim().replace('<', "\\<");
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - number.len();
    if digits > 0 && number.starts_with(['.', ')']) {
        // "1." begins a list: the backslash belongs before the dot.
        let (number, rest) = line.split_at_checked(digits).unwrap_or((&line, ""));
        return format!("{number}\\{rest}");
    }
    if line.starts_with(['#', '=', '-', '+', '*', '_', '>', '`', '~', '|', '[', ':']) {
        return format!("\\{line}");
    }
    line
}
