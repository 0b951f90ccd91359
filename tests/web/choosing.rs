//! What one of several is chosen by: tabs, radio buttons, lists.

use allclear::ui::{Choice, RadioGroup, Select, Shape, Tab, Tabs};
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use super::ui::stage;

#[wasm_bindgen_test]
async fn tabs_have_one_stop_and_follow_the_keys() {
    let chosen = RwSignal::new("page");
    let stage = stage(move || {
        let tabs = vec![
            Tab::new("page", "Status page"),
            Tab::new("email", "Email"),
            Tab::new("x", "X"),
        ];
        view! {
            <Tabs
                label="Channel"
                tabs=tabs
                selected=chosen
                on_select=move |tab| chosen.set(tab)
                panel=move |tab: &'static str| view! { <p>{tab}</p> }.into_any()
            />
        }
    });
    for (key, expected, label) in [
        ("ArrowRight", "email", "Email"),
        ("End", "x", "X"),
        ("ArrowRight", "page", "Status page"),
        ("ArrowLeft", "x", "X"),
        ("Home", "page", "Status page"),
    ] {
        stage.key("[role=tablist]", key);
        tick().await;
        assert_eq!(chosen.get_untracked(), expected, "after {key}");
        assert_eq!(stage.count("[role=tab][tabindex='0']"), 1);
        assert_eq!(
            stage.find("[aria-selected=true]").text_content().unwrap(),
            label
        );
        let focused = document().active_element().unwrap();
        assert_eq!(focused.text_content().unwrap(), label);
        assert_eq!(
            stage.find("[role=tabpanel]").text_content().unwrap(),
            expected
        );
        assert_eq!(stage.named_by("[role=tabpanel]", "aria-labelledby"), label);
    }
}

#[wasm_bindgen_test]
async fn a_mark_describes_its_tab_and_leaves_its_name() {
    let mark = RwSignal::new(None);
    let stage = stage(move || {
        let tab = Tab {
            mark: mark.into(),
            ..Tab::new(0, "Email")
        };
        view! {
            <Tabs label="Channel" tabs=vec![tab] selected=Signal::stored(0)
                on_select=|_| () panel=|_| ().into_any() />
        }
    });
    assert!(!stage.find("[role=tab]").has_attribute("aria-describedby"));
    mark.set(Some((Shape::Alarm, "Overdue")));
    tick().await;
    assert_eq!(stage.named_by("[role=tab]", "aria-describedby"), "Overdue");
    assert_eq!(stage.find("[role=tab]").inner_text(), "Email");
}

#[wasm_bindgen_test]
async fn choices_are_named_and_give_the_value_that_was_chosen() {
    let severity = RwSignal::new(None::<u8>);
    let region = RwSignal::new(None::<&'static str>);
    let stage = stage(move || {
        view! {
            <RadioGroup
                legend="Severity"
                options=vec![
                    Choice::new(0, "P0").with_note("Everything is down"),
                    Choice::new(1, "P1"),
                ]
                value=severity
                on_change=move |value| severity.set(Some(value))
            />
            <Select
                label="Service"
                options=vec![Choice::new("api", "API"), Choice::new("web", "Website")]
                value=region
                on_change=move |value| region.set(Some(value))
                error=Signal::derive(move || region.get().is_none().then(|| "Choose one.".to_owned()))
                required=true
            />
        }
    });
    let named = || stage.named_by("select[aria-required=true]", "aria-describedby");
    assert_eq!(named(), "Choose one.");
    assert_eq!(
        stage.named_by("[role=radiogroup]", "aria-labelledby"),
        "Severity"
    );
    assert_eq!(
        stage.named_by("[aria-label=P0]", "aria-describedby"),
        "Everything is down"
    );
    stage.find("[aria-label=P1]").click();
    tick().await;
    assert_eq!(severity.get_untracked(), Some(1));
    let select: web_sys::HtmlSelectElement = stage.find("select").dyn_into().unwrap();
    assert_eq!(select.value(), "", "nothing is chosen for anybody");
    select.set_value("1");
    select
        .dispatch_event(&web_sys::Event::new("change").unwrap())
        .unwrap();
    assert_eq!(region.get_untracked(), Some("web"));
    tick().await;
    assert_eq!(named(), "");
    region.set(Some("api"));
    tick().await;
    assert_eq!(select.value(), "0");
}
