//! The SOP's seven messages and its report, with P0 and plain facts: the SOP's text to the byte.

use allclear::domain::impact::Impact;
use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::message::{Filling, PageOptions, render};
use allclear::sop::playbook::Purpose;
use allclear::sop::severity::Severity;

use super::common::{at, made, plain, shipped, usual};

const INVESTIGATING: IncidentStatus = IncidentStatus::Investigating;
const RESOLVED: IncidentStatus = IncidentStatus::Resolved;

/// Purpose, filling, the SOP's title or subject, the SOP's block.
fn goldens() -> Vec<(Purpose, Filling, Option<&'static str>, &'static str)> {
    vec![
        (
            usual(Channel::Page, DutyKind::First),
            plain(INVESTIGATING),
            Some("Checkout - Investigating Issue"),
            include_str!("golden/page-first.txt"),
        ),
        (
            usual(Channel::Page, DutyKind::Update),
            plain(IncidentStatus::Identified),
            Some("Checkout - Update"),
            include_str!("golden/page-update.txt"),
        ),
        (
            usual(Channel::Page, DutyKind::Resolved),
            plain(RESOLVED),
            Some("Checkout - Resolved"),
            include_str!("golden/page-resolved.txt"),
        ),
        (
            usual(Channel::Email, DutyKind::First),
            plain(INVESTIGATING),
            Some("[URGENT] Service Incident - Checkout"),
            include_str!("golden/email-first.txt"),
        ),
        (
            usual(Channel::Email, DutyKind::Resolved),
            plain(RESOLVED),
            Some("Service Incident Resolved - Checkout"),
            include_str!("golden/email-resolved.txt"),
        ),
        (
            usual(Channel::X, DutyKind::First),
            plain(INVESTIGATING),
            None,
            include_str!("golden/x-first.txt"),
        ),
        (
            usual(Channel::X, DutyKind::Resolved),
            plain(RESOLVED),
            None,
            include_str!("golden/x-resolved.txt"),
        ),
        (
            usual(Channel::Email, DutyKind::Report),
            plain(RESOLVED),
            Some("Incident Report - Checkout - January 15, 2024"),
            include_str!("golden/email-report.txt"),
        ),
    ]
}

#[test]
fn every_message_of_the_sop_is_the_sops_text_to_the_byte() {
    let playbook = shipped();
    for (purpose, filling, title, block) in goldens() {
        let sendable = made(&playbook, purpose, &filling);
        assert_eq!(sendable.block(), block, "{purpose:?}");
        assert_eq!(sendable.record().title.as_deref(), title, "{purpose:?}");
        if purpose.channel != Channel::Email {
            assert_eq!(sendable.record().text, block, "{purpose:?}");
        }
        assert_eq!(sendable.channel(), purpose.channel);
        assert_eq!(sendable.record().kind, purpose.kind);
        assert!(
            !playbook.message(purpose).unwrap().addition,
            "{purpose:?} is the SOP's own"
        );
    }
}

#[test]
fn linkedin_gets_the_text_of_x() {
    let playbook = shipped();
    let sendable = made(
        &playbook,
        usual(Channel::LinkedIn, DutyKind::First),
        &plain(INVESTIGATING),
    );
    assert_eq!(sendable.channel(), Channel::LinkedIn);
    assert_eq!(sendable.record().text, include_str!("golden/x-first.txt"));
}

#[test]
fn the_promise_is_one_last_line_of_a_page_post_and_nothing_else() {
    let playbook = shipped();
    for (purpose, filling, _, block) in goldens() {
        let promise = at("2024-01-15T14:45:00Z");
        let filling = Filling {
            promise: Some(promise),
            ..filling
        };
        let sendable = made(&playbook, purpose, &filling);
        assert_eq!(sendable.block(), block, "{purpose:?}");
        let printed = sendable
            .record()
            .page
            .as_ref()
            .and_then(|page| page.promise);
        if purpose.channel == Channel::Page && purpose.kind != DutyKind::Resolved {
            let expected = format!("{block}\n\nNext update by 14:45 UTC.");
            assert_eq!(sendable.record().text, expected, "{purpose:?}");
            assert_eq!(printed, Some(promise), "{purpose:?}");
        } else {
            assert!(
                !sendable.record().text.contains("Next update by"),
                "{purpose:?}"
            );
            assert_eq!(printed, None, "{purpose:?}");
        }
    }
}

#[test]
fn p1_says_every_hour_and_its_email_is_not_urgent() {
    let playbook = shipped();
    let filling = Filling {
        severity: Severity::P1,
        ..plain(INVESTIGATING)
    };
    let page = made(&playbook, usual(Channel::Page, DutyKind::First), &filling);
    let expected = include_str!("golden/page-first.txt").replace("every 15 minutes", "every hour");
    assert_eq!(page.record().text, expected);
    let email = made(&playbook, usual(Channel::Email, DutyKind::First), &filling);
    let parts = email.email_for(Some("Ada")).unwrap();
    assert_eq!(parts.subject, "Service Incident - Checkout");
    assert_eq!(
        email.record().title.as_deref(),
        Some("Service Incident - Checkout")
    );
    assert!(
        parts
            .text
            .contains("and will provide updates every hour.\n")
    );
    assert!(!parts.text.contains("URGENT"));
    for severity in [Severity::P2, Severity::P3] {
        let filling = Filling {
            severity,
            ..plain(INVESTIGATING)
        };
        let page = made(&playbook, usual(Channel::Page, DutyKind::First), &filling);
        assert!(
            page.record()
                .text
                .contains("and will provide updates as we learn more.\n")
        );
    }
}

#[test]
fn a_page_post_records_what_it_does_besides_its_text() {
    let playbook = shipped();
    let options = PageOptions {
        impact: Some(Impact::Critical),
        components: vec![],
        notify_subscribers: true,
    };
    let purpose = usual(Channel::Page, DutyKind::First);
    let sendable = render(&playbook, purpose, &plain(INVESTIGATING), &options).unwrap();
    let page = sendable.record().page.clone().unwrap();
    assert_eq!(page.status, INVESTIGATING);
    assert_eq!(page.severity, Severity::P0);
    assert_eq!(page.impact, Some(Impact::Critical));
    assert!(page.notified_subscribers);
    assert_eq!(sendable.record().recipients, None);
    assert_eq!(sendable.to_recipients(7).record().recipients, Some(7));
}
