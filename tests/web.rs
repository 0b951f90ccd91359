//! The seams and the embedded provider in a real browser.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must stop"
)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

#[path = "web/browser.rs"]
mod browser;
#[path = "web/crash.rs"]
mod crash;
#[path = "web/embedded.rs"]
mod embedded;
#[path = "web/failures.rs"]
mod failures;
#[path = "web/http.rs"]
mod http;
#[path = "web/outbox.rs"]
mod outbox;
#[path = "web/platform.rs"]
mod platform;
#[path = "web/store.rs"]
mod store;

wasm_bindgen_test_configure!(run_in_browser);
