//! A page that has stopped says so.

use allclear::platform::crash;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_notice_of_a_stopped_page_appears() {
    let document = web_sys::window().unwrap().document().unwrap();
    let notice = document.create_element("p").unwrap();
    notice.set_id("stopped");
    notice.set_attribute("hidden", "").unwrap();
    document.body().unwrap().append_child(&notice).unwrap();
    crash::say();
    assert!(!notice.has_attribute("hidden"));
    notice.remove();
    // Without a place to say it, it is at least no second failure.
    crash::say();
}
