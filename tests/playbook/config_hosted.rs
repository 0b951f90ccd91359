//! The settings that name hosted services: a page to read, a page to post to, a service that mails.

use allclear::config::problem::Problem;
use allclear::config::{
    ChatService, HostedMail, HostedPage, MailService, PageSource, PublicConfig, TeamChannel,
    TeamConfig,
};

const CONFIG: &str = include_str!("../../public/config.json");
const TEAM: &str = include_str!("../../public/console/team.toml");

/// The key and what is wrong, of every problem; each says what would be right.
fn said(problems: &[Problem]) -> Vec<(&str, &str)> {
    assert!(problems.iter().all(|problem| !problem.right.is_empty()));
    problems
        .iter()
        .map(|problem| (problem.key.as_str(), problem.wrong.as_str()))
        .collect()
}

fn source(source: &str) -> Result<PageSource, Vec<Problem>> {
    let text = CONFIG.replace("{ \"kind\": \"embedded\" }", source);
    assert_ne!(text, CONFIG);
    PublicConfig::parse(&text).map(|config| config.source)
}

#[test]
fn a_page_is_read_elsewhere_where_its_address_or_for_a_path_the_status_page_has_another_origin() {
    let console = "https://respond.example.com";
    let shipped = "https://status.aias-platform.com";
    for (url, status_url, elsewhere) in [
        ("/api/v2", console, None),
        ("/api/v2", "https://Respond.example.com:443/status/", None),
        (
            "/api/v2",
            "https://status.example.com",
            Some("/api/v2 at https://status.example.com"),
        ),
        (
            "/api/v2",
            "http://respond.example.com",
            Some("/api/v2 at http://respond.example.com"),
        ),
        (
            "/api/v2",
            "https://respond.example.com:8443",
            Some("/api/v2 at https://respond.example.com:8443"),
        ),
        (
            "https://respond.example.com/api/v2",
            "https://status.example.com",
            None,
        ),
        (
            "https://abc123.statuspage.io/api/v2",
            console,
            Some("https://abc123.statuspage.io/api/v2"),
        ),
    ] {
        let source = format!("{{ \"kind\": \"statuspage\", \"url\": \"{url}\" }}");
        let text = CONFIG
            .replace("{ \"kind\": \"embedded\" }", &source)
            .replace(shipped, status_url);
        let config = PublicConfig::parse(&text).unwrap();
        let found = config.read_elsewhere(console);
        assert_eq!(found.as_deref(), elsewhere, "{url}, {status_url}");
    }
    assert_eq!(
        PublicConfig::parse(CONFIG).unwrap().read_elsewhere(console),
        None,
        "a page of this browser is read nowhere else"
    );
}

#[test]
fn a_page_to_read_is_an_address_or_a_path_on_this_host() {
    for (url, read) in [
        (
            "https://abc123.statuspage.io/api/v2",
            "https://abc123.statuspage.io/api/v2",
        ),
        (
            "https://abc123.statuspage.io/api/v2/",
            "https://abc123.statuspage.io/api/v2",
        ),
        (
            "http://127.0.0.1:8080/api/v2",
            "http://127.0.0.1:8080/api/v2",
        ),
        ("/api/v2", "/api/v2"),
        ("/team/api/v2/", "/team/api/v2"),
    ] {
        let written = format!("{{ \"kind\": \"statuspage\", \"url\": \"{url}\" }}");
        let expected = PageSource::Statuspage {
            url: read.to_owned(),
        };
        assert_eq!(source(&written), Ok(expected), "{url}");
    }
}

