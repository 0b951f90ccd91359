//! What the embedded provider does, as far as it needs no browser.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod demo;
mod rules;
