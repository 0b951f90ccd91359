//! What is kept of a page on Statuspage between two readings, so that they do not take the team's requests.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use allclear::api::error::ApiError;
use allclear::api::http::{Net, Request, Response};
use allclear::api::page::ReadPage;
use allclear::api::statuspage::Statuspage;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// A page whose components are given, under a time that passes while somebody waits.
#[derive(Clone, Default)]
struct Vendor {
    components: Rc<RefCell<Vec<Value>>>,
    now: Rc<Cell<DateTime<Utc>>>,
}

impl Vendor {
    fn pass(&self, seconds: i64) {
        self.now.set(self.now.get() + TimeDelta::seconds(seconds));
    }
}

impl Net for Vendor {
    fn now(&self) -> DateTime<Utc> {
        self.now.get()
    }

    async fn sleep(&self, ms: u32) {
        self.now
            .set(self.now.get() + TimeDelta::milliseconds(i64::from(ms)));
    }

    async fn send(&self, request: &Request) -> Result<Response, ApiError> {
        let entries = if request.url.contains("/components") {
            json!(*self.components.borrow())
        } else {
            json!([])
        };
        Ok(Response {
            status: 200,
            headers: Vec::new(),
            body: entries.to_string(),
        })
    }

    fn site_path(&self) -> String {
        "/".to_owned()
    }

    fn random(&self) -> Result<String, ApiError> {
        Ok("c0ffee".to_owned())
    }
}

/// How many components a reading finds. Nothing of it waits.
fn found(page: &Statuspage<Vendor>) -> usize {
    let mut reading = pin!(page.snapshot());
    let context = &mut Context::from_waker(Waker::noop());
    let Poll::Ready(snapshot) = reading.as_mut().poll(context) else {
        panic!("it waits");
    };
    snapshot.unwrap().components.len()
}

#[test]
fn components_are_kept_for_ten_seconds_but_that_there_are_none_is_asked_again() {
    let vendor = Vendor::default();
    let page = Statuspage::new(vendor.clone(), "abc123");
    let add = |id: &str| {
        let component = json!({ "id": id, "name": id, "status": "operational" });
        vendor.components.borrow_mut().push(component);
    };
    assert_eq!(found(&page), 0);
    add("api");
    assert_eq!(found(&page), 1);
    add("web");
    assert_eq!(found(&page), 1, "kept");
    vendor.pass(10);
    assert_eq!(found(&page), 2);
}
