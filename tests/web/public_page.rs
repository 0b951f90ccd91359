//! A long list of incidents, as it arrives from a source.

use allclear::api::error::ApiError;
use allclear::api::public_page::PublicPage;
use allclear::domain::incident::IncidentId;
use allclear::domain::page::Permalinked;
use allclear::platform::clock;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser::{Replaced, replace, text};

/// What a summary is that says of incidents and of everything else that there is none.
const SUMMARY: &str = r#"{"components":[],"incidents":[],"scheduled_maintenances":[]}"#;

/// A source that gives `count` incidents, one a piece and only when it is asked for more, then `end`. Each
/// piece ends in the middle of a sign that is two bytes long.
fn lists(count: usize, end: &str) -> String {
    format!(
        "{{ value: request => {{
            if (request.url.endsWith('/summary.json')) return Promise.resolve(new Response({SUMMARY:?}));
            window.given = 0;
            window.cancelled = false;
            request.signal.addEventListener('abort', () => {{ window.cancelled = window.given < {count}; }});
            const bytes = text => new TextEncoder().encode(text);
            let rest = bytes('{{\"incidents\":[');
            const pull = body => {{
                const last = window.given === {count};
                const name = 'Störung ' + window.given;
                const next = last ? bytes({end:?}) : bytes((window.given ? ',' : '')
                    + JSON.stringify({{ id: 'i' + window.given, name, status: 'resolved', impact: 'minor' }}));
                const all = new Uint8Array([...rest, ...next]);
                const border = last ? all.length : all.indexOf(0xC3) + 1;
                body.enqueue(all.slice(0, border));
                rest = all.slice(border);
                if (last) body.close(); else window.given += 1;
            }};
            return Promise.resolve(new Response(new ReadableStream({{ pull }}, {{ highWaterMark: 0 }})));
        }} }}"
    )
}

#[wasm_bindgen_test]
async fn the_home_page_takes_the_newest_fifty_of_ten_thousand_and_no_more() {
    let _source = replace("window", "fetch", &lists(10_000, "]}"));
    let page = PublicPage::new("/x".into());
    assert!(page.glance().await.unwrap().more);
    assert_eq!(page.whole().await.unwrap().0.incidents.len(), 50);
    let given: usize = text("String(window.given)").parse().unwrap();
    assert!((50..=52).contains(&given), "{given}");
    assert_eq!(text("String(window.cancelled)"), "true");
}

#[wasm_bindgen_test]
async fn the_history_is_read_to_its_end_and_one_incident_up_to_it() {
    let page = PublicPage::new("/x".into());
    let _source = replace("window", "fetch", &lists(300, "]}"));
    assert!(page.glance().await.unwrap().more);
    let newest_known = || page.known().map(|known| known.incidents.len());
    assert_eq!(newest_known(), Some(0), "the summary tells of none");
    let begun = std::cell::Cell::new((0, None));
    let (found, all_since) = page
        .recent(&|newest| begun.set((newest.len(), newest_known())))
        .await
        .unwrap();
    assert_eq!(begun.get(), (50, Some(50)));
    assert_eq!(newest_known(), Some(50));
    assert!(
        !page.glance().await.unwrap().more,
        "the list is not asked for twice"
    );
    assert_eq!(found.len(), 300);
    assert!(all_since.is_some());
    assert!(found.iter().any(|incident| incident.name == "Störung 299"));
    // One of the newest is known; for another the list is read as far as that.
    for (id, name) in [("i7", "Störung 7"), ("i77", "Störung 77")] {
        let one = page.permalinked(&IncidentId(id.into())).await.unwrap();
        assert!(matches!(one, Some(Permalinked::Incident(one)) if one.name == name));
    }
    let given: usize = text("String(window.given)").parse().unwrap();
    assert!((78..82).contains(&given), "{given}");
}

