//! Atlassian Statuspage: the manage API below `/v1`, and the public page below `/api/v2`.

mod affected;
mod check;
mod components;
mod incidents;
pub mod input;
pub mod keys;
pub mod model;
mod paging;
mod postmortem;
mod public;
mod templates;
mod updates;
mod view;

use crate::routes::{CHANGE, DELETE, GET, POST, PUT, Routes};

pub use view::incident as incident_view;

/// The paths of both.
pub fn routes() -> Routes {
    manage().and(public::routes())
}

fn manage() -> Routes {
    let page = |rest: &str| format!("/v1/pages/{{page}}{rest}");
    let one = page("/incidents/{id}");
    Routes::default()
        .on("/v1/pages", GET, components::pages)
        .on(&page(""), GET, components::page)
        .each(
            &page("/incidents"),
            &[(GET, incidents::list), (POST, incidents::create)],
        )
        .on(&page("/incidents/unresolved"), GET, incidents::unresolved)
        .on(&page("/incidents/scheduled"), GET, incidents::scheduled)
        .on(&page("/incidents/upcoming"), GET, incidents::upcoming)
        .on(
            &page("/incidents/active_maintenance"),
            GET,
            incidents::active_maintenance,
        )
        .each(
            &one,
            &[
                (GET, incidents::get),
                (CHANGE, incidents::change),
                (DELETE, incidents::delete),
            ],
        )
        .on(
            &format!("{one}/incident_updates/{{update}}"),
            CHANGE,
            updates::edit,
        )
        .each(
            &format!("{one}/postmortem"),
            &[
                (GET, postmortem::get),
                (PUT, postmortem::draft),
                (DELETE, postmortem::delete),
            ],
        )
        .on(
            &format!("{one}/postmortem/publish"),
            PUT,
            postmortem::publish,
        )
        .on(&format!("{one}/postmortem/revert"), PUT, postmortem::revert)
        .each(
            &page("/components"),
            &[(GET, components::list), (POST, components::create)],
        )
        .each(
            &page("/components/{id}"),
            &[
                (GET, components::get),
                (CHANGE, components::change),
                (DELETE, components::delete),
            ],
        )
        .each(
            &page("/component-groups"),
            &[(GET, components::groups), (POST, components::create_group)],
        )
        .on(&page("/component-groups/{id}"), GET, components::group)
        .each(
            &page("/incident_templates"),
            &[(GET, templates::list), (POST, templates::create)],
        )
}
