//! The seams and the embedded provider in a real browser.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod browser;
mod embedded;
mod failures;
mod http;
mod outbox;
mod platform;
mod store;

wasm_bindgen_test_configure!(run_in_browser);
