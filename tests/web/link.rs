//! Links that lead out of the page say where.

use allclear::ui::link::in_new_tab;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::ui::stage;

#[wasm_bindgen_test]
fn a_link_in_a_tab_of_its_own_names_the_host_as_the_browser_reads_it() {
    let said = |address: &'static str, label: &'static str, real: Option<&'static str>| {
        let real = real.map(str::to_owned);
        let stage = stage(move || in_new_tab(address.to_owned(), label.to_owned(), real));
        let link = stage.find("a");
        assert_eq!(link.get_attribute("rel").unwrap(), "noopener noreferrer");
        assert_eq!(stage.find("a > bdi").inner_text(), label);
        link.inner_text()
    };
    // The fourth letter is Cyrillic.
    let odd = "https://st\u{430}tus.example/x";
    assert_eq!(
        said(odd, odd, None),
        format!("{odd} (xn--sttus-5ve.example)")
    );
    assert_eq!(said("https://x.example/1", "up1", None), "up1");
    let real = Some(" (evil.example)");
    assert_eq!(
        said("https://evil.example/1", "x.com/1", real),
        "x.com/1 (evil.example)"
    );
}
