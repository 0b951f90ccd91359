//! The team's channel: the three forms of a notice, and what each answer means.

use allclear::api::error::ApiError;
use allclear::api::http::{Request, Response};
use allclear::api::team::{answer, request};
use allclear::config::ChatService;
use serde_json::{Value, json};

const ALL: [ChatService; 3] = [ChatService::Slack, ChatService::Discord, ChatService::Teams];

/// What people and templates write that a service would make something else of.
const HOSTILE: &str = "<!channel> <@U01> @channel, @here: \"5 > 4\" & \\ <https://evil.example|our page> [log in](https://evil.example)\n(@all) support@example.com —@all 🚨@all\u{a0}@all café@all";

fn body(service: ChatService, text: &str) -> Value {
    let request = request("/", service, text).unwrap();
    serde_json::from_str(&request.body.unwrap()).unwrap()
}

/// The words as a form carries them.
fn words(service: ChatService, text: &str) -> String {
    let body = body(service, text);
    let place = match service {
        ChatService::Slack => "/text",
        ChatService::Discord => "/content",
        ChatService::Teams => "/attachments/0/content/body/0/text",
    };
    body.pointer(place).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn each_service_is_given_its_own_form_on_the_one_path_of_the_edge() {
    for service in ALL {
        let request = request("/team/", service, "Down").unwrap();
        assert_eq!(request.url, "/team/api/team/notice");
        let Request {
            to_edge, headers, ..
        } = &request;
        assert!(to_edge);
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["X-Allclear", "Content-Type"],
            "nothing else goes along"
        );
    }
    assert_eq!(body(ChatService::Slack, "Down"), json!({ "text": "Down" }));
    assert_eq!(
        body(ChatService::Discord, "Down"),
        json!({ "content": "Down", "allowed_mentions": { "parse": [] } })
    );
    assert_eq!(
        body(ChatService::Teams, "Down"),
        json!({
            "type": "message",
            "attachments": [{
                "contentType": "application/vnd.microsoft.card.adaptive",
                "content": {
                    "type": "AdaptiveCard",
                    "version": "1.4",
                    "body": [{ "type": "TextBlock", "text": "Down", "wrap": true }],
                },
            }],
        })
    );
}

