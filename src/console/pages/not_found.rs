//! An address that the console does not have.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::paths::Route;
use crate::ui::page::PageHeading;

/// The page for every unknown address.
#[component]
pub fn NotFound() -> impl IntoView {
    Desk::here().head("Not found");
    view! {
        <PageHeading>"There is nothing at this address"</PageHeading>
        <div class="empty">
            <p>"The link may be old, or a letter may be missing. Nothing is lost."</p>
            <p><a href=Route::Incidents.path()>"All incidents"</a></p>
        </div>
    }
}
