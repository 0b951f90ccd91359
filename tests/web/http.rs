//! The sender of requests.

use allclear::api::error::ApiError;
use allclear::api::http::{self, Method, Request};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser::{replace, text};

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
        assert_eq!(http::send(&write).await, Err(ApiError::Lost(late)));
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
    assert!(error.retryable());
    assert!(
        error
            .to_string()
            .starts_with("the server could not be reached"),
        "{error}"
    );
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
