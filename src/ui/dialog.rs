//! A dialog: the browser's own, modal, labelled by its title; Escape closes it and focus goes back to
//! where it was.

use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use super::focus::{chain, focus_near, is_nowhere};
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
    // What had the focus when it opened.
    let before = StoredValue::new_local(Vec::new());
    on_cleanup(move || give_focus_back(before));
    whenever(move || {
        let open = open.get();
        if let Some(dialog) = node.get() {
            if open && !dialog.open() {
                before.set_value(document().active_element().map(chain).unwrap_or_default());
                // Fails only for an element that is not in the document; there is then nothing to show.
                let _ = dialog.show_modal();
            } else if !open && dialog.open() {
                dialog.close();
                give_focus_back(before);
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

/// A dialog that is taken out of the page while it is open would leave the focus nowhere, and so would one whose act
/// takes its opener away: what had it before gets it back, else what is near that.
fn give_focus_back(before: StoredValue<Vec<Element>, LocalStorage>) {
    let Some(before) = before.try_update_value(std::mem::take) else {
        return;
    };
    request_animation_frame(move || {
        if is_nowhere() {
            focus_near(&before);
        }
    });
}
