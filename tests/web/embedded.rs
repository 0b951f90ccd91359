//! The embedded page: what is written is read, once, by every handle.

use std::cell::Cell;
use std::rc::Rc;

use allclear::api::embedded::{Reader, Writer, watch};
use allclear::api::error::ApiError;
use allclear::api::page::{Metadata, Post, ReadPage, WritePage};
use allclear::domain::component::{Component, ComponentId, ComponentState};
use allclear::domain::impact::Impact;
use allclear::domain::incident::IncidentStatus;
use allclear::domain::page::{Overall, Snapshot, overall};
use allclear::platform::clock;
use allclear::platform::storage::store::Database;
use chrono::{DateTime, TimeDelta, Utc};
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

const STORES: &[&str] = &[
    "incidents",
    "order",
    "meta",
    "operations",
    "outbox",
    "batches",
];

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn configured() -> Vec<Component> {
    ["web", "api"]
        .iter()
        .map(|id| Component {
            id: ComponentId((*id).to_owned()),
            name: id.to_uppercase(),
            description: None,
            group: None,
            group_id: None,
            since: None,
            state: ComponentState::Operational,
        })
        .collect()
}

/// What the page is kept in.
pub fn raw() -> Database {
    Database::new("provider", 1, STORES)
}

/// A page with its components and nothing else.
pub async fn fresh() -> Writer {
    let writer = Writer::new();
    raw().empty().await.unwrap();
    writer.seed_components(&configured()).await.unwrap();
    writer
}

pub fn post(op: &str) -> Post {
    Post {
        run: format!("run of {op}"),
        op: op.into(),
        incident: None,
        name: "API - Investigating Issue".into(),
        status: IncidentStatus::Investigating,
        body: "We are looking.\n\nNext update by 14:20 UTC.".into(),
        impact: Some(Impact::Critical),
        components: vec![(ComponentId("api".into()), ComponentState::MajorOutage)],
        started_at: Some(at("2026-03-09T13:52:00Z")),
        attached: Vec::new(),
        notify_subscribers: true,
        metadata: Metadata::default(),
        now: at("2026-03-09T14:05:00Z"),
    }
}

#[wasm_bindgen_test]
async fn an_empty_browser_is_empty_until_it_is_set_up_and_then_all_is_well() {
    let (writer, reader) = (Writer::new(), Reader::new());
    raw().empty().await.unwrap();
    assert!(writer.is_empty().await.unwrap() && reader.is_empty().await.unwrap());
    let nothing = reader.snapshot().await.unwrap();
    assert_eq!(nothing, Snapshot::default());
    assert_eq!(overall(&nothing), Overall::Unknown);

    writer.seed_components(&configured()).await.unwrap();
    assert!(!writer.is_empty().await.unwrap() && !reader.is_empty().await.unwrap());
    let page = reader.snapshot().await.unwrap();
    assert_eq!(page.components, configured());
    assert_eq!(overall(&page), Overall::Operational);
}

#[wasm_bindgen_test]
async fn an_incident_is_opened_updated_resolved_learned_from_and_read_elsewhere() {
    let writer = fresh().await;
    let reader = Reader::new();
    let first = writer.publish(&post("op-1")).await.unwrap();
    assert_eq!(first.incident.0.len(), 12);
    assert_eq!(first.at, at("2026-03-09T14:05:00Z"));
    let link = first.link.clone().unwrap();
    assert!(
        link.ends_with(&format!("/incidents/{}", first.incident.0)),
        "{link}"
    );

    let page = reader.snapshot().await.unwrap();
    assert_eq!(page.open_incidents().count(), 1);
    assert_eq!(page.incidents[0].updates[0].id, first.update);
    assert_eq!(page.incidents[0].updates[0].body, post("").body);
    assert_eq!(overall(&page), Overall::MajorOutage);

    let early = writer
        .publish_postmortem(&first.incident, "Why", at("2026-03-09T15:00:00Z"))
        .await;
    assert!(matches!(early, Err(ApiError::Refused(_))), "{early:?}");
    let over = Post {
        incident: Some(first.incident.clone()),
        name: "API - Resolved".into(),
        status: IncidentStatus::Resolved,
        components: vec![(ComponentId("api".into()), ComponentState::Operational)],
        now: at("2026-03-09T14:44:00Z"),
        ..post("op-2")
    };
    writer.publish(&over).await.unwrap();
    writer
        .publish_postmortem(&first.incident, "Why", at("2026-03-12T09:00:00Z"))
        .await
        .unwrap();

    let page = reader.snapshot().await.unwrap();
    assert_eq!(overall(&page), Overall::Operational);
    let incident = reader.incident(&first.incident).await.unwrap().unwrap();
    assert_eq!(page.incidents.first(), Some(&incident));
    assert_eq!(page.incidents.len(), 1);
    assert_eq!(incident.resolved_at(), Some(at("2026-03-09T14:44:00Z")));
    assert_eq!(incident.postmortem.unwrap().body, "Why");
    assert_eq!(reader.corrupt(), []);
}