#[wasm_bindgen_test]
async fn a_list_that_breaks_off_is_not_taken_for_the_whole() {
    for end in ["", "]", "]}}", "<html>"] {
        let _source = replace("window", "fetch", &lists(60, end));
        let told = std::cell::Cell::new(0);
        let page = PublicPage::new("/x".into());
        page.glance().await.unwrap();
        let read = page.recent(&|newest| told.set(newest.len())).await;
        assert!(matches!(read, Err(ApiError::NotSent(_))), "{end}: {read:?}");
        assert_eq!(told.get(), 50, "{end}");
    }
    // One that breaks off before the newest are there leaves the page as its summary tells it, and is asked for again.
    let _source = replace("window", "fetch", &lists(20, ""));
    let page = PublicPage::new("/x".into());
    page.glance().await.unwrap();
    assert!(page.recent(&|_| {}).await.is_err());
    assert!(page.known().unwrap().incidents.is_empty());
}

#[wasm_bindgen_test]
async fn a_short_history_tells_the_newest_of_the_page_in_the_end() {
    let _source = replace("window", "fetch", &lists(7, "]}"));
    let page = PublicPage::new("/x".into());
    page.glance().await.unwrap();
    let (found, all_since) = page
        .recent(&|_| panic!("there are no fifty"))
        .await
        .unwrap();
    assert_eq!((found.len(), all_since), (7, None));
    assert_eq!(page.known().unwrap().incidents.len(), 7);
    assert!(!page.glance().await.unwrap().more);
}

#[wasm_bindgen_test]
async fn a_summary_that_is_silent_on_incidents_tells_no_state_and_the_whole_list_does() {
    let page = PublicPage::new("/x".into());
    let silent = lists(80, "]}").replace(&format!("{SUMMARY:?}"), r#"'{"components":[]}'"#);
    let source = replace("window", "fetch", &silent);
    let glance = page.glance().await.unwrap();
    assert!(glance.page.is_none() && glance.more);
    assert_eq!(page.whole().await.unwrap().0.incidents.len(), 80);
    // The same summary again says as little: the list is asked for anew.
    let glance = page.glance().await.unwrap();
    assert!(glance.page.is_none() && glance.more);
    drop(source);
    let _broken = replace(
        "window",
        "fetch",
        &lists(80, "]").replace(&format!("{SUMMARY:?}"), r#"'{"components":[]}'"#),
    );
    assert!(
        page.whole().await.is_err(),
        "what was known once is not the state of now"
    );
}

#[wasm_bindgen_test]
async fn what_the_summary_tells_of_is_known_while_the_list_fails_and_the_list_is_not_asked_again() {
    let source = "{ value: request => {
        const summary = { components: [], scheduled_maintenances: [],
            incidents: [{ id: 'open', name: 'Checkout', status: 'identified', impact: 'major' }] };
        if (request.url.endsWith('/summary.json')) return Promise.resolve(new Response(JSON.stringify(summary)));
        window.asked = (window.asked ?? 0) + 1;
        return Promise.resolve(new Response('', { status: 503 }));
    } }";
    let _source = replace("window", "fetch", source);
    text("String(window.asked = 0)");
    let page = PublicPage::new("/x".into());
    assert!(page.glance().await.unwrap().more);
    let (whole, _) = page.whole().await.unwrap();
    assert!(whole.tells_of(&IncidentId("open".into())));
    let one = page.permalinked(&IncidentId("open".into())).await.unwrap();
    assert!(matches!(one, Some(Permalinked::Incident(one)) if one.name == "Checkout"));
    assert_eq!(text("String(window.asked)"), "1");
    assert!(page.permalinked(&IncidentId("other".into())).await.is_err());
    assert!(page.recent(&|_| {}).await.is_err());
    let known = page.beside(&[]);
    assert_eq!(known.len(), 1, "{known:?}");
}

/// A source that answers each file with its text, and with "Allclear-As-Of" those that are marked as kept; until it is
/// dropped.
fn serves(files: &[(&str, &str, bool)]) -> Replaced {
    let of = |(name, text, kept): &(&str, &str, bool)| {
        let headers = if *kept {
            "{ 'Allclear-As-Of': '2026-03-10T14:05:00Z' }"
        } else {
            "{}"
        };
        format!("'{name}': () => new Response({text:?}, {{ headers: {headers} }}),")
    };
    let files: String = files.iter().map(of).collect();
    let fetch = format!(
        "{{ value: request => {{
            const answer = {{ {files} }}[request.url.split('/').pop()];
            return Promise.resolve(answer ? answer() : new Response('', {{ status: 404 }}));
        }} }}"
    );
    replace("window", "fetch", &fetch)
}

