//! The lease that one tab has at a time.

use allclear::platform::{clock, locks};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_lease_has_one_holder_until_it_is_dropped() {
    let first = locks::lease("web-one").await.unwrap().unwrap();
    assert!(locks::lease("web-one").await.unwrap().is_none());
    assert!(locks::lease("web-other").await.unwrap().is_some());
    assert!(first.is_held());
    drop(first);
    clock::sleep(0).await;
    assert!(locks::lease("web-one").await.unwrap().is_some());
}

#[wasm_bindgen_test]
async fn a_stolen_lease_is_lost_and_the_thief_has_it_alone() {
    let first = locks::lease("web-two").await.unwrap().unwrap();
    let thief = locks::steal("web-two").await.unwrap().unwrap();
    clock::sleep(0).await;
    assert!(!first.is_held());
    assert!(thief.is_held());
    drop(first);
    clock::sleep(0).await;
    assert!(
        locks::lease("web-two").await.unwrap().is_none(),
        "what the first holder lets go is not the thief's"
    );
    assert!(thief.is_held());
}
