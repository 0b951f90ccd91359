//! Sending to Statuspage: what leaves, in which order and how fast, and what comes of the answers.

use allclear::api::error::ApiError;
use allclear::api::http::Browser;
use allclear::api::page::{Metadata, Post, ReadPage, SharePage, WritePage};
use allclear::api::statuspage::Statuspage;
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::{IncidentId, IncidentStatus};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser::{Replaced, eval, replace, text};

/// A vendor that notes what it is asked, and when, and answers each request by the script `answer`, which
/// sees `path`, `method` and the number `nth` of the request, and gives a status, a JSON value and headers.
fn vendor(answer: &str) -> Replaced {
    eval("window.asked = []; window.times = [];");
    replace(
        "window",
        "fetch",
        &format!(
            "{{ value: async request => {{
                const path = request.url.split('/v1/pages/abc123/')[1], method = request.method;
                const nth = window.asked.push(`${{method}} ${{path}} ${{await request.text()}}`.trim());
                window.times.push(performance.now());
                const [status, json, headers] = (() => {{ {answer} }})();
                return new Response(JSON.stringify(json), {{ status, headers }});
            }} }}"
        ),
    )
}

fn asked() -> String {
    text("window.asked.join('\\n')")
}

/// Whether a second, less what a timer may be early, lies between any two requests.
fn spaced() -> bool {
    eval("window.times.every((at, n) => n === 0 || at - window.times[n - 1] > 950)").is_truthy()
}

fn page() -> Statuspage<Browser> {
    Statuspage::new(Browser, "abc123")
}

fn post() -> Post {
    Post {
        run: "run".to_owned(),
        op: "op-1".to_owned(),
        incident: Some(IncidentId("i1".to_owned())),
        name: "API".to_owned(),
        status: IncidentStatus::Resolved,
        body: "Over.".to_owned(),
        impact: None,
        components: Vec::new(),
        started_at: None,
        attached: Vec::new(),
        notify_subscribers: false,
        metadata: Metadata::default(),
        now: "2026-03-09T14:05:00Z".parse().unwrap(),
    }
}

#[wasm_bindgen_test]
async fn a_post_that_meets_too_many_requests_is_its_callers_to_make_again_and_waits_for_the_pause()
{
    let _vendor = vendor(
        "return nth === 1 ? [420, {}, { 'Retry-After': '2' }]
            : [200, { id: 'i1', shortlink: 'https://stspg.io/x', incident_updates:
                [{ id: 'u9', status: 'resolved', body: 'Over.', display_at: '2026-03-09T14:05:01.250Z' }] }];",
    );
    let page = page();
    // Somebody else may have posted meanwhile: whoever posts has to look.
    assert_eq!(
        page.publish(&post()).await,
        Err(ApiError::Busy {
            after_seconds: Some(2)
        })
    );
    let receipt = page.publish(&post()).await.unwrap();
    assert_eq!(
        (receipt.update.as_str(), receipt.link.as_deref()),
        ("u9", Some("https://stspg.io/x"))
    );
    assert_eq!(receipt.at.to_rfc3339(), "2026-03-09T14:05:01.250+00:00");
    let once = r#"PATCH incidents/i1 {"incident":{"body":"Over.","deliver_notifications":false,"name":"API","status":"resolved"}}"#;
    assert_eq!(asked(), format!("{once}\n{once}"));
    assert!(eval("window.times[1] - window.times[0] > 1950").is_truthy());
}

#[wasm_bindgen_test]
async fn no_other_failure_and_no_long_pause_is_made_again_by_itself() {
    for (answer, error) in [
        ("return [429, {}, { 'Retry-After': '3600' }];", "busy"),
        ("return [500, {}];", "lost"),
        ("return [200, 'ok'];", "garbled"),
        (
            "return [401, { error: 'Could not authenticate' }];",
            "refused",
        ),
        ("return [401, {}, { 'X-Allclear-Edge': 'login' }];", "login"),
        ("return [404, { error: 'not found' }];", "gone"),
    ] {
        let _vendor = vendor(answer);
        let found = match page().publish(&post()).await {
            Err(ApiError::Busy { .. }) => "busy",
            Err(ApiError::Unanswered(_)) => "lost",
            Err(ApiError::Garbled(_)) => "garbled",
            Err(ApiError::Refused(_)) => "refused",
            Err(ApiError::LoginNeeded) => "login",
            Err(ApiError::Gone(_)) => "gone",
            other => panic!("{other:?}"),
        };
        assert_eq!(found, error);
        assert!(eval("window.asked.length === 1").is_truthy(), "{}", asked());
    }
}

