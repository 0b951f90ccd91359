//! `config.json` and `team.toml`: the shipped ones are right, and every problem of a broken one is said.

use allclear::config::problem::Problem;
use allclear::config::{Links, PageSource, PublicConfig, Role, TeamConfig};
use allclear::domain::component::ComponentState;
use proptest::prelude::*;

const CONFIG: &str = include_str!("../../public/config.json");
const TEAM: &str = include_str!("../../public/console/team.toml");

#[test]
fn the_shipped_configuration_is_right() {
    let config = PublicConfig::parse(CONFIG).unwrap();
    assert_eq!(config.organisation, "AIAS Platform");
    assert_eq!(config.status_url, "https://status.aias-platform.com");
    assert_eq!(config.support, "support@aias-platform.com");
    assert_eq!(config.source, PageSource::Embedded);
    let names: Vec<&str> = config.components.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Web application",
            "API",
            "Workflow execution",
            "Integrations",
            "Authentication",
            "Billing"
        ]
    );
    assert!(
        config
            .components
            .iter()
            .all(|c| c.state == ComponentState::Operational)
    );
}

#[test]
fn links_of_our_own_are_optional_and_each_is_an_address() {
    let with = |links: &str| {
        let end = CONFIG.rfind('}').unwrap();
        PublicConfig::parse(&format!("{}, \"links\": {links} }}", &CONFIG[..end]))
    };
    assert_eq!(PublicConfig::parse(CONFIG).unwrap().links, Links::default());
    let links = with("{ \"rss\": \"https://feeds.example.com/rss/\" }")
        .unwrap()
        .links;
    assert_eq!(links.rss.as_deref(), Some("https://feeds.example.com/rss"));
    assert_eq!(links.subscribe, None);
    for (wrong, key) in [
        ("{ \"atom\": \"javascript:alert(1)\" }", "links.atom"),
        ("{ \"subscribe\": 1 }", "links.subscribe"),
        ("{ \"telegram\": \"https://t.example\" }", "links.telegram"),
        ("[]", "links"),
    ] {
        let problems = with(wrong).unwrap_err();
        assert_eq!(
            problems.iter().map(|p| p.key.as_str()).collect::<Vec<_>>(),
            [key],
            "{wrong}"
        );
    }
}

#[test]
fn the_shipped_team_is_right() {
    let team = TeamConfig::parse(TEAM).unwrap();
    assert_eq!(
        team.sender(),
        "AIAS Platform Team <support@aias-platform.com>"
    );
    assert_eq!(team.reply_to, "support@aias-platform.com");
    assert_eq!(team.undo_seconds, 15);
    assert_eq!(team.members[1].roles, [Role::Approver]);
    let x = team.x.as_ref().map(|account| account.share.as_str());
    assert_eq!(x, Some("https://x.com/intent/tweet?text="));
    assert!(team.linkedin.is_some());
}

/// Line, key, what is wrong.
fn said(problems: &[Problem]) -> Vec<(usize, &str, &str)> {
    assert!(
        problems
            .iter()
            .all(|p| !p.right.is_empty() && !p.stops.is_empty())
    );
    problems
        .iter()
        .map(|p| (p.line, p.key.as_str(), p.wrong.as_str()))
        .collect()
}

#[test]
fn a_broken_configuration_says_all_its_problems_and_is_never_a_demo() {
    let broken = CONFIG
        .replace(
            "\"organisation\": \"AIAS Platform\"",
            "\"organisation\": \" \"",
        )
        .replace("\"status_url\"", "\"status_ulr\"")
        .replace("support@aias-platform.com", "support at example")
        .replace("\"id\": \"api\"", "\"id\": \"web\"")
        .replace("\"name\": \"Billing\"", "\"name\": 7")
        .replace("embedded", "demo");
    let problems = PublicConfig::parse(&broken).unwrap_err();
    assert_eq!(
        said(&problems),
        [
            (1, "status_url", "it is missing"),
            (2, "organisation", "it is blank"),
            (3, "status_ulr", "this key is not known here"),
            (4, "support", "it is not an email address"),
            (7, "components[2].id", "another component has the same id"),
            (
                11,
                "components[6].name",
                "it is a number, and a text is needed"
            ),
            (
                13,
                "source.kind",
                "this version cannot read the status from there"
            ),
        ]
    );
    assert_eq!(
        problems[2].right,
        "\"status_url\", if that was meant; else remove it"
    );
    assert_eq!(
        problems[1].to_string(),
        "line 2, organisation: it is blank; right would be: \"organisation\": \"AIAS Platform\""
    );
}

#[test]
fn what_is_no_configuration_at_all_is_said_in_one_problem() {
    for (text, line) in [
        ("", 1),
        ("{", 1),
        ("{\n\"organisation\": \"x\",\n}", 3),
        ("[]", 1),
        ("null", 1),
    ] {
        let problems = PublicConfig::parse(text).unwrap_err();
        assert_eq!(problems.len(), 1, "{text}");
        assert_eq!(problems[0].line, line, "{text}");
    }
    let twice = CONFIG.replacen('{', "{\n\"support\": \"a@b.example\",", 1);
    let problems = PublicConfig::parse(&twice).unwrap_err();
    assert_eq!(said(&problems), [(5, "support", "the key is there twice")]);
    let none = PublicConfig::parse("{}").unwrap_err();
    assert_eq!(none.len(), 5);
    let deep = "[".repeat(100_000);
    assert_eq!(PublicConfig::parse(&deep).unwrap_err().len(), 1);
}

#[test]
fn a_broken_team_says_all_its_problems() {
    let broken = TEAM
        .replace(
            "reply_to = \"support@aias-platform.com\"",
            "reply_to = \"nobody\"",
        )
        .replace("\"approver\"]", "\"aprover\"]")
        .replace("share = \"https://x.com", "share = \"javascript:")
        .replace("[sending]", "[sendng]");
    let problems = TeamConfig::parse(&broken).unwrap_err();
    assert_eq!(
        said(&problems),
        [
            (1, "sending", "it is missing"),
            (9, "sender.reply_to", "it is not an email address"),
            (19, "member[2].roles", "\"aprover\" is not a word it knows"),
            (25, "social.x.share", "it is not the address of a composer"),
            (32, "sendng", "this key is not known here"),
        ]
    );
    for (undo, wrong) in [
        ("-1", "it is out of bounds"),
        ("46", "it is out of bounds"),
        ("\"15\"", "it is a text, and a whole number is needed"),
    ] {
        let text = TEAM.replace("undo_seconds = 15", &format!("undo_seconds = {undo}"));
        let problems = TeamConfig::parse(&text).unwrap_err();
        assert_eq!(said(&problems), [(33, "sending.undo_seconds", wrong)]);
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_readers_fall_over(text in "\\PC*", at in 0_usize..1200, cut in 0_usize..40) {
        for file in [CONFIG, TEAM] {
            let chars: Vec<char> = file.chars().collect();
            let at = at.min(chars.len());
            let end = (at + cut).min(chars.len());
            let mutated: String = chars[..at].iter().copied().chain(text.chars()).chain(chars[end..].iter().copied()).collect();
            for problems in [PublicConfig::parse(&mutated).err(), TeamConfig::parse(&mutated).err()].into_iter().flatten() {
                prop_assert!(!problems.is_empty());
            }
        }
    }
}
