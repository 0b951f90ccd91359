//! What the tests of messages share: the shipped playbook, plain facts, and an incident around them.

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::facts::{Fact, Facts};
use allclear::sop::message::{Filling, PageOptions, Sendable, render};
use allclear::sop::playbook::{self, Playbook, Purpose, Variant};
use allclear::sop::severity::Severity;
use chrono::{DateTime, TimeDelta, Utc};

/// The shipped playbook.
pub fn shipped() -> Playbook {
    playbook::parse(super::SOP).unwrap()
}

/// A moment.
pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Facts without anything odd in them.
pub fn plain_facts() -> Facts {
    let mut facts = Facts::default();
    for (fact, value) in [
        (Fact::Service, "Checkout"),
        (Fact::Symptom, "errors when paying"),
        (Fact::Impact, "Customers who pay by card"),
        (Fact::Description, "Card payments fail."),
        (Fact::Progress, "We have found the cause."),
        (Fact::Cause, "A faulty certificate was replaced"),
        (
            Fact::WhatHappened,
            "Card payments failed because of a certificate.",
        ),
        (Fact::Resolution, "We replaced the certificate."),
        (Fact::RootCause, "The certificate had the wrong chain."),
        (Fact::Prevention, "Certificates are now checked."),
        (Fact::Summary, "Card payments failed."),
    ] {
        facts.set(fact, value.to_owned());
    }
    facts
}

/// An incident of 15 January 2024 under P0.
pub fn plain(status: IncidentStatus) -> Filling {
    Filling {
        facts: plain_facts(),
        severity: Severity::P0,
        ended: status.is_over().then(|| at("2024-01-15T15:17:40Z")),
        status,
        started: at("2024-01-15T14:05:20Z"),
        started_again: at("2024-01-15T14:05:20Z"),
        duration: TimeDelta::minutes(72),
        periods: 1,
        now: at("2024-01-15T14:30:59Z"),
        promise: None,
        bridge: None,
        first_title: None,
    }
}

/// The usual text of a kind on a channel.
pub fn usual(channel: Channel, kind: DutyKind) -> Purpose {
    Purpose {
        channel,
        kind,
        variant: Variant::Usual,
    }
}

/// A message that has to be complete.
pub fn made(playbook: &Playbook, purpose: Purpose, filling: &Filling) -> Sendable {
    render(playbook, purpose, filling, &PageOptions::default()).unwrap()
}
