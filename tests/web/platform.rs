//! The browser's seams.

use std::cell::RefCell;
use std::rc::Rc;

use allclear::api::http;
use allclear::platform::favicon;
use allclear::platform::storage::{self, local};
use allclear::platform::tabs::Channel;
use allclear::platform::{
    PlatformError, clipboard, clock, crypto, download, id, json, locks, page, share, unload,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser::{eval, replace, text};

#[wasm_bindgen_test]
fn ids_are_random_and_a_device_keeps_its_own() {
    let (one, other) = (id::random().unwrap(), id::random().unwrap());
    assert_eq!(one.len(), 36, "{one}");
    assert_ne!(one, other);
    let short = id::short().unwrap();
    assert_eq!(short.len(), 12, "{short}");
    assert!(
        short
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    );
    assert_eq!(id::device().unwrap(), id::device().unwrap());
}

#[wasm_bindgen_test]
fn without_a_secure_context_an_id_is_still_a_uuid() {
    let _gone = replace("crypto", "randomUUID", "{ value: undefined }");
    let made = id::random().unwrap();
    let parts: Vec<usize> = made.split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12], "{made}");
    assert_eq!(made.as_bytes()[14], b'4', "{made}");
    assert!(b"89ab".contains(&made.as_bytes()[19]), "{made}");
}

#[wasm_bindgen_test]
async fn the_clock_reads_waits_and_ticks_until_it_is_dropped() {
    let before = clock::now();
    let ticks = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&ticks);
    let every = clock::every(20, move |now| seen.borrow_mut().push(now));
    clock::sleep(130).await;
    drop(every);
    let counted = ticks.borrow().len();
    assert!(counted >= 2, "{counted}");
    assert!(ticks.borrow().iter().all(|tick| *tick >= before));
    clock::sleep(80).await;
    assert_eq!(ticks.borrow().len(), counted);
    assert!((clock::now() - before).num_milliseconds() >= 200);
}

#[wasm_bindgen_test]
async fn what_is_called_off_is_not_called() {
    let called = Rc::new(RefCell::new(0));
    let (kept, dropped) = (Rc::clone(&called), Rc::clone(&called));
    let _kept = clock::after(10, move || *kept.borrow_mut() += 1);
    drop(clock::after(10, move || *dropped.borrow_mut() += 10));
    clock::sleep(60).await;
    assert_eq!(*called.borrow(), 1);
}

#[wasm_bindgen_test]
fn names_begin_with_the_path_of_the_site_in_both_apps() {
    assert_eq!(page::prefix(), "allclear:/:");
    eval(
        "document.head.append(Object.assign(document.createElement('base'), { href: '/team/console/' }))",
    );
    let seen = (page::base_path(), page::site_path(), page::prefix());
    eval("document.querySelector('base').href = '/team/'");
    let status = (page::base_path(), page::site_path(), page::prefix());
    eval("document.querySelector('base').remove()");
    assert_eq!(
        seen,
        (
            "/team/console/".into(),
            "/team/".into(),
            "allclear:/team/:".into()
        )
    );
    assert_eq!(
        status,
        ("/team/".into(), "/team/".into(), "allclear:/team/:".into())
    );
}

#[wasm_bindgen_test]
fn small_words_are_kept_under_their_prefix_and_forgotten() {
    local::set("test", "<b>\u{0}é🚨").unwrap();
    assert_eq!(local::get("test").unwrap().as_deref(), Some("<b>\u{0}é🚨"));
    assert_eq!(
        text("localStorage.getItem('allclear:/:test')"),
        "<b>\u{0}é🚨"
    );
    local::remove("test").unwrap();
    assert_eq!(local::get("test").unwrap(), None);
}

#[wasm_bindgen_test]
fn denied_and_full_small_storage_are_told() {
    {
        let _denied = replace(
            "window",
            "localStorage",
            "{ get() { throw new DOMException('no', 'SecurityError'); } }",
        );
        assert_eq!(
            local::get("test"),
            Err(PlatformError::Denied("small storage"))
        );
        assert!(id::device().is_err());
    }
    let huge = "x".repeat(6_000_000);
    assert_eq!(local::set("test", &huge), Err(PlatformError::Full));
    assert_eq!(local::get("test").unwrap(), None);
}

