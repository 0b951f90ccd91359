//! The primitives of `ui` in a real browser: what they are called, what they say, what keys do.

use allclear::ui::field::HALF;
use allclear::ui::{Button, Checkbox, CopyButton, Dialog, Field, FieldKind};
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// A view in the document until this is dropped.
pub struct Stage {
    place: web_sys::HtmlElement,
    _mounted: Box<dyn std::any::Any>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.place.remove();
    }
}

pub fn stage<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Stage {
    let place: web_sys::HtmlElement = document()
        .create_element("div")
        .unwrap()
        .dyn_into()
        .unwrap();
    document().body().unwrap().append_child(&place).unwrap();
    let mounted = leptos::mount::mount_to(place.clone(), view);
    Stage {
        place,
        _mounted: Box::new(mounted),
    }
}

impl Stage {
    pub fn find(&self, selector: &str) -> web_sys::HtmlElement {
        self.place
            .query_selector(selector)
            .unwrap()
            .unwrap()
            .dyn_into()
            .unwrap()
    }

    pub fn count(&self, selector: &str) -> usize {
        let count = js_sys::Function::new_with_args(
            "place, selector",
            "return String(place.querySelectorAll(selector).length)",
        );
        let found = count.call2(
            &wasm_bindgen::JsValue::UNDEFINED,
            &self.place,
            &selector.into(),
        );
        found.unwrap().as_string().unwrap().parse().unwrap()
    }

    /// The text of the elements that an attribute of an element names by id.
    pub fn named_by(&self, selector: &str, attribute: &str) -> String {
        let ids = self
            .find(selector)
            .get_attribute(attribute)
            .unwrap_or_default();
        let texts = ids
            .split_whitespace()
            .filter_map(|id| document().get_element_by_id(id)?.text_content());
        texts.collect::<Vec<_>>().join(" ")
    }

    pub fn key(&self, selector: &str, key: &str) {
        let event = js_sys::Function::new_with_args(
            "target, key",
            "target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))",
        );
        let target = self.find(selector);
        event
            .call2(&wasm_bindgen::JsValue::UNDEFINED, &target, &key.into())
            .unwrap();
    }

    fn type_in(&self, selector: &str, text: &str) {
        let event = js_sys::Function::new_with_args(
            "target, text",
            "target.value = text; target.dispatchEvent(new Event('input', { bubbles: true }))",
        );
        let target = self.find(selector);
        event
            .call2(&wasm_bindgen::JsValue::UNDEFINED, &target, &text.into())
            .unwrap();
    }
}

