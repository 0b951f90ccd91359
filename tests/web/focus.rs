//! Where the focus goes when what has it leaves the page.

use allclear::ui::Dialog;
use allclear::ui::focus::{keep_focus, stay_in_row};
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::ui::{Stage, stage};

/// What was taken away is noticed, and two frames are drawn: the focus is given back in the first.
async fn drawn() {
    for _ in 0..2 {
        let frame = js_sys::Promise::new(&mut |drawn, _| {
            let _asked = window().request_animation_frame(&drawn);
        });
        wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
    }
}

/// A room that keeps the focus, and what stands in it.
fn kept<V: IntoView + 'static>(inside: impl FnOnce() -> V + 'static) -> Stage {
    stage(move || {
        let room = NodeRef::new();
        keep_focus(room);
        view! { <div node_ref=room>{inside()}</div> }
    })
}

fn has_focus(stage: &Stage, selector: &str) -> bool {
    document().active_element().as_ref() == Some(stage.find(selector).as_ref())
}

#[wasm_bindgen_test]
async fn the_focus_of_a_field_that_goes_is_taken_by_what_is_left_around_it() {
    let (typing, next) = (RwSignal::new(true), RwSignal::new(true));
    let stage = kept(move || {
        view! {
            <h2>"Messages"</h2>
            <div>
                <Show when=move || typing.get()><input class="gone" /></Show>
                <Show when=move || next.get()><textarea></textarea></Show>
            </div>
        }
    });
    tick().await;
    stage.find(".gone").focus().unwrap();
    typing.set(false);
    drawn().await;
    assert!(has_focus(&stage, "textarea"));
    next.set(false);
    drawn().await;
    assert!(has_focus(&stage, "h2"));
}

#[wasm_bindgen_test]
async fn the_focus_of_a_button_that_goes_is_taken_by_the_nearest_heading_and_of_a_whole_page_by_its_title()
 {
    let (card, banner, form) = (
        RwSignal::new(true),
        RwSignal::new(true),
        RwSignal::new(true),
    );
    let stage = kept(move || {
        view! {
            <div>
                <Show when=move || banner.get()><button class="close">"Close"</button></Show>
            </div>
            <main>
                <Show when=move || form.get()><input class="who" /></Show>
                <h1>"Incident"</h1>
                <section>
                    <h2>"Approval"</h2>
                    <textarea></textarea>
                    <Show when=move || card.get()><button class="record">"Record"</button></Show>
                </section>
            </main>
        }
    });
    tick().await;
    for (gone, stands, heading) in [
        (".record", card, "h2"),
        (".close", banner, "h1"),
        (".who", form, "h1"),
    ] {
        stage.find(gone).focus().unwrap();
        stands.set(false);
        drawn().await;
        assert!(has_focus(&stage, heading), "{gone}");
    }
}

#[wasm_bindgen_test]
async fn what_was_left_for_nothing_else_takes_no_focus_with_it_when_it_goes() {
    let (stands, other) = (RwSignal::new(true), RwSignal::new(true));
    let stage = kept(move || {
        view! {
            <h2>"Messages"</h2>
            <Show when=move || other.get()><p>"Due"</p></Show>
            <Show when=move || stands.get()><button>"Skip"</button></Show>
        }
    });
    tick().await;
    let button = stage.find("button");
    button.focus().unwrap();
    button.blur().unwrap();
    other.set(false);
    drawn().await;
    stands.set(false);
    drawn().await;
    assert!(!has_focus(&stage, "h2"));
}

#[wasm_bindgen_test]
async fn a_dialog_whose_act_takes_its_opener_away_gives_the_focus_to_the_heading_there() {
    // One that is taken out of the page, and one that stays in it and closes.
    for stays in [false, true] {
        let (done, open) = (RwSignal::new(false), RwSignal::new(false));
        let act = move |_| {
            done.set(true);
            open.set(false);
        };
        let dialog = move |open: Signal<bool>| {
            view! {
                <Dialog
                    title="Posted by hand"
                    open=open
                    on_close=|()| ()
                    foot=move || view! { <button class="act" on:click=act>"Record it"</button> }
                >
                    <p>"When?"</p>
                </Dialog>
            }
        };
        let stage = stage(move || {
            view! {
                <h1>"Incident"</h1>
                <section>
                    <h2>"Duties"</h2>
                    <Show when=move || !done.get()>
                        <button class="opener" on:click=move |_| open.set(true)>"Posted by hand"</button>
                    </Show>
                </section>
                {stays.then(|| dialog(open.into()))}
                {move || (!stays && open.get()).then(|| dialog(Signal::stored(true)))}
            }
        });
        tick().await;
        let opener = stage.find(".opener");
        opener.focus().unwrap();
        opener.click();
        drawn().await;
        stage.find(".act").click();
        drawn().await;
        assert!(has_focus(&stage, "h2"), "stays: {stays}");
    }
}

#[wasm_bindgen_test]
async fn a_row_that_changes_its_place_under_a_press_keeps_the_focus() {
    let rows = RwSignal::new(vec!["a", "b"]);
    let press = move |_| {
        rows.set(vec!["b", "a"]);
        stay_in_row();
    };
    let stage = stage(move || {
        view! {
            <ul>
                <For
                    each=move || rows.get()
                    key=|row| *row
                    children=move |row| view! { <li><button class=row on:click=press>{row}</button></li> }
                />
            </ul>
        }
    });
    tick().await;
    for row in [".a", ".b"] {
        rows.set(vec!["a", "b"]);
        tick().await;
        let button = stage.find(row);
        button.focus().unwrap();
        button.click();
        drawn().await;
        assert!(has_focus(&stage, row), "{row}");
    }
}