#[test]
fn any_other_page_to_read_is_a_problem_that_says_what_would_be_right() {
    const FOLDER: &str = "it is not the folder of a page's v2 files";
    const FILE: &str = "it is a file, and the folder that it is in is needed";
    for (url, wrong) in [
        ("//evil.example/api/v2", FOLDER),
        ("abc123.statuspage.io/api/v2", FOLDER),
        ("javascript:alert(1)", FOLDER),
        ("https://", FOLDER),
        ("https:///api/v2", FOLDER),
        ("https://abc123.statuspage.io/api/v2?x=1", FOLDER),
        ("/api/v2#top", FOLDER),
        ("/api v2", FOLDER),
        ("https://abc123.statuspage.io/api/v2/summary.json", FILE),
    ] {
        let written = format!("{{ \"kind\": \"statuspage\", \"url\": \"{url}\" }}");
        let problems = source(&written).unwrap_err();
        assert_eq!(said(&problems), [("source.url", wrong)], "{url}");
        assert!(problems[0].right.contains("/api/v2"), "{url}");
    }
    for (written, key, wrong) in [
        (
            "{ \"kind\": \"statuspage\" }",
            "source.url",
            "it is missing",
        ),
        (
            "{ \"kind\": \"statuspage\", \"url\": 7 }",
            "source.url",
            "it is a number, and a text is needed",
        ),
        (
            "{ \"kind\": \"embedded\", \"url\": \"/api/v2\" }",
            "source.url",
            "this key is not known here",
        ),
        (
            "{ \"kind\": \"feed\" }",
            "source.kind",
            "this version cannot read the status from there",
        ),
        (
            "\"statuspage\"",
            "source",
            "it is a text, and an object is needed",
        ),
    ] {
        let text = CONFIG.replace("{ \"kind\": \"embedded\" }", written);
        let (_, problems) = PublicConfig::checked(&text);
        assert_eq!(said(&problems), [(key, wrong)], "{written}");
    }
}

/// A hosted page says by itself how things are: what its readers see besides keeps nobody from it.
#[test]
fn a_slip_in_what_a_hosted_page_does_not_need_keeps_readers_from_nothing() {
    let hosted = CONFIG.replace(
        "{ \"kind\": \"embedded\" }",
        "{ \"kind\": \" statuspage\", \"url\": \"/api/v2\" }",
    );
    let whole: serde_json::Value = serde_json::from_str(&hosted).unwrap();
    for key in ["organisation", "status_url", "support", "components"] {
        for wrong in [
            None,
            Some(serde_json::json!(null)),
            Some(serde_json::json!("?")),
            Some(serde_json::json!([])),
        ] {
            let mut file = whole.clone();
            let fields = file.as_object_mut().unwrap();
            match &wrong {
                None => drop(fields.remove(key)),
                Some(wrong) => drop(fields.insert(key.to_owned(), wrong.clone())),
            }
            let text = file.to_string();
            let read = PublicConfig::parse(&text).unwrap();
            assert!(
                matches!(read.source, PageSource::Statuspage { .. }),
                "{text}"
            );
            if key == "organisation" && wrong == Some(serde_json::json!("?")) {
                continue;
            }
            let (console, problems) = PublicConfig::checked(&text);
            assert_eq!(console, None, "{text}");
            let ours: Vec<_> = problems
                .iter()
                .filter(|problem| problem.key == key)
                .collect();
            assert_eq!(ours.len(), 1, "{text}");
            assert_eq!(ours[0].stops, "nothing can be published", "{text}");
            // The page that this browser keeps is made by what stands there.
            let embedded = text.replace(
                "{\"kind\":\" statuspage\",\"url\":\"/api/v2\"}",
                "{\"kind\":\"embedded\"}",
            );
            assert_ne!(embedded, text);
            assert!(PublicConfig::parse(&embedded).is_err(), "{embedded}");
        }
    }
    // Without its own address no page is read.
    let nowhere = hosted
        .replace("\"/api/v2\"", "null")
        .replace("\"support\"", "\"suport\"");
    assert!(PublicConfig::parse(&nowhere).is_err());
}

fn team(more: &str) -> Result<TeamConfig, Vec<Problem>> {
    TeamConfig::parse(&format!("{TEAM}\n{more}"))
}

const PAGE: &str = "[status_page]
service = \"statuspage\"
page_id = \"abc123def456\"
console = \"https://manage.statuspage.io/pages/abc123def456\"
";
const MAIL: &str = "[email]
service = \"postmark\"
stream = \"broadcast\"
console = \"https://account.postmarkapp.com/\"
";
const CHANNEL: &str = "[team_channel]
service = \"slack\"
console = \"https://app.slack.com/client/T0123/C0123\"
";

#[test]
fn without_hosted_services_everything_stays_in_the_browser() {
    let team = team("").unwrap();
    assert!(!team.needs_edge());
    assert_eq!((team.page, team.mail, team.channel), (None, None, None));
}

