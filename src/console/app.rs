//! Mounts the console: the desk as context, the routes, and the frame around every page.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::platform::page;

use crate::ui::frame::mount_in_frame;

use super::desk::Desk;
use super::pages::{
    board::Board, declare::Declare, incident::Incident, messages::Messages, not_found::NotFound,
    outbox::MailOutbox, postmortem::Postmortem, readiness::Readiness, report::Report,
    settings::Settings, shell::Shell, sop::SopPage,
};

/// Mounts the console in the document.
pub fn mount() {
    console_error_panic_hook::set_once();
    mount_in_frame(|| view! { <App /> });
}

#[component]
fn App() -> impl IntoView {
    let desk = Desk::new();
    provide_context(desk);
    desk.open();
    let base = page::base_path().trim_end_matches('/').to_owned();
    view! {
        <Router base=base>
            <Shell>
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=Board />
                    <Route path=path!("/declare") view=Declare />
                    <Route path=path!("/incidents/:id") view=Incident />
                    <Route path=path!("/incidents/:id/report") view=Report />
                    <Route path=path!("/incidents/:id/postmortem") view=Postmortem />
                    <Route path=path!("/readiness") view=Readiness />
                    <Route path=path!("/settings") view=Settings />
                    <Route path=path!("/sop") view=SopPage />
                    <Route path=path!("/sop/messages") view=Messages />
                    <Route path=path!("/outbox") view=MailOutbox />
                </Routes>
            </Shell>
        </Router>
    }
}
