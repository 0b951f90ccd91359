//! What answers of the edge tell on the side, and asking as a stranger would.

use allclear::api::edge::clock::ServerClock;
use allclear::api::edge::heard;
use allclear::api::http::{self, Browser, Method, Net, Request};
use allclear::api::public_page::PublicPage;
use allclear::platform::clock;
use allclear::status_page::open_past;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser::{replace, text};

/// A server whose clock is ten minutes behind the device's, with further headers.
fn behind(status: u16, headers: &str) -> String {
    format!(
        "{{ value: request => {{
            window.asked = [request.credentials, request.cache].join(' ');
            const date = new Date(Date.now() - 600000).toUTCString();
            return Promise.resolve(new Response('{{}}', {{ status: {status}, headers: {{ Date: date, {headers} }} }}));
        }} }}"
    )
}

fn asked(path: &str) -> Request {
    Request::edge(Method::Get, path, None)
}

#[wasm_bindgen_test]
async fn the_servers_time_is_heard_from_the_edge_and_from_nobody_else() {
    let _before = heard::take();
    let _server = replace("window", "fetch", &behind(200, ""));
    Browser.send(&Request::get("/config.json")).await.unwrap();
    assert!(heard::take().sample.is_none(), "not the edge");
    Browser
        .send(&asked("/api/statuspage/v1/pages/abc/components"))
        .await
        .unwrap();
    let heard_now = heard::take();
    let mut clock = ServerClock::default();
    clock.hear(&heard_now.sample.unwrap());
    let offset = clock.offset_ms().unwrap();
    assert!((offset - 600_000).abs() < 2_000, "{offset}");
    assert!(!heard_now.login_ended);
    assert!(heard::take().sample.is_none(), "taken");
    // Once a service has told the time, the edge's own word no longer counts.
    Browser.send(&asked("/api/whoami")).await.unwrap();
    assert!(heard::take().sample.is_none());
}

#[wasm_bindgen_test]
async fn a_login_that_ended_is_heard_whoever_asked_and_a_wrong_key_is_none() {
    let _before = heard::take();
    for (status, headers, ended) in [
        (401, "'X-Allclear-Edge': 'login'", true),
        (401, "", false),
        (200, "", false),
    ] {
        let _server = replace("window", "fetch", &behind(status, headers));
        Browser
            .send(&asked("/api/postmark/email/batch"))
            .await
            .unwrap();
        assert_eq!(heard::take().login_ended, ended, "{status} {headers}");
    }
}

#[wasm_bindgen_test]
async fn a_stranger_has_no_login_and_no_old_copy() {
    let _server = replace("window", "fetch", &behind(200, ""));
    http::send(&Request::get("/x")).await.unwrap();
    assert_eq!(text("window.asked"), "same-origin no-cache");
    let stranger = Request {
        anonymous: true,
        ..Request::get("/x")
    };
    http::send(&stranger).await.unwrap();
    assert_eq!(text("window.asked"), "omit no-store");
}

/// The source stands elsewhere and does not say what time it is; what our own host said with `config.json` counts.
#[wasm_bindgen_test]
async fn a_clock_that_is_ahead_is_corrected_by_our_own_host_before_the_past_is_read() {
    let told = |asked: &str| {
        format!(
            "{{ value: {{ dated: {{ asked: {asked}, came: Date.now(), age: '600',
                date: new Date(Date.now() - 1800000).toUTCString() }} }} }}"
        )
    };
    let page = || PublicPage::new("https://elsewhere.example".into());
    let ahead = || (clock::device() - clock::now()).num_minutes();
    // What took long tells nothing.
    let slow = replace("window", "allclearFirst", &told("Date.now() - 60000"));
    open_past(page());
    assert_eq!(ahead(), 0);
    drop(slow);
    let _first = replace("window", "allclearFirst", &told("Date.now()"));
    open_past(page());
    let found = ahead();
    clock::correct(0);
    assert!((19..=20).contains(&found), "{found}");
    // Once: what the source says later counts from then on.
    open_past(page());
    assert_eq!(ahead(), 0);
}