#[wasm_bindgen_test]
async fn asking_for_lasting_storage_gets_an_answer() {
    let _answer: bool = storage::persist().await.unwrap();
    let _answer: bool = storage::persisted().await.unwrap();
    let _gone = replace("navigator", "storage", "{ value: undefined }");
    assert_eq!(
        storage::persisted().await,
        Err(PlatformError::Missing("lasting storage"))
    );
}

#[wasm_bindgen_test]
async fn a_channel_reaches_the_others_until_they_stop_listening() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let ear = Rc::clone(&heard);
    let listening = Channel::open("talk")
        .unwrap()
        .subscribe(move |said| ear.borrow_mut().push(said))
        .unwrap();
    Channel::open("talk").unwrap().publish("one").unwrap();
    Channel::open("other talk")
        .unwrap()
        .publish("not for us")
        .unwrap();
    clock::sleep(80).await;
    assert_eq!(*heard.borrow(), ["one"]);
    drop(listening);
    Channel::open("talk").unwrap().publish("two").unwrap();
    clock::sleep(80).await;
    assert_eq!(*heard.borrow(), ["one"]);
}

#[wasm_bindgen_test]
async fn a_lease_is_had_by_one_at_a_time() {
    let first = locks::lease("sending").await.unwrap();
    assert!(first.is_some());
    assert!(locks::lease("sending").await.unwrap().is_none());
    assert!(locks::lease("something else").await.unwrap().is_some());
    drop(first);
    clock::sleep(50).await;
    assert!(locks::lease("sending").await.unwrap().is_some());
    let _gone = replace("navigator", "locks", "{ value: undefined }");
    assert_eq!(
        locks::lease("sending").await.err(),
        Some(PlatformError::Missing("locks between tabs"))
    );
}

#[wasm_bindgen_test]
async fn copying_uses_the_clipboard_and_falls_back_to_a_selection() {
    {
        let _clipboard = replace(
            "navigator",
            "clipboard",
            "{ value: { writeText(text) { window.copied = text; return Promise.resolve(); } } }",
        );
        clipboard::write("modern é").await.unwrap();
        assert_eq!(text("window.copied"), "modern é");
    }
    let _none = replace("navigator", "clipboard", "{ value: undefined }");
    {
        let _command = replace(
            "document",
            "execCommand",
            "{ value() { window.copied = document.activeElement.value; return true; } }",
        );
        clipboard::write("two\nlines").await.unwrap();
        assert_eq!(text("window.copied"), "two\nlines");
        assert!(
            eval("document.querySelector('textarea')").is_null(),
            "it is taken away again"
        );
    }
    let _refused = replace("document", "execCommand", "{ value: () => false }");
    assert_eq!(
        clipboard::write("no").await,
        Err(PlatformError::Denied("clipboard"))
    );
}

#[wasm_bindgen_test]
async fn sharing_hands_on_the_text_and_tells_a_closed_sheet_from_a_failure() {
    {
        let _none = replace("navigator", "share", "{ value: undefined }");
        assert!(!share::available());
        assert_eq!(
            share::text("t", "x", None).await,
            Err(PlatformError::Missing("sharing"))
        );
    }
    {
        let _share = replace(
            "navigator",
            "share",
            "{ value(data) { window.shared = JSON.stringify(data); return Promise.resolve(); } }",
        );
        assert!(share::available());
        share::text("Title", "Text", Some("https://example.com/"))
            .await
            .unwrap();
        assert_eq!(
            text("window.shared"),
            r#"{"title":"Title","text":"Text","url":"https://example.com/"}"#
        );
    }
    let _closed = replace(
        "navigator",
        "share",
        "{ value: () => Promise.reject(new DOMException('', 'AbortError')) }",
    );
    assert_eq!(
        share::text("t", "x", None).await,
        Err(PlatformError::Cancelled)
    );
}

#[wasm_bindgen_test]
async fn a_download_carries_its_name_and_its_text() {
    let _click = replace(
        "HTMLAnchorElement.prototype",
        "click",
        "{ value() { window.saved = this.download; window.savedFrom = this.href; } }",
    );
    download::text("evidence.json", "application/json", "{\"é\":\"</script>\"}").unwrap();
    assert_eq!(text("window.saved"), "evidence.json");
    assert_eq!(
        http::get_text(&text("window.savedFrom")).await.unwrap(),
        "{\"é\":\"</script>\"}"
    );
}

