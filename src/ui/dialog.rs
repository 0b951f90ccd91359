//! A dialog: the browser's own, modal, labelled by its title; Escape closes it and focus goes back to
//! where it was.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::id::fresh;
use super::reactive::whenever;

/// A modal dialog. Its content exists only while it is open.
#[component]
pub fn Dialog(
    /// Its title; the accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Asked to close by Escape or the browser. The app sets `open`.
    #[prop(into)]
    on_close: Callback<()>,
    /// The buttons at its foot.
    #[prop(into)]
    foot: ViewFn,
    /// What it says.
    children: ChildrenFn,
) -> impl IntoView {
    let title_id = fresh("dialog");
    let node = NodeRef::<html::Dialog>::new();
    give_focus_back();
    whenever(move || {
        let open = open.get();
        if let Some(dialog) = node.get() {
            if open && !dialog.open() {
                // Fails only for an element that is not in the document; there is then nothing to show.
                let _ = dialog.show_modal();
            } else if !open && dialog.open() {
                dialog.close();
            }
        }
    });
    let asked = move |event: leptos::ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    let closed = move |_| {
        // The browser closes a dialog that is taken out of the page, too.
        if open.try_get_untracked() == Some(true) {
            on_close.run(());
        }
    };
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby=title_id on:cancel=asked on:close=closed>
            <h2 class="dialog-head" id=title_id.clone()>{title}</h2>
            {move || {
                let (foot, children) = (foot.clone(), children.clone());
                open.get()
                    .then(|| {
                        view! {
                            <div class="dialog-body">{children()}</div>
                            <div class="dialog-foot" on:click:capture=once>
                                {foot.run()}
                            </div>
                        }
                    })
            }}
        </dialog>
    }
}

/// The second press of a double click was meant for what the first has answered: the next question is another.
fn once(event: leptos::ev::MouseEvent) {
    if event.detail() > 1 {
        event.stop_propagation();
        event.prevent_default();
    }
}

/// A dialog that is taken out of the page while it is open would leave the focus nowhere: what had it
/// before gets it back.
fn give_focus_back() {
    let before = document()
        .active_element()
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    let before = StoredValue::new_local(before);
    on_cleanup(move || {
        let Some(before) = before.try_get_value().flatten() else {
            return;
        };
        request_animation_frame(move || {
            let nowhere = document()
                .active_element()
                .is_none_or(|now| now.tag_name() == "BODY");
            if nowhere && before.is_connected() {
                // Fails only for elements that cannot be focused; this one had the focus.
                let _ = before.focus();
            }
        });
    });
}