#[wasm_bindgen_test]
async fn what_the_page_refuses_changes_nothing() {
    let writer = fresh().await;
    let unknown = Post {
        incident: Some(allclear::domain::incident::IncidentId("nobody".into())),
        ..post("op-1")
    };
    assert_eq!(
        writer.publish(&unknown).await,
        Err(ApiError::Refused("the page has no incident nobody".into()))
    );
    let stranger = vec![
        (ComponentId("api".into()), ComponentState::MajorOutage),
        (ComponentId("gone".into()), ComponentState::MajorOutage),
    ];
    let refused = writer
        .publish(&Post {
            components: stranger.clone(),
            ..post("op-1")
        })
        .await;
    assert!(matches!(refused, Err(ApiError::Refused(_))));
    assert!(matches!(
        writer.set_components(&stranger).await,
        Err(ApiError::Refused(_))
    ));
    let page = Reader::new().snapshot().await.unwrap();
    assert_eq!((page.components, page.incidents.len()), (configured(), 0));
    writer.publish(&post("op-1")).await.unwrap();
}

#[wasm_bindgen_test]
async fn components_change_without_a_post_and_keep_their_state_when_renamed() {
    let writer = fresh().await;
    let down = [(ComponentId("web".into()), ComponentState::PartialOutage)];
    writer.set_components(&down).await.unwrap();
    let mut renamed = configured();
    renamed[0].name = "Website".into();
    writer.seed_components(&renamed).await.unwrap();
    let page = Reader::new().snapshot().await.unwrap();
    assert_eq!(page.components[0].name, "Website");
    assert_eq!(page.components[0].state, ComponentState::PartialOutage);
}

#[wasm_bindgen_test]
async fn every_change_is_heard_of_in_other_handles() {
    let writer = fresh().await;
    clock::sleep(50).await;
    let heard = Rc::new(Cell::new(0));
    let ear = Rc::clone(&heard);
    let watching = watch(move || ear.set(ear.get() + 1)).unwrap();
    writer.publish(&post("op-1")).await.unwrap();
    clock::sleep(80).await;
    assert_eq!(heard.get(), 1);
    let refused = writer
        .publish(&Post {
            body: String::new(),
            ..post("op-2")
        })
        .await;
    assert!(refused.is_err());
    writer.seed_components(&configured()).await.unwrap();
    clock::sleep(80).await;
    assert_eq!(heard.get(), 1, "nothing had changed");
    drop(watching);
    writer.publish(&post("op-3")).await.unwrap();
    clock::sleep(80).await;
    assert_eq!(heard.get(), 1);
}

#[wasm_bindgen_test]
async fn a_megabyte_of_hostile_text_comes_back_as_it_went() {
    let writer = fresh().await;
    let hostile = "</script><img src=x onerror=alert(1)>\u{0}\u{202e}🚨\r\n[Name]{}$&**\u{ffff}";
    let body = hostile.repeat(1_000_000 / hostile.len() + 1);
    let huge = Post {
        name: body.clone(),
        body: body.clone(),
        ..post("op-1")
    };
    let receipt = writer.publish(&huge).await.unwrap();
    let read = Reader::new()
        .incident(&receipt.incident)
        .await
        .unwrap()
        .unwrap();
    assert!(read.name == body && read.updates[0].body == body);
}

