//! A fold-critical event as one short JSON array:
//! `["<millis>-<counter>", at, offset, who, kind, …]`. The id's device is the key's; `at` is counted in
//! milliseconds from the id's own, so that it is mostly 0. Times are milliseconds since 1970.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use crate::sop::channel::Channel;
use crate::sop::duty::DutyKey;
use crate::sop::event::{Event, EventId, EventKind, SendOutcome, SentMessage};
use crate::sop::run::small;

/// What stands in another console's log where this one's has words of a person.
const ELSEWHERE: &str = "(said on another device)";

/// The longest name of a person that is shared, in characters.
const WHO: usize = 16;

/// The longest login of an approver that is shared, in characters.
const LOGIN: usize = 254;

/// How many initials are shared of a name.
const INITIALS: usize = 4;

/// The words that stand for what was said on another device.
pub(super) fn elsewhere() -> String {
    ELSEWHERE.to_owned()
}

/// A name as its initials and a mark that tells it from others: "Grace Hopper" is "G. H. #7a21", and Anna is not Ada.
/// What is so already stays so, whichever console shares it again.
pub(crate) fn initials(name: &str) -> String {
    let is_mark = |mark: &str| mark.len() == 4 && mark.chars().all(|one| one.is_ascii_hexdigit());
    if name
        .rsplit_once(" #")
        .is_some_and(|(_, mark)| is_mark(mark))
    {
        return name.to_owned();
    }
    let mut letters: Vec<String> = name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(INITIALS)
        .map(|letter| format!("{letter}."))
        .collect();
    if !letters.is_empty() {
        letters.push(format!("#{}", mark(name)));
    }
    letters.join(" ")
}

/// A name as it is shared of a responder. A long one ends with its mark: two logins may begin alike.
fn shortened(name: &str) -> String {
    if name.chars().count() <= WHO {
        return name.to_owned();
    }
    let begins: String = name.chars().take(WHO - 5).collect();
    format!("{begins}~{}", mark(name))
}

/// Four digits that tell a name from others, however it is written.
fn mark(name: &str) -> String {
    let mut hash: u32 = 0x811c_9dc5;
    for letter in name.trim().chars().map(small) {
        hash = (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193);
    }
    format!("{:04x}", (hash >> 16) ^ (hash & 0xffff))
}

/// An id's place in its device's log: the id without the device, of fixed width.
pub(super) fn place(id: &EventId) -> String {
    format!("{:012x}-{:04x}", id.millis, id.counter)
}

/// The event as it is shared; `None` where it is not.
pub(super) fn entry(event: &Event) -> Option<Value> {
    let what = what(event)?;
    let from_id = event
        .at
        .timestamp_millis()
        .saturating_sub(i64::try_from(event.id.millis).unwrap_or(0));
    let mut entry = vec![
        json!(place(&event.id)),
        json!(from_id),
        json!(event.offset_ms),
        json!(shortened(&event.who)),
    ];
    entry.extend(what);
    Some(Value::Array(entry))
}

