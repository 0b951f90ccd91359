//! What the lint reads out of free words: promises, paces, "all is well", placeholders, in many spellings. It blocks
//! until a person says "Send anyway"; what only sounds like it passes.

use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::impact::Impact;
use allclear::domain::incident::{Incident, IncidentId};
use allclear::domain::page::Snapshot;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::facts::Fact;

use super::checked::{Case, only};
use super::common::at;

/// An update of a P0 at 15:20 whose clock promises 15:35.
fn update(progress: &str) -> Case {
    Case::new(Channel::Page, DutyKind::Update)
        .fact(Fact::Progress, progress)
        .with(|case| case.filling.promise = Some(at("2024-01-15T15:35:00Z")))
}

/// Blocks, may be sent anyway, and leads to the fact.
#[track_caller]
fn asks(case: &Case, fact: Fact) {
    let finding = only(case);
    assert_eq!((finding.blocks, finding.asks.is_some(), finding.fact), (true, true, Some(fact)), "{finding:?}");
}

/// Some words by themselves, and beside what other facts of the incident say.
fn beside(words: &str) -> [String; 3] {
    [
        words.to_owned(),
        format!("Checkout: {words}"),
        format!("We found the errors when paying. {words}"),
    ]
}

#[test]
fn a_promise_is_one_however_it_is_spelt() {
    for progress in [
        "We will post the next update at 15:00 UTC",
        "We will post the next update at 16:00 UTC",
        "Next update in 2 hours",
        "Next update by 16:00",
        "We expect to share more information within the hour",
        "You will hear from us by 6 pm",
        "Further updates at 18h00",
        "Another update follows in half an hour",
        "Next update by 09:00 UTC",
        "Within the hour",
        "Update by 14:00 UTC",
        "Another update tomorrow",
        "We will share more news on Wednesday",
        "The next update comes in the morning",
    ] {
        for progress in beside(progress) {
            asks(&update(&progress), Fact::Progress);
        }
    }
    for told in ["We sent an update at 15:00 UTC", "We posted news on Sunday", "The update of 09:00 UTC still holds", "Update: at 15:00 UTC we took it back"] {
        assert_eq!(update(told).findings(), [], "that time is over: {told}");
    }
}

#[test]
fn the_clocks_own_promise_may_be_typed_too() {
    for progress in ["Next update by 15:35 UTC", "We will post an update in 15 minutes", "We post updates every 15 minutes"] {
        assert_eq!(update(progress).findings(), [], "{progress}");
    }
}

#[test]
fn a_pace_is_one_however_it_is_spelt() {
    for progress in [
        "Updates: every hour",
        "updates every 30 min",
        "We post hourly updates",
        "hourly updates",
        "We send updates every half hour",
        "every half hour",
        "Twice an hour.",
        "You will get more news twice an hour",
    ] {
        for progress in beside(progress) {
            asks(&update(&progress), Fact::Progress);
        }
    }
}

#[test]
fn what_the_product_does_is_no_promise() {
    for progress in [
        "Sync jobs run every 5 minutes and are late",
        "The index updates every 5 minutes",
        "An update of the database at 14:50 caused this",
        "We rolled the 14:50 update back",
        "We restarted the workers at 16:00",
        "Requests take 2 hours longer",
        "In Berlin",
        "Every second request fails in the EU",
        "Checkout: sync jobs run every 5 minutes and are late",
    ] {
        assert_eq!(update(progress).findings(), [], "{progress}");
    }
    // Asked about when the title was new; a sentence of the playbook's own that stands before it is certain.
    let known = update("We found the cause").with(|case| {
        case.filling.first_title = Some("Everything is working slowly: next update in 2 hours".to_owned());
        case.filling.bridge = Some("We now provide updates every 15 minutes.".to_owned());
    });
    assert_eq!(known.findings(), []);
}

