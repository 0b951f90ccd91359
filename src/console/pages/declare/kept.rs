//! What was typed a while ago may be of another incident: the form says how old it is and offers to start afresh. The
//! times of an old form are not brought back at all.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::form::{AT, Form, PREFIX, TIMES};
use crate::console::pages::drill::{declare_a_drill, is_declaring};
use crate::domain::{said, utc_text};
use crate::ui::button::Button;
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::page::focus_first;
use crate::ui::reactive::whenever;
use crate::ui::time;

/// When something was typed into the form last, as far as that was noted.
fn typed_at(form: Form) -> Option<DateTime<Utc>> {
    utc_text::moment(&form.text(AT).get())
}

/// Forgets the times of an old form that is here already, before their fields are drawn: whoever comes by a link.
pub(super) fn forget_old_times(form: Form) {
    untrack(|| {
        let now = form.desk.now().get();
        if form.has_any() && said::is_old(typed_at(form), now) {
            forget_times(form);
        }
    });
}

fn forget_times(form: Form) {
    for field in TIMES {
        form.kept(field).clear();
    }
}

/// The words about an old form, while there is one.
#[component]
pub(super) fn OldDraft(form: Form) -> impl IntoView {
    let desk = form.desk;
    let old = RwSignal::new(None::<Option<DateTime<Utc>>>);
    let looked = StoredValue::new(false);
    whenever(move || {
        let now = desk.now().get();
        if !form.has_any() {
            old.set(None);
            return;
        }
        let at = typed_at(form);
        let is_old = said::is_old(at, now);
        // Only what a visit finds: a time that was typed in this one stays as it stands on the screen.
        if !looked.get_value() {
            looked.set_value(true);
            if is_old && !form.touched.get_value() {
                forget_times(form);
            }
        }
        if is_old && form.has_any() && old.with_untracked(Option::is_none) {
            old.set(Some(at));
        }
    });
    let afresh = move |()| {
        let drill = untrack(|| is_declaring(desk));
        desk.drafts().clear_all(PREFIX);
        // Whoever begins the form anew has not said that it is real.
        if drill {
            declare_a_drill(desk);
        }
        old.set(None);
        focus_first("form.declare :is(select, input)");
    };
    let keep = move |()| {
        form.note();
        old.set(None);
        focus_first("form.declare :is(select, input)");
    };
    move || {
        old.get().map(|at| {
            let now = desk.now().get_untracked();
            let when = at.map_or_else(
                || "an earlier visit".to_owned(),
                |at| time::local(at, time::form_beside(at, now)),
            );
            view! {
                <Notice tone=NoticeTone::Warn>
                    <p>{format!("Kept from {when}. Start afresh?")}</p>
                    <div class="row">
                        <Button on_press=afresh>"Start afresh"</Button>
                        <Button on_press=keep>"Go on with it"</Button>
                    </div>
                </Notice>
            }
        })
    }
}
