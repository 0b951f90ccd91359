//! What would contradict something else that readers see: all of it keeps a message from leaving.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};

use crate::domain::calendar::later;
use crate::domain::component::{Component, ComponentState};
use crate::domain::utc_text;
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::facts::{Fact, joined as listed};
use crate::sop::playbook::Variant;

use super::spans::{self, Day, Pace};
use super::{Checked, Finding};

pub(super) fn find(checked: &Checked<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(all_operational(checked));
    found.extend(resolved_but_down(checked));
    found.extend(better_than_another_says(checked));
    found.extend(another_promise(checked));
    found.extend(another_cadence(checked));
    found.extend(times(checked));
    found
}

/// Words that speak of everything, and words that say that it is well.
const ALL: [&str; 5] = ["all", "everything", "every", "fully", "completely"];
const WELL: [&str; 10] = [
    "operational",
    "normal",
    "normally",
    "resolved",
    "fixed",
    "healthy",
    "up",
    "restored",
    "recovered",
    "working",
];
/// What turns such a sentence round, or makes a hope of it.
const NOT_YET: [&str; 11] = [
    "not", "until", "once", "when", "if", "before", "expect", "hope", "will", "should", "restore",
];

/// Whether a sentence says that all is well.
fn all_is_well(sentence: &str) -> bool {
    let words = spans::words(sentence);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let denied = has(&NOT_YET)
        || words
            .iter()
            .any(|word| word.ends_with("n't") || word.ends_with("n’t"));
    has(&ALL) && has(&WELL) && !denied
}

/// "All systems are operational", in any words, while something is not or while another incident is open.
fn all_operational(checked: &Checked<'_>) -> Option<Finding> {
    let (fact, claim) = first(checked, all_is_well)?;
    let worse: Vec<&Component> = checked
        .components
        .iter()
        .filter(|component| !component.state.is_operational())
        .collect();
    let other = checked.others().next();
    let why = if checked.components.is_empty() {
        "it is not known how the components are".to_owned()
    } else if !worse.is_empty() {
        stand(&worse, checked)
    } else {
        format!("another incident is open: {}", other?.name)
    };
    let offer = checked.offer(Variant::True);
    let what_to_do = if offer.is_some() {
        "Use the text that does not claim it, or correct the components."
    } else {
        "Say what is true, or correct the components."
    };
    let text = format!("It says “{claim}”, but {why}. {what_to_do}");
    // What the playbook's own text says is certain; what somebody typed may be meant otherwise.
    let finding = if fact.is_some() {
        Finding::asking(text)
    } else {
        Finding::blocking(text)
    };
    Some(finding.about(fact).offering(offer))
}

/// A component that this post makes better than another open incident says it is.
fn better_than_another_says(checked: &Checked<'_>) -> Vec<Finding> {
    let Some(page) = checked.page else {
        return Vec::new();
    };
    let better = |after: &Component| {
        let now = page.component(&after.id)?;
        let said = page.said_by_others(&after.id, checked.own)?;
        let improves = now.state.is_worse_than(&after.state);
        (improves && said.is_worse_than(&after.state)).then(|| {
            Finding::blocking(format!(
                "It makes {} better than another open incident says it is. Leave it as it is, or correct that incident first.",
                after.name
            ))
        })
    };
    if checked.purpose.channel == Channel::Page {
        checked.components.iter().filter_map(better).collect()
    } else {
        Vec::new()
    }
}

fn resolved_but_down(checked: &Checked<'_>) -> Option<Finding> {
    let ends = match checked.purpose.channel {
        // A post-mortem looks back.
        Channel::Page if checked.purpose.kind == DutyKind::Postmortem => false,
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
        .filter(|component| !is_anothers(checked, component))
        .collect();
    if !ends || down.is_empty() {
        return None;
    }
    let text = format!(
        "It says that the incident is over, but {}. Set what works to operational, or do not resolve \
         yet.",
        stand(&down, checked)
    );
    Some(Finding::blocking(text))
}

/// Whether another open incident, or planned work that is running, says that a component is as bad as it is: then it is not
/// this one's to put right.
fn is_anothers(checked: &Checked<'_>, component: &Component) -> bool {
    let Some(page) = checked.page else {
        return false;
    };
    let said = page.said_by_others(&component.id, checked.own);
    said.is_some_and(|said| !component.state.is_worse_than(&said))
        || component.state == ComponentState::UnderMaintenance && page.is_worked_on(&component.id)
}

/// "API is in major outage and Billing is degraded".
fn stand(components: &[&Component], checked: &Checked<'_>) -> String {
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
            format!("{} is {state}", component.name_among(checked.components))
        })
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    listed(&parts)
}

/// How far ahead a time of day is still taken for one that is to come: readers hear of no update half a day later.
const AHEAD: TimeDelta = TimeDelta::hours(12);

/// Nouns for what readers are promised, and words by which a sentence speaks of ours.
const UPDATE: [&str; 8] = [
    "update",
    "updates",
    "news",
    "information",
    "report",
    "notice",
    "hear",
    "posted",
];
const OURS: [&str; 17] = [
    "we", "we'll", "we’ll", "we're", "we’re", "us", "next", "further", "another", "more", "expect",
    "provide", "post", "share", "send", "follow", "regular",
];

/// Whether a sentence promises readers something: an update of ours, not one of a database.
fn promises(words: &[String]) -> bool {
    let is = |list: &[&str], word: &String| list.contains(&word.as_str());
    let speaks = words.iter().any(|word| is(&UPDATE, word));
    let ours = words.iter().any(|word| is(&OURS, word))
        || words.first().is_some_and(|word| is(&UPDATE, word))
        || words.windows(2).any(|pair| match pair {
            [pace, update] => (pace == "hourly" || pace == "daily") && is(&UPDATE, update),
            _ => false,
        });
    speaks && ours || is_bare(words)
}

