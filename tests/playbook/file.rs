//! The shipped file: it has no problems, holds the SOP word for word, and says what the design decided.

use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, Mode};
use allclear::sop::facts::Fact;
use allclear::sop::message::{Origin, samples};
use allclear::sop::playbook::{
    self, Playbook, Purpose, Regulator, Ticker, Variant, foreign_addresses,
};
use allclear::sop::severity::Severity;
use allclear::sop::x_length::MAX;
use chrono::TimeDelta;

use super::common::shipped;

#[test]
fn the_shipped_playbook_has_no_problems() {
    let loaded = playbook::load(super::SOP);
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.playbook, Some(shipped()));
    let playbook = shipped();
    assert_eq!(playbook.meta.version, "1.0");
    assert_eq!(playbook.meta.next_review.to_string(), "2024-04-15");
    assert_eq!(playbook.messages.len(), 21);
    let own = playbook
        .messages
        .iter()
        .filter(|message| !message.addition)
        .count();
    assert_eq!(own, 8, "the SOP's seven messages and its report");
}

#[test]
fn line_ends_and_marks_of_other_editors_change_nothing() {
    let windows = format!("\u{feff}{}", super::SOP.replace('\n', "\r\n"));
    assert_eq!(playbook::parse(&windows), Ok(shipped()));
}

#[test]
fn the_windows_are_those_of_the_rules() {
    let playbook = shipped();
    let minutes = |span: Option<TimeDelta>| span.map(|span| span.num_minutes());
    for (severity, response, cadence, social, email, page, owed) in [
        (
            Severity::P0,
            15,
            Some(15),
            Some(30),
            true,
            Mode::Required,
            true,
        ),
        (Severity::P1, 60, Some(60), None, true, Mode::Required, true),
        (
            Severity::P2,
            4 * 60,
            None,
            None,
            false,
            Mode::Conditional,
            false,
        ),
        (
            Severity::P3,
            24 * 60,
            None,
            None,
            false,
            Mode::Optional,
            false,
        ),
    ] {
        let rules = playbook.severities.of(severity);
        assert_eq!(rules.response.num_minutes(), response);
        assert_eq!(minutes(rules.cadence), cadence);
        assert_eq!(minutes(rules.social), social);
        assert_eq!((rules.email, rules.page), (email, page));
        assert_eq!((rules.report, rules.postmortem_required), (owed, owed));
        assert_eq!(rules.notify_subscribers, owed);
    }
    assert_eq!(playbook.clocks.report, TimeDelta::hours(48));
    assert_eq!(playbook.clocks.postmortem, TimeDelta::days(7));
    assert_eq!(playbook.clocks.regulator, TimeDelta::hours(72));
    let breach = playbook.incident_type("breach").unwrap();
    assert!(breach.approval && breach.regulator == Regulator::Always);
    let security = playbook.incident_type("security").unwrap();
    assert!(security.approval && security.regulator == Regulator::PersonalData);
    assert_eq!(
        playbook.checklists.after[4].ticked_by,
        Some(Ticker::Duties {
            kind: DutyKind::Postmortem,
            channels: vec![]
        })
    );
}

#[test]
fn labels_are_the_forms_words_and_defaults_are_true_of_anything() {
    let playbook = shipped();
    assert_eq!(playbook.label(Fact::Impact), "Affected users or features");
    assert_eq!(playbook.fact_labels.len(), Fact::ALL.len());
    assert!(
        playbook
            .fact_defaults
            .values()
            .all(|text| !text.to_lowercase().contains("all users"))
    );
}

