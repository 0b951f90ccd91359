//! Gaps and hostile values: what is missing is said completely, and no value is ever more than text.

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::facts::{Fact, Facts};
use allclear::sop::message::{Filling, NotRendered, Origin, PageOptions, bridge, preview, render};
use allclear::sop::playbook::{Purpose, Variant};
use allclear::sop::severity::Severity;
use allclear::sop::template::{Source, joined};
use proptest::prelude::*;

use super::common::{made, plain, shipped, usual};

#[test]
fn every_gap_is_named_with_its_position_and_nothing_can_be_sent() {
    let playbook = shipped();
    let purpose = usual(Channel::Page, DutyKind::First);
    let filling = Filling {
        facts: Facts::default(),
        ..plain(IncidentStatus::Investigating)
    };
    let Err(NotRendered::Gaps(gaps)) =
        render(&playbook, purpose, &filling, &PageOptions::default())
    else {
        panic!("it has gaps");
    };
    let named: Vec<(&str, usize)> = gaps
        .iter()
        .map(|gap| (gap.written.as_str(), gap.position))
        .collect();
    let body = playbook.message(purpose).unwrap().body.source();
    assert_eq!(
        named,
        [
            ("[Service Name]", 0),
            ("[Service Name]", body.find("[Service Name]").unwrap()),
            ("[symptom]", body.find("[symptom]").unwrap()),
        ]
    );
    assert_eq!(gaps[2].source, Source::Fact(Fact::Symptom));
    let preview = preview(&playbook, purpose, &filling).unwrap();
    assert_eq!(preview.gaps, gaps);
    assert!(joined(&preview.text).contains("Users may experience [symptom]."));
    let default = preview
        .text
        .iter()
        .find(|stretch| stretch.origin == Origin::Default)
        .unwrap();
    assert_eq!(default.text, "We are still confirming who is affected.");
}

#[test]
fn a_resolved_message_needs_the_end_of_the_impact() {
    let playbook = shipped();
    let filling = Filling {
        ended: None,
        ..plain(IncidentStatus::Resolved)
    };
    for channel in [Channel::Page, Channel::Email] {
        let purpose = usual(channel, DutyKind::Resolved);
        let result = render(&playbook, purpose, &filling, &PageOptions::default());
        let Err(NotRendered::Gaps(gaps)) = result else {
            panic!("{result:?}")
        };
        assert_eq!(gaps.last().unwrap().written, "[Duration]");
    }
}

#[test]
fn an_emails_gaps_stand_where_they_stand_in_the_sops_block() {
    let playbook = shipped();
    let purpose = usual(Channel::Email, DutyKind::First);
    let mut filling = plain(IncidentStatus::Investigating);
    filling.facts.set(Fact::Service, "  ".to_owned());
    let Err(NotRendered::Gaps(gaps)) =
        render(&playbook, purpose, &filling, &PageOptions::default())
    else {
        panic!("it has gaps");
    };
    let body = playbook.message(purpose).unwrap().body.source();
    let in_letter = body.match_indices("[Service Name]").nth(1).unwrap().0;
    let positions: Vec<usize> = gaps.iter().map(|gap| gap.position).collect();
    assert_eq!(positions, ["[URGENT] Service Incident - ".len(), in_letter]);
}

#[test]
fn a_purpose_without_a_message_is_refused() {
    let playbook = shipped();
    let purpose = Purpose {
        channel: Channel::Page,
        kind: DutyKind::First,
        variant: Variant::Short,
    };
    let filling = plain(IncidentStatus::Investigating);
    let result = render(&playbook, purpose, &filling, &PageOptions::default());
    assert_eq!(result, Err(NotRendered::NoSuchMessage));
    assert_eq!(preview(&playbook, purpose, &filling), None);
}