#[test]
fn nothing_in_a_text_rings_anybody_or_becomes_a_link_to_elsewhere() {
    let slack = words(ChatService::Slack, HOSTILE);
    assert!(!slack.contains(['<', '>']), "{slack}");
    assert!(slack.starts_with("&lt;!channel&gt; &lt;@\u{200b}U01&gt; @\u{200b}channel, @\u{200b}here: \"5 &gt; 4\" &amp; \\"), "{slack}");
    assert!(
        slack.ends_with(
            "(@\u{200b}all) support@example.com —@\u{200b}all 🚨@\u{200b}all\u{a0}@\u{200b}all café@\u{200b}all"
        ),
        "an address stays whole: {slack}"
    );
    for service in ALL {
        assert!(!words(service, HOSTILE).contains("]("), "{service:?}");
    }
    // Discord is told to ring nobody.
    assert!(words(ChatService::Discord, HOSTILE).contains("@channel, @here"));
    // A line stays a line.
    assert_eq!(words(ChatService::Teams, "a\nb\r\nc"), "a\n\nb\n\nc");
    // Whoever reads it reads what was written.
    let read = |text: String| {
        let text = text.replace('\u{200b}', "").replace("\n\n", "\n");
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    for service in ALL {
        assert_eq!(read(words(service, HOSTILE)), HOSTILE, "{service:?}");
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_and_never_cut() {
    assert!(request("/", ChatService::Discord, &"x".repeat(2_000)).is_ok());
    let refused = request("/", ChatService::Discord, &"x".repeat(5_000)).unwrap_err();
    assert!(
        matches!(&refused, ApiError::NotSent(why) if why.starts_with("the text has 5000 characters, and Discord takes 2000")),
        "{refused}"
    );
    for service in [ChatService::Slack, ChatService::Teams] {
        assert_eq!(words(service, &"x".repeat(5_000)).len(), 5_000);
    }
}

fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let headers = headers.iter();
    Response {
        status,
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.to_owned(),
    }
}

#[test]
fn every_way_in_which_a_service_says_done_is_understood() {
    for (status, body, id) in [
        (200, "ok", None),
        (200, "{\"success\":true}", None),
        (200, "{\"ok\":true}", None),
        (200, "1", None),
        (200, "", None),
        (202, "", None),
        (204, "", None),
        (200, "{\"id\":\"1120\",\"content\":\"Down\"}", Some("1120")),
    ] {
        let read = answer(&response(status, &[], body));
        assert_eq!(read, Ok(id.map(str::to_owned)), "{status} {body}");
    }
}

#[test]
fn an_answer_that_is_broken_off_or_says_no_leaves_it_open_whether_the_team_was_told() {
    for body in [
        "{\"id\":\"11",
        "{\"success\":false}",
        "{\"ok\":false,\"error\":\"x\"}",
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429",
        "{\"error\":\"boom\"}",
        "{\"message\":\"login required\"}",
        "{}",
        "[]",
        "\"Webhook message delivery failed\"",
    ] {
        assert!(
            matches!(answer(&response(200, &[], body)), Err(ApiError::Garbled(_))),
            "{body}"
        );
    }
    for status in [408, 500, 502, 503, 504] {
        let error = answer(&response(status, &[], "rollup_error")).unwrap_err();
        assert!(error.may_have_happened(), "{status}");
    }
    let unreachable = response(502, &[("x-allclear-edge", "unreachable")], "");
    assert!(answer(&unreachable).unwrap_err().may_have_happened());
}

const GONE: &str =
    "the webhook is gone: it was deleted, or its address at the edge of this host is wrong";

#[test]
fn a_refusal_says_why_in_plain_words() {
    let edge = [("x-allclear-edge", "refused")];
    for (status, headers, body, words) in [
        (404, &[][..], "no_service", format!("{GONE}; the service says “no_service”")),
        (404, &[][..], "{\"message\":\"Unknown Webhook\",\"code\":10015}", format!("{GONE}; the service says “Unknown Webhook”")),
        (410, &[][..], "", GONE.to_owned()),
        (403, &[][..], "action_prohibited", "the webhook does not accept it; the service says “action_prohibited”".to_owned()),
        (401, &[][..], "{\"error\":{\"code\":\"x\"}}", "the webhook does not accept it".to_owned()),
        (400, &[][..], "invalid_payload", "the server answered 400; the service says “invalid_payload”".to_owned()),
        (400, &[][..], "<html>trace</html>", "the server answered 400".to_owned()),
        (404, &edge[..], "{\"edge\":\"refused\"}", "the edge of this host knows no webhook of the team’s; nothing was sent; whoever runs the edge has to set its address there (see the deployment notes)".to_owned()),
        (403, &edge[..], "{\"edge\":\"refused\"}", "the edge of this host does not let this notice through; nothing was sent".to_owned()),
        (413, &edge[..], "{\"edge\":\"refused\"}", "it is larger than the edge of this host lets through; nothing was sent; shorten the text".to_owned()),
        (404, &[][..], "<!doctype html>", "this host passes nothing on to the service: no edge answers here (see the deployment notes)".to_owned()),
    ] {
        let read = answer(&response(status, headers, body));
        assert_eq!(read, Err(ApiError::Refused(words)), "{status} {body}");
    }
    assert_eq!(
        answer(&response(401, &[("x-allclear-edge", "login")], "")),
        Err(ApiError::LoginNeeded)
    );
}

#[test]
fn too_many_notices_are_told_with_how_long_to_wait() {
    for (headers, after_seconds) in [(&[][..], None), (&[("retry-after", "7")][..], Some(7))] {
        let read = answer(&response(
            429,
            headers,
            "{\"message\":\"You are being rate limited.\"}",
        ));
        assert_eq!(read, Err(ApiError::Busy { after_seconds }));
    }
}
