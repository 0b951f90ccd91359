//! What would contradict something else that readers see: all of it keeps a message from leaving.

use chrono::{DateTime, Utc};

use crate::config::words::every;
use crate::domain::component::{Component, ComponentState};
use crate::domain::utc_text;
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::facts::joined as listed;
use crate::sop::playbook::Variant;

use super::{Checked, Finding};

pub(super) fn find(checked: &Checked<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(all_operational(checked));
    found.extend(resolved_but_down(checked));
    found.extend(another_promise(checked));
    found.extend(another_cadence(checked));
    found.extend(times(checked));
    found
}

/// How the claim is said, in small letters and with single spaces.
const CLAIMS: [&str; 3] = [
    "all systems are operational",
    "all systems operational",
    "all systems are now operational",
];

fn all_operational(checked: &Checked<'_>) -> Option<Finding> {
    let text = flat(&checked.all());
    let claim = CLAIMS.iter().find(|claim| text.contains(*claim))?;
    let worse: Vec<&Component> = checked
        .components
        .iter()
        .filter(|component| !component.state.is_operational())
        .collect();
    if worse.is_empty() && !checked.components.is_empty() {
        return None;
    }
    let why = if checked.components.is_empty() {
        "it is not known how the components are".to_owned()
    } else {
        stand(&worse)
    };
    let offer = checked.offer(Variant::True);
    let what_to_do = if offer.is_some() {
        "Use the text that does not claim it, or correct the components."
    } else {
        "Say what is true, or correct the components."
    };
    let text = format!("It says “{claim}”, but {why}. {what_to_do}");
    let fact = checked.fact_that(|value| flat(value).contains(claim));
    Some(Finding::blocking(text).about(fact).offering(offer))
}

fn resolved_but_down(checked: &Checked<'_>) -> Option<Finding> {
    let ends = match checked.purpose.channel {
        Channel::Page => checked.filling.status.is_over(),
        Channel::Email | Channel::X | Channel::LinkedIn => {
            checked.purpose.kind == DutyKind::Resolved
        }
        Channel::Team => false,
    };
    let down: Vec<&Component> = checked
        .components
        .iter()
        .filter(|component| checked.touched.contains(&component.id))
        .filter(|component| !component.state.is_operational())
        .collect();
    if !ends || down.is_empty() {
        return None;
    }
    let text = format!(
        "It says that the incident is over, but {}. Set what works to operational, or do not resolve \
         yet.",
        stand(&down)
    );
    Some(Finding::blocking(text))
}

/// "API is in major outage and Billing is degraded".
fn stand(components: &[&Component]) -> String {
    let parts: Vec<String> = components
        .iter()
        .map(|component| {
            let state = match &component.state {
                ComponentState::Operational => "operational",
                ComponentState::UnderMaintenance => "under maintenance",
                ComponentState::Unknown(_) => "in an unknown state",
                ComponentState::DegradedPerformance => "degraded",
                ComponentState::PartialOutage => "in partial outage",
                ComponentState::MajorOutage => "in major outage",
            };
            format!("{} is {state}", component.name)
        })
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    listed(&parts)
}

const PROMISE: &str = "next update by ";

/// A promise in the text that is not the one that the clock makes.
fn another_promise(checked: &Checked<'_>) -> Option<Finding> {
    let text = flat(&checked.all());
    let printed = printed(checked);
    let ours = printed.map(|at| utc_text::clock(at).to_ascii_lowercase());
    let other = text.split(PROMISE).skip(1).find(|after| {
        !ours
            .as_ref()
            .is_some_and(|ours| after.starts_with(ours.as_str()))
    })?;
    let said: String = other
        .split(' ')
        .take(2)
        .collect::<Vec<_>>()
        .join(" ")
        .to_ascii_uppercase();
    let said = said.trim_end_matches(['.', ',', ';', '!', '?']);
    let text = match printed {
        Some(at) => format!(
            "It promises the next update by {said}, and the clock promises {}. Remove the one that \
             was typed.",
            utc_text::clock(at)
        ),
        None => format!(
            "It promises the next update by {said}, and no clock runs for that. Remove the promise."
        ),
    };
    let fact = checked.fact_that(|value| flat(value).contains(PROMISE));
    Some(Finding::blocking(text).about(fact))
}

/// The promise that the message prints.
fn printed(checked: &Checked<'_>) -> Option<DateTime<Utc>> {
    let page = checked.purpose.channel == Channel::Page;
    checked
        .filling
        .promise
        .filter(|_| page && !checked.filling.status.is_over())
}

/// Updates "every 15 minutes" against an hourly clock. The report tells of the past and is left alone.
fn another_cadence(checked: &Checked<'_>) -> Option<Finding> {
    if checked.purpose.kind == DutyKind::Report {
        return None;
    }
    let rules = checked.playbook.severities.of(checked.filling.severity);
    let contradicts = |text: &str| {
        sentences(text).any(|sentence| {
            flat(sentence).contains("update")
                && every(sentence)
                    .iter()
                    .any(|span| Some(*span) != rules.cadence)
        })
    };
    if !contradicts(&checked.all()) {
        return None;
    }
    let text = format!(
        "It promises updates at another pace than the severity's, which is: {}. Say it as the clock \
         has it, or change the severity.",
        rules.cadence_words
    );
    Some(Finding::blocking(text).about(checked.fact_that(contradicts)))
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', '!', '?', ':', '\n'])
}

/// Times that cannot be.
fn times(checked: &Checked<'_>) -> Vec<Finding> {
    let filling = checked.filling;
    let mut found = Vec::new();
    if filling.ended.is_some_and(|ended| ended < filling.started) {
        found.push(Finding::blocking(
            "The impact ended before it started. Correct one of the two times.",
        ));
    }
    if filling.started > filling.now {
        found.push(Finding::warning(format!(
            "The impact starts in the future, at {}. Check the time and its zone.",
            utc_text::timestamp(filling.started)
        )));
    }
    if let Some(ended) = filling.ended.filter(|ended| *ended > filling.now) {
        found.push(Finding::warning(format!(
            "The impact ends in the future, at {}. Check the time and its zone.",
            utc_text::timestamp(ended)
        )));
    }
    found
}

/// In small letters and with single spaces.
pub(super) fn flat(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_ascii_lowercase()
}