#[test]
fn the_sop_stands_in_the_file_word_for_word() {
    let sop = include_str!("../../docs/sop.md");
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    let (mut boxes, mut titles) = (0, 0);
    for line in sop.lines() {
        match (line.trim_end() == "```", open.take()) {
            (true, None) => open = Some(String::new()),
            (true, Some(block)) => blocks.push(block),
            (false, Some(block)) => open = Some(format!("{block}{line}\n")),
            (false, None) => {
                if let Some(words) = line.strip_prefix("- [ ] ") {
                    boxes += 1;
                    assert!(
                        super::SOP.contains(&format!("text = \"{words}\"\n")),
                        "{words}"
                    );
                }
                for mark in ["**Title:** ", "**Subject:** "] {
                    if let Some(title) = line.trim_end().strip_prefix(mark) {
                        titles += 1;
                        assert!(super::SOP.contains(&format!(" = \"{title}\"\n")), "{title}");
                    }
                }
            }
        }
    }
    assert_eq!((blocks.len(), boxes, titles), (8, 14, 6));
    for block in blocks {
        assert!(
            super::SOP.contains(&format!("'''\n{block}'''\n")),
            "{block}"
        );
    }
}

#[test]
fn every_message_has_a_sample_without_gaps() {
    let playbook = shipped();
    let samples = samples(&playbook);
    // The critical email once more for each milder severity.
    assert_eq!(samples.len(), playbook.messages.len() + 3);
    for sample in &samples {
        assert_eq!(sample.preview.gaps, [], "{}", sample.id);
        let stretches = sample
            .preview
            .title
            .iter()
            .flatten()
            .chain(&sample.preview.text);
        assert!(
            stretches
                .clone()
                .all(|stretch| stretch.origin != Origin::Gap)
        );
        assert!(
            stretches
                .clone()
                .any(|stretch| matches!(stretch.origin, Origin::Fact(_) | Origin::Value)),
            "{}",
            sample.id
        );
        assert_eq!(
            sample.email.is_some(),
            sample.purpose.channel == Channel::Email
        );
        assert!(
            sample.weight.is_none_or(|weight| weight <= MAX),
            "{}",
            sample.id
        );
        assert_eq!(
            sample.weight.is_some(),
            sample.purpose.channel == Channel::X
        );
    }
    let subjects: Vec<&str> = samples
        .iter()
        .filter(|sample| sample.id == "email-first")
        .filter_map(|sample| sample.email.as_ref().map(|email| email.subject.as_str()))
        .collect();
    assert_eq!(
        subjects,
        [
            "[URGENT] Service Incident - Checkout",
            "Service Incident - Checkout",
            "Service Incident - Checkout",
            "Service Incident - Checkout"
        ]
    );
}

#[test]
fn addresses_of_somebody_else_are_found() {
    let playbook = shipped();
    let (page, support) = (
        "https://status.aias-platform.com",
        "support@aias-platform.com",
    );
    assert_eq!(foreign_addresses(&playbook, page, support), []);
    assert_eq!(
        foreign_addresses(&playbook, "https://status.aias-platform.com/", support),
        []
    );
    let foreign = foreign_addresses(&playbook, page, "help@example.com");
    assert!(
        foreign
            .iter()
            .any(|one| one.message == "email-report" && one.found == support)
    );
    assert!(foreign.iter().all(|one| one.expected == "help@example.com"));
    let foreign = foreign_addresses(&playbook, "https://status.aias-platform.co", support);
    assert!(
        foreign
            .iter()
            .any(|one| one.message == "x-first" && one.found == page)
    );
}

#[test]
fn the_playbook_finds_its_messages_by_purpose() {
    let playbook: Playbook = shipped();
    let purpose = |channel, variant| Purpose {
        channel,
        kind: DutyKind::Resolved,
        variant,
    };
    let id = |channel, variant| {
        playbook
            .message(purpose(channel, variant))
            .map(|m| m.id.as_str())
    };
    assert_eq!(id(Channel::X, Variant::True), Some("x-resolved-true"));
    assert_eq!(id(Channel::LinkedIn, Variant::Usual), Some("x-resolved"));
    assert_eq!(
        id(Channel::Page, Variant::Retraction),
        Some("page-retraction")
    );
    assert_eq!(id(Channel::Page, Variant::Short), None);
}
