//! The mail services. Each takes what its document says, tells what it refuses in its own words, and keeps
//! every mail as its recipient would read it.

mod address;
mod idempotency;
pub mod outbound;
pub mod postmark;
pub mod resend;
pub mod sendgrid;
mod substitution;

use crate::call::{Call, Vendor};
use crate::routes::{GET, POST, Routes};
use crate::world::World;

/// The paths of all three.
pub fn routes() -> Routes {
    Routes::default()
        .on("/email", POST, postmark::one)
        .on("/email/batch", POST, postmark::batch)
        .on("/messages/outbound", GET, outbound::search)
        .on("/messages/outbound/{id}/details", GET, outbound::details)
        .on("/emails", POST, resend::one)
        .on("/emails/batch", POST, resend::batch)
        .on("/emails/{id}", GET, resend::get)
        .on("/v3/mail/send", POST, sendgrid::send)
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
