//! The split of an email into subject, text part and HTML part (`docs/decisions.md`, reading 11).

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::facts::Fact;

use super::common::{made, plain, shipped, usual};

#[test]
fn the_critical_email_as_ada_gets_it() {
    let filling = plain(IncidentStatus::Investigating);
    let sendable = made(&shipped(), usual(Channel::Email, DutyKind::First), &filling);
    let parts = sendable.email_for(Some("Ada Lovelace")).unwrap();
    assert_eq!(parts.subject, "[URGENT] Service Incident - Checkout");
    let text = include_str!("golden/email-first.text.txt");
    assert_eq!(parts.text, text.strip_suffix('\n').unwrap());
    assert_eq!(parts.html, include_str!("golden/email-first.html"));
}

#[test]
fn the_report_as_somebody_without_a_name_gets_it() {
    let filling = plain(IncidentStatus::Resolved);
    let sendable = made(
        &shipped(),
        usual(Channel::Email, DutyKind::Report),
        &filling,
    );
    for nobody in [None, Some(""), Some("  \n ")] {
        let parts = sendable.email_for(nobody).unwrap();
        assert_eq!(
            parts.subject,
            "Incident Report - Checkout - January 15, 2024"
        );
        assert!(
            parts.text.starts_with("Hi there,\n\nWe wanted to provide"),
            "{}",
            parts.text
        );
        assert_eq!(parts.html, include_str!("golden/email-report.html"));
    }
}

#[test]
fn the_text_part_is_the_block_without_its_subject_and_its_stars() {
    let playbook = shipped();
    for (kind, status) in [
        (DutyKind::First, IncidentStatus::Investigating),
        (DutyKind::Reopened, IncidentStatus::Investigating),
        (DutyKind::Resolved, IncidentStatus::Resolved),
        (DutyKind::Report, IncidentStatus::Resolved),
    ] {
        let sendable = made(&playbook, usual(Channel::Email, kind), &plain(status));
        let (subject, letter) = sendable.block().split_once("\n\n").unwrap();
        let title = sendable.record().title.clone().unwrap();
        assert_eq!(subject, format!("Subject: {title}"));
        assert_eq!(sendable.record().text, letter.replace("**", ""));
        assert!(sendable.record().text.starts_with("Hi [Name],"));
        assert!(
            sendable
                .record()
                .html
                .clone()
                .unwrap()
                .contains("<p>Hi [Name],</p>")
        );
    }
}

#[test]
fn only_emails_have_parts() {
    let playbook = shipped();
    let filling = plain(IncidentStatus::Investigating);
    for channel in [Channel::Team, Channel::Page, Channel::X, Channel::LinkedIn] {
        let sendable = made(&playbook, usual(channel, DutyKind::First), &filling);
        assert_eq!(sendable.email_for(Some("Ada")), None);
        assert_eq!(sendable.record().html, None);
    }
}

#[test]
fn a_name_is_put_in_as_it_is() {
    let filling = plain(IncidentStatus::Investigating);
    let sendable = made(&shipped(), usual(Channel::Email, DutyKind::First), &filling);
    let parts = sendable
        .email_for(Some("<b>Bobby & [Name] **x** {y} $1"))
        .unwrap();
    assert!(
        parts
            .text
            .starts_with("Hi <b>Bobby & [Name] **x** {y} $1,\n")
    );
    assert!(
        parts
            .html
            .contains("<p>Hi &lt;b&gt;Bobby &amp; [Name] **x** {y} $1,</p>")
    );
}

#[test]
fn markup_is_recognised_in_the_template_only() {
    let mut filling = plain(IncidentStatus::Investigating);
    let odd = "**not strong**\n- not a list\nhttps://not.a.link/ & not@a.link [Name] <script>";
    filling.facts.set(Fact::Description, odd.to_owned());
    let sendable = made(&shipped(), usual(Channel::Email, DutyKind::First), &filling);
    let parts = sendable.email_for(Some("Ada")).unwrap();
    assert!(
        parts
            .text
            .contains(&format!("What's Happening:\n{odd}\n\nImpact:")),
        "{}",
        parts.text
    );
    let expected = "<p><strong>What&#39;s Happening:</strong><br>\n**not strong**<br>\n- not a \
                    list<br>\nhttps://not.a.link/ &amp; not@a.link [Name] &lt;script&gt;</p>\n";
    assert!(parts.html.contains(expected), "{}", parts.html);
}

#[test]
fn a_service_that_looks_like_a_subject_stays_in_its_place() {
    let mut filling = plain(IncidentStatus::Investigating);
    filling
        .facts
        .set(Fact::Service, "A\n\nSubject: B".to_owned());
    let sendable = made(&shipped(), usual(Channel::Email, DutyKind::First), &filling);
    let parts = sendable.email_for(None).unwrap();
    assert_eq!(parts.subject, "[URGENT] Service Incident - A\n\nSubject: B");
    assert!(parts.text.starts_with("Hi there,\n\nWe're experiencing"));
}
