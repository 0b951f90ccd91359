//! Every message with sample facts, for the SOP's owner to read, print and approve.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::incident::IncidentStatus;
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::facts::{Fact, Facts};
use crate::sop::playbook::{Message, Playbook, Purpose};
use crate::sop::severity::Severity;
use crate::sop::x_length;

use super::{EmailParts, Filling, PageOptions, Preview, preview, promise_for, render};

/// A message with sample facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The message's id in the playbook.
    pub id: String,
    /// Its heading in the SOP.
    pub name: String,
    pub purpose: Purpose,
    /// Whether it is an addition of ours and not the SOP's.
    pub addition: bool,
    /// What the SOP says of the status that goes with it.
    pub status: Option<String>,
    /// The severity that it is shown for.
    pub severity: Severity,
    /// Title or subject and text, as stretches.
    pub preview: Preview,
    /// Emails: both parts, as a recipient without a name on the list gets them.
    pub email: Option<EmailParts>,
    /// X: its weighted length.
    pub weight: Option<usize>,
}

/// All messages of the playbook with sample facts, in the file's order; a message whose subject depends
/// on the severity once more for each that has one of its own.
pub fn samples(playbook: &Playbook) -> Vec<Sample> {
    playbook
        .messages
        .iter()
        .flat_map(|message| {
            std::iter::once(Severity::P0)
                .chain(message.title_plain_for.iter().copied())
                .filter_map(|severity| sample(playbook, message, severity))
        })
        .collect()
}

fn sample(playbook: &Playbook, message: &Message, severity: Severity) -> Option<Sample> {
    let purpose = message.purpose;
    let filling = filling(playbook, purpose.kind, severity);
    let preview = preview(playbook, purpose, &filling)?;
    let sendable = render(playbook, purpose, &filling, &PageOptions::default()).ok();
    let email = sendable
        .as_ref()
        .and_then(|sendable| sendable.email_for(None));
    let weight = sendable
        .as_ref()
        .filter(|_| purpose.channel == Channel::X)
        .map(|sendable| x_length::weight(&sendable.record().text));
    Some(Sample {
        id: message.id.clone(),
        name: message.name.clone(),
        purpose,
        addition: message.addition,
        status: message.status.clone(),
        severity,
        preview,
        email,
        weight,
    })
}

/// 15 January 2024, 14:05 UTC: the day of the SOP.
const SAMPLE_START: i64 = 1_705_327_500;

fn filling(playbook: &Playbook, kind: DutyKind, severity: Severity) -> Filling {
    let started = DateTime::<Utc>::from_timestamp(SAMPLE_START, 0).unwrap_or_default();
    let now = started + TimeDelta::minutes(25);
    let ended = started + TimeDelta::minutes(72);
    let status = match kind {
        DutyKind::First | DutyKind::Raised | DutyKind::Reopened => IncidentStatus::Investigating,
        DutyKind::Update => IncidentStatus::Identified,
        DutyKind::Resolved | DutyKind::Report | DutyKind::Postmortem | DutyKind::Regulator => {
            IncidentStatus::Resolved
        }
    };
    Filling {
        facts: facts(),
        severity,
        started,
        started_again: if kind == DutyKind::Reopened {
            started + TimeDelta::minutes(20)
        } else {
            started
        },
        ended: status.is_over().then_some(ended),
        duration: ended - started,
        periods: 1,
        now,
        promise: promise_for(playbook, severity, &status, now),
        status,
        bridge: None,
        first_title: None,
    }
}

fn facts() -> Facts {
    let mut facts = Facts::default();
    for fact in Fact::ALL {
        let value = match fact {
            Fact::Service => "Checkout",
            Fact::Symptom => "errors when paying by card",
            Fact::Impact => "Customers who pay by card in Europe",
            Fact::Description => "Card payments in Europe fail for about one customer in three.",
            Fact::Progress => {
                "We have found the cause, and are returning payments to a healthy system."
            }
            Fact::Cause => "A faulty certificate was replaced",
            Fact::WhatHappened => {
                "A certificate that the payment service depends on was not accepted by our card \
                 provider, and card payments failed."
            }
            Fact::Resolution => "We replaced the certificate, and all payments go through again.",
            Fact::RootCause => "The certificate had been issued with the wrong chain.",
            Fact::Prevention => {
                "Certificates are now checked against the provider before they are used."
            }
            Fact::Summary => "Card payments in Europe failed for about one customer in three.",
        };
        facts.set(fact, value.to_owned());
    }
    facts
}
