//! "Posted meanwhile": a post is held because somebody else posted since Publish was pressed. Their text
//! stands beside ours, and a person decides.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::sharing::{About, Decision, Held};
use crate::sop::shared::Theirs;
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::Dialog;
use crate::ui::reactive;
use crate::ui::time::Time;
use crate::views::words::title;
use crate::words;

/// The dialog, on whatever page the responder is by then.
#[component]
pub fn Conflict(desk: Desk) -> impl IntoView {
    let held = desk.posted_meanwhile();
    reactive(move || {
        held.get()
            .map(|held| view! { <Meanwhile desk held /> })
            .into_any()
    })
}

#[component]
fn Meanwhile(desk: Desk, held: Held) -> impl IntoView {
    let (keep, go_on) = match held.about {
        About::Update | About::Opening | About::Postmortem => ("Do not publish", "Publish anyway"),
        About::Draft => ("Do not save", "Save anyway"),
    };
    let foot = move || {
        view! {
            <Button on_press=move |()| desk.decide(Decision::Keep)>{keep}</Button>
            <Button kind=Kind::Primary on_press=move |()| desk.decide(Decision::Publish)>{go_on}</Button>
        }
    };
    let lead = match held.about {
        About::Opening => {
            "Before yours left, the status page was read once more: an incident is open there that may be the same. Publishing yours anyway opens a second one."
        }
        About::Update => {
            "Before yours left, the status page was read once more: somebody posted since you pressed Publish."
        }
        About::Postmortem | About::Draft => {
            "Before yours left, the status page was read once more: a post-mortem stands there that you have not seen. Yours would replace it, and theirs would be lost."
        }
    };
    let held = StoredValue::new(held);
    view! {
        <Dialog title="Posted meanwhile" open=true on_close=move |()| desk.decide(Decision::Keep) foot>
            <p>{lead}</p>
            <div class="beside">
                {held.with_value(|held| held.theirs.iter().cloned().map(|theirs| view! { <Post desk theirs /> }).collect_view())}
                {held.with_value(|held| {
                    let (title, text) = (held.title.clone(), held.text.clone());
                    view! {
                        <section class="stack-tight" aria-label="Yours">
                            <h3>"Yours, not sent yet"</h3>
                            <p><strong>{title}</strong></p>
                            <div class="preview" data-channel="page"><div class="preview-text">{text}</div></div>
                        </section>
                    }
                })}
            </div>
            <p>"It waits at most a minute. Then it is not sent, and you can look at it again."</p>
        </Dialog>
    }
}

/// What somebody else posted.
#[component]
fn Post(desk: Desk, theirs: Theirs) -> impl IntoView {
    let status = words::status(&theirs.status).to_owned();
    let join = theirs.joinable.map(|id| {
        view! {
            <Button on_press=move |()| desk.decide(Decision::Join(id.clone()))>
                "Post to this one instead"
            </Button>
        }
    });
    view! {
        <section class="stack-tight" aria-label="Theirs">
            <h3>{theirs.who} ", " <Time at=theirs.at /></h3>
            <p><strong>{status}</strong> " · " {title(&theirs.title).to_owned()}</p>
            <div class="preview" data-channel="page"><div class="preview-text">{theirs.text}</div></div>
            {join}
        </section>
    }
}
