//! What the edge says of itself: who is logged in, and how far this device's clock is from the server's.

use allclear::api::edge::clock::{Sample, ServerClock};
use allclear::api::edge::strangers::{Guarded, as_stranger, whoami_as_stranger};
use allclear::api::edge::{Whoami, read, whoami};
use allclear::api::error::ApiError;
use allclear::api::http::{Method, Response};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// An answer that took `took_ms`, from a server whose clock is `ahead_ms` behind the device's.
fn sample(asked: DateTime<Utc>, took_ms: i64, ahead_ms: i64) -> Sample {
    let came = asked + TimeDelta::milliseconds(took_ms);
    let server = asked + TimeDelta::milliseconds(took_ms / 2 - ahead_ms);
    let date = DateTime::from_timestamp(server.timestamp(), 0).unwrap();
    Sample { asked, came, date }
}

const TEN_MINUTES: i64 = 600_000;

fn near(offset: Option<i64>, expected: i64) -> bool {
    offset.is_some_and(|offset| (offset - expected).abs() <= 1_000)
}

#[test]
fn nothing_is_known_before_a_server_has_told() {
    assert_eq!(ServerClock::default().offset_ms(), None);
}

#[test]
fn a_device_ten_minutes_off_is_seen_at_once_on_either_side() {
    for ahead in [TEN_MINUTES, -TEN_MINUTES] {
        let mut clock = ServerClock::default();
        clock.hear(&sample(at("2026-03-10T14:00:00.250Z"), 300, ahead));
        assert!(near(clock.offset_ms(), ahead), "{:?}", clock.offset_ms());
    }
}

#[test]
fn an_answer_that_took_long_tells_nothing() {
    let mut clock = ServerClock::default();
    clock.hear(&sample(at("2026-03-10T14:00:00Z"), 5_001, TEN_MINUTES));
    assert_eq!(clock.offset_ms(), None);
    clock.hear(&sample(at("2026-03-10T14:00:00Z"), -1, TEN_MINUTES));
    assert_eq!(clock.offset_ms(), None);
}

#[test]
fn a_new_difference_is_believed_when_it_is_heard_twice_five_seconds_apart() {
    let start = at("2026-03-10T14:00:00Z");
    let later = |seconds| start + TimeDelta::seconds(seconds);
    let mut clock = ServerClock::default();
    clock.hear(&sample(start, 100, 0));
    clock.hear(&sample(later(15), 100, TEN_MINUTES));
    assert_eq!(clock.offset_ms(), Some(0), "heard once");
    clock.hear(&sample(later(18), 100, TEN_MINUTES));
    assert_eq!(clock.offset_ms(), Some(0), "too soon after");
    clock.hear(&sample(later(30), 100, TEN_MINUTES));
    assert!(near(clock.offset_ms(), TEN_MINUTES));
}

#[test]
fn a_readers_clock_is_corrected_where_it_is_more_than_half_a_minute_off() {
    let correction = |ahead: i64| {
        let mut clock = ServerClock::default();
        clock.hear(&sample(at("2026-03-10T14:00:00Z"), 100, ahead));
        clock.correction_ms()
    };
    assert_eq!(ServerClock::default().correction_ms(), 0);
    for small in [0, 1_000, 29_000, -29_000] {
        assert_eq!(correction(small), 0, "{small}");
    }
    for large in [32_000, TEN_MINUTES, -32_000, -TEN_MINUTES] {
        assert!(near(Some(correction(large)), -large), "{large}");
    }
}

#[test]
fn a_difference_that_does_not_stand_is_forgotten() {
    let start = at("2026-03-10T14:00:00Z");
    let later = |seconds| start + TimeDelta::seconds(seconds);
    let mut clock = ServerClock::default();
    clock.hear(&sample(start, 100, 0));
    clock.hear(&sample(later(15), 100, TEN_MINUTES));
    clock.hear(&sample(later(30), 100, 0));
    clock.hear(&sample(later(45), 100, TEN_MINUTES));
    assert_eq!(clock.offset_ms(), Some(0), "each time contradicted");
    // One that grows is no standing difference: a clock that is being moved.
    clock.hear(&sample(later(60), 100, 2 * TEN_MINUTES));
    clock.hear(&sample(later(75), 100, 3 * TEN_MINUTES));
    assert_eq!(clock.offset_ms(), Some(0));
}

