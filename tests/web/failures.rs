//! The embedded page when something is wrong: broken records, a full disk, failure switches.

use allclear::api::embedded::{FailureMode, FailureSwitch, Reader, Writer};
use allclear::api::error::ApiError;
use allclear::api::page::{Post, ReadPage, WritePage};
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::IncidentStatus;
use allclear::domain::page::{Overall, overall};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser::{eval, replace};
use crate::embedded::{at, configured, fresh, post, raw};

fn resolved(op: &str) -> Post {
    Post {
        status: IncidentStatus::Resolved,
        components: vec![(ComponentId("api".into()), ComponentState::Operational)],
        ..post(op)
    }
}

#[wasm_bindgen_test]
async fn a_broken_record_of_the_past_is_left_out_and_told_with_its_text() {
    let writer = fresh().await;
    let (good, bad) = (
        writer.publish(&resolved("op-1")).await.unwrap(),
        writer.publish(&resolved("op-2")).await.unwrap(),
    );
    raw()
        .put("incidents", &bad.incident.0, "{\"id\": \"x\", half")
        .await
        .unwrap();

    let reader = Reader::new();
    let page = reader.snapshot().await.unwrap();
    assert_eq!(
        page.incidents.iter().map(|one| &one.id).collect::<Vec<_>>(),
        [&good.incident]
    );
    let corrupt = reader.corrupt();
    assert_eq!(corrupt.len(), 1);
    assert_eq!(
        (corrupt[0].store, corrupt[0].raw.as_str()),
        ("incidents", "{\"id\": \"x\", half")
    );
    assert_eq!(
        reader
            .history(at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z"))
            .await
            .unwrap()
            .len(),
        1
    );
    assert!(matches!(
        reader.incident(&bad.incident).await,
        Err(ApiError::Garbled(_))
    ));
    let update = Post {
        incident: Some(bad.incident.clone()),
        ..post("op-3")
    };
    assert!(matches!(
        writer.publish(&update).await,
        Err(ApiError::Garbled(_))
    ));
    reader.incident(&good.incident).await.unwrap();
    assert_eq!(reader.corrupt(), []);
}

#[wasm_bindgen_test]
async fn a_broken_record_of_an_open_incident_never_reads_as_well() {
    let writer = fresh().await;
    let mut quiet = post("op-1");
    quiet.components = Vec::new();
    let open = writer.publish(&quiet).await.unwrap();
    raw()
        .put("incidents", &open.incident.0, "null")
        .await
        .unwrap();
    let reader = Reader::new();
    let page = reader.snapshot().await.unwrap();
    assert_eq!(page.open_incidents().count(), 1);
    assert_eq!(overall(&page), Overall::Unknown);
    assert_eq!(reader.corrupt().len(), 1);
}

#[wasm_bindgen_test]
async fn broken_lists_are_told_and_mended_where_they_can_be() {
    let writer = fresh().await;
    let open = writer.publish(&post("op-1")).await.unwrap();
    raw()
        .put_many(&[("meta", "open", "?"), ("meta", "components", "[{}]")])
        .await
        .unwrap();
    let reader = Reader::new();
    let page = reader.snapshot().await.unwrap();
    assert_eq!(page.components, []);
    assert_eq!(page.open_incidents().count(), 1);
    assert_eq!(reader.corrupt().len(), 2);

    let down = [(ComponentId("api".into()), ComponentState::MajorOutage)];
    assert!(matches!(
        writer.set_components(&down).await,
        Err(ApiError::Garbled(_))
    ));
    writer.seed_components(&configured()).await.unwrap();
    writer
        .publish(&Post {
            incident: Some(open.incident),
            ..resolved("op-2")
        })
        .await
        .unwrap();
    let page = reader.snapshot().await.unwrap();
    assert_eq!(reader.corrupt(), []);
    assert_eq!(overall(&page), Overall::Operational);
}

#[wasm_bindgen_test]
async fn a_full_disk_publishes_nothing_and_says_so() {
    let writer = fresh().await;
    {
        let _full = replace(
            "IDBObjectStore.prototype",
            "put",
            "{ value(value, key) {
                if (this.name === 'operations') throw new DOMException('', 'QuotaExceededError');
                return before.call(this, value, key);
            } }",
        );
        let full = writer.publish(&post("op-1")).await;
        assert_eq!(
            full,
            Err(ApiError::NotSent(
                "the storage of this browser is full".into()
            ))
        );
    }
    let page = Reader::new().snapshot().await.unwrap();
    assert_eq!((page.components, page.incidents.len()), (configured(), 0));
}

