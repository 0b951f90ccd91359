//! The parts of the file that decide on duties: a problem in one of them stops everything.

use chrono::TimeDelta;

use crate::config::reader::{Diagnostics, Span, TableReader};
use crate::config::words::every;
use crate::domain::component::ComponentState;
use crate::domain::impact::Impact;
use crate::sop::duty::Mode;
use crate::sop::severity::Severity;

use super::{Clocks, IncidentType, Meta, Regulator, Severities, SeverityRules, TimelineLine};

pub(super) const SEVERITIES: [(&str, Severity); 4] = [
    ("P0", Severity::P0),
    ("P1", Severity::P1),
    ("P2", Severity::P2),
    ("P3", Severity::P3),
];

/// `[sop]`
pub(super) fn meta(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> Option<Meta> {
    let mut part = file.part(notes, "sop")?;
    part.stops("no incident can say under which SOP it runs: the console cannot run this SOP");
    let title = part.text(notes, "title", "\"SOP: Incident Communication\"");
    let version = part.text(notes, "version", "\"1.0\"");
    let owner = part.text(notes, "owner", "\"Operations Team\"");
    let last_updated = part.date(notes, "last_updated");
    let next_review = part.date(notes, "next_review");
    let review_interval = part.text(notes, "review_interval", "\"Quarterly\"");
    if let (Some(updated), Some(review)) = (last_updated, next_review)
        && review < updated
    {
        let wrong = format!("the review ({review}) lies before the last change ({updated})");
        part.refuse(notes, "next_review", wrong, "a later date".to_owned());
    }
    part.finish_complete(notes);
    Some(Meta {
        title: title?,
        version: version?,
        owner: owner?,
        last_updated: last_updated?,
        next_review: next_review?,
        review_interval: review_interval?,
    })
}

/// `[severity.P0]` to `[severity.P3]`
pub(super) fn severities(
    notes: &mut Diagnostics,
    file: &mut TableReader<'_>,
) -> Option<Severities> {
    let mut part = file.part(notes, "severity")?;
    part.stops("no duties can be worked out: the console cannot run this SOP");
    let p0 = severity(notes, &mut part, Severity::P0);
    let p1 = severity(notes, &mut part, Severity::P1);
    let p2 = severity(notes, &mut part, Severity::P2);
    let p3 = severity(notes, &mut part, Severity::P3);
    part.finish_complete(notes);
    Some(Severities {
        p0: p0?,
        p1: p1?,
        p2: p2?,
        p3: p3?,
    })
}

/// A promise is a time of day, so that what it promises has to come within a day.
fn promisable(notes: &mut Diagnostics, part: &mut TableReader<'_>, cadence: Option<Span>) {
    if let Some(Span::Of(span)) = cadence
        && span > TimeDelta::hours(24)
    {
        let wrong = "it is more than 24 hours, and a promise is a time of day";
        let right = "cadence = at most \"24 hours\", or \"on change\"";
        part.refuse(notes, "cadence", wrong.to_owned(), right.to_owned());
    }
}

fn severity(
    notes: &mut Diagnostics,
    severities: &mut TableReader<'_>,
    severity: Severity,
) -> Option<SeverityRules> {
    let mut part = severities.part(notes, severity.word())?;
    let name = part.text(notes, "name", "\"Critical\"");
    let impact_text = part.text(notes, "impact", "\"Service completely unavailable\"");
    let response_text = part.text(notes, "response_text", "\"Within 1 hour\"");
    let communication_text = part.text(notes, "communication", "\"Status page, email\"");
    let examples = part.text(notes, "examples", "\"Platform down\"");
    let response = part.span(notes, "response", "15 minutes");
    let cadence = part.span_or(notes, "cadence", "15 minutes", "on change");
    promisable(notes, &mut part, cadence);
    let social = part.span_or(notes, "social", "30 minutes", "none");
    let email = part.flag(notes, "email");
    let page = part.choice(
        notes,
        "page",
        &[
            ("required", Mode::Required),
            ("conditional", Mode::Conditional),
            ("optional", Mode::Optional),
        ],
    );
    let report = part.flag(notes, "report");
    let postmortem = part.choice(
        notes,
        "postmortem",
        &[("required", true), ("offered", false)],
    );
    let cadence_words = part.text(notes, "cadence_words", "\"every 15 minutes\"");
    let public_impact = part.choice(
        notes,
        "public_impact",
        &[
            ("none", Impact::None),
            ("minor", Impact::Minor),
            ("major", Impact::Major),
            ("critical", Impact::Critical),
        ],
    );
    let component_state = part.choice(
        notes,
        "component_state",
        &[
            ("operational", ComponentState::Operational),
            ("degraded_performance", ComponentState::DegradedPerformance),
            ("partial_outage", ComponentState::PartialOutage),
            ("major_outage", ComponentState::MajorOutage),
        ],
    );
    let notify_subscribers = part.flag(notes, "notify_subscribers");
    let timeline = timeline(notes, &mut part);
    if let (Some(words), Some(cadence)) = (&cadence_words, cadence)
        && every(words).first().copied() != Option::from(cadence)
    {
        let wrong = "it does not say what `cadence` says: messages would promise something else";
        let right = "\"every 15 minutes\" for \"15 minutes\", \"every hour\" for \"1 hour\"; words \
                     without \"every\" for \"on change\"";
        part.refuse(notes, "cadence_words", wrong.to_owned(), right.to_owned());
    }
    part.finish_complete(notes);
    Some(SeverityRules {
        name: name?,
        impact_text: impact_text?,
        response_text: response_text?,
        communication_text: communication_text?,
        examples: examples?,
        response: response?,
        cadence: cadence?.into(),
        social: social?.into(),
        email: email?,
        page: page?,
        report: report?,
        postmortem_required: postmortem?,
        cadence_words: cadence_words?,
        public_impact: public_impact?,
        component_state: component_state?,
        notify_subscribers: notify_subscribers?,
        timeline,
    })
}

fn timeline(notes: &mut Diagnostics, severity: &mut TableReader<'_>) -> Vec<TimelineLine> {
    let mut lines = Vec::new();
    for mut part in severity.parts(notes, "timeline") {
        let when = part.text(notes, "when", "\"0-15 minutes\"");
        let what = part.text(notes, "what", "\"Initial status page update\"");
        part.finish_complete(notes);
        if let (Some(when), Some(what)) = (when, what) {
            lines.push(TimelineLine { when, what });
        }
    }
    lines
}

/// `[[type]]`
pub(super) fn types(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> Vec<IncidentType> {
    let parts = file.parts(notes, "type");
    if parts.is_empty() {
        let (wrong, right) = ("there is no incident type", "at least one [[type]]");
        file.refuse(notes, "type", wrong.to_owned(), right.to_owned());
    }
    let mut types: Vec<IncidentType> = Vec::new();
    for mut part in parts {
        part.stops("no incident of this type can be declared: the console cannot run this SOP");
        let id = part.text(notes, "id", "\"outage\"");
        let name = part.text(notes, "name", "\"Service Outage\"");
        let description = part.text(notes, "description", "\"Platform unavailable\"");
        let default_severity = part.choice(notes, "default_severity", &SEVERITIES);
        let approval = part.flag(notes, "approval");
        let regulator = part.choice(
            notes,
            "regulator",
            &[
                ("never", Regulator::Never),
                ("personal-data", Regulator::PersonalData),
                ("always", Regulator::Always),
            ],
        );
        if let Some(id) = &id
            && types.iter().any(|other| other.id == *id)
        {
            let wrong = format!("another type has the id \"{id}\" already");
            part.refuse(notes, "id", wrong, "an id of its own".to_owned());
        }
        part.finish_complete(notes);
        let read = (|| {
            Some(IncidentType {
                id: id?,
                name: name?,
                description: description?,
                default_severity: default_severity?,
                approval: approval?,
                regulator: regulator?,
            })
        })();
        types.extend(read);
    }
    types
}

/// `[clocks]`
pub(super) fn clocks(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> Option<Clocks> {
    let mut part = file.part(notes, "clocks")?;
    part.stops("no duties after an incident can be worked out: the console cannot run this SOP");
    let report = part.span(notes, "report", "48 hours");
    let postmortem = part.span(notes, "postmortem", "7 days");
    let regulator = part.span(notes, "regulator", "72 hours");
    part.finish_complete(notes);
    Some(Clocks {
        report: report?,
        postmortem: postmortem?,
        regulator: regulator?,
    })
}
