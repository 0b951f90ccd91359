//! The database of the browser.

use allclear::platform::storage::store::Database;
use std::task::{Context, Waker};

use allclear::platform::{PlatformError, clock};
use js_sys::{Array, Promise};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser::{eval, replace};

const DESK: &[&str] = &["events", "drafts", "meta"];

/// A database that nothing was ever kept in.
async fn desk(name: &str) -> Database {
    let kept = idb::Factory::new().unwrap();
    let deleted = kept.delete(&format!("allclear:/:{name}")).unwrap();
    deleted.await.unwrap();
    Database::new(name, 1, DESK)
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

#[wasm_bindgen_test]
async fn what_is_put_is_there_in_order_for_every_handle() {
    let desk = desk("desk-a").await;
    desk.put_many(&[
        ("events", "b|2", "two"),
        ("events", "a|1", "one"),
        ("drafts", "d", "draft"),
    ])
    .await
    .unwrap();
    desk.put("events", "b|1", "é🚨\u{0}</script>")
        .await
        .unwrap();
    let other = Database::new("desk-a", 1, DESK);
    assert_eq!(
        other.get("drafts", "d").await.unwrap().as_deref(),
        Some("draft")
    );
    assert_eq!(other.get("drafts", "nothing").await.unwrap(), None);
    assert_eq!(
        other.all("events").await.unwrap(),
        owned(&[("a|1", "one"), ("b|1", "é🚨\u{0}</script>"), ("b|2", "two")])
    );
    assert_eq!(other.range("events", "a|", "b|2").await.unwrap().len(), 2);
    assert_eq!(other.range("events", "z", "a").await.unwrap(), []);
    other.delete("events", "a|1").await.unwrap();
    assert_eq!(desk.get("events", "a|1").await.unwrap(), None);
    desk.put_many(&[]).await.unwrap();
}

/// What the other consoles share of an event says less than what is stored of it, and a newer console may have stored it.
#[wasm_bindgen_test]
async fn what_stands_under_a_key_stays_when_another_value_is_kept() {
    let desk = desk("desk-k").await;
    desk.put("events", "run/1", "all of it").await.unwrap();
    assert_eq!(desk.keep("events", "run/1", "less").await, Ok(false));
    assert_eq!(desk.keep("events", "run/2", "new").await, Ok(true));
    // Two tabs at a time: one of the two stays, and the other is told.
    let other = Database::new("desk-k", 1, DESK);
    let both = futures_util::future::join(
        desk.keep("events", "run/3", "one"),
        other.keep("events", "run/3", "two"),
    );
    let (one, two) = both.await;
    assert_ne!(one.unwrap(), two.clone().unwrap());
    let third = if two.unwrap() { "two" } else { "one" };
    assert_eq!(
        desk.all("events").await.unwrap(),
        owned(&[("run/1", "all of it"), ("run/2", "new"), ("run/3", third)])
    );
}

#[wasm_bindgen_test]
async fn the_last_records_come_last_first() {
    let desk = desk("desk-b").await;
    let records: Vec<(String, String)> = (0..30)
        .map(|number| (format!("{number:02}"), number.to_string()))
        .collect();
    let borrowed: Vec<_> = records
        .iter()
        .map(|(key, value)| ("events", key.as_str(), value.as_str()))
        .collect();
    desk.put_many(&borrowed).await.unwrap();
    let last = |count| desk.read(&["events"], async move |at| at.last("events", count).await);
    let newest: Result<_, PlatformError> = last(2).await;
    assert_eq!(newest.unwrap(), owned(&[("29", "29"), ("28", "28")]));
    let more: Result<Vec<_>, PlatformError> = last(99).await;
    assert_eq!(more.unwrap().len(), 30);
}

#[wasm_bindgen_test]
async fn a_portion_begins_after_its_key_and_holds_no_more_than_asked_for() {
    let desk = desk("desk-p").await;
    desk.put_many(&[
        ("events", "a/1", "1"),
        ("events", "a/2", "2"),
        ("events", "b/1", "3"),
    ])
    .await
    .unwrap();
    let after = async |key: &str, limit| -> Result<_, PlatformError> {
        desk.read(&["events"], async |at| at.after("events", key, limit).await)
            .await
    };
    assert_eq!(
        after("", 2).await.unwrap(),
        owned(&[("a/1", "1"), ("a/2", "2")])
    );
    assert_eq!(after("a/2", 2).await.unwrap(), owned(&[("b/1", "3")]));
    assert_eq!(after("b/1", 2).await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn a_change_that_ends_in_an_error_leaves_nothing() {
    let desk = desk("desk-c").await;
    let failed: Result<(), PlatformError> = desk
        .change(&["events", "meta"], async |at| {
            at.put("events", "1", "one").await?;
            at.put("meta", "1", "one").await?;
            Err(PlatformError::Cancelled)
        })
        .await;
    assert_eq!(failed, Err(PlatformError::Cancelled));
    assert_eq!(desk.all("events").await.unwrap(), []);
    assert_eq!(desk.all("meta").await.unwrap(), []);
}

/// A write that is accepted and then undone, as by a disk that is found full late.
const LATE: &str = "{ value(value, key) {
    const request = before.call(this, value, key);
    const transaction = this.transaction;
    Object.defineProperty(transaction, 'error', {
        value: new DOMException('full', 'QuotaExceededError'),
    });
    request.addEventListener('success', () => transaction.abort());
    return request;
} }";

/// A write that is accepted and then fails: its reason stands at the request, before any stands at the transaction.
const FAILS: &str = "{ value(value, key) {
    this.add(value, key);
    const request = this.add(value, key);
    Object.defineProperty(request, 'error', {
        value: new DOMException('full', 'QuotaExceededError'),
    });
    return request;
} }";

