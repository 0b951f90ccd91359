//! What is told twice in the same words is announced twice.

use allclear::ui::reactive::in_turn;
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::ui::stage;

#[wasm_bindgen_test]
async fn the_same_words_told_again_are_another_text() {
    let told = RwSignal::new(Some(false));
    let stage = stage(move || {
        view! { <p role="status">{move || told.get().map(|second| in_turn(second, "Recorded."))}</p> }
    });
    let text = || {
        let first = stage.find("p").first_child();
        let mut nodes = std::iter::successors(first, web_sys::Node::next_sibling);
        nodes.find(|node| node.text_content().is_some_and(|text| text == "Recorded."))
    };
    let first = text().unwrap();
    told.set(Some(true));
    tick().await;
    let second = text().unwrap();
    assert!(first != second, "a screen reader is told of what is added");
    told.set(None);
    tick().await;
    assert!(text().is_none());
}
