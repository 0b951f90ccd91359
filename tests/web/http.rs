//! The sender of requests.

use allclear::api::error::ApiError;
use allclear::api::http::{self, Browser, Method, Net, Request};
use allclear::platform::{clock, first};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser::{eval, replace, text};

const HANGS: &str = "{ value: request => new Promise((_, reject) =>
    request.signal.addEventListener('abort', () => reject(request.signal.reason))) }";
const BREAKS_OFF: &str = "{ value: () => Promise.resolve(new Response(new ReadableStream({
    start(body) { body.enqueue(new Uint8Array([65])); body.error(new TypeError('network error')); }
}))) }";

fn answers(status: u16) -> String {
    format!(
        "{{ value: request => {{
            window.asked = [request.method, request.cache, [...request.headers].join(';')].join(' ');
            return Promise.resolve(new Response('body é', {{ status: {status}, headers: {{ 'X-One': '1' }} }}));
        }} }}"
    )
}

#[wasm_bindgen_test]
async fn a_real_server_is_read_without_a_header_and_without_an_old_copy() {
    assert!(!http::get_text("/").await.unwrap().is_empty());
    let _server = replace("window", "fetch", &answers(200));
    assert_eq!(http::get_text("/state.json?a=1").await.unwrap(), "body é");
    assert_eq!(text("window.asked"), "GET no-cache ");
}

#[wasm_bindgen_test]
async fn a_refusal_is_told_in_words() {
    for (status, words) in [
        (404, "the server answered 404 (not found)"),
        (429, "the server answered 429 (too many requests)"),
        (503, "the server answered 503 (an error of the server)"),
        (418, "the server answered 418"),
    ] {
        let _server = replace("window", "fetch", &answers(status));
        assert_eq!(
            http::get_text("/x").await,
            Err(ApiError::Refused(words.into()))
        );
    }
}

#[wasm_bindgen_test]
async fn while_a_service_is_written_to_the_page_is_left_only_when_asked() {
    // Each request is answered when the test says so.
    let _server = replace(
        "window",
        "fetch",
        "{ value: () => new Promise(done => {
            (window.waiting ??= []).push(() => done(new Response('{}'))); }) }",
    );
    let asks = || {
        let leave = "(() => { const e = new Event('beforeunload', { cancelable: true });
            window.dispatchEvent(e); return String(e.defaultPrevented); })()";
        text(leave) == "true"
    };
    let ask = |request: Request| {
        wasm_bindgen_futures::spawn_local(async move {
            http::send(&request).await.unwrap();
        });
    };
    let answer = || drop(text("String(window.waiting.shift()())"));
    let write = || Request::edge(Method::Patch, "/api/statuspage/v1/x", Some("{}".into()));

    ask(Request::edge(Method::Get, "/api/statuspage/v1/x", None));
    clock::sleep(20).await;
    assert!(!asks(), "a reading is cut off without harm");
    answer();
    ask(Request {
        method: Method::Post,
        ..Request::get("https://hooks.example.com/")
    });
    clock::sleep(20).await;
    assert!(!asks(), "no service of ours");
    answer();

    ask(write());
    ask(write());
    clock::sleep(20).await;
    assert!(asks());
    answer();
    clock::sleep(20).await;
    assert!(asks(), "the other is still under way");
    answer();
    clock::sleep(20).await;
    assert!(!asks(), "nothing is under way");
}

#[wasm_bindgen_test]
async fn no_answer_half_an_answer_and_no_server_are_told_apart() {
    {
        let _server = replace("window", "fetch", HANGS);
        let slow = Request {
            timeout_ms: 30,
            ..Request::get("/x")
        };
        let late = "no complete answer came within 1 seconds".to_owned();
        assert_eq!(
            http::send(&slow).await,
            Err(ApiError::NotSent(late.clone()))
        );
        let write = Request {
            method: Method::Post,
            body: Some("{}".into()),
            ..slow
        };
        assert_eq!(http::send(&write).await, Err(ApiError::Unanswered(late)));
    }
    {
        let _server = replace("window", "fetch", BREAKS_OFF);
        let Err(ApiError::NotSent(why)) = http::get_text("/x").await else {
            panic!("it was whole")
        };
        assert!(
            why.starts_with("the answer broke off before its end"),
            "{why}"
        );
    }
    let Err(error) = http::get_text("http://127.0.0.1:8139/").await else {
        panic!("who answers?")
    };
    assert!(matches!(error, ApiError::NotSent(_)));
    assert!(
        error
            .to_string()
            .starts_with("the server could not be reached"),
        "{error}"
    );
}