const ONE_OPEN: &str =
    r#"{"incidents":[{"id":"i","name":"Old","status":"investigating","impact":"critical"}]}"#;
const SILENT: &str = r#"{"components":[],"scheduled_maintenances":[]}"#;

#[wasm_bindgen_test]
async fn a_list_that_is_older_than_its_summary_begins_nothing_again_and_is_asked_for_again() {
    let at = |clock: &str| format!("2026-03-10T{clock}:00Z");
    let open = format!(
        r#"{{"id":"i","name":"Old","status":"investigating","impact":"critical","updated_at":"{}"}}"#,
        at("14:00")
    );
    let summary = |clock: &str, incidents: &str| {
        let page = format!(r#"{{"updated_at":"{}"}}"#, at(clock));
        format!(
            r#"{{"page":{page},"components":[],"incidents":[{incidents}],"scheduled_maintenances":[]}}"#
        )
    };
    let list = format!(r#"{{"incidents":[{open}]}}"#);
    let files = |summary: &str| {
        serves(&[
            ("summary.json", summary, false),
            ("incidents.json", &list, false),
        ])
    };
    let page = PublicPage::new("/x".into());
    let source = files(&summary("14:00", &open));
    page.glance().await.unwrap();
    let (whole, _) = page.whole().await.unwrap();
    assert_eq!(whole.open_incidents().count(), 1);
    drop(source);
    let source = files(&summary("14:50", ""));
    assert!(page.glance().await.unwrap().more);
    let (whole, _) = page.whole().await.unwrap();
    assert_eq!(
        (whole.open_incidents().count(), whole.incidents.len()),
        (0, 1)
    );
    // Not at once: the list is left alone for a minute.
    assert!(!page.glance().await.unwrap().more);
    clock::correct(61_000);
    let owed = page.glance().await.map(|glance| glance.more);
    clock::correct(0);
    assert_eq!(owed, Ok(true));
    let (found, _) = page.recent(&|_| {}).await.unwrap();
    assert!(!found[0].is_open());
    drop(source);
}

#[wasm_bindgen_test]
async fn a_page_is_as_old_as_the_older_of_its_summary_and_the_list_that_tells_its_state() {
    for (of_summary, of_list, expected) in [(14, 12, 12), (12, 14, 12)] {
        let answer = |text: &str, hour: u32| {
            format!(
                "() => new Response({text:?}, {{ headers: {{ 'Allclear-As-Of': '2026-03-10T{hour}:05:00Z' }} }})"
            )
        };
        let fetch = format!(
            "{{ value: request => Promise.resolve(({{
                'summary.json': {}, 'incidents.json': {} }})[request.url.split('/').pop()]?.() ?? new Response('', {{ status: 404 }})) }}",
            answer(SILENT, of_summary),
            answer(ONE_OPEN, of_list),
        );
        let _source = replace("window", "fetch", &fetch);
        let page = PublicPage::new("/x".into());
        page.glance().await.unwrap();
        let (_, kept_since) = page.whole().await.unwrap();
        let hour = kept_since.unwrap().format("%H").to_string();
        assert_eq!(hour, expected.to_string());
    }
}

#[wasm_bindgen_test]
async fn a_list_that_the_service_worker_kept_is_not_the_list_of_now() {
    let page = PublicPage::new("/x".into());
    let _source = serves(&[
        ("summary.json", SUMMARY, false),
        ("incidents.json", ONE_OPEN, true),
    ]);
    assert_eq!(page.glance().await.unwrap().kept_since, None);
    let (whole, kept_since) = page.whole().await.unwrap();
    assert_eq!((whole.incidents.len(), kept_since), (0, None));
    assert!(page.recent(&|_| {}).await.is_err());
    assert!(page.permalinked(&IncidentId("i".into())).await.is_err());
    assert_eq!(page.known().unwrap().incidents.len(), 0);
}

