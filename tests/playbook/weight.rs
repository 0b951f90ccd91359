//! The weighted length of posts on X.

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::facts::Fact;
use allclear::sop::x_length::weight;

use super::common::{made, plain, shipped, usual};

#[test]
fn the_published_rules_case_by_case() {
    for (text, expected) in [
        (String::new(), 0),
        ("a".repeat(280), 280),
        ("漢".repeat(140), 280),
        ("’—“”".to_owned(), 4),
        ("…".to_owned(), 2),
        ("é".to_owned(), 1),
        ("👨‍👩‍👧‍👦".to_owned(), 2),
        ("👍🏽".to_owned(), 2),
        ("🇩🇪🇫🇷".to_owned(), 4),
        ("🇽🇽".to_owned(), 4),
        ("1️⃣".to_owned(), 2),
        ("1".to_owned(), 1),
        ("©".to_owned(), 1),
        ("©️".to_owned(), 2),
        ("☺️".to_owned(), 2),
        ("☺︎".to_owned(), 4),
        ("🧑‍🚀".to_owned(), 2),
        ("https://status.aias-platform.com".to_owned(), 23),
        (
            "https://status.aias-platform.com/incidents/0123456789?x=y".to_owned(),
            23,
        ),
        ("api.example.com".to_owned(), 23),
        ("auth.io".to_owned(), 23),
        ("auth.io is down".to_owned(), 31),
        ("support@aias-platform.com".to_owned(), 25),
        ("support@aias-platform.com.".to_owned(), 26),
        ("e.g. this".to_owned(), 9),
        ("done.Then".to_owned(), 9),
        ("a.com b.org, c.net".to_owned(), 23 * 3 + 3),
        ("https://nowhere".to_owned(), 15),
        ("-auth.io".to_owned(), 8),
        ("https://t.co/abc/def".to_owned(), 27),
        ("(https://x.com/a_(b)_c)".to_owned(), 25),
        ("пример.рф".to_owned(), 9),
        ("https://пример.рф/а".to_owned(), 23),
    ] {
        assert_eq!(weight(&text), expected, "{text}");
    }
}

#[test]
fn the_sops_posts_cost_196_without_their_values() {
    let playbook = shipped();
    for (kind, places, facts) in [
        (DutyKind::First, 2, &[Fact::Service, Fact::Symptom][..]),
        (DutyKind::Resolved, 1, &[Fact::Service][..]),
    ] {
        let status = match kind {
            DutyKind::Resolved => IncidentStatus::Resolved,
            _ => IncidentStatus::Investigating,
        };
        let mut filling = plain(status);
        for fact in facts {
            filling.facts.set(*fact, "x".to_owned());
        }
        let sendable = made(&playbook, usual(Channel::X, kind), &filling);
        assert_eq!(weight(&sendable.record().text), 196 + places, "{kind:?}");
    }
}

#[test]
fn a_megabyte_is_weighed_in_good_time() {
    for piece in [
        "a.",
        "https://",
        "(",
        "/(a(",
        "漢.com/",
        "🏴\u{e0067}",
        "👨\u{200d}",
        "..",
    ] {
        for size in [16_000, 1_000_000] {
            let text = piece.repeat(size / piece.len());
            assert!(weight(&text) > 0);
        }
    }
}
