//! Puts values into a message's templates: which value stands in which place.

use chrono::{DateTime, Utc};

use crate::domain::incident::IncidentStatus;
use crate::domain::{duration, promise, utc_text};
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::facts::Fact;
use crate::sop::playbook::{Message, Playbook};
use crate::sop::severity::Severity;
use crate::sop::template::{Computed, Gap, Origin, Source, Stretch, Template, Value};

use super::{Filling, markup};

/// A message's templates with everything put in that is there.
pub(super) struct Filled {
    /// The title or subject.
    pub(super) title: Option<Vec<Stretch>>,
    /// The SOP's block.
    pub(super) block: Vec<Stretch>,
    /// Emails: the block without its subject line, its markup still in it.
    pub(super) letter: Option<Vec<Stretch>>,
    /// What is read: the block with the promise line, or an email's text part.
    pub(super) text: Vec<Stretch>,
    /// The promise that the text prints.
    pub(super) promise: Option<DateTime<Utc>>,
    /// Every gap, title first.
    pub(super) gaps: Vec<Gap>,
}

pub(super) fn fill(playbook: &Playbook, message: &Message, filling: &Filling) -> Filled {
    let channel = message.purpose.channel;
    let value_of = |source| value(playbook, channel, filling, source);
    let (title, mut gaps) = title(playbook, message, filling);
    let (block, block_gaps) = message.body.fill(value_of);
    if channel == Channel::Email {
        let (letter, letter_gaps) = message
            .body
            .without_first(subject_line(message))
            .fill(value_of);
        gaps.extend(letter_gaps);
        let text = markup::plain(&letter);
        return Filled {
            title,
            block,
            letter: Some(letter),
            text,
            promise: None,
            gaps,
        };
    }
    gaps.extend(block_gaps);
    let promise = filling
        .promise
        .filter(|_| channel == Channel::Page && !filling.status.is_over());
    let mut text = block.clone();
    if let Some(at) = promise {
        text.push(Stretch {
            text: "\n\n".to_owned(),
            origin: Origin::Template,
        });
        text.push(Stretch {
            text: promise::print(at),
            origin: Origin::Value,
        });
    }
    Filled {
        title,
        block,
        letter: None,
        text,
        promise,
        gaps,
    }
}

/// How many bytes an email's block gives to its subject line and the empty line below it. The playbook
/// was only read because they are there.
fn subject_line(message: &Message) -> usize {
    let subject = message.title.as_ref().map_or("", Template::source);
    format!("Subject: {subject}\n\n").len()
}

fn title(
    playbook: &Playbook,
    message: &Message,
    filling: &Filling,
) -> (Option<Vec<Stretch>>, Vec<Gap>) {
    let purpose = message.purpose;
    let kept = filling.first_title.as_ref().filter(|_| {
        playbook.additions.keep_first_title
            && purpose.channel == Channel::Page
            && purpose.kind != DutyKind::First
    });
    if let Some(kept) = kept {
        let stretch = Stretch {
            text: kept.clone(),
            origin: Origin::Value,
        };
        return (Some(vec![stretch]), Vec::new());
    }
    let plain = message
        .title_plain
        .as_ref()
        .filter(|_| message.title_plain_for.contains(&filling.severity));
    let Some(template) = plain.or(message.title.as_ref()) else {
        return (None, Vec::new());
    };
    let (stretches, gaps) =
        template.fill(|source| value(playbook, purpose.channel, filling, source));
    (Some(stretches), gaps)
}

fn value(playbook: &Playbook, channel: Channel, filling: &Filling, source: Source) -> Value {
    match source {
        Source::Fact(fact) => match (filling.facts.get(fact), playbook.fact_defaults.get(&fact)) {
            (Some(given), _) => Value::Given(bridged(filling, fact, given)),
            (None, Some(default)) => Value::Default(bridged(filling, fact, default)),
            (None, None) => Value::Missing,
        },
        Source::Computed(computed) => computed_value(playbook, filling, computed),
        Source::RecipientName if channel == Channel::Email => Value::PerRecipient,
        Source::RecipientName => Value::Missing,
    }
}

/// The progress, with the sentence that bridges a change of severity in front of it.
fn bridged(filling: &Filling, fact: Fact, value: &str) -> String {
    match &filling.bridge {
        Some(bridge) if fact == Fact::Progress => format!("{bridge} {value}"),
        Some(_) | None => value.to_owned(),
    }
}

fn computed_value(playbook: &Playbook, filling: &Filling, computed: Computed) -> Value {
    match computed {
        Computed::Started => Value::Given(utc_text::timestamp(filling.started)),
        Computed::StartedAgain => Value::Given(utc_text::timestamp(filling.started_again)),
        Computed::LastUpdated => Value::Given(utc_text::timestamp(filling.now)),
        Computed::Resolved => filling.ended.map_or(Value::Missing, |ended| {
            Value::Given(utc_text::timestamp(ended))
        }),
        Computed::Duration => filling.ended.map_or(Value::Missing, |_| {
            Value::Given(duration::in_periods(filling.duration, filling.periods))
        }),
        Computed::Status => status(&filling.status),
        Computed::Date => Value::Given(utc_text::date(filling.started)),
        Computed::Cadence | Computed::Severity => {
            without_facts(playbook, filling.severity, Source::Computed(computed))
        }
    }
}

/// What only the severity decides; everything else is missing.
pub(super) fn without_facts(playbook: &Playbook, severity: Severity, source: Source) -> Value {
    let rules = playbook.severities.of(severity);
    match source {
        Source::Computed(Computed::Cadence) => Value::Given(rules.cadence_words.clone()),
        Source::Computed(Computed::Severity) => {
            Value::Given(format!("{} ({})", severity.word(), rules.name))
        }
        Source::Computed(
            Computed::Started
            | Computed::StartedAgain
            | Computed::LastUpdated
            | Computed::Resolved
            | Computed::Duration
            | Computed::Status
            | Computed::Date,
        )
        | Source::Fact(_)
        | Source::RecipientName => Value::Missing,
    }
}

fn status(status: &IncidentStatus) -> Value {
    let said = match status {
        IncidentStatus::Investigating
        | IncidentStatus::Identified
        | IncidentStatus::Monitoring
        | IncidentStatus::Resolved => status,
        IncidentStatus::Postmortem => &IncidentStatus::Resolved,
        // Nobody can choose it, and nobody would understand it.
        IncidentStatus::Unknown(_) => return Value::Missing,
    };
    Value::Given(said.name().to_owned())
}
