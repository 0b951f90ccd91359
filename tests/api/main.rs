//! What the embedded provider does, as far as it needs no browser.
#![cfg(not(target_arch = "wasm32"))]

mod demo;
mod rules;
