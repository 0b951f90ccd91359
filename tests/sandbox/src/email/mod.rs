//! The mail services. Each takes what its document says, tells what it refuses in its own words, and keeps
//! every mail as its recipient would read it.

mod address;
mod idempotency;
pub mod outbound;
pub mod postmark;
pub mod resend;
pub mod sendgrid;
mod substitution;

use axum::Router;
use axum::routing::MethodFilter;

use crate::call::{Call, Vendor};
use crate::front::App;
use crate::routes::at;
use crate::world::World;

/// The paths of all three.
pub fn routes() -> Router<App> {
    let (get, post) = (MethodFilter::GET, MethodFilter::POST);
    Router::new()
        .route("/email", at(post, postmark::one))
        .route("/email/batch", at(post, postmark::batch))
        .route("/messages/outbound", at(get, outbound::search))
        .route(
            "/messages/outbound/{id}/details",
            at(get, outbound::details),
        )
        .route("/emails", at(post, resend::one))
        .route("/emails/batch", at(post, resend::batch))
        .route("/emails/{id}", at(get, resend::get))
        .route("/v3/mail/send", at(post, sendgrid::send))
}

/// The key behind `Bearer`, when it is this one and still good.
fn bearer(world: &World, call: &Call, vendor: Vendor, key: &str) -> Option<String> {
    let revoked = world
        .switches
        .revoked
        .iter()
        .any(|name| name == vendor.name());
    call.header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(str::trim)
        .filter(|given| *given == key && !revoked)
        .map(str::to_owned)
}
