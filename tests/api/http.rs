//! What an answer from the edge or from a vendor means.

use allclear::api::error::ApiError;
use allclear::api::http::{self, Method, Request, Response};
use chrono::{DateTime, Utc};

const PAGE: &str = "\u{feff}\n<!doctype html><title>Log in</title>";

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    Response {
        status,
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.to_owned(),
    }
}

/// The name of an outcome, without its words.
fn kind(outcome: Result<(), ApiError>) -> &'static str {
    match outcome {
        Ok(()) => "done",
        Err(ApiError::Refused(_)) => "refused",
        Err(ApiError::NotSent(_)) => "not sent",
        Err(ApiError::Unanswered(_)) => "lost",
        Err(ApiError::Garbled(_)) => "garbled",
        Err(ApiError::LoginNeeded) => "login",
        Err(ApiError::Busy { .. }) => "busy",
        Err(ApiError::Gone(_)) => "gone",
    }
}

#[test]
fn every_answer_has_one_meaning_for_a_reading_and_one_for_a_write() {
    let edge = |mark| vec![("x-allclear-edge", mark)];
    for (status, headers, body, reading, write) in [
        (200, vec![], "{}", "done", "done"),
        (201, vec![], "{}", "done", "done"),
        (202, vec![], "", "done", "done"),
        (200, vec![], PAGE, "login", "login"),
        (0, vec![], "", "login", "login"),
        (302, vec![], PAGE, "not sent", "lost"),
        (401, vec![], PAGE, "login", "login"),
        (401, edge("login"), "", "login", "login"),
        (
            401,
            vec![],
            "{\"error\":\"Could not authenticate\"}",
            "refused",
            "refused",
        ),
        (403, edge("refused"), "", "refused", "refused"),
        (404, edge("refused"), "", "refused", "refused"),
        (405, edge("refused"), "", "refused", "refused"),
        (403, vec![], "{}", "refused", "refused"),
        (
            200,
            vec![],
            "{\"error\":\"login required\"}",
            "login",
            "login",
        ),
        (
            200,
            vec![],
            "{\"error\":\"Unauthorized\"}",
            "login",
            "login",
        ),
        (
            200,
            vec![],
            "{\"error\":{\"code\":7}}",
            "not sent",
            "garbled",
        ),
        (200, vec![], "{\"error\":null,\"id\":\"a\"}", "done", "done"),
        (404, vec![], "{\"error\":\"Not Found\"}", "gone", "gone"),
        (404, vec![], "{\"message\":\"Not found\"}", "gone", "gone"),
        // A balancer's, or a host's that passes nothing on: nobody has deleted anything.
        (404, vec![], "{}", "refused", "refused"),
        (404, vec![], "default backend - 404", "refused", "refused"),
        (404, vec![], "", "refused", "refused"),
        (404, vec![], PAGE, "refused", "refused"),
        (405, vec![], PAGE, "refused", "refused"),
        (410, vec![], "{\"error\":\"Gone\"}", "gone", "gone"),
        (410, vec![], "", "refused", "refused"),
        (413, vec![], "", "refused", "refused"),
        (422, vec![], "{}", "refused", "refused"),
        (420, vec![], "", "busy", "busy"),
        (429, vec![], "", "busy", "busy"),
        (429, edge("busy"), "", "busy", "busy"),
        (408, vec![], "", "not sent", "lost"),
        (500, vec![], "", "not sent", "lost"),
        (502, vec![], PAGE, "not sent", "lost"),
        (504, edge("unreachable"), "", "not sent", "lost"),
        (503, edge("a new mark"), "", "not sent", "lost"),
    ] {
        let given = answer(status, &headers, body);
        let of = format!("{status} {headers:?} {body}");
        assert_eq!(kind(http::judge(&given, false)), reading, "reading {of}");
        assert_eq!(kind(http::judge(&given, true)), write, "writing {of}");
    }
}