#[wasm_bindgen_test]
async fn a_disabled_button_says_why_stays_reachable_and_does_nothing() {
    let pressed = RwSignal::new(0);
    let why = RwSignal::new(Some("two places are empty".to_owned()));
    let stage = stage(move || {
        view! { <Button on_press=move |()| pressed.update(|n| *n += 1) disabled_reason=why>"Send"</Button> }
    });
    let button = stage.find("button");
    button.click();
    assert_eq!(pressed.get_untracked(), 0);
    assert_eq!(
        stage.named_by("button", "aria-describedby"),
        "Two places are empty.",
        "a sentence"
    );
    button.focus().unwrap();
    assert_eq!(document().active_element().as_ref(), Some(button.as_ref()));
    why.set(None);
    tick().await;
    assert!(!button.has_attribute("aria-disabled"));
    assert_eq!(stage.count(".button-why"), 0);
    button.click();
    assert_eq!(pressed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_field_keeps_hostile_text_as_text_and_names_its_error() {
    let value = RwSignal::new("</textarea><script>1</script>".to_owned());
    let error = RwSignal::new(None::<String>);
    let stage = stage(move || {
        view! {
            <Field
                label="Symptom"
                value=value
                on_input=move |text| value.set(text)
                kind=FieldKind::Long
                hint=Some("What users see".to_owned())
                error=error
            />
        }
    });
    let area: web_sys::HtmlTextAreaElement = stage.find("textarea").dyn_into().unwrap();
    tick().await;
    assert_eq!(area.value(), "</textarea><script>1</script>");
    assert_eq!(stage.count("script"), 0);
    stage.type_in("textarea", "slow [Name] ${x}");
    assert_eq!(value.get_untracked(), "slow [Name] ${x}");
    assert_eq!(
        stage.named_by("textarea", "aria-describedby"),
        "What users see"
    );
    assert_eq!(
        stage.count("[aria-live=polite]:empty"),
        1,
        "it stands before anything is said in it"
    );
    error.set(Some("Say what users see".to_owned()));
    tick().await;
    assert_eq!(stage.count("[aria-live=polite] > p"), 1);
    assert_eq!(area.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(
        stage.named_by("textarea", "aria-describedby"),
        "Say what users see What users see"
    );
}

#[wasm_bindgen_test]
async fn a_dialog_opens_modal_gives_the_focus_back_and_asks_before_it_closes() {
    let open = RwSignal::new(false);
    let asked = RwSignal::new(0);
    let skipped = RwSignal::new(0);
    let stage = stage(move || {
        view! {
            <button id="opener" on:click=move |_| open.set(true)>"Open"</button>
            <Dialog
                title="Skip this duty"
                open=open
                on_close=move |()| {
                    asked.update(|n| *n += 1);
                    open.set(false);
                }
                foot=move || view! { <button on:click=move |_| skipped.update(|n| *n += 1)>"Skip"</button> }
            >
                <p>"Why?"</p>
            </Dialog>
        }
    });
    assert_eq!(
        stage.count("dialog p"),
        0,
        "nothing is in it while it is closed"
    );
    let opener = stage.find("#opener");
    opener.focus().unwrap();
    opener.click();
    tick().await;
    tick().await;
    let dialog: web_sys::HtmlDialogElement = stage.find("dialog").dyn_into().unwrap();
    assert!(dialog.open() && dialog.matches(":modal").unwrap());
    assert_eq!(
        stage.named_by("dialog", "aria-labelledby"),
        "Skip this duty"
    );
    assert!(dialog.contains(document().active_element().as_deref()));
    // The second press of a double click was meant for what stood there before.
    let click = js_sys::Function::new_with_args(
        "button, detail",
        "button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail }))",
    );
    for (count, expected) in [(2, 0), (1, 1), (2, 1)] {
        let button = stage.find("dialog button");
        click.call2(&JsValue::NULL, &button, &count.into()).unwrap();
        assert_eq!(skipped.get_untracked(), expected, "click {count}");
    }
    let cancel = web_sys::Event::new("cancel").unwrap();
    dialog.dispatch_event(&cancel).unwrap();
    tick().await;
    tick().await;
    assert_eq!(asked.get_untracked(), 1);
    assert!(!dialog.open());
    assert_eq!(document().active_element().as_ref(), Some(opener.as_ref()));
}

#[wasm_bindgen_test]
async fn the_same_outcome_of_another_press_is_said_anew() {
    let outcome = RwSignal::new(None);
    let stage = stage(move || view! { <CopyButton label="Copy text" on_copy=|()| () outcome /> });
    let words = js_sys::Function::new_with_args(
        "status",
        "return [...status.childNodes].find((node) => node.data === 'Copied')",
    );
    let mut said = vec![JsValue::UNDEFINED];
    for _ in 0..3 {
        outcome.set(Some(Ok::<(), String>(())));
        tick().await;
        let words = words.call1(&JsValue::NULL, &stage.find("[role=status]"));
        let words = words.unwrap();
        assert!(!said.contains(&words), "a text of its own");
        said.push(words);
    }
}

#[wasm_bindgen_test]
async fn what_the_ledger_ticked_cannot_be_unticked_by_hand() {
    let ticked = RwSignal::new(true);
    let fixed = RwSignal::new(Some("Ticked by the ledger".to_owned()));
    let stage = stage(move || {
        view! {
            <Checkbox
                label="Internal team notified"
                checked=ticked
                on_change=move |value| ticked.set(value)
                fixed_by=fixed
            />
        }
    });
    let input: web_sys::HtmlInputElement = stage.find("input").dyn_into().unwrap();
    input.click();
    tick().await;
    assert!(ticked.get_untracked() && input.checked());
    assert_eq!(
        stage.named_by("input", "aria-describedby"),
        "Ticked by the ledger"
    );
    fixed.set(None);
    tick().await;
    input.click();
    tick().await;
    assert!(!ticked.get_untracked() && !input.checked());
}

#[wasm_bindgen_test]
async fn a_field_of_parts_keeps_what_stands_in_it_while_one_part_is_retyped() {
    let value = RwSignal::new("2026-03-09T14:05".to_owned());
    let stage = stage(move || {
        view! { <Field label="Time" kind=FieldKind::DateTime value=value on_input=move |text| value.set(text) /> }
    });
    tick().await;
    let shown = || {
        stage
            .find("input")
            .dyn_into::<web_sys::HtmlInputElement>()
            .unwrap()
            .value()
    };
    assert_eq!(shown(), "2026-03-09T14:05");
    stage.type_in("input", "2026-03-09T14:06");
    assert_eq!(value.get_untracked(), "2026-03-09T14:06");
    // Emptied, and then set to what it said before it was emptied.
    stage.type_in("input", "");
    tick().await;
    value.set("2026-03-09T14:06".to_owned());
    tick().await;
    assert_eq!(shown(), "2026-03-09T14:06");
    // A half that the app was told of takes nothing away.
    value.set(HALF.to_owned());
    tick().await;
    assert_eq!(shown(), "2026-03-09T14:06");
}