/// The kind's word and its values.
fn what(event: &Event) -> Option<Vec<Value>> {
    Some(match &event.what {
        EventKind::Declared {
            impact_started,
            severity,
            kind,
            components,
            became_aware,
            personal_data,
            facts: _,
            sop_version,
            drill,
        } => vec![
            json!("declared"),
            moment(*impact_started),
            json!(severity.word()),
            json!(kind),
            components.iter().map(|id| json!(id.0)).collect(),
            became_aware.map_or(Value::Null, moment),
            word(personal_data),
            json!(sop_version),
            json!(drill),
        ],
        EventKind::TimeSet { time, value } => vec![json!("time"), word(time), moment(*value)],
        EventKind::ComponentsSet { components } => vec![
            json!("components"),
            components.iter().map(|id| json!(id.0)).collect(),
        ],
        EventKind::SeverityChanged { to, reason: _ } => vec![json!("severity"), json!(to.word())],
        EventKind::TypeChanged { to } => vec![json!("type"), json!(to)],
        EventKind::PersonalDataSet { to } => vec![json!("data"), word(to)],
        EventKind::SendStarted { op, message } => {
            let mut entry = vec![json!("sent"), json!(op)];
            entry.extend(self::message(message));
            entry
        }
        EventKind::SendAnswered { op, outcome } => {
            let (how, id) = match outcome {
                SendOutcome::Accepted { receipt } => ("accepted", receipt.vendor_id.as_ref()),
                SendOutcome::Failed { reason: _ } => ("failed", None),
                SendOutcome::Unknown { reason: _ } => ("unknown", None),
            };
            vec![json!("answer"), json!(op), json!(how), json!(id)]
        }
        EventKind::EmailFinished {
            op,
            failed,
            unknown,
        } => {
            let mut entry = vec![json!("finished"), json!(op), json!(failed)];
            entry.extend(unknown.map(Value::from));
            entry
        }
        EventKind::PostedByHand {
            message,
            posted_at,
            link: _,
        } => {
            let mut entry = vec![json!("hand"), moment(*posted_at)];
            entry.extend(self::message(message));
            entry
        }
        EventKind::AnsweredPost { duty } => key("post", *duty),
        EventKind::Skipped { duty, reason: _ } => key("skip", *duty),
        EventKind::Approved { approver, alone } => {
            // The sender's console has to tell whether its own login gave it.
            let by_login = event.approves_as_itself(approver);
            let approver = if by_login {
                approver.chars().take(LOGIN).collect()
            } else {
                initials(approver)
            };
            vec![
                json!("approved"),
                json!(approver),
                json!(alone),
                json!(by_login),
            ]
        }
        EventKind::ResolvedWithoutPage => vec![json!("resolved")],
        EventKind::Reopened => vec![json!("reopened")],
        EventKind::DeclaredInError { reason: _ } => vec![json!("error")],
        EventKind::PostmortemDone {
            text: _,
            held_on,
            participants: _,
        } => vec![json!("postmortem"), json!(held_on)],
        EventKind::RegulatorNotified {
            reference: _,
            notified_at,
        } => {
            let mut entry = vec![json!("regulator")];
            entry.extend(notified_at.map(moment));
            entry
        }
        EventKind::PageIncident { id } => vec![json!("page"), json!(id.0)],
        EventKind::PageLeft => vec![json!("left")],
        EventKind::Claimed { op, kind, episode } => {
            vec![json!("claim"), json!(op), word(kind), json!(episode)]
        }
        // What has not left concerns nobody else.
        EventKind::AboutToLeave { .. }
        | EventKind::Withdrawn { .. }
        | EventKind::FactSet { .. }
        | EventKind::ComponentsChanged { .. }
        | EventKind::Ticked { .. }
        | EventKind::Note { .. } => return None,
    })
}

/// A message without its words: where, of what kind, to how many, and what it did to the page; of one that ends the
/// incident also the end that it prints, so that every console counts up to it.
fn message(message: &SentMessage) -> Vec<Value> {
    let page = message.page.as_ref();
    let mut entry = vec![
        json!(message.channel.word()),
        word(message.kind),
        json!(page.map(|page| page.status.word())),
        json!(page.map(|page| page.severity.word())),
        page.and_then(|page| page.promise)
            .map_or(Value::Null, moment),
        json!(message.recipients),
    ];
    entry.extend(message.printed_end().map(moment));
    entry
}

fn key(kind: &str, duty: DutyKey) -> Vec<Value> {
    vec![
        json!(kind),
        json!(duty.episode),
        word(duty.kind),
        json!(duty.channel.map(Channel::word)),
        json!(duty.seq),
    ]
}

fn moment(at: DateTime<Utc>) -> Value {
    json!(at.timestamp_millis())
}

/// An enum's own word. Ours can all be written.
fn word(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}