#[wasm_bindgen_test]
async fn a_full_disk_is_told_whenever_it_is_noticed_and_nothing_is_half_written() {
    let desk = desk("desk-d").await;
    desk.put("events", "0", "zero").await.unwrap();
    {
        let _full = replace(
            "IDBObjectStore.prototype",
            "put",
            "{ value(value, key) {
                if (key === '2') throw new DOMException('full', 'QuotaExceededError');
                return before.call(this, value, key);
            } }",
        );
        let many = desk
            .put_many(&[("events", "1", "one"), ("events", "2", "two")])
            .await;
        assert_eq!(many, Err(PlatformError::Full));
    }
    {
        // The write is accepted, and the transaction fails when the browser wants to keep it.
        let _uncommitted = replace("IDBTransaction.prototype", "commit", "{ value() {} }");
        let _late = replace("IDBObjectStore.prototype", "put", LATE);
        assert_eq!(
            desk.put("events", "1", "one").await,
            Err(PlatformError::Full)
        );
    }
    {
        // The write is accepted and handed over, and fails by itself.
        let _fails = replace("IDBObjectStore.prototype", "put", FAILS);
        assert_eq!(
            desk.put("events", "1", "one").await,
            Err(PlatformError::Full)
        );
    }
    {
        // The first of these, of a change that goes on after its first write.
        let _late = replace("IDBObjectStore.prototype", "put", LATE);
        let change = desk.change(&["events"], async |at| at.put("events", "1", "one").await);
        assert_eq!(change.await, Err(PlatformError::Full));
    }
    assert_eq!(desk.all("events").await.unwrap(), owned(&[("0", "zero")]));
    desk.put("events", "1", "one").await.unwrap();
}

#[wasm_bindgen_test]
async fn denied_and_missing_storage_are_told() {
    let denied = Database::new("desk-e", 1, DESK);
    {
        let _no = replace(
            "IDBFactory.prototype",
            "open",
            "{ value() { throw new DOMException('no', 'SecurityError'); } }",
        );
        assert_eq!(
            denied.get("events", "1").await,
            Err(PlatformError::Denied("storage"))
        );
    }
    {
        let _none = replace("window", "indexedDB", "{ value: undefined }");
        assert_eq!(
            denied.put("events", "1", "x").await,
            Err(PlatformError::Missing("storage"))
        );
    }
    denied.put("events", "1", "x").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_newer_version_adds_its_stores_and_the_older_one_gives_way() {
    let old = desk("desk-f").await;
    old.put("events", "1", "one").await.unwrap();
    let new = Database::new("desk-f", 2, &["events", "drafts", "meta", "more"]);
    new.put("more", "1", "more").await.unwrap();
    assert_eq!(
        new.get("events", "1").await.unwrap().as_deref(),
        Some("one")
    );
    assert_eq!(old.get("events", "1").await, Err(PlatformError::Newer));
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_give_way_is_told_of() {
    let old = desk("desk-g").await;
    old.put("events", "1", "one").await.unwrap();
    let stubborn = idb::Factory::new()
        .unwrap()
        .open("allclear:/:desk-g", Some(1))
        .unwrap();
    let stubborn = stubborn.await.unwrap();
    let new = Database::new("desk-g", 2, DESK);
    for _ in 0..2 {
        assert_eq!(new.get("events", "1").await, Err(PlatformError::Blocked));
    }
    stubborn.close();
    clock::sleep(100).await;
    assert_eq!(
        new.get("events", "1").await.unwrap().as_deref(),
        Some("one")
    );
}

#[wasm_bindgen_test]
async fn a_connection_that_the_browser_closed_is_opened_again() {
    let desk = desk("desk-h").await;
    desk.put("events", "1", "one").await.unwrap();
    {
        let _closed = replace(
            "IDBDatabase.prototype",
            "transaction",
            "{ value(...all) {
                if (!window.closedOnce) { window.closedOnce = true; this.close(); }
                return before.apply(this, all);
            } }",
        );
        assert_eq!(
            desk.get("events", "1").await.unwrap().as_deref(),
            Some("one")
        );
    }
    desk.put("events", "2", "two").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_caller_that_lost_interest_does_no_harm() {
    let desk = desk("desk-i").await;
    desk.put("events", "1", "one").await.unwrap();
    eval("window.harm = 0; addEventListener('error', () => { window.harm += 1; });");
    for _ in 0..5 {
        let mut abandoned = Box::pin(desk.get("events", "1"));
        let mut context = Context::from_waker(Waker::noop());
        assert!(abandoned.as_mut().poll(&mut context).is_pending());
    }
    clock::sleep(80).await;
    assert_eq!(eval("window.harm").as_f64(), Some(0.0));
    assert_eq!(
        desk.get("events", "1").await.unwrap().as_deref(),
        Some("one")
    );
}

#[wasm_bindgen_test]
async fn two_first_uses_at_a_time_leave_no_connection_that_bars_a_newer_version() {
    let desk = desk("desk-j").await;
    let first = async |desk: Database| desk.get("events", "1").await;
    let both: Vec<_> = (0..2)
        .map(|_| {
            let desk = desk.clone();
            future_to_promise(async move { Ok(first(desk).await.unwrap().into()) })
        })
        .collect();
    JsFuture::from(Promise::all(&Array::from_iter(both)))
        .await
        .unwrap();
    let new = Database::new("desk-j", 2, DESK);
    new.put("events", "1", "one").await.unwrap();
}
