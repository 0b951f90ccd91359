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

use axum::Router;
use axum::routing::MethodFilter;

use crate::front::App;
use crate::routes::{at, each};

pub use view::incident as incident_view;

/// The paths of both.
pub fn routes() -> Router<App> {
    manage().merge(public::routes())
}

fn manage() -> Router<App> {
    let (get, post, put, delete) = (
        MethodFilter::GET,
        MethodFilter::POST,
        MethodFilter::PUT,
        MethodFilter::DELETE,
    );
    let change = MethodFilter::PATCH.or(put);
    let page = |rest: &str| format!("/v1/pages/{{page}}{rest}");
    let one = page("/incidents/{id}");
    Router::new()
        .route("/v1/pages", at(get, components::pages))
        .route(&page(""), at(get, components::page))
        .route(
            &page("/incidents"),
            each(&[(get, incidents::list), (post, incidents::create)]),
        )
        .route(
            &page("/incidents/unresolved"),
            at(get, incidents::unresolved),
        )
        .route(&page("/incidents/scheduled"), at(get, incidents::scheduled))
        .route(&page("/incidents/upcoming"), at(get, incidents::upcoming))
        .route(
            &page("/incidents/active_maintenance"),
            at(get, incidents::active_maintenance),
        )
        .route(
            &one,
            each(&[
                (get, incidents::get),
                (change, incidents::change),
                (delete, incidents::delete),
            ]),
        )
        .route(
            &format!("{one}/incident_updates/{{update}}"),
            at(change, updates::edit),
        )
        .route(
            &format!("{one}/postmortem"),
            each(&[
                (get, postmortem::get),
                (put, postmortem::draft),
                (delete, postmortem::delete),
            ]),
        )
        .route(
            &format!("{one}/postmortem/publish"),
            at(put, postmortem::publish),
        )
        .route(
            &format!("{one}/postmortem/revert"),
            at(put, postmortem::revert),
        )
        .route(
            &page("/components"),
            each(&[(get, components::list), (post, components::create)]),
        )
        .route(
            &page("/components/{id}"),
            each(&[
                (get, components::get),
                (change, components::change),
                (delete, components::delete),
            ]),
        )
        .route(
            &page("/component-groups"),
            each(&[(get, components::groups), (post, components::create_group)]),
        )
        .route(&page("/component-groups/{id}"), at(get, components::group))
        .route(
            &page("/incident_templates"),
            each(&[(get, templates::list), (post, templates::create)]),
        )
}
