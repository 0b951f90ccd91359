//! What a post on Statuspage does while the vendor wants a pause.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use allclear::api::error::ApiError;
use allclear::api::http::{Net, Request, Response};
use allclear::api::page::{ReadPage, WritePage};
use allclear::api::statuspage::Statuspage;
use allclear::domain::incident::IncidentId;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::statuspage::post;

/// A vendor that wants a pause where one is set, under a time that passes while somebody waits.
#[derive(Clone, Default)]
struct Vendor {
    wants_pause: Rc<Cell<Option<u32>>>,
    asked: Rc<Cell<u32>>,
    now: Rc<Cell<DateTime<Utc>>>,
}

impl Net for Vendor {
    fn now(&self) -> DateTime<Utc> {
        self.now.get()
    }

    async fn sleep(&self, ms: u32) {
        let wait = TimeDelta::milliseconds(i64::from(ms));
        self.now.set(self.now.get() + wait);
    }

    async fn send(&self, _request: &Request) -> Result<Response, ApiError> {
        self.asked.set(self.asked.get() + 1);
        let (status, headers, body) = match self.wants_pause.take() {
            Some(seconds) => (
                429,
                vec![("retry-after".to_owned(), seconds.to_string())],
                json!({}),
            ),
            None => (200, Vec::new(), json!({ "id": "f5v3b6dr7k53" })),
        };
        Ok(Response {
            status,
            headers,
            body: body.to_string(),
        })
    }

    fn site_path(&self) -> String {
        "/".to_owned()
    }

    fn random(&self) -> Result<String, ApiError> {
        Ok("c0ffee".to_owned())
    }
}

/// What becomes of something of which nothing waits.
fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn rule_14_a_post_does_not_wait_out_a_pause_while_its_text_grows_old() {
    let vendor = Vendor::default();
    let page = Statuspage::new(vendor.clone(), "abc123");
    vendor.wants_pause.set(Some(60));
    assert!(at_once(page.incident(&IncidentId("f5v3b6dr7k53".to_owned()))).is_err());
    let (began, asked) = (vendor.now(), vendor.asked.get());
    let answer = at_once(page.publish(&post()));
    assert_eq!(
        answer.err(),
        Some(ApiError::Busy {
            after_seconds: Some(60)
        })
    );
    assert_eq!(
        (vendor.now(), vendor.asked.get()),
        (began, asked),
        "nothing was asked, and nothing waited for"
    );
    vendor.now.set(began + TimeDelta::seconds(57));
    assert!(
        at_once(page.publish(&post())).is_ok(),
        "a short wait is waited out"
    );
    assert_eq!(vendor.now(), began + TimeDelta::seconds(60));
}