proptest! {
    #[test]
    fn small_differences_are_none_and_the_known_one_does_not_tremble(
        millis in 0_i64..1_000, took in 0_i64..=5_000, ahead in -400_i64..=400, jitter in -400_i64..=400,
    ) {
        let start = at("2026-03-10T14:00:00Z") + TimeDelta::milliseconds(millis);
        let mut clock = ServerClock::default();
        clock.hear(&sample(start, took, ahead));
        prop_assert_eq!(clock.offset_ms(), Some(0));
        let mut far = ServerClock::default();
        far.hear(&sample(start, took, TEN_MINUTES));
        let known = far.offset_ms();
        prop_assert!(near(known, TEN_MINUTES));
        for seconds in [7, 30, 90] {
            far.hear(&sample(start + TimeDelta::seconds(seconds), took, TEN_MINUTES + jitter));
        }
        prop_assert_eq!(far.offset_ms(), known);
    }
}

fn reading(status: u16, body: &str, known: bool) -> Whoami {
    let answer = Response {
        status,
        headers: Vec::new(),
        body: body.to_owned(),
    };
    read(&Ok(answer), known)
}

const PAGE: &str = "<!DOCTYPE html><title>Log in</title>";

#[test]
fn the_question_carries_our_header_and_no_secret() {
    let asked = whoami("/team/");
    assert_eq!(
        (asked.method, asked.url.as_str()),
        (Method::Get, "/team/api/whoami")
    );
    assert_eq!(asked.headers, [("X-Allclear".to_owned(), "1".to_owned())]);
}

#[test]
fn the_login_is_read() {
    let login = reading(200, r#"{"login":" ada ","more":1}"#, false);
    assert_eq!(login, Whoami::Login("ada".to_owned()));
    assert_eq!(reading(200, r#"{"login":""}"#, false), Whoami::Nobody);
}

#[test]
fn a_missing_login_and_a_missing_edge_are_told_apart() {
    for known in [false, true] {
        assert_eq!(reading(401, "", known), Whoami::Nobody);
        assert_eq!(reading(0, "", known), Whoami::Nobody);
        assert_eq!(reading(302, "", known), Whoami::Nobody);
        assert_eq!(reading(404, PAGE, known), Whoami::NoEdge);
        assert_eq!(read(&Err(ApiError::LoginNeeded), known), Whoami::Nobody);
    }
    // A bare static host sends its own page for every path; an edge that knew us sends its login page.
    assert_eq!(reading(200, PAGE, false), Whoami::NoEdge);
    assert_eq!(reading(200, PAGE, true), Whoami::Nobody);
    assert_eq!(reading(200, r#"{"login":7}"#, false), Whoami::NoEdge);
}

#[test]
fn an_edge_that_fails_is_not_one_that_is_missing() {
    let failed = reading(502, "", true);
    assert_eq!(
        failed,
        Whoami::Silent("the server answered 502 (an error of the server)".to_owned())
    );
    let unreached = Err(ApiError::NotSent("no network".to_owned()));
    assert_eq!(
        read(&unreached, true),
        Whoami::Silent("no network".to_owned())
    );
}

#[test]
fn what_a_stranger_is_given_is_told_from_logins_and_from_other_pages() {
    let answer = |status: u16, body: &str| Response {
        status,
        headers: Vec::new(),
        body: body.to_owned(),
    };
    let given =
        |what: Guarded, status: u16, body: &str| what.is_given(&answer(status, body), "/console/");
    assert!(given(Guarded::Playbook, 200, "[playbook]"));
    let page = "<!DOCTYPE html><base href=\"/console/\"><title>Allclear console</title>";
    assert!(given(Guarded::Console, 200, page));
    assert!(given(Guarded::Login, 200, r#"{"login":"ada"}"#));
    let login = "<!DOCTYPE html><title>Log in</title>";
    let status_page = "<!DOCTYPE html><base href=\"/\">";
    for what in [Guarded::Playbook, Guarded::Console, Guarded::Login] {
        // A redirect that is not followed has no status.
        for (status, body) in [
            (0, ""),
            (401, page),
            (404, "{}"),
            (200, login),
            (200, status_page),
        ] {
            assert!(!given(what, status, body), "{what:?}: {status} {body}");
        }
    }
    for body in [r#"{"login":""}"#, r#"{"edge":"login"}"#, "{}"] {
        assert!(!given(Guarded::Login, 200, body), "{body}");
    }
    for question in [as_stranger("sop.toml".to_owned()), whoami_as_stranger("/")] {
        assert!(
            question.anonymous && question.to_edge,
            "no redirect is followed, and no copy is an answer"
        );
    }
}
