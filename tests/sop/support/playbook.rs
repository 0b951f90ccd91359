//! The default playbook: a stand-in with its numbers.

use std::collections::BTreeMap;

use allclear::domain::component::ComponentState;
use allclear::domain::impact::Impact;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, Mode};
use allclear::sop::playbook::{
    Additions, ChecklistItem, Checklists, Clocks, IncidentType, Meta, Playbook, Regulator,
    Severities, SeverityRules, Ticker, TimelineLine,
};
use allclear::sop::severity::Severity;
use allclear::sop::template::Template;
use chrono::{NaiveDate, TimeDelta};

pub fn playbook() -> Playbook {
    Playbook {
        meta: Meta {
            title: "SOP".into(),
            version: "1.0".into(),
            owner: "Operations Team".into(),
            last_updated: NaiveDate::from_ymd_opt(2024, 1, 15).unwrap(),
            next_review: NaiveDate::from_ymd_opt(2024, 4, 15).unwrap(),
            review_interval: "Quarterly".into(),
        },
        severities: Severities {
            p0: rules("Critical", 15, Some(15), Some(30), true, Mode::Required),
            p1: rules("High", 60, Some(60), None, true, Mode::Required),
            p2: rules("Medium", 240, None, None, false, Mode::Conditional),
            p3: rules("Low", 24 * 60, None, None, false, Mode::Optional),
        },
        types: vec![
            kind("outage", false, Regulator::Never),
            kind("breach", true, Regulator::Always),
            kind("security", true, Regulator::PersonalData),
            kind("integration", false, Regulator::Never),
        ],
        messages: Vec::new(),
        clocks: Clocks {
            report: TimeDelta::hours(48),
            postmortem: TimeDelta::days(7),
            regulator: TimeDelta::hours(72),
        },
        checklists: Checklists {
            before: Vec::new(),
            during: vec![
                item("page-first", DutyKind::First, &[Channel::Page]),
                item("email-first", DutyKind::First, &[Channel::Email]),
                item("social-first", DutyKind::First, &[Channel::X, Channel::LinkedIn]),
                item("page-updates", DutyKind::Update, &[Channel::Page]),
                item("team-first", DutyKind::First, &[Channel::Team]),
            ],
            after: vec![
                item("page-resolved", DutyKind::Resolved, &[Channel::Page]),
                item("email-resolved", DutyKind::Resolved, &[Channel::Email]),
                item("social-resolved", DutyKind::Resolved, &[Channel::X, Channel::LinkedIn]),
                item("report", DutyKind::Report, &[Channel::Email]),
                item("postmortem", DutyKind::Postmortem, &[]),
            ],
        },
        additions: Additions {
            promise_line: true,
            keep_first_title: false,
            list_covers_subscribers: false,
            no_change: "No change.".into(),
            bridge_raised: Template::default(),
            bridge_lowered: Template::default(),
            forbidden_words: Vec::new(),
        },
        fact_defaults: BTreeMap::new(),
        sections: Vec::new(),
    }
}

fn rules(
    name: &str,
    response: i64,
    cadence: Option<i64>,
    social: Option<i64>,
    email: bool,
    page: Mode,
) -> SeverityRules {
    let line = |when: &str, what: &str| TimelineLine { when: when.into(), what: what.into() };
    SeverityRules {
        name: name.into(),
        impact_text: String::new(),
        response_text: String::new(),
        communication_text: String::new(),
        examples: String::new(),
        response: TimeDelta::minutes(response),
        cadence: cadence.map(TimeDelta::minutes),
        social: social.map(TimeDelta::minutes),
        email,
        page,
        report: email,
        postmortem_required: email,
        cadence_words: String::new(),
        public_impact: Impact::Major,
        component_state: ComponentState::MajorOutage,
        notify_subscribers: email,
        timeline: vec![
            line("first", "Initial status page update"),
            line("updates", "Status page update (every so often)"),
            line("social", "Social media announcement"),
            line("Resolution", "Status page update"),
        ],
    }
}

fn kind(id: &str, approval: bool, regulator: Regulator) -> IncidentType {
    IncidentType {
        id: id.into(),
        name: id.into(),
        description: String::new(),
        default_severity: Severity::P0,
        approval,
        regulator,
    }
}

fn item(id: &str, kind: DutyKind, channels: &[Channel]) -> ChecklistItem {
    let ticked_by = Some(Ticker::Duties { kind, channels: channels.to_vec() });
    ChecklistItem { id: id.into(), text: id.into(), ticked_by }
}