#[wasm_bindgen_test]
async fn the_switch_is_kept_and_shared() {
    fresh().await;
    for chaos in FailureMode::ALL {
        FailureSwitch::new().set(chaos).await.unwrap();
        assert_eq!(FailureSwitch::new().get().await.unwrap(), chaos);
        assert_eq!(FailureMode::from_word(chaos.word()), Some(chaos));
    }
    raw().put("meta", "chaos", "unheard of").await.unwrap();
    assert_eq!(FailureSwitch::new().get().await.unwrap(), FailureMode::None);
}

#[wasm_bindgen_test]
async fn refused_offline_and_full_do_nothing() {
    let writer = fresh().await;
    let switch = FailureSwitch::new();
    for (chaos, never_left) in [
        (FailureMode::Refuse, false),
        (FailureMode::Offline, true),
        (FailureMode::StorageFull, true),
    ] {
        switch.set(chaos).await.unwrap();
        let error = writer.publish(&post("op-1")).await.unwrap_err();
        assert_eq!(matches!(error, ApiError::NotSent(_)), never_left, "{error}");
        assert!(!error.may_have_happened(), "{error}");
        assert!(writer.set_components(&[]).await.is_err());
        let page = Reader::new().snapshot().await.unwrap();
        assert_eq!((page.components, page.incidents.len()), (configured(), 0));
    }
    switch.set(FailureMode::None).await.unwrap();
    writer.publish(&post("op-1")).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_lost_answer_was_performed_and_the_same_operation_brings_it_back() {
    let writer = fresh().await;
    FailureSwitch::new()
        .set(FailureMode::LoseAnswer)
        .await
        .unwrap();
    assert!(matches!(
        writer.publish(&post("op-1")).await,
        Err(ApiError::Unanswered(_))
    ));
    let page = Reader::new().snapshot().await.unwrap();
    assert_eq!(page.incidents.len(), 1);
    FailureSwitch::new().set(FailureMode::None).await.unwrap();
    let receipt = Writer::new().publish(&post("op-1")).await.unwrap();
    assert_eq!(receipt.incident, page.incidents[0].id);
    assert_eq!(Reader::new().snapshot().await.unwrap(), page);
}

#[wasm_bindgen_test]
async fn a_slow_provider_answers_in_the_end() {
    let writer = fresh().await;
    FailureSwitch::new().set(FailureMode::Slow).await.unwrap();
    {
        let _hurry = replace(
            "window",
            "setTimeout",
            "{ value(callback, ms) { window.waited = ms; return before(callback, 1); } }",
        );
        writer.publish(&post("op-1")).await.unwrap();
    }
    assert_eq!(eval("window.waited").as_f64(), Some(6_000.0));
    FailureSwitch::new().set(FailureMode::None).await.unwrap();
}

#[wasm_bindgen_test]
async fn denied_storage_is_an_error_for_readers_and_writers_never_an_empty_page() {
    fresh().await;
    let _denied = replace(
        "IDBFactory.prototype",
        "open",
        "{ value() { throw new DOMException('no', 'SecurityError'); } }",
    );
    let denied = ApiError::NotSent("this browser refuses storage to this page".into());
    assert_eq!(Reader::new().snapshot().await, Err(denied.clone()));
    assert_eq!(Reader::new().is_empty().await, Err(denied.clone()));
    assert_eq!(Writer::new().publish(&post("op-1")).await, Err(denied));
}
