//! A drill as screens show it: how it is begun, and the banner that stands wherever one is worked on.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::paths::Route;
use crate::console::router;
use crate::ui::button::{Button, Kind};
use crate::ui::notice::{Banner, NoticeTone};

/// The draft that makes what is being declared a drill.
const DRAFT: &str = "declare/drill";

/// Whether what is being declared is a drill.
pub fn is_declaring(desk: Desk) -> bool {
    desk.drafts().get(DRAFT).is_some()
}

/// What is being declared is a drill.
pub fn declare_a_drill(desk: Desk) {
    desk.drafts().set(DRAFT, "yes".to_owned());
}

/// What is being declared is real.
pub fn declare_for_real(desk: Desk) {
    desk.drafts().clear_all(DRAFT);
}

/// Opens the form for a drill.
#[component]
pub fn StartDrill(desk: Desk) -> impl IntoView {
    let go = router::go();
    let start = move |()| {
        declare_a_drill(desk);
        go(&Route::Declare);
    };
    view! { <Button kind=Kind::Quiet on_press=start>"Start a drill"</Button> }
}

/// The banner of a drill, on the form and on every page of its incident.
#[component]
pub fn DrillBanner(desk: Desk, route: Memo<Option<Route>>) -> impl IntoView {
    let declaring = Memo::new(move |_| route.get() == Some(Route::Declare) && is_declaring(desk));
    let running = Memo::new(move |_| match route.get() {
        Some(Route::Incident(run) | Route::Report(run) | Route::Postmortem(run)) => {
            desk.view(&run).is_some_and(|view| view.state.drill)
        }
        Some(
            Route::Incidents
            | Route::Declare
            | Route::Readiness
            | Route::Settings
            | Route::Sop
            | Route::Messages
            | Route::Outbox,
        )
        | None => false,
    });
    view! {
        <Show when=move || declaring.get() || running.get()>
            <Banner tone=NoticeTone::Warn striped=true>
                <p><strong>"Drill: nothing leaves this browser. "</strong> {move || {
                    running.get().then_some("What it posts and mails lies here only, and no other console sees it.")
                }}</p>
                <Show when=move || declaring.get()>
                    <Button on_press=move |()| declare_for_real(desk)>"It is real: no drill"</Button>
                </Show>
            </Banner>
        </Show>
    }
}