#[test]
fn hosted_services_are_named_with_their_own_consoles() {
    let both = team(&format!("{PAGE}{MAIL}")).unwrap();
    assert_eq!(
        both.page,
        Some(HostedPage {
            page_id: "abc123def456".to_owned(),
            console: "https://manage.statuspage.io/pages/abc123def456".to_owned(),
        })
    );
    let postmark = HostedMail {
        service: MailService::Postmark,
        stream: Some("broadcast".to_owned()),
        console: "https://account.postmarkapp.com/".to_owned(),
    };
    assert_eq!(both.mail, Some(postmark));
    for (word, service) in [
        ("resend", MailService::Resend),
        ("sendgrid", MailService::Sendgrid),
    ] {
        let text = MAIL
            .replace("postmark\"", &format!("{word}\""))
            .replace("stream = \"broadcast\"\n", "");
        let mail = team(&text).unwrap().mail.unwrap();
        assert_eq!((mail.service, mail.stream), (service, None));
    }
}

#[test]
fn the_team_s_channel_is_named_by_its_service_and_by_where_it_is_read() {
    for (word, service) in [
        ("slack", ChatService::Slack),
        ("discord", ChatService::Discord),
        ("teams", ChatService::Teams),
    ] {
        let team = team(&CHANNEL.replace("slack\"", &format!("{word}\""))).unwrap();
        assert!(team.needs_edge());
        let expected = TeamChannel {
            service,
            console: "https://app.slack.com/client/T0123/C0123".to_owned(),
        };
        assert_eq!(team.channel, Some(expected));
    }
}

#[test]
fn every_mistake_about_hosted_services_is_said() {
    const ADDRESS: &str = "it is not the address of a web page";
    for (text, problems) in [
        (
            PAGE.replace("\"statuspage\"", "\"cachet\""),
            vec![("status_page.service", "\"cachet\" is not a word it knows")],
        ),
        (
            PAGE.replace("service = \"statuspage\"\n", ""),
            vec![("status_page.service", "it is missing")],
        ),
        (
            PAGE.replace("\"abc123def456\"", "\"ABC/../x\""),
            vec![(
                "status_page.page_id",
                "a page's id has small letters and digits only",
            )],
        ),
        (
            PAGE.replace("\"abc123def456\"", "\"\""),
            vec![("status_page.page_id", "it is blank")],
        ),
        (
            PAGE.replace("https://manage", "http://manage"),
            vec![("status_page.console", ADDRESS)],
        ),
        (
            "[status_page]\nservice = \"statuspage\"\napi_key = \"secret\"\n".to_owned(),
            vec![
                ("status_page.page_id", "it is missing"),
                ("status_page.console", "it is missing"),
                ("status_page.api_key", "this key is not known here"),
            ],
        ),
        (
            MAIL.replace("postmark\"", "mailgun\""),
            vec![("email.service", "\"mailgun\" is not a word it knows")],
        ),
        (
            MAIL.replace("postmark\"", "resend\""),
            vec![("email.stream", "only Postmark has message streams")],
        ),
        (
            MAIL.replace("https://account", "javascript:"),
            vec![("email.console", ADDRESS)],
        ),
        (
            CHANNEL.replace("slack\"", "irc\""),
            vec![("team_channel.service", "\"irc\" is not a word it knows")],
        ),
        (
            CHANNEL.replace("https://app", "http://app"),
            vec![("team_channel.console", ADDRESS)],
        ),
        (
            "[team_channel]\nwebhook = \"https://hooks.slack.com/services/x\"\n".to_owned(),
            vec![
                ("team_channel.service", "it is missing"),
                ("team_channel.console", "it is missing"),
                ("team_channel.webhook", "this key is not known here"),
            ],
        ),
    ] {
        let found = team(&text).unwrap_err();
        let mut found = said(&found);
        found.sort_unstable();
        let mut problems = problems;
        problems.sort_unstable();
        assert_eq!(found, problems, "{text}");
    }
}

#[test]
fn the_examples_in_the_shipped_settings_are_right_as_they_stand() {
    let start = TEAM.find("# [status_page]").unwrap();
    // Tables and keys of the examples lose their mark; what is said about them stays a remark.
    let examples: Vec<&str> = TEAM[start..]
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.starts_with('[') || line.contains(" = "))
        .collect();
    let team = TeamConfig::parse(&format!("{TEAM}\n{}", examples.join("\n"))).unwrap();
    assert_eq!(team.page.unwrap().page_id, "abc123def456");
    assert_eq!(team.mail.unwrap().stream.as_deref(), Some("outbound"));
    assert_eq!(team.channel.unwrap().service, ChatService::Slack);
}