#[wasm_bindgen_test]
async fn history_is_read_by_the_month_and_a_moved_beginning_moves_the_incident() {
    let writer = fresh().await;
    let reader = Reader::new();
    let mut receipts = Vec::new();
    for (number, day) in [
        "2026-02-28T23:59:59.999Z",
        "2026-03-01T00:00:00Z",
        "2026-03-31T12:00:00Z",
    ]
    .into_iter()
    .enumerate()
    {
        let began = Post {
            started_at: Some(at(day)),
            ..post(&format!("op-{number}"))
        };
        receipts.push(writer.publish(&began).await.unwrap().incident);
    }
    let (from, until) = (at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z"));
    let ids = async || -> Vec<_> {
        let found = reader.history(from, until).await.unwrap();
        found.into_iter().map(|incident| incident.id).collect()
    };
    assert_eq!(ids().await, [receipts[2].clone(), receipts[1].clone()]);
    let earlier = Post {
        incident: Some(receipts[2].clone()),
        started_at: Some(at("2026-02-27T00:00:00Z")),
        ..post("op-9")
    };
    writer.publish(&earlier).await.unwrap();
    assert_eq!(ids().await, [receipts[1].clone()]);
    assert_eq!(reader.snapshot().await.unwrap().incidents.len(), 3);
    assert_eq!(reader.history(until, from).await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn a_demonstration_comes_is_replaced_and_goes_without_touching_real_incidents() {
    let writer = fresh().await;
    let reader = Reader::new();
    let real = writer.publish(&post("op-1")).await.unwrap().incident;
    let now = at("2026-03-09T15:00:00Z");
    let count = writer.seed_demo(1, now).await.unwrap();
    assert!((25..=35).contains(&count), "{count}");
    assert_eq!(
        writer.seed_demo(1, now + TimeDelta::days(9)).await.unwrap(),
        count
    );
    assert!(writer.has_demo().await.unwrap());
    let page = reader.snapshot().await.unwrap();
    assert_eq!(page.incidents.len(), count + 1);
    assert_eq!(
        page.incidents
            .iter()
            .filter(|incident| incident.demo)
            .count(),
        count
    );
    assert!(
        page.incidents
            .is_sorted_by(|newer, older| newer.began_at() >= older.began_at())
    );
    assert!(
        page.open_incidents()
            .map(|incident| &incident.id)
            .eq([&real])
    );
    let until = now + TimeDelta::days(9);
    let year = reader
        .history(until - TimeDelta::days(366), until)
        .await
        .unwrap();
    assert_eq!(year.len(), count + 1);

    assert_eq!(writer.clear_demo().await.unwrap(), count);
    assert!(!writer.has_demo().await.unwrap());
    let left: Vec<_> = reader
        .snapshot()
        .await
        .unwrap()
        .incidents
        .into_iter()
        .map(|one| one.id)
        .collect();
    assert_eq!(left, [real]);
}

#[wasm_bindgen_test]
async fn ten_thousand_incidents_do_not_slow_the_page_down() {
    let writer = fresh().await;
    let receipt = writer.publish(&post("op-1")).await.unwrap();
    let model = Reader::new()
        .incident(&receipt.incident)
        .await
        .unwrap()
        .unwrap();
    let raw = raw();
    let incidents: Vec<(String, String, String)> = (0..10_000)
        .map(|number| {
            let mut incident = model.clone();
            incident.id.0 = format!("old{number}");
            incident.started_at = Some(at("2025-01-01T00:00:00Z") + TimeDelta::minutes(number));
            incident.updates[0].status = IncidentStatus::Resolved;
            let key = allclear::api::embedded::rules::order_key(&incident);
            (
                incident.id.0.clone(),
                serde_json::to_string(&incident).unwrap(),
                key,
            )
        })
        .collect();
    let records: Vec<_> = incidents
        .iter()
        .flat_map(|(id, json, key)| {
            [
                ("incidents", id.as_str(), json.as_str()),
                ("order", key.as_str(), "over"),
            ]
        })
        .collect();
    raw.put_many(&records).await.unwrap();
    let before = clock::now();
    let page = Reader::new().snapshot().await.unwrap();
    let took = (clock::now() - before).num_milliseconds();
    console_log!("a snapshot of 10,000 incidents took {took} ms");
    assert_eq!(page.incidents.len(), 51);
    assert!(page.incidents[0].is_open());
    assert_eq!(page.incidents[1].id.0, "old9999");
    assert!(took < 2_000, "{took} ms");
    raw.empty().await.unwrap();
}