#[test]
fn all_is_well_is_said_only_when_it_is() {
    let resolved = |words: &str| {
        Case::new(Channel::Page, DutyKind::Resolved).fact(Fact::Resolution, words).fact(Fact::Cause, words)
    };
    for words in [
        "All services are back to normal",
        "Everything is up again",
        "All systems are operational",
        "All components are healthy",
        "Every service has recovered",
        "The platform is fully operational",
    ] {
        for words in beside(words) {
            let case = resolved(&words).state("web", ComponentState::MajorOutage);
            asks(&case, Fact::Cause);
            assert_eq!(resolved(&words).findings(), [], "true: {words}");
        }
    }
    for words in ["All services are not yet back to normal", "We will restore all services", "Not everything is up", "Billing is up"] {
        let case = resolved(words).state("web", ComponentState::MajorOutage);
        assert_eq!(case.findings(), [], "{words}");
    }
}

fn other(impact: Impact) -> Incident {
    Incident {
        id: IncidentId("other".to_owned()),
        name: "Web - Investigating Issue".to_owned(),
        impact,
        created_at: at("2024-01-15T15:00:00Z"),
        started_at: None,
        updates: Vec::new(),
        components: vec![ComponentId("api".to_owned())],
        postmortem: None,
        demo: false,
    }
}

fn with(case: Case, incidents: Vec<Incident>, now: &[(&str, ComponentState)]) -> Case {
    let components = case
        .components
        .iter()
        .cloned()
        .map(|mut component| {
            if let Some((_, state)) = now.iter().find(|(id, _)| *id == component.id.0) {
                component.state = state.clone();
            }
            component
        })
        .collect();
    case.with(|case| case.page = Some(Snapshot { components, incidents, ..Snapshot::default() }))
}

#[test]
fn all_systems_are_not_operational_while_any_incident_is_open() {
    let case = with(Case::new(Channel::X, DutyKind::Resolved), vec![other(Impact::None)], &[]);
    let finding = only(&case);
    assert!(finding.blocks && finding.asks.is_none(), "the playbook's own words are certain: {finding:?}");
    assert!(finding.text.contains("another incident is open"), "{}", finding.text);
}

#[test]
fn what_another_incident_holds_down_does_not_keep_this_one_open_and_is_not_made_better() {
    let down = [("api", ComponentState::MajorOutage)];
    let left = Case::new(Channel::Page, DutyKind::Resolved).state("api", ComponentState::MajorOutage);
    assert_eq!(with(left, vec![other(Impact::Critical)], &down).findings(), []);
    let alone = Case::new(Channel::Page, DutyKind::Resolved).state("api", ComponentState::MajorOutage);
    assert!(only(&with(alone, vec![], &down)).blocks, "its own component has to work");
    let better = Case::new(Channel::Page, DutyKind::Update).state("api", ComponentState::Operational);
    let finding = only(&with(better, vec![other(Impact::Critical)], &down));
    assert!(finding.blocks && finding.asks.is_none() && finding.text.contains("makes API better"), "{finding:?}");
}

#[test]
fn a_placeholder_left_in_a_fact_asks() {
    for symptom in ["errors in [SERVICE]", "errors in {{service}}", "errors in ${SERVICE}", "errors in <impacted_service>", "errors in %SERVICE%", "[URGENT] rollback at [TIME]"] {
        let case = Case::new(Channel::Page, DutyKind::First).fact(Fact::Symptom, symptom);
        asks(&case, Fact::Symptom);
    }
    let urgent = Case::new(Channel::Page, DutyKind::First).fact(Fact::Symptom, "errors [URGENT]");
    assert_eq!(urgent.findings(), [], "the playbook calls it literal");
}

#[test]
fn a_gap_an_approval_and_the_components_cannot_be_sent_anyway() {
    let gap = Case::new(Channel::Page, DutyKind::First).fact(Fact::Symptom, "");
    let approval = Case::new(Channel::Page, DutyKind::First).with(|case| case.needs_approval = true);
    let down = Case::new(Channel::Page, DutyKind::Resolved).state("api", ComponentState::MajorOutage);
    for case in [gap, approval, down] {
        assert!(only(&case).asks.is_none());
    }
}