#[wasm_bindgen_test]
async fn a_page_is_as_old_as_the_oldest_file_that_tells_its_state() {
    let kept_since = Some("2026-03-10T14:05:00Z".parse().unwrap());
    // All of it was kept.
    let page = PublicPage::new("/x".into());
    let source = serves(&[
        ("summary.json", SUMMARY, true),
        ("incidents.json", ONE_OPEN, true),
    ]);
    assert_eq!(page.glance().await.unwrap().kept_since, kept_since);
    assert_eq!(page.whole().await.unwrap().0.incidents.len(), 1);
    assert_eq!(page.recent(&|_| {}).await.unwrap().0.len(), 1);
    drop(source);
    // The state hangs on the list.
    let page = PublicPage::new("/x".into());
    let source = serves(&[
        ("summary.json", SILENT, false),
        ("incidents.json", ONE_OPEN, true),
    ]);
    assert!(page.glance().await.unwrap().more);
    let (whole, old) = page.whole().await.unwrap();
    assert_eq!((whole.incidents.len(), old), (1, kept_since));
    drop(source);
    // The state hangs on the components.
    let page = PublicPage::new("/x".into());
    let _source = serves(&[
        (
            "summary.json",
            r#"{"incidents":[],"scheduled_maintenances":[]}"#,
            false,
        ),
        ("components.json", r#"{"components":[]}"#, true),
    ]);
    assert_eq!(page.glance().await.unwrap().kept_since, kept_since);
}

#[wasm_bindgen_test]
async fn what_a_summary_leaves_out_is_read_each_time() {
    let page = PublicPage::new("/x".into());
    let summary = r#"{"incidents":[],"scheduled_maintenances":[]}"#;
    for status in ["operational", "major_outage", "operational"] {
        let components =
            format!(r#"{{"components":[{{"id":"a","name":"API","status":"{status}"}}]}}"#);
        let _source = serves(&[
            ("summary.json", summary, false),
            ("components.json", &components, false),
        ]);
        let told = page.glance().await.unwrap().page.unwrap();
        assert_eq!(told.components.len(), 1);
        assert_eq!(
            told.components[0].state.is_operational(),
            status == "operational"
        );
    }
}

#[wasm_bindgen_test]
async fn what_ended_is_over_though_the_list_cannot_be_read() {
    let page = PublicPage::new("/x".into());
    let open = r#"{"components":[],"incidents":[{"id":"x","name":"Outage","status":"investigating","impact":"major"}],"scheduled_maintenances":[]}"#;
    let source = serves(&[
        ("summary.json", open, false),
        ("incidents.json", open, false),
    ]);
    page.glance().await.unwrap();
    assert_eq!(page.whole().await.unwrap().0.open_incidents().count(), 1);
    drop(source);
    let _source = serves(&[("summary.json", SUMMARY, false)]);
    let told = page.glance().await.unwrap();
    assert_eq!(told.page.unwrap().open_incidents().count(), 0);
    assert_eq!(page.whole().await.unwrap().0.open_incidents().count(), 0);
}

#[wasm_bindgen_test]
async fn a_copy_is_as_old_as_it_was_whatever_this_device_thinks_of_the_time() {
    let page = PublicPage::new("/x".into());
    let _source = serves(&[("summary.json", SUMMARY, true)]);
    // Twenty minutes ahead, when it was kept and now.
    clock::correct(-20 * 60_000);
    let told = page.glance().await;
    clock::correct(0);
    let kept_since = "2026-03-10T13:45:00Z".parse().ok();
    assert_eq!(told.unwrap().kept_since, kept_since);
}

#[wasm_bindgen_test]
async fn half_a_letter_in_one_incident_loses_no_other() {
    let list = r#"{"incidents":[{"id":"a","name":"Cut \ud83d","status":"resolved"},{"id":"b","name":"Whole","status":"resolved"}]}"#;
    let page = PublicPage::new("/x".into());
    let _source = serves(&[
        ("summary.json", SUMMARY, false),
        ("incidents.json", list, false),
    ]);
    page.glance().await.unwrap();
    let (found, _) = page.recent(&|_| {}).await.unwrap();
    assert_eq!(found.len(), 2);
}