#[test]
fn what_is_no_json_is_a_failed_reading_and_a_write_that_may_have_happened() {
    for body in ["{\"id\":\"abc", "", "ok"] {
        let given = answer(200, &[("content-type", "application/json")], body);
        assert_eq!(
            kind(http::json(&given, false).map(drop)),
            "not sent",
            "{body}"
        );
        assert_eq!(
            kind(http::json(&given, true).map(drop)),
            "garbled",
            "{body}"
        );
    }
    let odd = answer(200, &[("content-type", "text/plain")], "{\"id\":\"abc\"}");
    assert_eq!(http::json(&odd, true).unwrap()["id"], "abc");
    assert_eq!(
        kind(http::json(&answer(200, &[], PAGE), true).map(drop)),
        "login"
    );
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn a_servers_moment_is_read_in_its_one_form_and_in_no_other() {
    for (text, read) in [
        (
            "Mon, 09 Mar 2026 14:05:00 GMT",
            Some("2026-03-09T14:05:00Z"),
        ),
        (
            " Sun, 06 Nov 1994 08:49:37 GMT ",
            Some("1994-11-06T08:49:37Z"),
        ),
        (
            "Thu, 29 Feb 2024 00:00:00 GMT",
            Some("2024-02-29T00:00:00Z"),
        ),
        (
            "Sat, 31 Dec 2016 23:59:60 GMT",
            Some("2016-12-31T23:59:59Z"),
        ),
        ("Thu, 29 Feb 2026 00:00:00 GMT", None),
        ("Mon, 09 anF 2026 14:05:00 GMT", None),
        ("Mon, 09  2026 14:05:00 GMT", None),
        ("Mon, 09 Mar 2026 14:05:00 CET", None),
        ("Mon, 09 Mar 2026 14:05 GMT", None),
        ("Sunday, 06-Nov-94 08:49:37 GMT", None),
        ("2026-03-09T14:05:00Z", None),
        ("", None),
    ] {
        assert_eq!(http::moment(text), read.map(at), "{text}");
    }
}

#[test]
fn how_long_to_wait_is_read_as_seconds_or_as_a_moment_of_the_servers_clock() {
    let date = ("date", "Mon, 09 Mar 2026 14:05:00 GMT");
    for (headers, seconds) in [
        (vec![("retry-after", "7")], Some(7)),
        (vec![("retry-after", " 0 ")], Some(0)),
        (vec![("retry-after", "1.5")], Some(2)),
        (
            vec![date, ("retry-after", "Mon, 09 Mar 2026 14:05:30 GMT")],
            Some(30),
        ),
        (
            vec![date, ("retry-after", "Mon, 09 Mar 2026 14:04:30 GMT")],
            Some(0),
        ),
        (vec![("retry-after", "Mon, 09 Mar 2026 14:05:30 GMT")], None),
        (vec![("retry-after", "soon")], None),
        (vec![("retry-after", "-1")], None),
        (vec![], None),
    ] {
        let busy = answer(429, &headers, "");
        let expected = ApiError::Busy {
            after_seconds: seconds,
        };
        assert_eq!(http::judge(&busy, true), Err(expected), "{headers:?}");
    }
    let dated = answer(200, &[date], "{}");
    assert_eq!(http::server_time(&dated), Some(at("2026-03-09T14:05:00Z")));
}

#[test]
fn a_request_to_the_edge_carries_our_header_and_a_public_reading_none() {
    let read = Request::edge(Method::Get, "/api/whoami", None);
    assert_eq!(read.headers, [("X-Allclear".to_owned(), "1".to_owned())]);
    assert!(read.to_edge);
    for method in [Method::Post, Method::Patch, Method::Put, Method::Delete] {
        let write = Request::edge(method, "/api/x", Some("{}".to_owned()));
        let json = ("Content-Type".to_owned(), "application/json".to_owned());
        assert!(write.headers.contains(&json) && write.headers.len() == 2);
    }
    let public = Request::get("https://abc.statuspage.io/api/v2/summary.json");
    assert!(public.headers.is_empty() && !public.to_edge);
}

#[test]
fn what_is_too_large_for_the_edge_is_said_so_with_the_cure() {
    let given = Response {
        status: 413,
        headers: vec![("x-allclear-edge".to_owned(), "refused".to_owned())],
        body: String::new(),
    };
    let said = http::judge(&given, true).unwrap_err().to_string();
    assert!(said.contains("larger than the edge"), "{said}");
    assert!(
        said.contains("nothing was sent; shorten the text"),
        "{said}"
    );
}

#[test]
fn a_busy_service_is_told_with_how_long_to_wait_and_that_nothing_was_sent() {
    for (after_seconds, wait) in [
        (None, "in a minute"),
        (Some(1), "in a second"),
        (Some(7), "in 7 seconds"),
        (Some(90), "in 90 seconds"),
        (Some(91), "in 2 minutes"),
        (Some(3_600), "in 60 minutes"),
    ] {
        let told = ApiError::Busy { after_seconds }.in_full();
        let expected =
            format!("the service is busy: too many requests; nothing was sent; try again {wait}");
        assert_eq!(told, expected);
    }
    assert_eq!(ApiError::Refused("no".into()).in_full(), "no");
}