#[wasm_bindgen_test]
fn the_title_and_the_icon_can_be_changed() {
    page::set_title("(2) 14:45 Allclear").unwrap();
    assert_eq!(text("document.title"), "(2) 14:45 Allclear");

    // A page without an icon of its own is left alone.
    favicon::point_to("icons/state-major.svg");
    assert_eq!(
        text("String(document.querySelectorAll('link[rel=icon]').length)"),
        "0"
    );
    eval(
        "document.head.insertAdjacentHTML('beforeend', '<link rel=icon href=icons/allclear.svg>')",
    );
    for file in ["icons/state-major.svg", "icons/due-9.svg"] {
        favicon::point_to(file);
        assert_eq!(
            text("document.querySelector('link[rel=icon]').getAttribute('href')"),
            file
        );
    }
    eval("document.querySelector('link[rel=icon]').remove()");
}

#[wasm_bindgen_test]
async fn a_fingerprint_is_the_published_one_and_says_where_there_is_none() {
    assert_eq!(
        crypto::sha256_hex(b"abc").await.unwrap(),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    let _insecure = replace("crypto", "subtle", "{ value: undefined }");
    assert_eq!(
        crypto::sha256_hex(b"abc").await,
        Err(PlatformError::Missing("fingerprints"))
    );
}

#[wasm_bindgen_test]
fn leaving_is_asked_about_only_while_the_guard_stands() {
    let leave = "(() => { const e = new Event('beforeunload', { cancelable: true });
        dispatchEvent(e); return String(e.defaultPrevented); })()";
    let guard = unload::guard().unwrap();
    assert_eq!(text(leave), "true");
    drop(guard);
    assert_eq!(text(leave), "false");
}

#[wasm_bindgen_test]
fn the_connection_is_heard_of() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let ear = Rc::clone(&heard);
    let listening = page::on_connection(move |online| ear.borrow_mut().push(online)).unwrap();
    eval("dispatchEvent(new Event('offline')); dispatchEvent(new Event('online'))");
    drop(listening);
    eval("dispatchEvent(new Event('offline'))");
    assert_eq!(*heard.borrow(), [false, true]);
    assert!(page::online());
}

#[wasm_bindgen_test]
fn a_letter_written_as_two_characters_becomes_one() {
    assert_eq!(
        allclear::platform::text::composed("cafe\u{301}"),
        "caf\u{e9}"
    );
    assert_eq!(allclear::platform::text::composed("plain"), "plain");
}

#[wasm_bindgen_test]
async fn what_comes_in_time_is_given_and_what_hangs_is_given_up() {
    assert_eq!(clock::within(10_000, async { 7 }).await, Some(7));
    assert_eq!(clock::within(1, std::future::pending::<u8>()).await, None);
}

#[wasm_bindgen_test]
fn the_browser_reads_json_as_our_own_reader_does() {
    for text in [
        "null",
        "[]",
        "{}",
        "[1, -2, 0.5, -1e-7, 9007199254740991, true, false, null, \"\"]",
        "{\"a\": {\"b\": [{\"c\": \"d\"}]}, \"__proto__\": {\"x\": 1}, \"length\": 2, \"0\": \"zero\"}",
        "\"\\u00e4\\n\\ud83d\\ude00 \\\"quoted\\\" \u{2028}\"",
        "{\"twice\": 1, \"twice\": 2}",
        " [ \"r\u{e9}seau\" ] \r\n",
        "",
        "nul",
        "{\"a\": 1",
        "[1,]",
        "{'a': 1}",
        "<!doctype html>",
        "\u{feff}{}",
        "[1] [2]",
        "\"line\nbreak\"",
    ] {
        let ours = serde_json::from_str::<serde_json::Value>(text).ok();
        assert_eq!(json::parse(text), ours, "{text}");
    }
    // A number that no reader can hold is none; what is nested without an end is no page.
    assert_eq!(json::parse("1e400"), Some(serde_json::Value::Null));
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert!(json::parse(&nested(100)).is_some());
    assert_eq!(json::parse(&nested(100_000)), None);
}
