//! What needs a real browser: the seams, storage, the embedded provider, single views. One program, so that it is
//! linked once.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must stop"
)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

#[path = "web/again.rs"]
mod again;
#[path = "web/browser.rs"]
mod browser;
#[path = "web/choosing.rs"]
mod choosing;
#[path = "web/crash.rs"]
mod crash;
#[path = "web/edge.rs"]
mod edge;
#[path = "web/embedded.rs"]
mod embedded;
#[path = "web/failures.rs"]
mod failures;
#[path = "web/file_field.rs"]
mod file_field;
#[path = "web/focus.rs"]
mod focus;
#[path = "web/http.rs"]
mod http;
#[path = "web/link.rs"]
mod link;
#[path = "web/locks.rs"]
mod locks;
#[path = "web/once.rs"]
mod once;
#[path = "web/outbox.rs"]
mod outbox;
#[path = "web/page.rs"]
mod page;
#[path = "web/platform.rs"]
mod platform;
#[path = "web/public_page.rs"]
mod public_page;
#[path = "web/statuspage.rs"]
mod statuspage;
#[path = "web/store.rs"]
mod store;
#[path = "web/ui.rs"]
mod ui;

wasm_bindgen_test_configure!(run_in_browser);
