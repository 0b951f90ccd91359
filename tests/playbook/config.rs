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
    let file = |links: &str| {
        let end = CONFIG.rfind('}').unwrap();
        format!("{}, \"links\": {links} }}", &CONFIG[..end])
    };
    let with = |links: &str| PublicConfig::parse(&file(links));
    let checked = |links: &str| PublicConfig::checked(&file(links));
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
        assert_eq!(with(wrong).unwrap().links, Links::default(), "{wrong}");
        let (_, problems) = checked(wrong);
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
    assert_eq!((team.undo_seconds, team.keep_days), (15, 90));
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
    let (config, problems) = PublicConfig::checked(&twice);
    assert_eq!(said(&problems), [(5, "support", "the key is there twice")]);
    assert_eq!(config.unwrap().support, "support@aias-platform.com");
    let none = PublicConfig::parse("{}").unwrap_err();
    assert_eq!(none.len(), 5);
    let deep = "[".repeat(100_000);
    assert_eq!(PublicConfig::parse(&deep).unwrap_err().len(), 1);
}

/// Whatever a file holds besides what readers need, the page goes on, and its maintainer is told.
#[test]
fn a_file_of_another_version_or_with_spaces_is_still_its_readers() {
    let right = PublicConfig::parse(CONFIG).unwrap();
    let api = "\"id\": \"api\",";
    for (from, to, keys) in [
        ("{", "{ \"logo\": \"/icons/logo.svg\",", &["logo"][..]),
        (
            api,
            "\"id\": \"api\", \"order\": 1,",
            &["components[2].order"],
        ),
        (
            "\"embedded\"",
            "\"embedded\", \"region\": null",
            &["source.region"],
        ),
        (
            api,
            "\"id\": \"api\", \"group\": null,",
            &["components[2].group"],
        ),
        (
            api,
            "\"id\": \"api\", \"group\": \"\",",
            &["components[2].group"],
        ),
        (
            api,
            "\"id\": \"api\", \"group\": [],",
            &["components[2].group"],
        ),
        ("{", "{ \"links\": null,", &["links"]),
        (
            "{",
            "{ \"links\": { \"rss\": null, \"atom\": \" \" },",
            &["links.atom", "links.rss"],
        ),
        (
            "\"AIAS Platform\"",
            "\" AIAS Platform\\n\"",
            &["organisation"],
        ),
        ("\"support@", "\"  support@", &["support"]),
        (
            "aias-platform.com\"",
            "aias-platform.com/ \"",
            &["status_url", "support"],
        ),
        ("\"embedded\"", "\"embedded \"", &["source.kind"]),
        (api, "\"id\": \" api\",", &["components[2].id"]),
        (
            api,
            "\"id\": \"api\", \"id\": \"api\",",
            &["components[2].id"],
        ),
        ("\"Billing\"", "\"\u{202e}Billing\"", &[]),
    ] {
        let file = CONFIG.replacen(from, to, 1);
        assert_ne!(file, CONFIG, "{from}");
        let (config, problems) = PublicConfig::checked(&file);
        if to.contains("com/ ") {
            // Of the two addresses the first in the file was changed.
            assert_eq!(config.as_ref(), Some(&right), "{to}");
            assert_eq!(problems.len(), 1, "{to}");
            continue;
        }
        assert_eq!(config.as_ref(), Some(&right), "{to}");
        let mut found: Vec<&str> = problems
            .iter()
            .map(|problem| problem.key.as_str())
            .collect();
        found.sort_unstable();
        assert_eq!(found, keys, "{to}");
        for problem in &problems {
            assert_eq!(
                problem.stops, "nothing: the page goes on without it",
                "{to}"
            );
        }
        assert_eq!(PublicConfig::parse(&file), Ok(right.clone()), "{to}");
    }
    for (from, to) in [
        ("\"AIAS Platform\"", "null"),
        ("\"AIAS Platform\"", "\" \""),
        ("\"embedded\"", "null"),
        ("\"https://status.aias-platform.com\"", "\"status\""),
    ] {
        let file = CONFIG.replacen(from, to, 1);
        let problems = PublicConfig::parse(&file).unwrap_err();
        assert_eq!(problems.len(), 1, "{to}");
        assert!(problems[0].stops.contains("Unknown"), "{to}");
    }
}

#[test]
fn two_groups_may_have_a_component_of_one_name() {
    let with = |first: &str, second: &str| {
        let components = format!(
            "[{{ \"id\": \"eu\", \"name\": \"API\"{first} }}, {{ \"id\": \"us\", \"name\": \"API\"{second} }}]"
        );
        let (start, end) = (CONFIG.find('[').unwrap(), CONFIG.find(']').unwrap());
        PublicConfig::checked(&[&CONFIG[..start], &components, &CONFIG[end + 1..]].concat())
    };
    let (europe, states) = (", \"group\": \"Europe\"", ", \"group\": \"United States\"");
    for (first, second) in [(europe, states), (europe, ""), ("", states)] {
        let (config, problems) = with(first, second);
        assert_eq!(problems, [], "{first}{second}");
        assert_eq!(config.unwrap().components.len(), 2);
    }
    for group in ["", europe] {
        let (config, problems) = with(group, group);
        assert_eq!(config, None);
        let wrong = "another component has the same name in the same group";
        assert_eq!(said(&problems)[0].1, "components[2].name");
        assert_eq!(said(&problems)[0].2, wrong);
    }
}

#[test]
fn a_senders_name_is_quoted_where_it_is_not_words_alone() {
    for (name, mailbox) in [
        ("AIAS Platform Team", "AIAS Platform Team"),
        ("Zoë & Söhne", "Zoë & Söhne"),
        ("AIAS (Ops) v2.0", "\"AIAS (Ops) v2.0\""),
        ("Lovelace, Ada", "\"Lovelace, Ada\""),
        ("Team: Ops; on-call", "\"Team: Ops; on-call\""),
        ("ops@night", "\"ops@night\""),
        ("[Ops]", "\"[Ops]\""),
    ] {
        let file = TEAM.replacen("\"AIAS Platform Team\"", &format!("\"{name}\""), 1);
        let team = TeamConfig::parse(&file).unwrap();
        assert_eq!(
            team.sender(),
            format!("{mailbox} <support@aias-platform.com>")
        );
    }
    for name in ["a <b@c.example>", "a\\\\b", "a\\\"b", "a\\nb"] {
        let file = TEAM.replacen("\"AIAS Platform Team\"", &format!("\"{name}\""), 1);
        let problems = TeamConfig::parse(&file).unwrap_err();
        assert_eq!(problems[0].key, "sender.name", "{name}");
    }
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
    for (days, right) in [("6", false), ("7", true), ("3650", true), ("3651", false)] {
        let text = TEAM.replace("keep_days = 90", &format!("keep_days = {days}"));
        assert_eq!(TeamConfig::parse(&text).is_ok(), right, "{days}");
    }
    // The settings of a team that were written before there was such a number.
    let before = TEAM.replace("[storage]\nkeep_days = 90\n", "");
    assert_eq!(TeamConfig::parse(&before).unwrap().keep_days, 90);
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