#[wasm_bindgen_test]
async fn a_page_is_read_list_by_list_one_a_second_and_its_components_not_again_at_once() {
    let _vendor = vendor(
        "const incident = (id, status, at) => ({ id, name: id, status, impact: 'minor', created_at: at, metadata: { allclear_a: { v: 1 } } });
        if (path.startsWith('components/')) return [200, { id: 'c1' }];
        if (path.startsWith('components')) return [200, [{ id: 'c1', name: 'API', status: 'operational' }]];
        if (path.includes('unresolved')) return [200, [incident('old', 'monitoring', '2026-01-01T00:00:00Z'), incident('i1', 'investigating', '2026-03-09T14:00:00Z')]];
        return [200, [incident('i1', 'resolved', '2026-03-09T14:00:00Z'), incident('m', 'scheduled', '2026-03-09T15:00:00Z')]];",
    );
    let page = page();
    let snapshot = page.snapshot().await.unwrap();
    let told: Vec<_> = snapshot
        .incidents
        .iter()
        .map(|each| (each.id.0.as_str(), each.status()))
        .collect();
    assert_eq!(
        told,
        [
            ("i1", IncidentStatus::Resolved),
            ("old", IncidentStatus::Monitoring)
        ]
    );
    assert_eq!(snapshot.maintenances.len(), 1);
    assert_eq!(
        asked(),
        "GET components?page=1&per_page=100\nGET incidents/unresolved?page=1&per_page=100\nGET incidents?limit=50"
    );
    let live = page.clone().live().await.unwrap();
    assert_eq!(live[0].metadata.0["allclear_a"]["v"], 1);
    page.set_components(&[(ComponentId("c1".to_owned()), ComponentState::MajorOutage)])
        .await
        .unwrap();
    let again = page.snapshot().await.unwrap();
    assert_eq!(again.components[0].state, ComponentState::MajorOutage);
    assert!(
        !asked()
            .split_once("limit=50")
            .unwrap()
            .1
            .contains("components?"),
        "{}",
        asked()
    );
    assert!(spaced(), "a clone has the same queue");
}

#[wasm_bindgen_test]
async fn a_list_of_many_pages_is_read_to_its_end_and_one_that_never_ends_is_not() {
    {
        let _vendor = vendor(
            "const page = Number(path.match(/page=(\\d+)/)?.[1] ?? 0);
            const entries = Array.from({ length: page === 1 ? 100 : 20 }, (_, n) => ({ id: `c${page}x${n}`, name: `${page} ${n}`, status: 'operational' }));
            return [200, path.startsWith('components') ? entries : []];",
        );
        assert_eq!(page().snapshot().await.unwrap().components.len(), 120);
        assert!(asked().contains("components?page=2"));
    }
    let _vendor = vendor(
        "const same = Array.from({ length: 100 }, (_, n) => ({ id: `c${n}`, name: `${n}`, status: 'operational' }));
        return [200, path.startsWith('components') ? same : []];",
    );
    assert_eq!(page().snapshot().await.unwrap().components.len(), 100);
    assert!(!asked().contains("components?page=3"), "{}", asked());
}

#[wasm_bindgen_test]
async fn a_deleted_incident_is_gone_and_a_page_of_another_id_is_said() {
    let _vendor = vendor("return [404, { error: 'not found' }];");
    let deleted = IncidentId("i1".to_owned());
    assert_eq!(page().live_one(&deleted).await, Ok(None));
    let odd = IncidentId("../components".to_owned());
    assert_eq!(page().live_one(&odd).await, Ok(None));
    assert!(!asked().contains(".."), "{}", asked());
    let Err(ApiError::Refused(why)) = page().live().await else {
        panic!("it was there")
    };
    assert!(why.contains("page_id"), "{why}");
}

#[wasm_bindgen_test]
async fn a_postmortem_is_a_draft_first_and_what_is_kept_beside_makes_no_update() {
    let _vendor = vendor(
        "if (path.endsWith('postmortem')) return [200, { body_draft: 'Why', published_at: null }];
        if (path.endsWith('publish')) return [200, { body: 'Why', published_at: '2026-03-09T16:00:00Z' }];
        return [200, { id: 'i1', metadata: { allclear_a: {} } }];",
    );
    let page = page();
    let incident = IncidentId("i1".to_owned());
    page.publish_postmortem(&incident, "Why", post().now)
        .await
        .unwrap();
    let mut metadata = Metadata::default();
    metadata
        .0
        .insert("allclear_a".to_owned(), serde_json::json!({}));
    let live = page.keep_beside(&incident, &metadata).await.unwrap();
    assert_eq!(live.metadata, metadata);
    assert_eq!(
        asked(),
        "PUT incidents/i1/postmortem {\"postmortem\":{\"body_draft\":\"Why\"}}\n\
         PUT incidents/i1/postmortem/publish {\"postmortem\":{\"notify_subscribers\":false,\"notify_twitter\":false}}\n\
         PATCH incidents/i1 {\"incident\":{\"deliver_notifications\":false,\"metadata\":{\"allclear_a\":{}}}}"
    );
    assert!(spaced());
}