/// Whether a sentence says a pace or a time to come and nothing else, "every half hour", "within the hour": readers
/// take it for the updates'.
fn is_bare(words: &[String]) -> bool {
    const LEADS: [&str; 8] = [
        "every", "each", "hourly", "daily", "once", "twice", "in", "within",
    ];
    const MOST: usize = 4;
    words.len() <= MOST
        && words
            .first()
            .is_some_and(|word| LEADS.contains(&word.as_str()))
        && (spans::pace(words).is_some() || spans::length(words).is_some())
}

/// Words by which such a sentence speaks of what is to come: a time of day in it is one that is promised, and not one
/// at which something was said.
const TO_COME: [&str; 9] = [
    "next", "further", "another", "will", "we'll", "we’ll", "expect", "follow", "follows",
];

fn announces(words: &[String]) -> bool {
    words.iter().any(|word| TO_COME.contains(&word.as_str()))
        || matches!(words, [update, by, ..] if by == "by" && UPDATE.contains(&update.as_str()))
}

/// The promise that the message prints.
fn printed(checked: &Checked<'_>) -> Option<DateTime<Utc>> {
    let page = checked.purpose.channel == Channel::Page;
    checked
        .filling
        .promise
        .filter(|_| page && !checked.filling.status.is_over())
}

/// A time of day, a length or a day by which the text promises an update, and which is not the clock's. Readers hold us
/// to any of them. The report tells of the past and is left alone.
fn another_promise(checked: &Checked<'_>) -> Option<Finding> {
    if checked.purpose.kind == DutyKind::Report {
        return None;
    }
    let ours = printed(checked);
    let now = checked.filling.now;
    let contradicts = |sentence: &str| {
        let words = spans::words(sentence);
        if !promises(&words) {
            return false;
        }
        let announced = announces(&words);
        let at = spans::time_of_day(&words).and_then(|clock| to_come(clock, now, announced));
        let at = at.or_else(|| Some(cut(later(now, spans::length(&words)?))));
        match at {
            Some(at) => Some(at) != ours,
            None => {
                announced
                    && spans::day(&words)
                        .is_some_and(|day| !ours.is_some_and(|at| is_on(day, at, now)))
            }
        }
    };
    let (fact, said) = first(checked, contradicts)?;
    let finding = match ours {
        Some(at) => {
            let question = format!("“{said}” promises another time than the clock");
            let clock = utc_text::clock(at);
            Finding::asking(format!(
                "{question}, which promises {clock}. Remove the one that was typed."
            ))
            .in_short(question + ".")
        }
        None => Finding::asking(format!(
            "“{said}” promises an update, and no clock runs for that. Remove the promise."
        )),
    };
    Some(finding.about(fact))
}

/// Whether a moment lies on the day that a sentence means.
fn is_on(day: Day, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    match day {
        Day::Tomorrow => now.date_naive().succ_opt() == Some(at.date_naive()),
        Day::On(weekday) => at.weekday() == weekday,
        Day::Vague => false,
    }
}

/// The next moment with this time of day, in UTC: where the sentence announces it, or where it lies near enough to be
/// meant.
fn to_come(
    (hour, minute): (u32, u32),
    now: DateTime<Utc>,
    announced: bool,
) -> Option<DateTime<Utc>> {
    let today = now.date_naive().and_hms_opt(hour, minute, 0)?.and_utc();
    let next = if today < cut(now) {
        later(today, TimeDelta::days(1))
    } else {
        today
    };
    (announced || next - now <= AHEAD).then_some(next)
}

fn cut(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0)
        .and_then(|at| at.with_nanosecond(0))
        .unwrap_or(at)
}

/// Updates "every 15 minutes" against an hourly clock.
fn another_cadence(checked: &Checked<'_>) -> Option<Finding> {
    if checked.purpose.kind == DutyKind::Report {
        return None;
    }
    let rules = checked.playbook.severities.of(checked.filling.severity);
    let contradicts = |sentence: &str| {
        let words = spans::words(sentence);
        let pace = spans::pace(&words);
        promises(&words) && pace.is_some_and(|pace| rules.cadence.map(Pace::Every) != Some(pace))
    };
    let (fact, _) = first(checked, contradicts)?;
    let text = format!(
        "It promises updates at another pace than the severity's, which is: {}. Say it as the clock \
         has it, or change the severity.",
        rules.cadence_words
    );
    Some(Finding::asking(text).about(fact))
}

/// The first sentence of what the message says that has a property, and the fact that it stands in.
fn first(checked: &Checked<'_>, has: impl Fn(&str) -> bool) -> Option<(Option<Fact>, String)> {
    checked.spoken().into_iter().find_map(|(fact, text)| {
        let found = sentences(&text)
            .map(str::trim)
            .find(|sentence| has(sentence))?;
        Some((fact, found.trim_end_matches('.').to_owned()))
    })
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences of a text, each also without what stands before its colon ("API: updates every hour"). A full stop within
/// a word ("15.00", "p.m.") ends none.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['!', '?', '\n', ';'])
        .flat_map(|line| line.split(". "))
        .flat_map(|sentence| {
            let labelled = sentence.split_once(": ").map(|(_, said)| said);
            [Some(sentence), labelled].into_iter().flatten()
        })
        .filter(|sentence| !sentence.trim().is_empty())
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
