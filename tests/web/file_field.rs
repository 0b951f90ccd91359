//! The field for a file in a real browser: what it is called, and what it hands on.

use allclear::ui::FileField;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use super::ui::stage;

#[wasm_bindgen_test]
async fn a_file_field_is_named_hands_its_file_on_and_takes_the_same_one_again() {
    let names = RwSignal::new(Vec::new());
    let stage = stage(move || {
        view! {
            <FileField
                label="Recipients CSV"
                hint="One person a line"
                accept=".csv"
                on_file=move |file: web_sys::File| names.update(|names| names.push(file.name()))
            />
        }
    });
    let input: web_sys::HtmlInputElement = stage.find("input").dyn_into().unwrap();
    assert_eq!(stage.find("label").get_attribute("for"), Some(input.id()));
    assert_eq!(
        stage.named_by("input", "aria-describedby"),
        "One person a line"
    );
    let choose = js_sys::Function::new_with_args(
        "input",
        "const held = new DataTransfer(); held.items.add(new File(['x'], 'a.csv')); input.files = held.files; \
         input.dispatchEvent(new Event('change', { bubbles: true }))",
    );
    for times in 1..=2 {
        choose
            .call1(&wasm_bindgen::JsValue::UNDEFINED, &input)
            .unwrap();
        assert_eq!(names.get_untracked(), vec!["a.csv"; times]);
        // Emptied, it tells of the same file once more.
        assert_eq!(input.value(), "");
    }
}