#[test]
fn a_bridge_stands_in_front_of_the_progress() {
    let playbook = shipped();
    let raised = bridge(&playbook, Severity::P1, Severity::P0).unwrap();
    assert!(
        raised.ends_with("we will provide updates every 15 minutes."),
        "{raised}"
    );
    let lowered = bridge(&playbook, Severity::P0, Severity::P2).unwrap();
    assert!(
        lowered.ends_with("we will provide updates as we learn more."),
        "{lowered}"
    );
    assert_ne!(raised, lowered);
    // From P2 to P0 to P1 it is smaller than at the last post, and larger than at the first.
    for said in [&raised, &lowered] {
        assert!(said.contains("than we last reported"), "{said}");
    }
    assert_eq!(bridge(&playbook, Severity::P1, Severity::P1), None);
    let filling = Filling {
        bridge: Some(raised.clone()),
        ..plain(IncidentStatus::Identified)
    };
    let sendable = made(&playbook, usual(Channel::Page, DutyKind::Update), &filling);
    let expected = format!("Update: {raised} We have found the cause.\n");
    assert!(
        sendable.record().text.starts_with(&expected),
        "{}",
        sendable.record().text
    );
}

#[test]
fn the_first_title_is_kept_where_the_playbook_says_so() {
    let mut playbook = shipped();
    let purpose = usual(Channel::Page, DutyKind::Update);
    let first_title = Some("Checkout - Investigating Issue".to_owned());
    let filling = Filling {
        first_title: first_title.clone(),
        ..plain(IncidentStatus::Identified)
    };
    let title = |playbook: &_| made(playbook, purpose, &filling).record().title.clone();
    assert_eq!(title(&playbook).as_deref(), Some("Checkout - Update"));
    playbook.additions.keep_first_title = true;
    assert_eq!(title(&playbook), first_title);
}

#[test]
fn a_megabyte_of_anything_is_only_text() {
    let playbook = shipped();
    let huge = "[Name] **{$&<🧑‍🚀\u{0}\r\n".repeat(40_000);
    let mut filling = plain(IncidentStatus::Investigating);
    for fact in Fact::ALL {
        filling.facts.set(fact, huge.clone());
    }
    let page = made(&playbook, usual(Channel::Page, DutyKind::First), &filling);
    assert_eq!(page.record().text.matches(&huge).count(), 3);
    let email = made(&playbook, usual(Channel::Email, DutyKind::First), &filling);
    let parts = email.email_for(Some("Ada")).unwrap();
    assert_eq!(parts.text.matches("[Name]").count(), 4 * 40_000);
    assert_eq!(parts.text.matches("Hi Ada,").count(), 1);
    assert!(!parts.html.contains("<🧑"));
}

proptest! {
    /// Whatever a value is, it stands in the text as it is, and the rest is the SOP's.
    #[test]
    fn no_value_is_ever_expanded(value in "\\PC{0,20}|\\[[A-Z][a-z]{2,5}\\]|\\[Service Name\\]|\\[symptom\\]|every 15 minutes|\\$1|\\*\\*x\\*\\*") {
        prop_assume!(!value.trim().is_empty());
        let playbook = shipped();
        let mut filling = plain(IncidentStatus::Investigating);
        filling.facts.set(Fact::Symptom, value.clone());
        filling.severity = Severity::P1;
        let page = made(&playbook, usual(Channel::Page, DutyKind::First), &filling);
        let (before, after) = ("Users may experience ", ". We're working to resolve this as quickly \
            as possible and will provide updates every hour.\n\n");
        let text = &page.record().text;
        let rest = text.split_once(before).unwrap().1;
        prop_assert_eq!(rest.strip_prefix(value.as_str()).map(|rest| rest.starts_with(after)), Some(true));
        let email = made(&playbook, usual(Channel::Email, DutyKind::First), &filling);
        let parts = email.email_for(Some("[symptom] [Name]")).unwrap();
        let greeting = format!("Hi [symptom] [Name],\n\nWe're experiencing a service incident \
            affecting Checkout. You may be experiencing {value}.\n");
        prop_assert!(parts.text.starts_with(&greeting));
    }
}