#[wasm_bindgen_test]
async fn an_answer_that_was_asked_for_before_the_app_began_is_taken_over_once_and_ended_with_its_question()
 {
    let asked = |answer: &str| {
        eval(&format!(
            "window.controller = new AbortController();
            window.allclearFirst = {{ list: {{ answer: {answer}, controller: window.controller }} }}"
        ));
        first::list()
    };
    let ended = || text("String(window.controller.signal.aborted)") == "true";
    {
        // Whoever asks again is not answered by it.
        let _server = replace("window", "fetch", &answers(404));
        let early = asked("Promise.resolve(new Response('whole', { status: 200 }))");
        assert!(first::list().is_none());
        let mut stream = http::open(&Request::get("/x"), early).await.unwrap();
        assert_eq!(stream.status, 200);
        assert_eq!(stream.piece().await, Ok(Some(b"whole".to_vec())));
        assert_eq!(stream.piece().await, Ok(None));
        assert!(!ended());
        drop(stream);
        assert!(ended(), "what is no longer read is not downloaded");
        let anew = http::open(&Request::get("/x"), first::list())
            .await
            .unwrap();
        assert_eq!(anew.status, 404);
    }
    let lost = asked("Promise.reject(new TypeError('the network is gone'))");
    let slow = Request {
        timeout_ms: 30,
        ..Request::get("/x")
    };
    let why = "the server could not be reached: the network is gone".to_owned();
    let found = http::open(&slow, lost).await.err();
    assert_eq!(found, Some(ApiError::NotSent(why)));
    let hangs = asked(
        "new Promise((_, reject) => window.controller.signal.addEventListener('abort',
            () => reject(window.controller.signal.reason)))",
    );
    let why = "no complete answer came within 1 seconds".to_owned();
    let found = http::open(&slow, hangs).await.err();
    assert_eq!(found, Some(ApiError::NotSent(why)));
    eval("delete window.allclearFirst; delete window.controller");
}

#[wasm_bindgen_test]
async fn a_write_carries_its_headers_and_its_status_is_an_answer() {
    let _server = replace("window", "fetch", &answers(422));
    let mut request = Request {
        method: Method::Patch,
        headers: vec![("Authorization".into(), "secret".into())],
        body: Some("{}".into()),
        ..Request::get("/x")
    };
    let response = http::send(&request).await.unwrap();
    assert_eq!((response.status, response.ok()), (422, false));
    assert_eq!(response.header("x-one"), Some("1"));
    let asked = text("window.asked");
    assert!(
        asked.starts_with("PATCH no-cache") && asked.contains("authorization,secret"),
        "{asked}"
    );
    assert!(!format!("{request:?}").contains("secret"));

    request.headers = vec![("Bad\nName".into(), "x".into())];
    assert!(matches!(
        http::send(&request).await,
        Err(ApiError::NotSent(_))
    ));
}

#[wasm_bindgen_test]
async fn of_a_service_no_more_is_read_than_a_browser_can_hold() {
    let ask = || async {
        Browser
            .send(&Request::edge(Method::Get, "/api/statuspage/v1/x", None))
            .await
    };
    {
        // It never ends, and it is asked for its next piece only as long as somebody reads.
        let _server = replace("window", "fetch", "{ value: () => Promise.resolve(new Response(new ReadableStream({
            pull(body) { window.pieces = (window.pieces ?? 0) + 1; body.enqueue(new Uint8Array(1 << 20)); } }))) }");
        let why = "the answer is longer than 8 MB".to_owned();
        assert_eq!(ask().await.unwrap_err(), ApiError::Garbled(why));
        assert!(text("String(window.pieces < 12)") == "true");
    }
    let _server = replace(
        "window",
        "fetch",
        "{ value: () => Promise.resolve(new Response('\\uFEFF{\"one\":\"é\"}', { headers: { 'X-One': '1' } })) }",
    );
    let answer = ask().await.unwrap();
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, "{\"one\":\"é\"}")
    );
    assert!(
        answer
            .headers
            .contains(&("x-one".to_owned(), "1".to_owned()))
    );
}

#[wasm_bindgen_test]
async fn a_request_to_the_edge_follows_no_redirect_and_keeps_no_copy() {
    let server = "{ value: request => {
        window.asked = [request.method, request.cache, request.redirect, request.headers.get('x-allclear')].join(' ');
        // Like a redirect that is not followed, it has no status.
        return Promise.resolve(Response.error());
    } }";
    let _server = replace("window", "fetch", server);
    let request = Request::edge(Method::Patch, "/api/statuspage/v1/x", Some("{}".into()));
    let response = http::send(&request).await.unwrap();
    assert_eq!(text("window.asked"), "PATCH no-store manual 1");
    assert_eq!(http::judge(&response, true), Err(ApiError::LoginNeeded));
}

#[wasm_bindgen_test]
async fn a_write_while_offline_certainly_did_not_leave() {
    let _offline = replace("navigator", "onLine", "{ value: false }");
    let request = Request::edge(Method::Post, "/api/statuspage/v1/x", Some("{}".into()));
    assert_eq!(
        http::send(&request).await,
        Err(ApiError::NotSent("this device was offline".into()))
    );
}
