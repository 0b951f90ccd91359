//! What the embedded page does once, whoever asks: an operation, and the public incident of an incident.

use allclear::api::embedded::{Reader, Writer};
use allclear::api::page::{Post, ReadPage, WritePage};
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::embedded::{fresh, post};

#[wasm_bindgen_test]
async fn the_same_operation_is_performed_once_even_by_two_tabs_at_a_time() {
    let writer = fresh().await;
    let first = writer.publish(&post("op-1")).await.unwrap();
    let again = Writer::new()
        .publish(&Post {
            body: "Other".into(),
            ..post("op-1")
        })
        .await
        .unwrap();
    assert_eq!(again, first);

    let race = |writer: Writer| {
        future_to_promise(async move {
            let receipt = writer.publish(&post("op-race")).await.unwrap();
            Ok(JsValue::from_str(&receipt.update))
        })
    };
    let both = Array::of2(&race(Writer::new()), &race(Writer::new()));
    let both = Array::from(&JsFuture::from(Promise::all(&both)).await.unwrap());
    assert_eq!(both.get(0), both.get(1));
    let page = Reader::new().snapshot().await.unwrap();
    assert_eq!(page.incidents.len(), 2);
    assert!(
        page.incidents
            .iter()
            .all(|incident| incident.updates.len() == 1)
    );
}

#[wasm_bindgen_test]
async fn first_posts_of_one_incident_open_one_public_incident() {
    let writer = fresh().await;
    let of_run = |op: &str| Post {
        run: "one".into(),
        ..post(op)
    };
    let race = |writer: Writer, op: &'static str| {
        future_to_promise(async move {
            let receipt = writer.publish(&of_run(op)).await.unwrap();
            Ok(JsValue::from_str(&receipt.incident.0))
        })
    };
    let both = Array::of2(&race(Writer::new(), "op-1"), &race(Writer::new(), "op-2"));
    let both = Array::from(&JsFuture::from(Promise::all(&both)).await.unwrap());
    assert_eq!(both.get(0), both.get(1));
    let other = writer.publish(&post("op-3")).await.unwrap();
    assert_ne!(both.get(0), JsValue::from_str(&other.incident.0));
    let page = Reader::new().snapshot().await.unwrap();
    assert_eq!(page.incidents.len(), 2);
}
